import { asSimplified } from "./chinese-forms.ts";
import { currencyNames, plainCodes } from "./currency-codes.ts";
import {
  type AmountFound,
  capitalBefore,
  countedWord,
  findCurrency,
  isCounted,
  isMoneyNearby,
  nameBefore,
} from "./money-words.ts";

const digits: Readonly<Record<string, number>> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 兩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
  ...{ 壹: 1, 贰: 2, 貳: 2, 叁: 3, 參: 3, 叄: 3, 肆: 4, 伍: 5, 陆: 6, 陸: 6, 柒: 7, 捌: 8, 玖: 9 },
};
const tens: Readonly<Record<string, number>> = {
  ...{ 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 },
};
const sections: Readonly<Record<string, number>> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8 };
const numeral = "[零〇一二两兩三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖十拾百佰千仟万萬亿億]";
const oneDigit = "[零〇一二三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖]";
const chinese = new RegExp(
  `(${numeral}{1,40}(?:(?:[余多几来]|个(?=[万亿]))${numeral}{0,4})?)(?:点(${oneDigit}{1,6})([十百千]?[万亿]?))?(?:([美欧港日]?[元圆圓]|港币|新?台币|美金|人民币|欧元|英镑|\\s?(?:RMB|CNY))(?:(${oneDigit})角)?(?:[零〇]?(${oneDigit})分)?)?([整正]?)`,
  "gu",
);
/** Numerals of the forms that nobody can alter are money wherever they name their unit. */
const capital = /[壹贰貳叁參叄肆伍陆陸柒捌玖拾佰仟]/u;
/** A number of some size, and neither a count nor the name of a unit alone: 六千万, not 三 and not 万. */
const sized = /[一二两兩三四五六七八九壹贰貳叁參叄肆伍陆陸柒捌玖].*[十拾百佰千仟万萬亿億]|^[十拾]/u;
const large = /[万萬亿億]/u;
/** What stands before numerals that are no amount: 几十万元 says none, and 单位:十万元 is a unit. */
const noAmountBefore = /[几数多每第]$|单位\s?[:为]?\s?\(?$/u;
const currencyLead = new RegExp(
  `(人民币|美[元圆圓]|美金|欧元|港[币元圆圓]|新?台币|日[元圆圓]|英镑|${currencyNames}|RMB|CNY|USD|EUR|HKD|(?<![A-Za-z])${plainCodes})\\s?(?:\\(?大写\\)?)?[:)\\s]{0,4}$`,
  "iu",
);
const wordsLead = /大写\)?[:\s]{0,4}$/u;
/** How far left of numerals is looked. */
const near = 24;

/** Amounts in Chinese numerals: with 元 or 整, or without either behind the name of a currency or a sum. */
export function readChineseWords(text: string): AmountFound[] {
  const found: AmountFound[] = [];
  const read = asSimplified(text);
  for (const match of read.matchAll(chinese)) {
    const [written, whole = "", decimals, multiple = "", yuan, jiao = "", fen = "", closing = ""] = match;
    const isSized = sized.test(whole) || decimals !== undefined || isSpelt(whole);
    // Most numerals count clauses, days and years.
    if (!isSized && yuan === undefined) continue;
    const left = read.slice(Math.max(0, match.index - near), match.index);
    const right = read.slice(match.index + written.length, match.index + written.length + near);
    const lead = currencyLead.exec(left)?.[1];
    const isMoney =
      yuan !== undefined
        ? capital.test(written) || closing !== "" || lead !== undefined || isSized
        : closing !== ""
          ? capital.test(whole)
          : (large.test(whole) || large.test(multiple) || capital.test(whole)) &&
            (lead !== undefined || wordsLead.test(left) || nameBefore.test(left) || isMoneyNearby(left, right)) &&
            !isCounted(right);
    if (!isMoney || noAmountBefore.test(left) || capitalBefore.test(left)) continue;
    // What is a little more than it says is at least that: 三百二十余万元.
    const value = isSpelt(whole) ? readSpelt(whole) : parseChineseNumber(whole.replace(/[余多几来个]/u, ""));
    const times = multiple === "" ? 1 : parseChineseNumber(`一${multiple}`);
    if (value === null || times === null) continue;
    const fraction = Number(`0.${[...(decimals ?? "0")].map((one) => digits[one] ?? 0).join("")}`);
    const minor = Math.round((value + fraction) * times * 100) + (digits[jiao] ?? 0) * 10 + (digits[fen] ?? 0);
    if (!Number.isSafeInteger(minor) || (minor === 0 && !/[零〇]/u.test(whole))) continue;
    const own = findCurrency(yuan ?? "");
    const currency = own === null || own === "CNY" ? findCurrency(lead ?? yuan ?? "人民币") : own;
    found.push({
      minor,
      currency,
      form: "words",
      text: text.slice(match.index, match.index + written.length),
      from: match.index,
    });
  }
  return found;
}

