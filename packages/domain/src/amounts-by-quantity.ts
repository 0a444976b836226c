import { wordNumber } from "./amounts-by-day.ts";
import type { AmountRead } from "./amounts-in-text.ts";
import { parseChineseNumber, parseEnglishNumber } from "./amounts-in-words.ts";
import { currencyBefore, figure, readPlain } from "./money-words.ts";

/** What one piece costs and how many there are, where nothing says what they come to; and of what share a sum is. */

const hanUnit =
  "(?:台|套|件|个|只|吨|公斤|千克|平方米|立方米|米|箱|张|本|辆|块|根|卷|桶|升|组|片|支|瓶|盒|部|架|艘|双|条|袋|包|头|株|车|趟|柜|船|班)";
const latinUnit =
  "(?:pieces?|pcs?|units?|items?|sets?|tons?|tonnes?|kgs?|kilograms?|met(?:re|er)s?|box(?:es)?|pallets?|machines?|devices?|gauges?|valves?|pumps?|sensors?|tablets?|cartons?|cases?|bottles?|rolls?|barrels?|lit(?:re|er)s?|parts?|vehicles?|cars?|licen[cs]es?)";
const links =
  "(?:[:=\\s]|为|是|计|即|报价|(?:应)?支?付(?:款)?|is|are|of|at|comes? to|costs?|amounts? to|priced at|being){0,5}";
/** Before a price of one: 单价, 每台, unit price of, each at, price per set. */
const priceBefore: readonly RegExp[] = [
  new RegExp(
    `(?:单价(?:\\([^()\\d]{0,16}\\))?|每(?:一)?(${hanUnit})(?:的?(?:单价|价格|价款|售价))?)(?:[(]?含税[)]?)?${links}$`,
    "u",
  ),
  new RegExp(
    `(?:\\bunit price(?: \\([^()\\d]{0,16}\\))?|\\beach|\\b(?:price|rate) (?:per|of each|of one|for each) \\p{L}+|\\bper ${latinUnit}|\\ba ${latinUnit})\\s?${links}$`,
    "iu",
  ),
];
/** Of anything else: for every delivery the buyer pays; then as many of the same are counted. */
const nounBefore =
  /\b(?:for |per )?(?:every|each) ([a-z]{3,20}),? (?:[a-z]+ ){0,5}(?:pays?|paid|costs?|is|charges?|of)\s$/iu;
const nounBehind = /^\s(?:for (?:every|each)|per) ([a-z]{3,20})\b/iu;
const noPiece =
  /^(?:days?|working|calendar|business|weeks?|months?|quarters?|years?|annum|hours?|shifts?|man|person|cent|party|side|instal?ments?|parts?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|one|of|such|half|further|case|event|other)$/iu;
/** And behind it: 9,000元/台, 9,000 each, per set. */
const priceBehind: readonly RegExp[] = [
  new RegExp(`^\\s?(?:[/／]|每|一)\\s?(${hanUnit})(?!\\p{Script=Han}{0,2}(?:包|批))`, "u"),
  new RegExp(`^\\s?(?:each\\b|apiece\\b|a piece\\b|(?:[/／]|per |for each |for one |a )${latinUnit}(?![a-z]))`, "iu"),
];
const count = "(\\d{1,3}(?:,\\d{3})+|\\d{1,7})(?![\\d,.]*\\d)";
const hanNumerals = "〇零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟";
const hanQuantity = new RegExp(
  `(?<!\\d,)(?<![\\d.${hanNumerals}第每/-])(?:${count}|([${hanNumerals}]{1,8}))\\s?(${hanUnit})(?!装|起订|以[上下内]|每)`,
  "gu",
);
const labelledQuantity = new RegExp(
  `(?:数量|台数|件数|套数|\\b(?:quantity|qty)\\b)\\s?(?:of|is|为|是|共|[:：=])?\\s?[:：]?\\s?${count}`,
  "giu",
);
const latinQuantity = new RegExp(
  `(?<![\\p{L}\\d.,/-])(?:${count}|${wordNumber})\\s(?:(?!of\\b|and\\b|to\\b|or\\b)\\p{L}[\\p{L}-]* ){0,2}?${latinUnit}(?![a-z])`,
  "giu",
);
/** What is counted in passing: what an order takes at least, what is made in a day, what is warranted. */
const otherQuantity =
  /起订|最低|最小|产能|产量|每[天日月年]|备件|赠送|免费|\bminimum\b|\bat least one\b|\bcapacity\b|\bper (?:day|month|year)\b|\bfree of charge\b|\bspare/iu;
