import { parseChineseNumber, parseEnglishNumber } from "./amounts-in-words.ts";
import { type AmountFound, currencyBefore } from "./money-words.ts";

const ones = "one|two|three|four|five|six|seven|eight|nine";
const teens = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen";
const tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";
/** How many there are: 12, twelve, twelve (12), forty-eight, a dozen. */
const number = `(?<![\\p{L}\\p{N}.,-])(\\d{1,3}(?:,\\d{3})+(?![\\d,]\\d)|\\d{1,6}(?![\\d,.]*\\d)|(?:${tens})(?:[- ](?:${ones}))?|${teens}|${ones}|(?:a )?dozen)(?:\\s?[(]\\d{1,4}[)])?`;
const hanNumber = "(\\d{1,3}(?:,\\d{3})+|\\d{1,6}|[一二两三四五六七八九十百]{1,5})";
const hanPart = "(?:期|次|笔|批|个?月|年|季度?|台|件|套|只|个|份|间)";
const pace = "(?:(?:equal|successive|consecutive|further|annual|half-yearly|\\p{L}+ly)\\s(?:and\\s)?){0,3}";

/** What leads from a number to a sum that is paid as often: 12 monthly parts of, 40 pieces at … each, 40 ×, 分12期，每期. */
const before: readonly RegExp[] = [
  new RegExp(
    `${number}\\s${pace}(?:parts|instal?ments|payments|portions|tranches|rates|stages|slices)\\s(?:of|at|each of|of each|each|each being)\\s$`,
    "iu",
  ),
  new RegExp(`${number}\\s?[x×*]\\s?$`, "iu"),
  new RegExp(`${hanNumber}${hanPart}[^。；;\\d]{0,10}每${hanPart}(?:应?支?付款?|为|计|[:：]){0,2}\\s?$`, "u"),
];
const pricedEach = new RegExp(`${number}\\s(?:\\p{L}+\\s){1,3}(?:at|for)\\s$`, "iu");
const each = /^\s(?:each|apiece|a piece|per (?:piece|unit|item|set))(?!\p{L})/iu;
/** And from a sum to the number: for each of forty, each, for forty, per month for 36, × 40, 每期 …，共12期. */
const behind: readonly RegExp[] = [
  new RegExp(
    `^\\s(?:for|to|on|of|per) each (?:one )?of (?:the |these |those |its |our |all |all the )?${number}`,
    "iu",
  ),
  new RegExp(
    `^,?\\s(?:each|apiece|a piece|(?:per|a) \\p{L}+),?\\s(?:for|times|over|during) (?:the |all |a (?:period|term) of )?${number}`,
    "iu",
  ),
  new RegExp(`^\\s?[x×*]\\s?${number}`, "iu"),
];
const hanEach = new RegExp(`每${hanPart}(?:应?支?付款?|为|计|[:：]){0,2}\\s?$`, "u");
const hanCount = new RegExp(`^[,，、]?\\s?(?:共计?|合计|分|计)\\s?${hanNumber}${hanPart}`, "u");
/** A sum of all the parts is not multiplied by them. */
const together = /^\s?(?:in total|in all|altogether|together|合计|总计)/iu;
const near = 80;

/** Sums of which a number of parts is said beside them, multiplied by it; the text is what says so. */
export function multiplyParts(whole: string, found: readonly AmountFound[]): AmountFound[] {
  return found.flatMap((amount): AmountFound[] => {
    const end = amount.from + amount.text.length;
    const start = Math.max(0, amount.from - near);
    const lead = whole.slice(start, amount.from);
    const currency = currencyBefore.exec(lead)?.[0] ?? "";
    const left = lead.slice(0, lead.length - currency.length);
    const right = whole.slice(end, end + near);
    if (together.test(right)) return [];
    const inFront = first([...before, ...(each.test(right) ? [pricedEach] : [])], left);
    const after = inFront ? null : first([...behind, ...(hanEach.test(left) ? [hanCount] : [])], right);
    const match = inFront ?? after;
    const count = readCount(match?.[1] ?? "");
    const minor = amount.minor * count;
    if (!match || count < 2 || !Number.isSafeInteger(minor)) return [];
    const text = inFront
      ? whole.slice(start + match.index, end)
      : whole.slice(amount.from - currency.length, end + match[0].length);
    return [{ ...amount, minor, text: text.trim() }];
  });
}

const first = (patterns: readonly RegExp[], text: string): RegExpExecArray | null => {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match;
  }
  return null;
};

function readCount(written: string): number {
  const word = written.toLowerCase().replaceAll(",", "");
  if (/^\d+$/u.test(word)) return Number(word);
  if (/dozen/u.test(word)) return 12;
  if (/\p{Script=Han}/u.test(word)) return parseChineseNumber(word) ?? 1;
  return word === "" ? 1 : (parseEnglishNumber(word.split(/[\s-]+/u), 0).value ?? 1);
}
