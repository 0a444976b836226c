import { isCompanyName } from "./parties-in-text.ts";
import { isPlainValue } from "./plain-value.ts";

/** What may stand in a variable field of a template: a short phrase that names something, an amount, a day, a party; or words of several parts, which are read at each use. */
export const FIELD_KINDS = ["text", "amount", "date", "party", "words"] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];
/** Why a value is no mere value of its field. */
export const FIELD_FAULTS = [
  ...(["too-long", "too-many-lines", "clause", "not-amount", "not-date", "not-plain", "to-read"] as const),
] as const;
export type FieldFault = (typeof FIELD_FAULTS)[number];

export interface FieldLimits {
  readonly kind: FieldKind;
  /** A Chinese character counts as two. */
  readonly mostCharacters: number;
}
/** What a field takes where nothing else is said of it; a Chinese character counts as two. */
export const fieldLengths: Readonly<Record<FieldKind, number>> = {
  ...{ text: 100, amount: 80, date: 40, party: 120, words: 200 },
};
/** A value may run over one line's end, and no more: what takes more is a clause. */
const mostLines = 2;

interface ValueWord {
  readonly text: string;
  readonly page: number;
  readonly line: number;
}

/** Words of agreement: a value that holds one says what somebody shall do, whatever field it stands in. */
const clauseWords =
  /[。;!?]|应当|必须|不得|不承担|不再|不予|不负|无需|承担|免除|豁免|放弃|除外|赔偿|违约|无效|有权|无权|视为|但是|担保|保证|连带|代为|清偿|偿还|抵押|质押|承诺|同意|\b(?:shall|guarant\w{0,5}|undertak\w{0,3}|warrants?|pledg\w{0,3}|mortgag\w{0,3}|agrees?|agreed|pays?|repay\w{0,4}|must|not|never|unless|except(?:ing)?|notwithstanding|provided|waiv\w{0,4}|liab\w{0,6}|indemnif\w{0,5}|terminat\w{0,5}|penalt\w{0,3})\b/iu;
/** What a mere name, place or thing is not said with: who writes it says what holds, or for whom. Small letters only. */
const sayingWords =
  /\b(?:is|are|was|were|be|been|will|would|may|can|cannot|could|should|has|have|had|void|gratis|any|whatever|whichever|wherever|whenever|regardless|irrespective|deemed|hereinafter|thereof|hereof)\b|\b(?:free of|at no) (?:charge|cost)\b|\bno (?:payment|price|duty|obligation|claim|interest|fees?)\b|任何|任意|不限|随时|免费|无偿|作废|不必|不需|无须|毋需|不计|免付|免收|自行|另行|不适用|均可|皆可/u;
/** Who is a party of the document is named in it, and not in a value beside something else. */
const roleWords =
  /\b(?:buyer|seller|purchaser|supplier|customer|client|contractor|lessor|lessee|licensor|licensee|guarantor|beneficiary|part(?:y|ies))\b|[甲乙丙丁买卖供需双]方|[出承]租[方人]/iu;
/** What ends in a full stop and goes on. */
const shortened =
  /^(?:\p{L}|ltd|co|inc|corp|llc|plc|bros|no|nos|nr|st|ste|rd|ave|blvd|ln|hwy|sq|bldg|apt|fl|flr|rm|dept|div|mr|mrs|ms|dr|prof|jr|sr|hon|gen|col|capt|tel|fax|attn|ext|art|arts|sec|cl|para|vol|ed|pp|ref|fig|mt|ft|approx|incl|excl|max|min|avg|etc|vs|dist|prov|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|gmbh|bv|nv|ag|sa|srl|spa|pty|pte|sdn|bhd|ph|eng|intl|assn|mfg|tech|univ|inst)$/iu;
/** So many words in brackets are more than what something is told apart by. */
const mostInBrackets = { words: 4, han: 8 };

/** More than a party: whoever it names, or others with it. */
const otherParties =
  /[或及和与、]其?(?:所)?(?:指定|委派|授权|关联|任何)|(?:任何|其他|第三)(?:人|方|主体)|\b(?:and|or|and\/or)\b.{0,20}\b(?:nominees?|designees?|assign(?:s|ees?)|affiliates?|any(?:one|body)?|others?|third part(?:y|ies))\b/iu;
/** Where one name ends and the next begins; what a company is called by law stands behind a comma, too, and a second name of it in brackets. */
const betweenNames = /[、;；，,/&+]|[和与及暨]|\b(?:and|und)\b/iu;
const besideName =
  /[(（][^()（）]*[)）]|[,.](?=\s*(?:Ltd|Limited|Inc|LLC|LLP|Corp|Co|Company|PLC|GmbH|S\.|B\.V|N\.V|Pte|Pty)\b)/giu;
const namesTwo = (value: string): boolean =>
  value.replace(besideName, " ").split(betweenNames).filter(isCompanyName).length > 1;

/** Money: by what it comes to the rules decide, so that it stands where a template has a field for it. */
const moneyWords =
  /[¥$€£]|\p{N}\s*(?:万|亿)?元|[零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]元|元整|\b(?:RMB|CNY|USD|EUR|HKD|GBP|JPY)\b/u;
