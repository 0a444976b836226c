import type { DocumentLine, DocumentPage } from "./document-text.ts";
import { isDateLine, isOpeningLine, isSentence } from "./letter-forms.ts";

/** What stands at the head of letter paper, piece by piece: whose it is, where they are, how to reach them. */
const pieces: readonly RegExp[] = [
  /(?:https?:\/\/|www\.)\S+|\S+@\S+/giu,
  /[\p{Script=Han}（）()·]{2,30}(?:有限责任公司|股份公司|有限公司|分公司|公司|集团)/gu,
  /(?<!\p{L})\p{Lu}[\p{L}&'’.-]*(?: (?:[&+]|of|and|\p{Lu}[\p{L}&'’.-]*)){0,6},? (?:[Cc]o\b\.?,? ?)?(?:[Ll]td|LTD|[Ll]imited|LIMITED|[Ii]nc|[Ii]ncorporated|LLC|GmbH|PLC|[Pp]lc|[Cc]orp|[Cc]orporation|AG)\b\.?/gu,
  /(?:add(?:ress)?|tel(?:ephone)?|phone|mobile|fax|e-?mail|web(?:site)?|postcode|zip|p\.? ?o\.? box|地址|电话|传真|手机|邮编|邮箱|网址|热线)\s?[.:]?/giu,
  /[+(]?\d[\d\s()/-]{4,}\d/gu,
  /(?:[\p{Script=Han}\d-]{1,16}(?:省|市|区|县|镇|乡|村|路|街|大道|巷|弄|号|楼|室|层|幢|座|园)){1,8}/gu,
  /\d{1,5}[a-z]?,? (?:\p{Lu}[\p{L}'’-]* ){1,4}(?:[Rr]oad|[Ss]treet|[Aa]venue|[Ll]ane|[Dd]rive|[Ww]ay|[Ss]quare|[Qq]uay|[Pp]ark|Rd|St|Ave)\b\.?/gu,
];
/** A line that says more than this beside those pieces is no head; towns and countries stand there as names. */
const mostNames = 5;
const smallWords = /^(?:of|and|the|in|at)$/u;

const fold = (text: string): string => text.normalize("NFKC").trim();
const strip = (text: string): string => pieces.reduce((rest, piece) => rest.replace(piece, " "), fold(text));
const hasPiece = (text: string): boolean => strip(text).replace(/\s/gu, "") !== fold(text).replace(/\s/gu, "");
const longestHead = 300;
/** A company without room behind its name is who does something. */
const doesSomething = /(?:公司|集团)(?!地址|电话|传真|邮编|网址|热线|分公司|公司)\p{Script=Han}/u;

/** Whether a line is nothing but what stands at the head of letter paper, however much of it stands in one line. */
export function isHeadLine(text: string): boolean {
  if (text.length > longestHead || !hasPiece(text) || doesSomething.test(fold(text))) return false;
  const rest = strip(text).match(/\p{Script=Han}+|[[\p{L}]--\p{Script=Han}]+|\p{N}+/gv) ?? [];
  return (
    rest.length <= mostNames &&
    rest.every((word) =>
      /\p{Script=Han}/u.test(word) ? word.length <= 4 : /^[\p{Lu}\p{N}]/u.test(word) || smallWords.test(word),
    )
  );
}

/** What somebody has to know by a day or a number is no slogan; the year since when a company is there is one. */
const concrete =
  /(?<!since |est\. |于|自)\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:today|tomorrow|o'clock|hours?|january|february|march|april|june|july|august|september|october|november|december)\b|[一二三四五六七八九十两]\s?[月日号点时天个年元]|[今明后]天|[周星期][一二三四五六日天]/iu;
const longestSlogan = { characters: 120, han: 24 };
const isSlogan = (text: string): boolean =>
  text.length <= longestSlogan.characters &&
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) <= longestSlogan.han &&
  !concrete.test(text) &&
  !/[:：]$/u.test(text);
/** A name, room, and what the company says of itself, in one line: without room it would be who does something. */
const nameAndSlogan =
  /^((?:[\p{Script=Han}（）()]{2,30}(?:公司|集团)|\p{Lu}[^;:!?]{2,60}?\b(?:[Ll]td|[Ll]imited|[Ii]nc|LLC|GmbH|PLC|[Pp]lc|[Cc]orp)\b\.?))\s+(\S.*)$/u;
const hasVerbAhead = /^(?:is|are|was|were|has|have|had|will|shall|may|must|can|\p{Ll}+s)\b/u;

function isNameWithSlogan(text: string): boolean {
  const [, name, said] = nameAndSlogan.exec(fold(text)) ?? [];
  return name !== undefined && said !== undefined && isSlogan(said) && !hasVerbAhead.test(said);
}

/** Head and foot of a page, as shares of its height, and millimetres between the lines of one head. */
const zone = { head: 0.2, foot: 0.85 };
const blockGap = 8;

/**
 * Whether a page that is the whole of its document is no more than the head of a paper: a name with a slogan beside or below
 * it. What is said there may be meant, so that it is asked about and not refused.
 */
export function isHeadAlone(page: DocumentPage): boolean {
  const lines = page.lines
    .filter(({ text, box }) => /[\p{L}\p{N}]/u.test(text) && box.y < page.heightMm * zone.foot)
    .toSorted((a, b) => a.box.y - b.box.y);
  const [first] = lines;
  if (!first || lines.some(({ text }) => isDateLine(text) || isOpeningLine(text))) return false;
  if (lines.length === 1 && isNameWithSlogan(first.text)) return true;
  const said = lines.filter(({ text }) => !isHeadLine(text));
  const [slogan] = said;
  if (said.length !== 1 || !slogan || slogan === first || !isSlogan(fold(slogan.text))) return false;
  const before = lines[lines.indexOf(slogan) - 1];
  return before !== undefined && isBeneath(before, slogan) && slogan.box.y < page.heightMm * zone.head;
}
/** What a company says of itself, without even its name: since when it is there. */
export const isSloganAlone = ({ lines }: DocumentPage): boolean =>
  lines.length === 1 &&
  /\b(?:since|est\.|established|founded) (?:in )?\d{4}\b|(?:始[建创]于|创[立建]于|成立于)\s?\d{4}/iu.test(
    fold(lines[0]?.text ?? "").slice(0, longestHead),
  );
const isBeneath = (above: DocumentLine, below: DocumentLine): boolean =>
  below.box.y - above.box.y - above.box.height <= blockGap;

/** A sentence about words that stand elsewhere on its sheet. */
const aboutWordsAbove =
  /\b(?:text|words|wording|contents?|what (?:is|stands))\b.{0,40}\babove\b|\babove (?:this line|text|wording)\b|上[方文述面].{0,8}(?:文字|内容|打印|所载|为准)|(?:文字|内容).{0,12}(?:打印|印|载)于?.{0,4}上[方文面]/iu;
/** Millimetres of a page of A4 above such a sentence where something could still be printed. */
const freeAbove = 90;

/** Whether all that a page says is that something stands above it, where nothing does. */
export function pointsAtNothing(page: DocumentPage): boolean {
  const lines = page.lines.filter(({ text }) => /[\p{L}\p{N}]/u.test(text)).toSorted((a, b) => a.box.y - b.box.y);
  const saying = lines.filter(({ text }) => isSentence(text));
  const pointing = lines.find(({ text }) => aboutWordsAbove.test(fold(text)));
  if (!pointing || saying.some((line) => line !== pointing && !aboutWordsAbove.test(fold(line.text)))) return false;
  const above = lines.slice(0, lines.indexOf(pointing)).filter(({ text }) => !isHeadLine(text));
  const top = Math.max(0, ...lines.slice(0, lines.indexOf(pointing)).map(({ box }) => box.y + box.height));
  return above.length === 0 && pointing.box.y - top >= (freeAbove * page.heightMm) / 297;
}
