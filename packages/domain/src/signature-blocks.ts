import { isSentence } from "./letter-forms.ts";
import type { TextRun } from "./page-text.ts";

/** What makes a signature block: its lines may be open, for the seal and the signature come there. */
export const signatureWords =
  /签\s*字|签\s*章|签\s*名|签\s*署|盖\s*章|公\s*章|日\s*期|授权代表|法定代表人|委托代理人|\b(?:signed|signature|seal|stamp|date|dated)\b|authori[sz]ed (?:representative|signatory)|for and on behalf/iu;
/** What stands in a signature block but makes none: a party's name is asked for elsewhere too. */
const signatoryWords = /经办人|代表[:(]|\b(?:by|name|title):/iu;
/** A blank for what is agreed is never part of a signature block, however near it stands. */
export const agreedWords =
  /金额|价款|总价|单价|人民币|大写|元整|数量|期限|有效期|交货|交付|生效|到期|起止|竣工|\b(?:amount|price|total|quantity|sum of|term of|delivery|effective|expiry|due|completion)\b/iu;
/** A sentence that goes on for longer than this tells of a signature or a date, and is no place for one. */
const longestLabel = 12;
/** What stands after a place for a signature or a date, however long the words before it are. */
const placeAtEnd = /:[\s_.…·]*$|_{3}/u;
/** A line within this many millimetres of such a word belongs to its block. */
const blockReach = 14;
/** A date by itself belongs to who signs beside it or to the end of what was said, and is a blank at the head of a paper. */
const dateWords = /(?:签[署订字约]\s?)?日\s*期|签[署订约]时间|\b(?:signing )?date(?:d| of (?:signature|signing))?\b/giu;
const signingWords =
  /签\s*字|签\s*章|签\s*名|签\s*署|盖\s*章|公\s*章|授权代表|委托代理人|\b(?:signed|signature|seal|stamp)\b|authori[sz]ed (?:representative|signatory)|for and on behalf|\bby:/iu;

/** Whether something is said, and not only named: a sentence, or more words than a title has. */
const mostTitle = 20;
const longestLooked = 400;
export const isProse = ({ text }: { readonly text: string }): boolean =>
  isSentence(text.slice(0, longestLooked)) || countWords([{ text }]) > mostTitle;

/** A place to write on, however it is drawn; in the text of a clause each stands as one low line. */
const openPlace = /[_.…·]{3,}|[_…]{2}|[【[(〔《][\s_]*[】\])〕》]|\s{4,}/gu;
/** A day that is left open, as beside a signature. */
const openDay = /[_\d\s]*年[_\d\s]*月(?:[_\d\s]*日)?/gu;
const item =
  /^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）]+(?:\d{1,2}[.)])*(?:\d{1,2})?|第.{1,4}条)\s*(?=[\p{L}_])/u;
const dateAlone = /^(?:签[署订字约]\s?)?日\s*期|^date\b/iu;
/** What stands beside a place in a signature block, without a colon. */
const beside =
  /^\s*(?:[甲乙丙丁买卖供需委受出承租借贷]+(?:托|让|包)?[方人]|(?:姓名|性别|国籍|职务|地址|住址|电话|手机|传真|邮编|联系|开户|账号|税号|身份证|证件|代表|法人|见证|单位|公司|[月日页](?!\p{Script=Han})|页第))/u;
const ofHan = /\p{Script=Han}/u;
/** How a line begins by which a paper is signed, whatever else it says. */
const signs =
  /^\W*(?:signed|executed|sealed|dated?|done|made|given|(?:in|as) witness|witness(?:ed)?|attested|(?:in )?the presence|the common seal|this (?:day|the|_)|acting|for and on behalf|on behalf)\b|\b(?:signed|executed|sealed)\b[^.;]{0,40}_|于\s*_?\s*签|_\s*签[订署字]/iu;
const unitBehind =
  /_\s*(?:%|(?:(?:calendar|working|business) )?(?:days?|weeks?|months?|years?|hours?|pieces?|units?|sets?|per ?cent|percent)\b(?! of _| of \w+,? ?_))/iu;
const predicate =
  /\b(?:is|are|was|were|has|have|shall|will|may|must|can|pays?|delivers?|bears?|goes|go|lasts?|runs?|ends?|begins?|starts?|agrees?|undertakes?|provides?|supplies|warrants?|guarantees?|owes?|lies|lie|amounts?)\b/u;
