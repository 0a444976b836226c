import { countShort, findShortPace, isExpense, shortPerYear, wordNumber } from "./amounts-by-day.ts";
import type { AmountRead } from "./amounts-in-text.ts";
import { parseChineseNumber, parseEnglishNumber } from "./amounts-in-words.ts";
import { readDates } from "./dates-in-text.ts";

/** How often a sum is due: in each year so many times, or with each of the parts that the paper counts. */
type Pace = "year" | "half" | "quarter" | "month" | "week" | "part";
const perYear: Readonly<Record<Exclude<Pace, "part">, number>> = { year: 1, half: 2, quarter: 4, month: 12, week: 52 };

const notOfDate = "(?<![\\d〇零一二三四五六七八九十半每])";
const feeOf = "(?:度|租|费|服务|使用|许可|管理|维护|维保|基本|固定|应付|支付|付|物业|保底|采购|[总价金款])";
/** What leads to a sum that is due again and again; the last one before it tells how often. */
const before: Readonly<Record<Pace, RegExp>> = {
  half: /每个?半年度?|\b(?:half[- ]yearly|semi-?annual(?:ly)?|(?:each|every|per) (?:half[- ]year|six months))\b/giu,
  year: new RegExp(
    `每[一个]?(?:合同|租赁|服务|自然)?(?:年度?|周年)|${notOfDate}年${feeOf}|[首第][一]?年度?|\\b(?:annual(?:ly)?|yearly|first[- ]year|first year|(?:each|every|per) (?:\\p{L}+ )?year)\\b`,
    "giu",
  ),
  quarter: new RegExp(
    `每个?季度?|${notOfDate}季度?${feeOf}|\\b(?:quarterly|(?:each|every|per) (?:\\p{L}+ )?quarter)\\b`,
    "giu",
  ),
  month: new RegExp(
    `每个?(?:自然)?月|${notOfDate}月${feeOf}|\\b(?:monthly|(?:each|every|per) (?:\\p{L}+ )?month)\\b`,
    "giu",
  ),
  week: /每周|每个?星期|\b(?:weekly|(?:each|every|per) (?:week|(?:mon|tues|wednes|thurs|fri|satur|sun)day))\b/giu,
  part: /每[一]?[批期]/gu,
};
const each =
  "(?:[/／]|每个?|(?:payable |due )?(?:a|an|per|each|every|in (?:each|every)) (?:contract |calendar |lease )?)";
/** Behind a comma the next sum may have its own: 总价600,000元，每月50,000元; a month of which is another one of. */
const led = "^\\s?(?:,\\s?(?![^。；;,]{0,8}\\d)(?!an?\\s))?";
/** The same behind the sum: 900,000 a month, 900,000元/年, 900,000 payable quarterly. */
const behind: readonly (readonly [Pace, RegExp])[] = [
  ["half", new RegExp(`${led}(?:payable |due )?(?:half[- ]yearly|semi-?annually)\\b`, "iu")],
  ["year", new RegExp(`${led}(?:${each}(?:年|year\\b|annum\\b)|(?:payable |due )?(?:annually|yearly|p\\.a\\.))`, "iu")],
  ["quarter", new RegExp(`${led}(?:${each}(?:季|quarter\\b)|(?:payable |due )?quarterly\\b)`, "iu")],
  ["month", new RegExp(`${led}(?:${each}(?:月|month\\b)|(?:payable |due )?monthly\\b)`, "iu")],
  [
    "week",
    new RegExp(
      `${led}(?:${each}(?:周|week\\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\\b)|(?:payable |due )?weekly\\b)`,
      "iu",
    ),
  ],
  ["part", /^\s?[/／]?(?:每[批期]|[/／][批期])/u],
];
/** How far before a sum stands what says how often it is due, within its sentence. */
const near = 44;
const sentenceEnd = /[。；;]|[.!?]\s/u;
/** What somebody earns is due as long as he stays, and nobody signs a paper for all of it. */
const earned = /工资|薪|奖金|津贴|补贴|社保|公积金|\b(?:salary|salaries|wages?|bonus|allowance|stipend)\b/iu;
/** What the other sums of a paper are that are due again and again: none of the deal itself. */
const aside = /违约金|滞纳金|罚款|注册资[本金]|营业额|销售额|利润|turnover|revenue|penalt|liquidated|profit/iu;