/** How far from a price the number of pieces is looked for. */
const near = 90;
const sentenceEnd = /[。；;]|(?<!\b(?:No|Co|Ltd|approx))[.!?](?:\s|$)/iu;
const total = /\btotal|\bin all\b|\baggregate\b|合计|总计|共计|总价|总额|总金额|合同价/iu;
const covers = 0.75;

const readCount = (written: string): number =>
  /\p{Script=Han}/u.test(written)
    ? (parseChineseNumber(written) ?? 0)
    : /\d/u.test(written)
      ? Number(written.replaceAll(",", ""))
      : (parseEnglishNumber(written.toLowerCase().split(/[\s-]+/u), 0).value ?? 0);

/** The numbers of pieces that a text counts; of this unit, where the price is for one. */
function listQuantities(text: string, unit: string | undefined): number[] {
  if (otherQuantity.test(text)) return [];
  const han = [...text.matchAll(hanQuantity)].flatMap(([, digits, words, of]) =>
    unit === undefined || of === unit ? [readCount(digits ?? words ?? "")] : [],
  );
  const others = [...text.matchAll(labelledQuantity), ...text.matchAll(latinQuantity)].map(([, digits, words = ""]) =>
    readCount(digits ?? words),
  );
  return [...new Set([...han, ...others].filter((one) => one > 1))];
}

/**
 * Amounts with what a price of one comes to by the number of pieces beside it, and of what a sum is said to be a share, where
 * nothing in the paper says so. The texts are lines as the amounts were read in them, the rows the same with their cells apart.
 */
export function withQuantities(
  texts: readonly string[],
  rows: readonly string[],
  amounts: readonly AmountRead[],
): AmountRead[] {
  const bySize = amounts.toSorted((one, other) => one.minor - other.minor);
  const totals = amounts.filter(({ line }) => total.test(texts[line] ?? ""));
  const isCovered = (minor: number, currency: string | null): boolean => {
    const isOwn = (other: AmountRead): boolean => (other.currency ?? currency) === (currency ?? other.currency);
    for (let at = findPlace(bySize.length, (one) => (bySize[one]?.minor ?? 0) >= minor * 0.99); ; at += 1) {
      const other = bySize[at];
      if (other === undefined || other.minor > minor * 1.01) break;
      if (isOwn(other)) return true;
    }
    return totals.some((other) => other.minor >= minor * covers && isOwn(other));
  };
  // What was multiplied by the parts that stand beside it is not multiplied again, nor is its product.
  const onLine = Map.groupBy(amounts, ({ line }) => line);
  const isOf = (whole: AmountRead, one: AmountRead): boolean =>
    whole.minor > one.minor && whole.text.includes(one.text);
  const isParted = (amount: AmountRead): boolean =>
    onLine.get(amount.line)?.some((other) => isOf(other, amount) || isOf(amount, other)) === true;
  const products = [
    ...amounts.flatMap((amount): AmountRead[] => {
      const times = isParted(amount) ? 0 : countPieces(texts, amount);
      const minor = amount.minor * times;
      return times < 2 || !Number.isSafeInteger(minor)
        ? []
        : [{ ...amount, minor, reckoned: true, text: `${amount.text} × ${times}` }];
    }),
    ...multiplyTables(rows, amounts),
    ...listWholes(texts, amounts),
  ].filter(({ minor, currency }) => !isCovered(minor, currency));
  const once = new Map(products.map((one) => [`${one.minor} ${one.currency}`, one]));
  return [...amounts, ...once.values()];
}

