import type { DocumentPage } from "./document-text.ts";
import { isAddressLine, isDateLine, isOpeningLine, isPostLine, isReferenceLine, isSentence } from "./letter-forms.ts";

/** What stands where a letter or a form says something: nothing at all, thin words of which none states anything, or something. */
interface BodyOfPage {
  readonly says: "nothing" | "thin" | "something";
  /** Whether the page opens or closes as a letter or a form; else only its bare middle speaks against it. */
  readonly framed: boolean;
}

/** Millimetres of a page of A4 without a line, below an opening, that are a place left free for a letter. */
const leftFree = 45;
/** The same on a page that neither opens nor closes as a letter. */
const wideFree = 90;
/** Letters this many millimetres high are a notice to be read from afar. */
const noticeHeight = 9;
/** Fewer words than this that state nothing are thin; a Chinese character is half a word. */
const thinWords = 10;
/** A form of labels says something if as many of them have a value. */
const leastLabels = 2;
const longestTitle = { han: 16, words: 7 };
/** No letter has as many lines on a page. */
const mostLines = 400;

/** Titles are set with spaces between their characters. */
const close = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/(?<=\p{Script=Han})\s{1,6}(?=\p{Script=Han})/gu, "")
    .trim();
const isMark = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text);

/** A form that says nothing by its name alone: who is empowered, what is certified has to stand below it. */
const formTitle =
  /(?:委托书|授权书|证明书?|介绍信|推荐信|邀请函|函|信|通知书?|声明书?|承诺书|保证书|确认书|公告|通告|请示|批复|决定|说明|收据|收条|欠条|借条|申请书?|催告函|告知书)$/u;
const formTitleInEnglish =
  /^(?:(?:general |special |limited )?power of attorney|(?:letter|certificate) of [\p{L} ]{3,40}|(?:[\p{L}]+ )?(?:certificate|declaration|authori[sz]ation|confirmation|reference|statement|notice|receipt|letter|memorandum|undertaking)(?: letter)?|to whom(?:soever)? it may concern:?)$/iu;
const isTitle = (text: string): boolean => {
  const line = close(text);
  const han = line.match(/\p{Script=Han}/gu)?.length ?? 0;
  if (/[。；;，,！!]|[.:：]$/u.test(line)) return false;
  if (han > 0) return han <= longestTitle.han;
  return line.split(/\s+/u).length <= longestTitle.words && !/\p{N}{3}/u.test(line);
};
const isFormTitle = (text: string): boolean => {
  const line = close(text);
  return isTitle(line.replace(/:$/u, "")) && (formTitle.test(line) || formTitleInEnglish.test(line));
};

/** Whom a letter greets, or for whom it is. */
const greets =
  /^(?:dear\b|ladies and gentlemen|gentlemen\b|(?:dear )?sirs?(?: or madam)?[,:]|to whom(?:soever)? it may concern|尊敬的|敬启者|各位)/iu;
const isGreeted = (text: string): boolean => greets.test(close(text)) && !isStatement(close(text));
/** What goes "to" somebody for a sum is said, and addresses nobody. */
const namesSum = /(?:\b(?:cny|rmb|usd|eur|gbp|hkd|jpy)|[¥￥$€£])\s?\d|\d\s?元/iu;
const isOpening = (text: string): boolean => {
  const line = close(text);
  return isGreeted(line) || (isOpeningLine(line) && !namesSum.test(line));
};

/** How what was said is closed. Below it stand names, and what is printed on the paper. */
const closes =
  /^(?:(?:yours\b|(?:(?:kind|best|warm(?:est)?|with (?:kind|best|warm)) )?(?:regards|wishes)\b|(?:yours )?(?:sincerely|faithfully|truly|respectfully|cordially)\b)[\p{L} ]{0,24}[,.]?$|(?:此致|敬礼|顺颂|顺祝|敬颂|即颂|祝好|谨启|敬上|谨上)|(?:特此|专此)\p{Script=Han}{2,6}[。.!]?$)/iu;
const isClosing = (text: string): boolean => closes.test(close(text));