/** A total that the paper says itself is the document's word; it may come to somewhat less, for a month without rent. */
const total = /\btotal|\bin all\b|\baggregate\b|合计|总计|共计|总价|总额|总金额|合同价|租金总/iu;
const covers = 0.75;

function findPace(left: string, right: string): Pace | null {
  const after = behind.find(([, pattern]) => pattern.test(right));
  if (after) return after[0];
  const sentence = left.slice(-near).split(sentenceEnd).at(-1) ?? "";
  const part = sentence.split(/[，,](?!\d)/u).at(-1) ?? "";
  // Behind the name of a total what was said before is part of it: 年租金90万元，租期五年，租金总额450万元.
  return findLast(part) ?? (total.test(part) ? null : findLast(sentence));
}

/** The last word before a sum that tells how often it is due. */
function findLast(lead: string): Pace | null {
  let found: { pace: Pace; end: number } | null = null;
  for (const [pace, pattern] of Object.entries(before) as [Pace, RegExp][])
    for (const match of lead.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (found === null || end > found.end) found = { pace, end };
    }
  return found?.pace ?? null;
}

const hanNumber = "(?<![\\d〇零一二两三四五六七八九十百])(\\d{1,3}|[一二两三四五六七八九十百]{1,5})";
const hanUnit = "(个?(?:周|自然|完整)?年(?!\\s?\\d|[一二三四五六七八九十]{1,2}月)|个月|个?季度)";
const wordUnit = "((?:consecutive |calendar |full |contract |successive )?(?:years?|months?|quarters?))";
const termName =
  "(?:租期|租赁期|(?:合同|协议|服务|合作|供货|供应|采购|承包|经营|托管|授权|许可|使用|履行|维保|维护|运维|管理|保洁|委托)(?:有效)?期|(?<!报价|投标|保函)有效期|期限|周期|为期)";
/** How long a paper runs: 租期五年, 服务期四十八个月, for sixty months, a term of five years. */
const terms: readonly RegExp[] = [
  new RegExp(`${termName}(?:限|间)?[^。；;]{0,32}?${hanNumber}${hanUnit}`, "gu"),
  new RegExp(`共计?${hanNumber}${hanUnit}`, "gu"),
  new RegExp(
    `${hanNumber}${hanUnit}(?:的|之)?(?:租期|服务期|合同期|合作期|供货期|期限|期间|\\p{Script=Han}{0,6}(?:服务|租赁|供货|供应|使用|许可))`,
    "gu",
  ),
  new RegExp(`\\b(?:term|period|duration)\\b[^.;\\d]{0,40}?\\b${wordNumber} ${wordUnit}\\b`, "giu"),
  new RegExp(
    `\\b(?:for|over|during|runs) (?:(?:a|an|the) (?:\\p{L}+ )?(?:term|period|duration) of |a total of |the )?${wordNumber} ${wordUnit}\\b`,
    "giu",
  ),
  new RegExp(
    `\\b${wordNumber}[- ](year|month|quarter)s? (?:\\p{L}+ )?(?:term|lease|period|agreement|contract)\\b`,
    "giu",
  ),
];
/** What else lasts for years: secrecy, a warranty, what is kept, until when something is paid. */
const otherTerm =
  /保密|质保|保修|质量保证|保证期|免租|付款期|借款|贷款|竞业|保存|留存|宽限|confidential|secre|warrant|guarantee period|compet|retain|archiv|rent[- ]free|grace|\brecords?\b/iu;
const range = /至|到|止|\b(?:to|until|till|through|ending|ends)\b/iu;
const mostMonths = 1200;

