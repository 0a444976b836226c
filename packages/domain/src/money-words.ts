import { currencyNames, findNamedCurrency, plainCodes } from "./currency-codes.ts";

/** The words, signs and figures that people write money with; what makes an amount of them is asked beside. */

/** An amount within a text. */
export interface AmountFound {
  /** In hundredths of the currency's unit. */
  readonly minor: number;
  /** ISO 4217; null where the document does not say. */
  readonly currency: string | null;
  readonly form: "figures" | "words";
  /** Where in its line it begins, as the line is read here. */
  readonly from: number;
  readonly text: string;
}

/** Foreign names come first: 美元 holds 元. */
const currencies: readonly (readonly [pattern: RegExp, code: string])[] = [
  [/港[元币圆圓]|HK\$|HKD|hong kong dollars?/iu, "HKD"],
  [/新?台币|NT\$|new taiwan dollars?/iu, "TWD"],
  [/US\$|USD|美[元金圆圓]|\$|(?:us )?dollars?/iu, "USD"],
  [/EUR|€|欧元|\beuros?\b/iu, "EUR"],
  [/GBP|£|英镑|pounds sterling/iu, "GBP"],
  [/JPY|日[元圆圓]|円/iu, "JPY"],
  [/人民币|RMB|CNY|[¥元圆圓]|\byuan\b|renminbi/iu, "CNY"],
];
const code = new RegExp(`(?<![A-Za-z])${plainCodes}`, "iu");
/** What stands next to a figure and makes it money. */
export const findCurrency = (text: string): string | null =>
  text === ""
    ? null
    : (code.exec(text)?.[0].toUpperCase() ??
      findNamedCurrency(text) ??
      currencies.find(([pattern]) => pattern.test(text))?.[1] ??
      null);

const named = `人民币|renminbi|RMB|CNY|US\\$|USD|HK\\$|HKD|EUR|GBP|JPY|NT\\$|(?<![A-Za-z])(?:${plainCodes}|${currencyNames})|[美日][元圆圓]|欧元|美金|英镑|港[币元圆圓]|新?台币|(?:chinese )?yuan|euros?|(?:us |hong kong )?dollars`;
/** What may stand between the name of a currency and its figure. */
const leading = "\\s?(?:[(]?小写[)]?|[(]?in figures[)]?)?";
/** A currency directly before a figure: CNY 500, 人民币(小写):500. */
export const currencyBefore = new RegExp(`(?:${named}|[¥$€£])${leading}[(:\\s=]{0,4}$`, "iu");
/** The bare unit of any of them: what stands before the figure says of which. */
export const bareUnit = /^[元圆圓]$/u;
/** A currency behind a figure or its multiple: 500元, 500 (CNY), 500 Chinese yuan. */
export const currencyBehind = `${currencyNames}|美[元金圆圓]|欧元|港[元币圆圓]|日[元圆圓]|新?台币|英镑|[元圆圓円]|人民币|RMB|CNY|USD|EUR|GBP|HKD|JPY|${plainCodes}|renminbi|(?:chinese )?yuan|(?:us |hong kong )?dollars|euros?|[¥$€£](?!\\s?\\d)`;

const multiples: Readonly<Record<string, number>> = {
  ...{ 亿: 1e8, 億: 1e8, 千万: 1e7, 仟万: 1e7, 百万: 1e6, 佰万: 1e6, 十万: 1e5, 拾万: 1e5, 万: 1e4, 萬: 1e4 },
  ...{ 千: 1e3, 仟: 1e3, 百: 100, 佰: 100, 억: 1e8, 천만: 1e7, 백만: 1e6, 만: 1e4 },
  ...{ billion: 1e9, bn: 1e9, b: 1e9, mrd: 1e9, hundredmillion: 1e8, crore: 1e7, million: 1e6, mio: 1e6, mil: 1e6 },
  ...{ mill: 1e6, mn: 1e6, mm: 1e6, m: 1e6, hundredthousand: 1e5, lakh: 1e5, tenthousand: 1e4, w: 1e4 },
  ...{ thousand: 1e3, tsd: 1e3, k: 1e3 },
};
export const multiplePattern =
  "个?(?:亿|億|[千仟百佰十拾]?[万萬]|[千仟百佰])|억|[천백]?만|个[Ww]|(?:hundred[- ])?(?:millions?|thousands?)|ten[- ]thousands?|billions?|crores?|lakhs?|(?:bn|mrd|mio|mill?|mn|mm|tsd)(?![a-z])\\.?|[mbkw](?![a-z])";