const amountWords =
  /^(?:[\p{N}.,]+|[零〇一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億圆元角分整正共计约人民币美港欧日英镑大小写]|[¥$€£%():：\-/*]|RMB|CNY|USD|EUR|HKD|JPY|GBP|US|Yuan|Renminbi|Dollars?|Euros?|Cents?|Say|Only|and|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion)$/iu;
const dateWords =
  /^(?:\p{N}{1,8}(?:[.,]\p{N}{1,4}){0,2}|[零〇一二三四五六七八九十廿卅年月日号至起止自到]|[-./,:~]|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|st|nd|rd|th|day|of|the|to|from|until)$/iu;

/** What is printed where a day is to be written, with nothing written there. */
export const isOpenDay = (text: string): boolean => /^年\s*月\s*日$/u.test(text);

/** A value as one reads it: Chinese without spaces between characters. */
export function joinWords(words: readonly { readonly text: string }[]): string {
  let text = "";
  for (const { text: next } of words) {
    const apart = /[\p{L}\p{N},.;:)]$/u.test(text.slice(-1)) && /^[\p{L}\p{N}(]/u.test(next);
    const chinese = /\p{Script=Han}$/u.test(text.slice(-1)) || /^\p{Script=Han}/u.test(next);
    text += apart && !chinese ? ` ${next}` : next;
  }
  return text;
}

/** Whether a value goes on as a sentence: behind a full stop, in brackets, behind a comma. */
function saysMore(words: readonly ValueWord[], value: string): boolean {
  if (sayingWords.test(value)) return true;
  const goesOn = words.some(({ text }, at) => {
    const [before, after] = [words[at - 1]?.text ?? "", words[at + 1]?.text ?? ""];
    return text === "." && /^\p{L}/u.test(after) && before !== "" && !shortened.test(before);
  });
  if (goesOn) return true;
  for (const [, inside = ""] of value.matchAll(/[(（【[]([^()（）【】[\]]*)/gu)) {
    const letters = inside.match(/[[\p{L}]--\p{Script=Han}]+/gv)?.length ?? 0;
    const han = inside.match(/\p{Script=Han}/gu)?.length ?? 0;
    if (letters > mostInBrackets.words || han > mostInBrackets.han || roleWords.test(inside)) return true;
    if (/^\s*(?:no|not|without|if|when|until|free|due|only|optional)\b|[无不未免]/iu.test(inside)) return true;
  }
  return value.split(/[,，、:：]| - /u).some((part, at) => at > 0 && (roleWords.test(part) || clauseBegins.test(part)));
}
/** What a part behind a comma begins with that goes on to say something. */
const clauseBegins =
  /^\s*(?:which|that|who|whose|where|if|when|but|so|without|free|subject|only|not|no(?! ?[.\d]))\b|^(?:但|如|若|且|则|无|不|免|可|须|应|由)/iu;

/** Why these words are more than a value of their field, or null. An open field has none. */
export function findFieldFault(
  limits: FieldLimits,
  words: readonly ValueWord[],
): Exclude<FieldFault, "to-read"> | null {
  let length = 0;
  for (const { text } of words) {
    length += /\p{Script=Han}/u.test(text) ? 2 * text.length : text.length;
    if (length > limits.mostCharacters) return "too-long";
  }
  const lines = new Set(words.map(({ page, line }) => `${page} ${line}`));
  if (lines.size > mostLines) return "too-many-lines";
  if (limits.kind === "amount" && !words.every(({ text }) => amountWords.test(text))) return "not-amount";
  if (limits.kind === "date" && !words.every(({ text }) => dateWords.test(text))) return "not-date";
  const value = joinWords(words);
  if (limits.kind !== "amount" && moneyWords.test(value)) return "clause";
  if (limits.kind === "party" && (otherParties.test(value) || namesTwo(value))) return "clause";
  const { kind } = limits;
  if ((kind === "text" || kind === "party" || kind === "words") && saysMore(words, value)) return "clause";
  if (clauseWords.test(value)) return "clause";
  // A word list is never whole: what nobody reads has to be a mere name.
  return (kind === "text" || kind === "party") && !isPlainValue(kind, value) ? "not-plain" : null;
}

/** The day on which something begins or ends is said so, before the blank or around it. */
const dayBefore =
  /(?:\btakes? effect|\b(?:effective|valid|commencing|commences?|begin(?:s|ning)|start(?:s|ing)|expires?|expiring|terminat(?:es|ing)))(?: as)? (?:on|from|until|of)$|(?:生效|起始|终止|截止|到期|失效)日[:：]?$/iu;

/** Kind of a field by the words before and behind it, where nobody has marked one: only what they leave no doubt of. */
export function guessFieldKind(label: string, behind = ""): FieldKind {
  const said = label.trim();
  if (dayBefore.test(said) || (/自$/u.test(said) && /^起/u.test(behind))) return "date";
  if (/^致\s?[:：]?$|^to ?:$|\bbetween\b[^;]{1,100}\band$/iu.test(said)) return "party";
  if (/(?:日期|时间)[^\p{L}\p{N}]{0,2}$|\b(?:date|dated)[^\p{L}\p{N}]{0,2}$/iu.test(said)) return "date";
  if (
    /(?:金额|价款|总价|单价|人民币|[大小]写|[¥$€])[^\p{L}\p{N}]{0,4}$|\b(?:RMB|CNY|USD|EUR|amount|price)[^\p{L}\p{N}]{0,4}$/iu.test(
      said,
    )
  )
    return "amount";
  if (
    /(?:[甲乙丙丁买卖]方|[出承]租[方人])[^\p{L}\p{N}]{0,2}$|\b(?:party [a-d]|buyer|seller|lessor|lessee)[^\p{L}\p{N}]{0,2}$/iu.test(
      said,
    )
  )
    return "party";
  return "text";
}