/** A clause begins with its number, whatever ended the one before it. */
const clauseBegin = /^\s*(?:第.{1,6}条|\d{1,3}(?:[.、)]|(?:\.\d{1,3})+\s)|[一二三四五六七八九十]{1,3}[、.]|[(（])/u;
const listSentences = (texts: readonly string[]): string[] =>
  texts
    .map((text) => `${clauseBegin.test(text) ? "\n" : /^\p{Script=Han}/u.test(text) ? "" : " "}${text}`)
    .join("")
    .replace(/ {2,}/gu, " ")
    .split(/[。；;\n]|[.!?]\s/u);

/** Months for which the paper runs by what it says; the longest, and 0 where it does not say. */
function readTerm(texts: readonly string[]): number {
  let months = 0;
  for (const text of listSentences(texts)) {
    if (otherTerm.test(text)) continue;
    for (const pattern of terms)
      for (const [, written = "", unit = ""] of text.matchAll(pattern))
        months = Math.max(
          months,
          readCount(written) * (/年|year/iu.test(unit) ? 12 : /季|quarter/iu.test(unit) ? 3 : 1),
        );
    if (/\d{4}|[〇零一二三四五六七八九]{4}年/u.test(text) && range.test(text))
      months = Math.max(months, readRange(text));
  }
  return months <= mostMonths ? months : 0;
}

/** Months from the first to the last of the days that a line names; 0 where it names fewer than two. */
function readRange(text: string): number {
  const days = readDates([{ text, page: 0, running: false, box: { x: 0, y: 0, width: 0, height: 0 } }])
    .map(({ day }) => day.split("-").map(Number))
    .map(([year = 0, month = 0, day = 0]) => year * 12 + month + day / 31)
    .toSorted((a, b) => a - b);
  const months = Math.round((days.at(-1) ?? 0) - (days[0] ?? 0));
  return months > 1 ? months : 0;
}

function readCount(written: string): number {
  const word = written.toLowerCase();
  if (/^\d+(?:\.\d)?$/u.test(word)) return Number(word);
  if (/\p{Script=Han}/u.test(word)) return parseChineseNumber(word) ?? 0;
  return parseEnglishNumber(word.split(/[\s-]+/u), 0).value ?? 0;
}

/** How many parts a paper counts: 分四批, 共12期. */
const partsSaid = new RegExp(`(?:分成?|共计?|合计|总计|计)(?:为)?${hanNumber}([批期])`, "u");
/** The first of several that are alike: 首批…, 后续三批与首批金额相同. */
const firstOf = /[首第][一]?([批期次年])[^。；;]{0,24}$/u;
const alike = new RegExp(
  `(?:后续|其余|剩余|余下|之后|此后|以后|另外?)(?:的)?(?:${hanNumber}个?|各)?([批期次年])[^。；;]{0,16}?(?:相同|一致|同额|等额|同等|均为|照此)`,
  "u",
);

/** By how much a sum grows from year to year, as a share; 0 where it does not. */
const growth: readonly RegExp[] = [
  /(?:每年|逐年|年)[^。；;]{0,10}?(?:递增|上浮|增长|上调|上涨|增加|提高)[^。；;]{0,8}?(?:百分之([一二三四五六七八九十百]{1,4})|(\d{1,3}(?:\.\d{1,2})?)\s?[%％])/u,
  /\b(?:increas|escalat|ris|grow|uplift)\w*[^.;]{0,50}?\b(\w+|\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per ?cent)[^.;]{0,40}\b(?:year|annum|annual|anniversar)/iu,
  /\b(?:year|annual)\w*[^.;]{0,40}\b(?:increas|escalat|ris|grow|uplift)\w*[^.;]{0,24}?\b(\w+|\d{1,3}(?:\.\d{1,2})?)\s?(?:%|per ?cent)/iu,
];
function readGrowth(texts: readonly string[]): number {
  for (const text of listSentences(texts))
    for (const pattern of growth) {
      const [found, word, figures] = pattern.exec(text) ?? [];
      if (found === undefined) continue;
      const written = figures ?? word ?? "";
      const share = /^[\d.]+$/u.test(written) ? Number(written) : readCount(written);
      if (share > 0 && share <= 100) return share / 100;
    }
  return 0;
}

