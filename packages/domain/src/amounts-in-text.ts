import type { DocumentLine } from "./document-text.ts";

/** An amount of money as a document says it. */
export interface AmountRead {
  /** In hundredths of the currency's unit. */
  readonly minor: number;
  /** ISO 4217; null where the document does not say. */
  readonly currency: string | null;
  readonly form: "figures" | "words";
  /** Number of the line among all lines of the document. */
  readonly line: number;
  /** Where in its line it begins, as the line is read here. */
  readonly from: number;
  readonly text: string;
}

const currencies: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/人民币|RMB|CNY|[¥元圆]|\byuan\b|renminbi/iu, "CNY"],
  [/港[元币]|HK\$|HKD|hong kong dollars/iu, "HKD"],
  [/US\$|USD|美元|美金|\$|(?:us )?dollars/iu, "USD"],
  [/EUR|€|欧元|\beuros?\b/iu, "EUR"],
  [/GBP|£|英镑|pounds sterling/iu, "GBP"],
  [/JPY|日元/iu, "JPY"],
  ...["CHF", "AUD", "CAD", "SGD", "NZD", "TWD", "MOP", "KRW", "THB", "INR", "RUB", "AED", "SEK", "NOK", "DKK"].map(
    (code) => [new RegExp(`\\b${code}\\b`, "u"), code] as const,
  ),
];
/** What stands next to a figure and makes it money. Foreign names come first: 美元 holds 元. */
const findCurrency = (text: string): string | null => {
  const foreign = [...currencies.slice(1), ...currencies.slice(0, 1)];
  return foreign.find(([pattern]) => pattern.test(text))?.[1] ?? null;
};