/** How many the word for a multiple stands for; 1 where there is none. */
export const readMultiple = (written: string): number => {
  const word = written
    .toLowerCase()
    .replace(/[-\s.]/gu, "")
    .replace(/^个/u, "")
    .replace("萬", "万");
  return multiples[word] ?? multiples[word.replace(/s$/u, "")] ?? 1;
};

/** Thousands are grouped by points, commas, spaces or apostrophes, in India by two. */
const grouped =
  "\\d{1,3}(?:\\.\\d{3}){2,6}(?:,\\d{2})?|\\d{1,3}(?:(?: \\d{3}){1,6}|(?:'\\d{3}){1,6})(?!\\d)(?:[.,]\\d{1,2}(?!\\d))?|\\d{1,2}(?:,\\d{2}){1,5},\\d{3}(?![\\d,])(?:\\.\\d{1,2})?|\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,4})?";
export const figure = new RegExp(`${grouped}|\\d{1,16}(?:\\.\\d{1,4})?`, "gu");

/** A figure as a number: what comes last behind a point, or behind a comma where that does not group, are decimals. */
export function readPlain(figures: string): number {
  const joined = figures.replace(/[ ']/gu, "");
  const isEuropean = /\.\d{3}\./u.test(joined) || (joined !== figures && /,\d{1,2}$/u.test(joined));
  return Number(isEuropean ? joined.replaceAll(".", "").replace(",", ".") : joined.replaceAll(",", ""));
}

const wholeGroup = new RegExp(`^(?:${grouped})$`, "u");
/** Whether a figure looks like money by itself: grouped or long, and no year, clause, page or number of pieces. */
export const looksLikeMoney = (figures: string): boolean =>
  wholeGroup.test(figures) || /^\d{2,}\.\d{2}$|^(?!(?:19|20)\d\d$)\d{4,12}$/u.test(figures);

/** A figure in which letters stand that look like one: l,2OO,OOO.OO. */
const lettered =
  /(?<![\p{L}\p{N}])(?:[\dlIOo|]{1,3}(?:,[\dlIOo|]{3}){1,6}|(?=[lIOo|]{0,12}\d)[\dlIOo|]{3,16})(?:\.[\dlIOo|]{1,2})?(?![\p{L}\p{N}])/gu;
/** The same text, each of its characters in its place, with figures for such letters. */
export const asFigures = (text: string): string =>
  text.replace(lettered, (found) => found.replace(/[lI|]/gu, "1").replace(/[Oo]/gu, "0"));

/** What money is paid for, or what it is called. */
const moneyNames =
  "金额|总价|合计|总计|共计|总额|总值|价款|价格|(?:单|合同|成交|中标|转让|出让|收购|标的|交易|协议|结算|含税)价|货款|小写|报酬|租金|对价|酬金|佣金|[薪奖本押定]金|保证金|[预首尾余]款|预付款|首付款|工程款|合同款|转让款|投资款|[借贷]款|款项|进度款|(?<![免消浪自公收])费|费用|支付|amount|total|price|sum|(?:contract|order|agreement|purchase|deal) value|fees?|rent|consideration|remuneration|payment|charges?|costs?|salary|deposit";
const bracket = "(?:\\s?\\([^()\\d]{0,24}\\))?";
/** What leads from the name of a sum to its figure. */
const links =
  "(?:[:=\\s]|为|是|计|约|即|共|总|不超过|最高|上限|is|are|of|at|amounts? to|comes? to|shall be|will be|equals)";
/** The name of a sum before a figure that is money if it looks like it. */
export const nameBefore = new RegExp(`(?:${moneyNames}|每(?:年度?|个?月|季度?))${bracket}${links}{0,8}$`, "iu");
/** The name of a sum so close before a figure that it is money however it looks. */
export const labelBefore =
  /(?:金额|总价|合计|总额|价款|价格|小写|费用|amount|total|price|sum)(?:\s?\([^()\d]{0,24}\))?\s{0,3}[:为计][:\s为计]{0,4}$/iu;
export const totalName = /合计|总计|共计|总价|总额|\btotal\b|\bsum\b/iu;
/** The head of a column of a table that holds money. */
export const moneyColumn = new RegExp(`${moneyNames}|小计|value|subtotal`, "iu");

/** Sums that are not what a contract is about: who the parties are, what is insured, what a breach costs. */
export const asideWords =
  /注册资本|注册资金|保险|违约金|罚款|registered capital|share capital|insur|penalt|liquidated damages|turnover|revenue/iu;

/** What a company is worth by its register, and no sum of a deal. */
export const capitalBefore = new RegExp(
  `(?:注册资[本金]|(?:registered|share) capital)${bracket}(?:${links}|${named}){0,8}$`,
  "iu",
);

/** What is counted and is no money. */
const countedBehind =
  /^\s?[余多]?(?:million |thousand |[百千万亿])?\s?(?:个(?!\s?[万亿wW])|[年月日天台只套份页吨条项次人名件批期股米克升户亩号栋吋℃%]|小时|分钟|平方|公[里斤]|(?:shares?|pieces?|pcs|units?|sets?|items?|days?|weeks?|months?|years?|hours?|copies|pages?|tons?|tonnes|kgs?|km|people|persons|square|rpm)(?![a-z]))/iu;
/** Whether what stands behind a figure makes it a count; MM may be millions, mm are none. */
export const isCounted = (right: string): boolean => countedBehind.test(right) || /^\s?mm(?![a-z])/u.test(right);
export const countedWord =
  /^(?:shares?|pieces?|pcs|units?|sets?|items?|days?|weeks?|months?|years?|hours?|copies|pages?|tons?|tonnes|people|persons|square)$/u;

/** What amounts are said in: a currency, and of how many of it one is meant. */
export interface MoneyUnit {
  readonly currency: string | null;
  readonly multiple: number;
}
const unitFiller =
  /\b(?:in|of|expressed|stated|figures|all|amounts?|prices?|values?|are|including|excluding|incl|excl|tax|vat)\b|不含税|含税|单位|货币|币种|以|为|计|['’`"]/giu;
const currencyWord = new RegExp(`${named}|${currencyBehind}|[¥$€£]`, "giu");
const multipleWord = new RegExp(`(?<![a-z])0{3}s?(?![a-z\\d])|${multiplePattern}`, "giu");

/** A unit of money, where a text is nothing else: 万元, CNY, in thousands of CNY, RMB '000. */
export function readMoneyUnit(text: string): MoneyUnit | null {
  let multiple = 1;
  let currency: string | null = null;
  const rest = text
    .replace(currencyWord, (found) => {
      currency ??= findCurrency(found);
      return " ";
    })
    .replace(multipleWord, (found) => {
      multiple *= /^0/u.test(found) ? 1e3 : readMultiple(found);
      return " ";
    })
    .replace(unitFiller, " ");
  return /[\p{L}\p{N}]/u.test(rest) || (currency === null && multiple === 1) ? null : { currency, multiple };
}

const moneyAbout =
  /授信|额度|[借贷货]款|出借|借[入给到]|价款|支付|付款|投资|担保|金额|总价|合同价|欠款?|偿还|归还|出资|报酬|租金|费用|造价|转让款|\b(?:credit|loans?|price|pays?|paid|payable|payment|fees?|costs?|amount|advance|facility|sum|worth|invest\w*|guarante\w+|borrow\w*|lends?|lent|ow(?:e|es|ed|ing)|debts?|deposit|rent|consideration)\b/iu;
const clauseOver = /[。；;，]|[.!?]\s|,\s/u;
const nothingCounted =
  /^\s{0,2}(?:[,.;:!?)，。；、]|$|以[内下]|左右|用于|作为|整|的(?:授信|借款|贷款|价款|费用|额度)|(?:is|are|and|or|for|from|to|at|on|by|payable|only|with|within|per|each|a|upon|against|plus|net|gross|in (?:all|total|cash|advance|one))\b)/iu;
/** Whether millions without any currency are money by what their clause is about, and count nothing: credit up to 25 million. */
export const isMoneyNearby = (left: string, right: string): boolean =>
  moneyAbout.test((left.split(clauseOver).at(-1) ?? "").slice(-48)) && nothingCounted.test(right) && !isCounted(right);
/** A word for at least ten thousand; a letter may stand for metres, too. */
export const isLargeWord = (multiple: string): boolean =>
  !/^\p{L}$/u.test(multiple) || /[万亿萬億]/u.test(multiple) ? readMultiple(multiple) >= 10_000 : false;