/** Where the seal and the signature come. */
const signs =
  /盖章|公章|签[字名章署]|[(:](?:印|章)[):]?$|法定代表人|授权代表|代表人|经办人|负责人|[委托授权出具申请声明承诺]{2}(?:单位|人|方)\s*[:(]|^(?:for (?=\p{Lu})|per pro|p\.?p\.? |signed|signature|name|title|position|by|for and on behalf|authori[sz]ed (?:signat|represent)|(?:company |corporate )?(?:seal|stamp|chop))\b/iu;

/** The number of the paper itself. */
const counted = /^[\p{L} ]{0,16}(?:编号|文号|字号|证号|\bno\.?|\bnumber)\s*[:：][^:：。，,]{1,40}$/iu;

/**
 * What a company prints on its paper about itself and about the letter as such, wherever it stands on the sheet. Only
 * what stands outside of a letter is asked by it: between a salutation and a greeting these are words like others.
 */
const aboutItself =
  /registered (?:office|in|address)|\b(?:business |company |trade )?(?:licen[cs]e|registration)(?: no\.?| number)?\b|\bvat\b|\b(?:bank(?:ers?)?|account|a\/c|swift|bic|iban|sort code)\b|\b(?:directors?|secretary|chair(?:man)?)\s*:|\b(?:confidential|privileged|intended recipient|addressee only)\b|\b(?:encl(?:osure)?s?|cc|bcc|c\.c\.|attn|attention|attachments?|by (?:courier|e-?mail|post|fax|hand|registered mail)|via)\b[\s.:]|^by (?:courier|e-?mail|post|fax|hand)|\bpage \d|\b(?:tel|phone|fax|e-?mail|hotline)\b|www\.|https?:|@|\biso \d{4,5}|\bsince \d{4}\b|\best(?:ablished|d)?\.? \d{4}|地址|电话|传真|邮编|邮箱|网址|开户行|开户银行|账号|账户|信用代码|营业执照|注册(?:资本|地址|号)|法定代表人|税号|热线|公众号|保密|机密|收件人|附件[:：]|抄送|抄报|主题词|印发|始[建创]于|成立于|认证|第\s?\d{1,4}\s?页|共\s?\d{1,4}\s?页/iu;

/** What is printed on paper, as a sentence too. */
const aboutPaper =
  /confidential|privileged|intended recipient|addressee only|www\.|https?:|@|:\s|\b(?:tel|phone|fax|e-?mail|hotline|swift|bic|iban|vat|iso \d{4,5}|page \d)\b|since \d{4}|\best(?:ablished|d)?\.? \d{4}|^(?:registered|encl|attach|b?cc\b|attn|attention|by\b|via\b)|:|成立于|始[建创]于|认证|保密|机密|公众号|热线|印发|第\s?\d{1,4}\s?页/iu;
/** Share of a page's height below which a sentence may be printed at its foot. */
const footOfPage = 0.85;
/** A sentence that only says that something follows. */
const announcement =
  /^(?:现|兹)?[就将]?\p{Script=Han}{0,12}(?:事项|事宜|情况|内容|有关问题)\p{Script=Han}{0,6}(?:如[下后]|于[下后])[。.:：]?$|^(?:we (?:hereby )?(?:write|wish|would like|are pleased) to )?(?:inform|notify|advise|tell) you (?:of the following|as follows)[.:]?$/iu;

const predicate =
  /\b(?:is|are|was|were|has|have|had|will|would|shall|may|can|cannot|do|does|did|must|we|you|they|he|she|please)\b/u;
/** A statement about an account or a bank is one: what is printed on paper does not begin so. */
const tells = /^(?:兹|现|特|我|贵|根据|请)|\b(?:we|hereby)\b/iu;
/** Whether words tell something about somebody: a sentence, or one that is short and ends as one. */
const isStatement = (text: string): boolean =>
  isSentence(text) ||
  (text.split(" ").length >= 4 && predicate.test(text) && /^\p{L}/u.test(text)) ||
  (/[。.!]$/u.test(text) && /^\p{Lu}|^\p{Script=Han}/u.test(text) && !/\b(?:ltd|inc|co|corp|no)\.$/iu.test(text));
/** A form that is filled in says something without a sentence: a name and its value. */
const isFilledLabel = (text: string): boolean => /^[^:]{1,24}:\s*\S/u.test(text) || /\p{N}[\p{N}.,]{2,}/u.test(text);

interface Line {
  readonly at: number;
  readonly text: string;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Looks between the opening and the end of a letter or a form; null where the page has neither and no bare middle.
 * `furniture` are lines that are known to say nothing.
 */
export function judgeBody(page: DocumentPage, furniture: ReadonlySet<number>): BodyOfPage | null {
  const scale = page.heightMm / 297;
  const lines: Line[] = [...page.lines.entries()]
    .filter(([, { text }]) => !isMark(text))
    .slice(0, mostLines)
    .map(([at, { text, box }]) => ({ at, text: close(text), top: box.y, bottom: box.y + box.height }))
    .toSorted((a, b) => a.top - b.top);
  const end = lines.findIndex(({ text }) => isClosing(text));
  const before = end === -1 ? lines : lines.slice(0, end);
  const greeted = before.findLastIndex(({ text }) => isGreeted(text));
  const addressed = greeted === -1 ? before.findIndex(({ text }) => isOpening(text)) : greeted;
  const titled = before.findIndex(({ text, at }) => !furniture.has(at) && isFormTitle(text));
  const opens = addressed === -1 ? titled : addressed;
  const isFramed = opens >= 0 || end >= 0;
  // Below a greeting stand names and the paper's own words; where nothing closes, all that is below is looked at.
  const inside = before.slice(opens + 1);
  const free = end >= 0 ? null : findFreePlace(inside, lines[opens], scale * (isFramed ? leftFree : wideFree));
  if (!isFramed && free === null) return null;
  const foot = page.heightMm * footOfPage;
  const isPrinted = ({ at, text, top }: Line): boolean =>
    furniture.has(at) ||
    (end === -1 &&
      aboutItself.test(text) &&
      !tells.test(text) &&
      (top >= foot || !isSentence(text) || aboutPaper.test(text)));
  const isOfPaper = (line: Line): boolean =>
    isPrinted(line) || isReferenceLine(line.text) || isDateLine(line.text) || isOwner(line.text);
  const mayAddress = addressed >= 0 && greeted === -1;
  const said = listSaid(
    (free ?? inside).filter((line) => !isPrinted(line)),
    mayAddress,
    true,
  );
  const below = listSaid(
    (free ? inside.slice(free.length) : []).filter((line) => !isPrinted(line)),
    mayAddress,
    false,
  );
  const hears = (says: BodyOfPage["says"]): BodyOfPage => ({ says, framed: isFramed });
  if (!isFramed && below.some(({ text }) => isStatement(text))) return hears("something");
  // Where nothing opens or closes, a name or a title alone is asked about; what is printed on paper is nothing.
  if (said.length === 0 && below.length === 0) return hears(isFramed || lines.every(isOfPaper) ? "nothing" : "thin");
  if (said.length === 0) return hears("thin");
  const isLarge = said.some(({ top, bottom }) => bottom - top >= noticeHeight);
  const labels = said.filter(({ text }) => isFilledLabel(text)).length;
  const states =
    labels >= leastLabels ||
    said.some(({ text }, at) => isStatement(text) && (at < said.length - 1 || !announcement.test(text)));
  return hears(states || isLarge || countWords(said) >= thinWords ? "something" : "thin");
}

/** The lines from an opening on as far as a place that was left free; null where none was. */
function findFreePlace(lines: readonly Line[], opening: Line | undefined, free: number): readonly Line[] | null {
  let bottom = opening?.bottom ?? 0;
  for (const [at, line] of lines.entries()) {
    if (line.top - bottom >= free) return lines.slice(0, at);
    bottom = Math.max(bottom, line.bottom);
  }
  return null;
}

/** What is no reference, no date, no name of who signs, and not once more a title or an address. */
function listSaid(lines: readonly Line[], mayAddress: boolean, mayLabel: boolean): Line[] {
  let inAddress = mayAddress;
  return lines.filter(({ text }) => {
    if (isDateLine(text) || isReferenceLine(text) || counted.test(text)) return false;
    if (!mayLabel && isAddressLine(text) && !/[。.!;；]$/u.test(text)) return false;
    const labelled = mayLabel && isFilledLabel(text) && !isOpening(text);
    const states = isStatement(text) || (labelled && !signs.test(text.replace(/^(?:name|title|position)\b/iu, "")));
    inAddress &&= !isStatement(text) && (isAddressLine(text) || isTitle(text));
    if (inAddress) return false;
    return states || !(signs.test(text) || isPostLine(text) || isOpening(text) || isFormTitle(text) || isOwner(text));
  });
}

/** A company's name alone is who signs. */
const isOwner = (text: string): boolean =>
  /^(?:[\p{Script=Han}（）()]{2,30}(?:公司|集团|厂|院|所|中心|银行|委员会|学校|部|处)|[\p{L}&.,' -]{2,50}\b(?:ltd|limited|inc|llc|gmbh|plc|corp|ag|s\.a)\.?)(?:\s*[(（][^()（）]{1,8}[)）])?$/iu.test(
    text,
  );

const countWords = (lines: readonly Line[]): number =>
  lines.reduce(
    (sum, { text }) =>
      sum +
      (text.match(/\p{Script=Han}/gu)?.length ?? 0) / 2 +
      (text.match(/[[\p{L}]--\p{Script=Han}]+|\p{N}+/gv)?.length ?? 0),
    0,
  );