/** Thousands are grouped by points, commas, spaces or apostrophes. */
const figure =
  /\d{1,3}(?:\.\d{3}){2,6}(?:,\d{2})?|\d{1,3}(?:(?: \d{3}){1,6}|(?:'\d{3}){1,6})(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,4})?|\d{1,16}(?:\.\d{1,4})?/gu;
const before =
  /(?:人民币|RMB|CNY|US\$|USD|HK\$|HKD|EUR|GBP|JPY|CHF|AUD|CAD|SGD|NZD|TWD|MOP|KRW|THB|INR|RUB|AED|SEK|NOK|DKK|美元|欧元|港币|港元|[¥$€£])\s?(?:[(]?小写[)]?)?[(:\s]{0,4}$/iu;
const label =
  /(?:金额|总价|合计|总额|价款|价格|小写|费用|amount|total|price|sum)(?:\s?\([^()\d]{0,12}\))?[:\s为计]{0,5}$/iu;
const unit =
  /^\s?(亿|千万|百万|十万|万|千|billion|bn|million|mio|mill?|mn|mm|ten[- ]thousand|hundred[- ](?:thousand|million)|thousand|lakhs?|crores?|[mbkw](?![a-z]))?\s?(美元|欧元|港元|日元|英镑|元|圆|人民币|RMB|CNY|USD|EUR|GBP|HKD|JPY|(?:CHF|AUD|CAD|SGD|NZD|TWD|MOP|KRW|THB|INR|RUB|AED|SEK|NOK|DKK)\b|yuan|(?:us )?dollars|euros?)?/iu;
const multiples: Readonly<Record<string, number>> = {
  ...{ 亿: 1e8, 千万: 1e7, 百万: 1e6, 十万: 1e5, 万: 1e4, 千: 1e3 },
  ...{ billion: 1e9, bn: 1e9, b: 1e9, million: 1e6, mio: 1e6, mil: 1e6, mill: 1e6, mn: 1e6, mm: 1e6, m: 1e6 },
  ...{ "ten thousand": 1e4, w: 1e4, "hundred thousand": 1e5, "hundred million": 1e8, thousand: 1e3, k: 1e3 },
  ...{ lakh: 1e5, lakhs: 1e5, crore: 1e7, crores: 1e7 },
};
/** A figure in which letters stand that look like one: l,2OO,OOO.OO. */
const lettered =
  /(?<![\p{L}\p{N}])(?:[\dlIOo|]{1,3}(?:,[\dlIOo|]{3}){1,6}|(?=[lIOo|]{0,12}\d)[\dlIOo|]{3,16})(?:\.[\dlIOo|]{1,2})?(?![\p{L}\p{N}])/gu;
/** The same text, each of its characters in its place, with figures for such letters. */
const asFigures = (text: string): string =>
  text.replace(lettered, (found) => found.replace(/[lI|]/gu, "1").replace(/[Oo]/gu, "0"));
/** How far left and right of a figure words are looked at. */
const near = 24;
/** How far into the next line: an amount in English words is long. */
const ahead = 80;
const mostPerLine = 50;
/** What a form draws around a value. */
const frame = /[_【】〔〕]+/gu;

/** Chinese is written with spaces between characters where a line is stretched. */
export const closeUp = (text: string): string => text.replace(/(?<=\p{Script=Han}) {1,4}(?=\p{Script=Han})/gu, "");

/** Amounts of a document in figures and in words, Chinese and English. A number without a currency or a label is none. */
export function readAmounts(lines: readonly DocumentLine[]): AmountRead[] {
  const texts = lines.map(asRead);
  return texts.flatMap((text, at) => {
    // A line may end within an amount: it is read with the end of the line before and the begin of the next.
    const [before, after] = [texts[at - 1]?.slice(-near) ?? "", texts[at + 1]?.slice(0, ahead) ?? ""];
    const lead = before === "" ? "" : `${before}${joint(before, text)}`;
    const whole = closeUp(`${lead}${text}${joint(text, after)}${after}`);
    return [...readFigures(whole), ...readChineseWords(whole), ...readEnglishWords(whole)]
      .filter(({ from }) => from >= lead.length && from < lead.length + text.length)
      .slice(0, mostPerLine)
      .map(({ from, ...amount }) => ({ ...amount, from: from - lead.length, line: at }));
  });
}

const asRead = (line: DocumentLine): string => closeUp(line.text.slice(0, 2000)).replace(frame, " ");

/** Between lines of Chinese nothing stands, else a space. */
const joint = (before: string, after: string): string =>
  /\p{Script=Han}$/u.test(before) && /^\p{Script=Han}/u.test(after) ? "" : " ";

/** `from` is where it begins in the text that was read. */
type Found = Omit<AmountRead, "line">;

function readFigures(written: string): Found[] {
  const found: Found[] = [];
  const text = asFigures(written);
  for (const match of text.matchAll(figure)) {
    const left = text.slice(Math.max(0, match.index - near), match.index);
    const right = text.slice(match.index + match[0].length, match.index + match[0].length + near);
    // Part of a longer number, a code, a share or a date.
    if (/[\d.\-/A-Za-z]$/u.test(left) && !before.test(left)) continue;
    if (/^(?:\d|\s?%|[-/.]\d)/u.test(right)) continue;
    const [whole = "", multiple = "", named = ""] = unit.exec(right) ?? [];
    const isNamed = before.test(left) || named !== "";
    if (!isNamed && !(label.test(left) && !/^\s?[年月日天个台只套份页吨条项%]/u.test(right))) continue;
    const minor = Math.round(readPlain(match[0]) * (multiples[multiple.toLowerCase().replaceAll("-", " ")] ?? 1) * 100);
    if (!Number.isSafeInteger(minor)) continue;
    const currency = findCurrency(named) ?? findCurrency(before.exec(left)?.[0] ?? "");
    found.push({
      minor,
      currency,
      form: "figures",
      text: `${written.slice(match.index, match.index + match[0].length)}${whole}`.trim(),
      from: match.index,
    });
  }
  return found;
}

/** A figure as a number: what comes last behind a point, or behind a comma where that does not group, are decimals. */
function readPlain(figures: string): number {
  const joined = figures.replace(/[ ']/gu, "");
  const isEuropean = /\.\d{3}\./u.test(joined) || (joined !== figures && /,\d{1,2}$/u.test(joined));
  return Number(isEuropean ? joined.replaceAll(".", "").replace(",", ".") : joined.replaceAll(",", ""));
}

const digits: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 貳: 2, 叁: 3, 參: 3, 叄: 3, 肆: 4, 伍: 5, 陆: 6, 陸: 6, 柒: 7, 捌: 8, 玖: 9 },
};
const tens: Readonly<Record<string, number>> = {
  ...{ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 },
};
const sections: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };
const chinese =
  /[零〇一二两三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖十拾百佰千仟万萬亿億]{1,40}(?:[美欧港]?[元圆圓])(?:[零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]角)?(?:[零〇]?[一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]分)?[整正]?/gu;

function readChineseWords(text: string): Found[] {
  const found: Found[] = [];
  for (const { 0: match, index: from } of text.matchAll(chinese)) {
    // 三元 is money only where it says so; what is written in the forms that nobody can alter is.
    if (!/[壹贰貳叁參肆伍陆陸柒捌玖拾佰仟整正]/u.test(match)) continue;
    const [, whole = "", currency = ""] = /^([^美欧港元圆圓]+)([美欧港]?[元圆圓])/u.exec(match) ?? [];
    const value = parseChineseNumber(whole);
    if (value === null) continue;
    const rest = match.slice(whole.length + currency.length);
    const part = (mark: string): number => digits[new RegExp(`(.)${mark}`, "u").exec(rest)?.[1] ?? ""] ?? 0;
    const minor = value * 100 + part("角") * 10 + part("分");
    if (!Number.isSafeInteger(minor)) continue;
    const code = currency.startsWith("美")
      ? "USD"
      : currency.startsWith("欧")
        ? "EUR"
        : currency.startsWith("港")
          ? "HKD"
          : "CNY";
    found.push({ minor, currency: code, form: "words", text: match, from });
  }
  return found;
}

/** 壹拾贰万捌仟 as a number; null where it is none. */
export function parseChineseNumber(text: string): number | null {
  let [total, section, digit] = [0, 0, 0];
  let isNumber = false;
  for (const character of text) {
    const value = digits[character];
    const ten = tens[character];
    const unitOf = sections[character];
    if (value !== undefined) {
      if (digit !== 0 && value !== 0) return null;
      digit = value || digit;
      isNumber = true;
    } else if (ten !== undefined) {
      section += (digit === 0 && ten === 10 && section === 0 ? 1 : digit) * ten;
      digit = 0;
      isNumber = true;
    } else if (unitOf !== undefined) {
      // 亿 takes all before it, 万 only its own section.
      if (unitOf === 1e8) total = (total + section + digit) * 1e8;
      else total += (section + digit) * unitOf;
      [section, digit] = [0, 0];
    } else return null;
  }
  return isNumber ? total + section + digit : null;
}

const englishWords: Readonly<Record<string, number>> = Object.fromEntries([
  ...["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"].map(
    (text, at) => [text, at] as const,
  ),
  ...["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"].map(
    (text, at) => [text, at + 13] as const,
  ),
  ...["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"].map(
    (text, at) => [text, at * 10 + 20] as const,
  ),
]);
const englishUnits: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9 };

/** What stands beside number words that are part of a number this does not read: half a million, two million and a half. */
const partBefore =
  /^(?:half|halves|quarters?|thirds?|fifths?|tenths?|point|hundred|thousand|million|billion|dozens?|\d)$/u;
const partAfter =
  /^(?:(?:and )?(?:a |one |three )?(?:half|quarters?|thirds?)\b|point\b|hundred|thousand|million|billion|dozen)/u;

function readEnglishWords(text: string): Found[] {
  if (!/hundred|thousand|million|billion/iu.test(text)) return [];
  const places = [...text.toLowerCase().matchAll(/[a-z]+|[^a-z\s-]/gu)];
  const words = places.map(([word]) => word);
  const found: Found[] = [];
  for (let at = 0; at < words.length; ) {
    const { value, end } = parseEnglishNumber(words, at);
    const around = words.slice(Math.max(0, at - 4), end + 4).join(" ");
    const currency = findCurrency(around);
    const before = words[at - 1] === "of" ? words[at - 2] : words[at - 1];
    const isPart = partBefore.test(before ?? "") || partAfter.test(words.slice(end, end + 3).join(" "));
    const minor = value === null ? Number.NaN : Math.round(value * 100);
    if (!isPart && minor >= 10_000 && currency !== null && Number.isSafeInteger(minor))
      found.push({
        minor,
        currency,
        form: "words",
        text: words.slice(at, end).join(" "),
        from: places[at]?.index ?? 0,
      });
    at = Math.max(end, at + 1);
  }
  return found;
}

/** The number that the words from `at` on say, up to `end`; null where they say none, or one in no order that is known. */
function parseEnglishNumber(words: readonly string[], at: number): { value: number | null; end: number } {
  let [total, section, smallest] = [0, 0, Number.POSITIVE_INFINITY];
  let isNumber = true;
  let end = at;
  for (; end < words.length; end += 1) {
    const word = words[end] ?? "";
    const value = englishWords[word];
    const large = englishUnits[word];
    if (value !== undefined) {
      const rest = section % 100;
      // Twenty-five and one hundred five are numbers; five twenty and one two three are read as none.
      isNumber &&=
        Number.isInteger(section) && (rest === 0 || (rest >= 20 && rest % 10 === 0 && value > 0 && value < 10));
      section += value;
    } else if (word === "a" && end === at && /^(?:hundred|thousand|million|billion)$/u.test(words[end + 1] ?? ""))
      section = 1;
    else if (word === "point" && end > at) {
      const decimals = listDecimals(words, end + 1);
      if (decimals === "") break;
      section += Number(`0.${decimals}`);
      end += decimals.length;
      // One point five of nothing is no sum that is written so.
      isNumber &&= /^(?:hundred|thousand|million|billion)$/u.test(words[end + 1] ?? "");
    } else if (word === "hundred" && section > 0) {
      isNumber &&= section < 100;
      section *= 100;
    } else if (large !== undefined && section > 0) {
      isNumber &&= large < smallest;
      [total, section, smallest] = [total + section * large, 0, large];
    } else if (word !== "and" || end === at) break;
  }
  // What follows "and" may be another thing: the word is none of the number's.
  while (end > at && words[end - 1] === "and") end -= 1;
  return { value: isNumber && end > at ? total + section : null, end };
}

/** Figures said one by one behind a point. */
function listDecimals(words: readonly string[], from: number): string {
  let decimals = "";
  for (let at = from; (englishWords[words[at] ?? ""] ?? 10) < 10; at += 1) decimals += englishWords[words[at] ?? ""];
  return decimals;
}

/** Amounts in words beside which the figures say something else. */
export function listDifferingAmounts(
  amounts: readonly AmountRead[],
  lines: readonly DocumentLine[],
): { readonly words: AmountRead; readonly figures: AmountRead }[] {
  const figures = Map.groupBy(
    amounts.filter(({ form }) => form === "figures"),
    ({ line }) => line,
  );
  return amounts.flatMap((words) => {
    if (words.form !== "words") return [];
    const own = lines[words.line];
    const onLine = own ? listBeside(words, figures.get(words.line) ?? [], asRead(own)) : [];
    const beside = onLine.length > 0 ? onLine : listNeighbours(figures, lines, words.line);
    const [first] = beside;
    if (first === undefined || beside.some(({ minor }) => minor === words.minor)) return [];
    return [{ words, figures: first }];
  });
}

/** Where a clause ends; not the comma within a figure. */
const clauseEnd = /[。;!?]|(?<!\d),|,(?!\d{3})|\.(?=\s+\p{Lu})/gu;
const sentenceEnd = /[。;!?]|\.(?=\s+\p{Lu})/gu;
/** What a clause begins with that only says the same amount again. */
const againInFigures = /^[^\p{L}\p{N}]*(?:小写|即|in figures|[¥$€£]|RMB|CNY|USD|US\$|HK\$|EUR|GBP|人民币\s?[\d¥])/iu;
const againInWords = /^[^\p{L}\p{N}]*(?:人民币)?[^\p{L}\p{N}]*(?:大写|in words|say\b)/iu;

/**
 * Figures of the same line that say the same amount as the words: those in their own clause; else those of the same sentence
 * where either clause only says the amount again. What another clause of the line is about is another sum.
 */
function listBeside(words: AmountRead, figures: readonly AmountRead[], text: string): readonly AmountRead[] {
  const partAt = (from: number, end: RegExp): number =>
    [...text.matchAll(end)].filter(({ index }) => index < from).length;
  const clauseOf = ({ from }: AmountRead): string => {
    const ends = [...text.matchAll(clauseEnd)].map(({ index }) => index);
    const begins = ends.findLast((index) => index < from) ?? -1;
    return text.slice(begins + 1, ends.find((index) => index >= from) ?? text.length);
  };
  const inClause = figures.filter(({ from }) => partAt(from, clauseEnd) === partAt(words.from, clauseEnd));
  if (inClause.length > 0) return inClause;
  const saysAgain = againInWords.test(clauseOf(words));
  return figures.filter(
    (one) =>
      partAt(one.from, sentenceEnd) === partAt(words.from, sentenceEnd) &&
      (saysAgain || againInFigures.test(clauseOf(one))),
  );
}

/** Figures of the next line or the one before, where that line goes on with the same amount. */
function listNeighbours(
  figures: ReadonlyMap<number, readonly AmountRead[]>,
  lines: readonly DocumentLine[],
  at: number,
): readonly AmountRead[] {
  if (
    /^[^\p{L}\p{N}]{0,2}(?:小写|¥|RMB|CNY|USD|US\$|即|in figures)/iu.test(
      closeUp(lines[at + 1]?.text ?? "").slice(0, 40),
    )
  )
    return figures.get(at + 1) ?? [];
  if (
    /^[^\p{L}\p{N}]{0,2}(?:人民币)?[^\p{L}\p{N}]{0,2}(?:大写|in words|say\b)/iu.test(
      closeUp(lines[at]?.text ?? "").slice(0, 40),
    )
  )
    return figures.get(at - 1) ?? [];
  return [];
}