/** What so many years come to where each costs more than the one before, in years of the first. */
function sumYears(years: number, share: number): number {
  if (share === 0 || years <= 1) return years;
  let [sum, year] = [0, 1];
  for (let left = years; left > 0; left -= 1) {
    sum += year * Math.min(left, 1);
    year *= 1 + share;
  }
  return sum;
}

/**
 * Amounts with those that are due again and again: with what they come to over the time or the parts that the paper says, or
 * marked where it does not say for how long (`recurs`). The texts are lines as the amounts were read in them.
 */
export function withRecurring(texts: readonly string[], amounts: readonly AmountRead[]): AmountRead[] {
  let [term, share]: [number | null, number] = [null, 0];
  const products: AmountRead[] = [];
  const marked = amounts.map((amount): AmountRead => {
    const text = texts[amount.line] ?? "";
    const end = amount.from + amount.text.length;
    // A sum that stands at the begin of a line has what leads to it on the line before.
    const left = `${amount.from < 12 ? (texts[amount.line - 1]?.slice(-near) ?? "") : ""}${text.slice(0, amount.from)}`;
    const right = `${text.slice(end)}${text.length - end < 6 ? ` ${texts[amount.line + 1]?.slice(0, 24) ?? ""}` : ""}`;
    const clause = `${left.slice(-near).split(sentenceEnd).at(-1) ?? ""}${right.slice(0, 16)}`;
    const isAlike = firstOf.test(left.slice(-near))
      ? alike.exec(text.slice(end) + (texts[amount.line + 1] ?? ""))
      : null;
    const short = isAlike === null ? findShortPace(left, right) : null;
    const pace = short === null ? findPace(left, right) : null;
    if ((pace === null && short === null && isAlike === null) || earned.test(clause) || aside.test(clause))
      return amount;
    // So many parts that stand beside it were multiplied already; neither a part nor its product is counted again.
    const isOf = (whole: AmountRead, one: AmountRead): boolean =>
      whole.line === one.line && whole.minor > one.minor && whole.text.includes(one.text);
    if (amounts.some((other) => isOf(other, amount) || isOf(amount, other))) return amount;
    let times = 0;
    if (isAlike !== null) times = isAlike[1] === undefined ? 0 : 1 + readCount(isAlike[1]);
    else if (pace === "part") {
      const unit = /[批期]/u.exec(clause)?.[0];
      const said = texts.map((line) => partsSaid.exec(line)).find((match) => match !== null && match[2] === unit);
      times = said ? readCount(said[1] ?? "") : 0;
    } else if (short !== null) {
      if (term === null) [term, share] = [readTerm(texts), readGrowth(texts)];
      const beside = `${left.split(sentenceEnd).at(-1) ?? ""} ${right.split(sentenceEnd)[0] ?? ""}`;
      times = countShort(short, beside, listSentences(texts), readCount);
      if (times === 0) times = sumYears(term / 12, share) * shortPerYear[short];
      if (times === 0 && isExpense(left, right)) return amount;
    } else if (pace !== null) {
      if (term === null) [term, share] = [readTerm(texts), readGrowth(texts)];
      times = sumYears(term / 12, share) * perYear[pace];
    }
    const minor = Math.round(amount.minor * times);
    const least = times > 1 ? minor * covers : amount.minor * 2;
    const isCovered = amounts.some(
      (other) =>
        other.minor >= least &&
        (other.currency ?? amount.currency) === (amount.currency ?? other.currency) &&
        total.test(texts[other.line] ?? ""),
    );
    if (isCovered) return amount;
    // Once and no more is all of it.
    if (times > 0 && times <= 1) return amount;
    if (times === 0 || !Number.isSafeInteger(minor)) return { ...amount, recurs: true };
    products.push({ ...amount, minor, reckoned: true, text: `${amount.text} × ${Number(times.toFixed(2))}` });
    return amount;
  });
  return [...marked, ...products];
}