/** The first place from which on something holds, of so many. */
function findPlace(length: number, holds: (at: number) => boolean): number {
  let [from, to] = [0, length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** How many pieces stand beside the price of one; 0 where it is none, or where nothing or more than one thing says so. */
function countPieces(texts: readonly string[], amount: AmountRead): number {
  if (amount.recurs || amount.reckoned) return 0;
  const { left, right } = around(texts, amount);
  const lead = left.slice(0, left.length - (currencyBefore.exec(left)?.[0].length ?? 0));
  const before = priceBefore.map((pattern) => pattern.exec(lead)).find((match) => match !== null);
  const after = priceBehind.map((pattern) => pattern.exec(right)).find((match) => match !== null);
  const match = after ?? before;
  if (!match) return countNouns(lead, right, texts.slice(amount.line, amount.line + 3).join(" "));
  const sentence = `${lead.split(sentenceEnd).at(-1) ?? ""} \u0000 ${right.slice(after ? after[0].length : 0).split(sentenceEnd)[0] ?? ""}`;
  const own = listQuantities(sentence, match[1]);
  // The sentence before may say how many are bought; a form says it on a line of its own.
  const beside = own.length > 0 ? own : listQuantities(lead.split(sentenceEnd).slice(-2)[0] ?? "", match[1]);
  const labelled = beside.length > 0 ? beside : listQuantities(nextLines(texts, amount.line), match[1]);
  return labelled.length === 1 ? (labelled[0] ?? 0) : 0;
}

/** How many of the same are counted beside a sum that is paid for each of them; 0 where nothing or more than one thing says so. */
function countNouns(lead: string, right: string, next: string): number {
  const noun =
    (nounBehind.exec(right) ?? nounBefore.exec(lead.split(sentenceEnd).at(-1) ?? ""))?.[1]?.toLowerCase() ?? "";
  if (noun === "" || noPiece.test(noun)) return 0;
  const stem = noun.replace(/(?:y|e|s)$/u, "");
  const counted = new RegExp(
    `(?<![\\p{L}\\d.,/-])(?:${count}|${wordNumber})\\s(?:[a-z-]+ )?${stem}(?:s|es|ies|y|e)?\\b`,
    "giu",
  );
  const found = [...`${lead} ${next}`.matchAll(counted)].map(([, digits, words = ""]) => readCount(digits ?? words));
  const numbers = [...new Set(found.filter((one) => one > 1))];
  return numbers.length === 1 ? (numbers[0] ?? 0) : 0;
}

/** Lines about one on which a form may give the number of pieces. */
const nextLines = (texts: readonly string[], line: number): string =>
  texts
    .slice(Math.max(0, line - 3), line + 4)
    .filter((text) => text.length < 40 && /^\W{0,3}(?:\S{0,12}数量|quantity|qty)/iu.test(text))
    .join("\n");

/** What stands on either side of an amount, across the ends of lines. */
function around(texts: readonly string[], { line, from, text }: AmountRead): { left: string; right: string } {
  const own = texts[line] ?? "";
  const join = (a: string, b: string): string =>
    `${a}${/\p{Script=Han}$/u.test(a) && /^\p{Script=Han}/u.test(b) ? "" : " "}${b}`;
  const left = own.slice(0, from);
  const right = own.slice(from + text.length);
  return {
    left: (left.length < near ? join(texts[line - 1] ?? "", left) : left).slice(-2 * near),
    right: (right.length < near ? join(right, texts[line + 1] ?? "") : right).slice(0, 2 * near),
  };
}

const quantityHead = /^(?:采购|订购|订货|供货)?(?:数量|台数|件数|套数)|^(?:quantity|qty|pieces|pcs|units)\b/iu;
const priceHead = /单价|unit price|price (?:per|each)|price\/|每.价/iu;
const amountHead = /金额|小计|合计|总价|价款|总额|\b(?:amount|total|subtotal|value|sum)\b/iu;
const onlyCount = /^(\d{1,3}(?:,\d{3})+|\d{1,7})\s?(?:\p{Script=Han}{1,2}|\p{L}{1,7})?$/u;
const onlyPrice = new RegExp(`^\\D{0,6}(${figure.source})\\s?\\D{0,4}$`, "u");
const mostIdle = 3;

/** What the rows of a table come to together that has a number and a price of one in each, and no amount. */
function multiplyTables(texts: readonly string[], amounts: readonly AmountRead[]): AmountRead[] {
  const found: AmountRead[] = [];
  for (const [at, text] of texts.entries()) {
    const cells = cellsOf(text);
    const [quantity, price] = [
      cells.findIndex((cell) => quantityHead.test(cell)),
      cells.findIndex((cell) => priceHead.test(cell)),
    ];
    if (quantity < 0 || price < 0 || cells.some((cell, place) => place !== price && amountHead.test(cell))) continue;
    const rows: AmountRead[] = [];
    for (let line = at + 1, idle = 0; line < texts.length && idle < mostIdle; line += 1) {
      const row = multiplyRow(cellsOf(texts[line] ?? ""), cells.length, quantity, price, line, amounts);
      if (row) rows.push(row);
      idle = row ? 0 : idle + 1;
    }
    const [first] = rows;
    if (!first) continue;
    const minor = rows.reduce((sum, row) => sum + row.minor, 0);
    if (Number.isSafeInteger(minor))
      found.push({ ...first, minor, text: `${first.text}${rows.length > 1 ? " + …" : ""}` });
  }
  return found;
}
function cellsOf(text: string): string[] {
  const cells = text.trim().split(/\s{2,}/u);
  return cells.length > 1 ? cells : text.trim().split(/\s/u);
}
function multiplyRow(
  cells: readonly string[],
  width: number,
  quantity: number,
  price: number,
  line: number,
  amounts: readonly AmountRead[],
): AmountRead | null {
  if (cells.length !== width) return null;
  const [, counted = ""] = onlyCount.exec(cells[quantity] ?? "") ?? [];
  const [, figures = ""] = onlyPrice.exec(cells[price] ?? "") ?? [];
  if (counted === "" || figures === "") return null;
  const times = readCount(counted);
  const known = amounts.find((one) => one.line === line && one.text.includes(figures) && one.reckoned !== true);
  const base: AmountRead = known ?? {
    ...{ minor: Math.round(readPlain(figures) * 100), currency: null, form: "figures", from: 0, text: figures, line },
  };
  return { ...base, minor: base.minor * times, reckoned: true, text: `${base.text} × ${times}` };
}

const hanWhole =
  "(?:本)?(?:合同|协议|订单|工程|采购|货物|项目|设备|交易|转让)?(?:总价款?|总额|总金额|总价格|价款|价格|货款|金额|总造价|合同价)";
const hanShare = "(?:(\\d{1,2}(?:\\.\\d{1,3})?)\\s?[%‰]|([百千万])分之([一二两三四五六七八九十]{1,3}))";
const latinWhole =
  "(?:the |this |our |its )?(?:(?:total|full|agreed|contract|purchase|order|sales?|net|gross|entire|whole) )*(?:price|value|sum|amount|consideration|contract)\\b";
const latinShare = "(\\d{1,2}(?:\\.\\d{1,3})?)\\s?(?:%|per ?cent\\b)";
/** A sum that says of what share it is: being 0.1 % of the price; 即合同总价的10%. */
const shareBehind: readonly RegExp[] = [
  new RegExp(`^\\s?[,(]?\\s?(?:即|相当于|为|占|系|等于|合|约占)(?:其)?${hanWhole}的?\\s?${hanShare}`, "u"),
  new RegExp(
    `^\\s?[,(]?\\s?(?:(?:and |or )?(?:being|i\\.e\\.|that is|which is|which equals|equal(?:s|ling)? (?:to )?|equivalent to|representing|corresponding to|amounting to|is|or)\\s?,?\\s?)?${latinShare} of ${latinWhole}`,
    "iu",
  ),
];
const shareBefore: readonly RegExp[] = [
  new RegExp(`${hanWhole}的?\\s?${hanShare}[^。；;，,\\d]{0,8}[,，(]?\\s?(?:即|计|为|共计)?\\s?$`, "u"),
  new RegExp(
    `${latinShare} of ${latinWhole}(?: \\([^()]{0,30}\\))?\\s?(?:,|\\(|=|:)?\\s?(?:i\\.e\\.|being|that is|namely|which is|or|amounting to|in the amount of)?,?\\s?$`,
    "iu",
  ),
];
const otherShare =
  /违约|罚|滞纳|赔偿|税|利息|利率|保险|penalt|liquidated|damages|\btax|\bvat\b|interest|insur|liabilit|\bcap\b/iu;

/** What the whole comes to of which a sum is said to be a share. */
function listWholes(texts: readonly string[], amounts: readonly AmountRead[]): AmountRead[] {
  return amounts.flatMap((amount): AmountRead[] => {
    if (amount.reckoned || amount.recurs) return [];
    const { left, right } = around(texts, amount);
    const lead = left.slice(0, left.length - (currencyBefore.exec(left)?.[0].length ?? 0));
    const match =
      shareBehind.map((pattern) => pattern.exec(right)).find((one) => one !== null) ??
      shareBefore.map((pattern) => pattern.exec(lead)).find((one) => one !== null);
    if (!match || otherShare.test(`${lead.split(sentenceEnd).at(-1) ?? ""}${right.slice(0, match[0].length)}`))
      return [];
    const [, figures, of, words] = match;
    const per = of === "万" ? 10_000 : of === "千" || match[0].includes("‰") ? 1000 : 100;
    const share = (figures === undefined ? readCount(words ?? "") : Number(figures)) / per;
    const minor = Math.round(amount.minor / share);
    if (!(share > 0 && share < 1) || !Number.isSafeInteger(minor)) return [];
    // Where a sum as large is said anyway, the share is of that one.
    if (amounts.some((other) => other.minor >= minor * 0.9)) return [];
    const said =
      figures === undefined ? match[0].match(/[百千万]分之.+$/u)?.[0] : `${figures} ${per === 1000 ? "‰" : "%"}`;
    return [{ ...amount, minor, reckoned: true, text: `${amount.text} ÷ ${said ?? ""}`.trim() }];
  });
}