const longestClause = 400;

/** Whether a line with an open place says something of what is agreed, and does not only name who writes there. */
export function isClause(line: string): boolean {
  const text = line.slice(0, longestClause).normalize("NFKC").replace(openPlace, "_");
  const isOfBlock = signatureWords.test(text) || signatoryWords.test(text);
  const named = text.replace(item, "");
  if (
    named !== text &&
    !signatoryWords.test(named) &&
    !dateAlone.test(named) &&
    !signatureWords.test(named.replace(dateWords, " "))
  )
    return true;
  return ofHan.test(text) ? isClauseInHan(text.replace(openDay, ":"), isOfBlock) : isClauseInLatin(text, isOfBlock);
}

function isClauseInHan(text: string, isOfBlock: boolean): boolean {
  if (!text.includes("_") || signs.test(text)) return false;
  if (!isOfBlock && /[,，。;；]/u.test(text)) return true;
  // A place within a sentence has words on both sides of it.
  return text.split("_").some((behind, at, parts) => {
    const before = parts[at - 1];
    if (before === undefined || !/[\p{Script=Han}¥$]\s*$/u.test(before) || !/^\s*[\p{Script=Han}%]/u.test(behind))
      return false;
    return !beside.test(behind) && !signatureWords.test(behind.slice(0, 8)) && !signatureWords.test(before.slice(-8));
  });
}

function isClauseInLatin(text: string, isOfBlock: boolean): boolean {
  if (!text.includes("_")) return false;
  if (unitBehind.test(text)) return true;
  if (signs.test(text)) return false;
  const words = text.match(/\p{L}+/gu)?.length ?? 0;
  if (words < 3 || /:\s*_/u.test(text)) return false;
  return predicate.test(text) || (!isOfBlock && (/_\s*[.,;]/u.test(text) || (words >= 4 && /^\p{Ll}/u.test(text))));
}

/** Words of the page: letters and figures that follow one another, and each Chinese character for itself. */
export function countWords(lines: readonly { readonly text: string }[]): number {
  return lines.reduce(
    (sum, { text }) => sum + (text.match(/\p{Script=Han}|[^\P{L}\p{Script=Han}]+|\p{N}+/gu)?.length ?? 0),
    0,
  );
}

/** Heights of the page, each as far as a signature block reaches; sorted and without overlap. */
function mergeSpans(lines: readonly TextRun[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a.y - b.y)) {
    const last = spans.at(-1);
    const [from, to] = [line.y - blockReach, line.y + line.height + blockReach];
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

function isWithin(spans: readonly { from: number; to: number }[], line: TextRun): boolean {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.to ?? 0) < line.y) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span !== undefined && span.from <= line.y + line.height;
}

/** What is said on the pages before and behind one. */
interface SaidAround {
  readonly before: boolean;
  readonly behind: boolean;
}

/** Answers which lines of a page belong to a signature block: within reach of its words, or of a name in the block; a clause never does. */
export function findSignatureBlocks(lines: readonly TextRun[], said: SaidAround): (line: TextRun) => boolean {
  const isTold = (line: TextRun): boolean => countWords([line]) > longestLabel && !placeAtEnd.test(line.text);
  const asking = lines.filter((line) => signatureWords.test(line.text) && !isTold(line) && !isClause(line.text));
  const isOfDate = ({ text }: TextRun): boolean => !signatureWords.test(text.replace(dateWords, " "));
  const signing = mergeSpans(asking.filter(({ text }) => signingWords.test(text.replace(dateWords, " "))));
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { y } of lines.filter(isProse)) [first, last] = [Math.min(first, y), Math.max(last, y)];
  const isAtEnd = ({ y }: TextRun): boolean => y > last && (first < y || said.before || !said.behind);
  const strong = asking.filter((line) => !isOfDate(line) || isWithin(signing, line) || isAtEnd(line));
  const made = mergeSpans(strong);
  const weak = lines.filter((line) => signatoryWords.test(line.text) && isWithin(made, line));
  const spans = mergeSpans([...strong, ...weak]);
  return (line) => isWithin(spans, line) && !isClause(line.text);
}