/** One numeral for each figure, as a year is written: 二五〇〇〇〇〇〇. */
const isSpelt = (whole: string): boolean => spelt.test(whole);
const spelt = new RegExp(`^${oneDigit}{3,14}$`, "u");
const readSpelt = (whole: string): number => Number([...whole].map((one) => digits[one] ?? 0).join(""));

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
/** Words on either side of a number among which its currency stands. */
const beside = 4;

/** The same in figures between the words, or behind an article: twenty five (25) million. */
const again = /\(\s?[\d,.]{1,12}\s?\)(?=\s?(?:hundred|thousand|million|billion)\b)/giu;

export function readEnglishWords(written: string): AmountFound[] {
  if (!/hundred|thousand|million|billion/iu.test(written)) return [];
  const text = written.replace(again, (found) => " ".repeat(found.length));
  const places = [...text.toLowerCase().matchAll(/[a-z]+|[^a-z\s-]/gu)];
  // Sixty millions are sixty million.
  const words = places.map(([word]) => word.replace(/^(hundred|thousand|million|billion)s$/u, "$1"));
  const found: AmountFound[] = [];
  for (let at = 0; at < words.length; ) {
    const { value, end } = parseEnglishNumber(words, at);
    const after = words.slice(end, end + beside);
    const counted = after.findIndex((word) => countedWord.test(word));
    const currency = findCurrency(
      [...words.slice(Math.max(0, at - beside), end), ...(counted < 0 ? after : after.slice(0, counted))].join(" "),
    );
    const before = words[at - 1] === "of" ? words[at - 2] : words[at - 1];
    const [from, until] = [places[at]?.index ?? 0, endOf(places[end - 1])];
    const isNearby =
      currency === null && minorOf(value) >= 1_000_000 && isMoneyNearby(text.slice(0, from), text.slice(until));
    const isPart = partBefore.test(before ?? "") || partAfter.test(words.slice(end, end + 3).join(" "));
    const minor = minorOf(value);
    if (!isPart && counted !== 0 && minor >= 10_000 && (currency !== null || isNearby) && Number.isSafeInteger(minor))
      found.push({
        minor,
        currency,
        form: "words",
        text: words.slice(at, end).join(" "),
        from,
      });
    at = Math.max(end, at + 1);
  }
  return [...found, ...readHalves(text)];
}
const minorOf = (value: number | null): number => (value === null ? Number.NaN : Math.round(value * 100));
const endOf = (place: RegExpExecArray | undefined): number => (place ? place.index + place[0].length : 0);

const ofMillion: Readonly<Record<string, number>> = {
  ...{
    half: 0.5,
    "a quarter": 0.25,
    "one quarter": 0.25,
    "three quarters": 0.75,
    "a third": 1 / 3,
    "two thirds": 2 / 3,
  },
};
/** Half a million, three quarters of a million; two and a half million. */
const halves =
  /\b(half|a quarter|one quarter|three quarters|a third|two thirds) (?:of )?(?:a|one) (thousand|million|billion)\b/giu;
const andHalf = /\b([a-z]+|\d{1,3}) and a half (thousand|million|billion)s?\b/giu;

function readHalves(text: string): AmountFound[] {
  const found: AmountFound[] = [];
  const add = ({ 0: written, index }: RegExpExecArray, value: number): void => {
    const [left, right] = [text.slice(0, index), text.slice(index + written.length)];
    const after = right.split(/\s+/u).slice(0, beside + 1);
    const isCount = after.some((word, at) => at < 2 && countedWord.test(word.replace(/[^a-z]/giu, "").toLowerCase()));
    const currency = findCurrency(`${left.split(/\s+/u).slice(-beside).join(" ")} ${after.join(" ")}`);
    const minor = Math.round(value * 100);
    if (isCount || (currency === null && !isMoneyNearby(left, right)) || !(minor >= 10_000)) return;
    found.push({ minor, currency, form: "words", text: written, from: index });
  };
  for (const match of text.matchAll(halves))
    add(match, (ofMillion[(match[1] ?? "").toLowerCase()] ?? 0) * (englishUnits[(match[2] ?? "").toLowerCase()] ?? 0));
  for (const match of text.matchAll(andHalf)) {
    const word = (match[1] ?? "").toLowerCase();
    const whole = /^\d/u.test(word) ? Number(word) : (englishWords[word] ?? 0);
    if (whole > 0) add(match, (whole + 0.5) * (englishUnits[(match[2] ?? "").toLowerCase()] ?? 0));
  }
  return found;
}

/** The number that the words from `at` on say, up to `end`; null where they say none, or one in no order that is known. */
export function parseEnglishNumber(words: readonly string[], at: number): { value: number | null; end: number } {
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
