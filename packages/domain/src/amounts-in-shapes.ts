import {
  type AmountFound,
  bareUnit,
  capitalBefore,
  currencyBefore,
  currencyBehind,
  findCurrency,
  isCounted,
  labelBefore,
  nameBefore,
} from "./money-words.ts";

/** Amounts in figures of a shape of their own: with units between them, as powers of ten, spaced out, one to a box. */

const tens: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1e3, 仟: 1e3 };
const sections: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };
const part = "\\d{1,4}(?:\\.\\d{1,4})?(?:[十拾百佰千仟]{1,2}[万亿]?|[万亿])";
/** 2千5百万, 3亿5000万: at least two parts; the last may have no unit. */
const mixed = new RegExp(
  `(?<![\\d.,A-Za-z])${part}(?:[零又]?${part})+(?:\\d{1,4}(?!\\d))?|(?<![\\d.,A-Za-z])${part}\\d{1,4}(?=\\s?元)`,
  "gu",
);
/** 2.5e7, 2.5 x 10^7; a raised figure stands on the line where it is read: 2.5×107. */
const power =
  /(?<![\d.,A-Za-z])(\d{1,3}(?:\.\d{1,6})?)(?:[eE][+]?0?(\d{1,2})(?!\w|\.\d)|\s?[x×*·✕]\s?10\s?(?:\^|\*\*)\s?[({]?(\d{1,2})[)}]?|\s?[x×*·✕]\s?10\s?([4-9]|1[0-2])(?!\d|[.,]\d))/giu;
const behind = new RegExp(`^\\s?(?:[(]?(?:${currencyBehind}))`, "iu");
const near = 64;

/** The currency beside a place of a text; undefined where it is none of money. */
function readContext(text: string, from: number, end: number): string | null | undefined {
  const left = text.slice(Math.max(0, from - near), from);
  const right = text.slice(end, end + near);
  const own = behind.exec(right)?.[0].trim() ?? "";
  const direct = currencyBefore.exec(left)?.[0] ?? "";
  if (capitalBefore.test(left)) return undefined;
  const currency = bareUnit.test(own)
    ? (findCurrency(direct) ?? findCurrency(own))
    : (findCurrency(own) ?? findCurrency(direct));
  if (currency !== null) return currency;
  return (labelBefore.test(left) || nameBefore.test(left)) && !isCounted(right) ? null : undefined;
}

/** Figures among which the units stand in Chinese; and powers of ten. The text is in simplified characters. */
export function readShapes(text: string): AmountFound[] {
  const found: AmountFound[] = [];
  const add = (value: number, from: number, written: string): void => {
    const currency = readContext(text, from, from + written.length);
    const minor = Math.round(value * 100);
    if (currency === undefined || minor <= 0 || !Number.isSafeInteger(minor)) return;
    const unit = behind.exec(text.slice(from + written.length))?.[0] ?? "";
    found.push({ minor, currency, form: "figures", text: `${written}${unit}`, from });
  };
  for (const { 0: written, index } of text.matchAll(mixed)) add(sayMixed(written), index, written);
  for (const { 0: written, 1: base, 2: first, 3: second, 4: third, index } of text.matchAll(power))
    add(Number(base) * 10 ** Number(first ?? second ?? third), index, written);
  return found;
}

function sayMixed(written: string): number {
  let [total, section] = [0, 0];
  for (const [, figures = "", units = ""] of written.matchAll(/(\d+(?:\.\d+)?)([十拾百佰千仟万亿]*)/gu)) {
    let value = Number(figures);
    let isClosed = false;
    for (const unit of units) {
      const large = sections[unit];
      if (large === undefined) value *= tens[unit] ?? 1;
      else if (large === 1e8) [total, section, value, isClosed] = [(total + section + value) * large, 0, 0, true];
      else [total, section, value, isClosed] = [total + (section + value) * large, 0, 0, true];
    }
    if (!isClosed) section += value;
  }
  return total + section;
}

/** Without the figures that are part of one of these, as 2千 of 2千5百万. */
export const dropParts = (figures: readonly AmountFound[], shapes: readonly AmountFound[]): AmountFound[] =>
  figures.filter(({ from }) => !shapes.some((one) => from >= one.from && from < one.from + one.text.length));

/** Figures that are set apart from one another: 2 5 , 0 0 0 , 0 0 0 . 0 0. */
const spaced = /(?<![\d.,] ?)\d(?: [\d.,'])+(?: \d)(?! ?[\d])/gu;
const leastSpaced = 5;
const beforeSpaced =
  /(?:元|[¥$€£]|[A-Z]{3}|人民币|yuan|dollars|euros|renminbi|[额价款计费金]|price|amount|total|sum|fee)\s?[:(]?\s?$/iu;
const behindSpaced = /^\s?(?:[百千]?[万亿]|[元圆円]|CNY|RMB|USD|EUR|yuan|dollars|euros|million)/iu;
/** The same text with such figures closed up where they are money. */
export const closeFigures = (text: string): string =>
  text.replace(spaced, (found: string, at: number) => {
    const figures = found.replaceAll(" ", "");
    const isMoney = beforeSpaced.test(text.slice(0, at)) || behindSpaced.test(text.slice(at + found.length));
    return isMoney && figures.replace(/\D/gu, "").length >= leastSpaced ? figures : found;
  });

/** A head with one unit to each box, from the thousands of millions down: 千百十万千百十元角分. */
const boxHead = /(?:[亿千仟百佰十拾万]\s*){3,12}元(?:\s*角)?(?:\s*分)?(?=\s*$|\s{2,}|\s*\p{L})/u;
const boxRow = /(?:^|[^\d.,])((?:\d\s+){2,14}\d)\s*$/u;
const mostBelow = 8;

/** Rows of figures of which each stands in a box of its own, below such a head; one list to each line. */
export function readBoxes(lines: readonly string[]): AmountFound[][] {
  let head: { readonly boxes: number; readonly decimals: number; readonly at: number } | null = null;
  return lines.map((line, at) => {
    const [written = ""] = boxHead.exec(line) ?? [];
    if (written !== "") {
      head = {
        boxes: written.replace(/\s/gu, "").length,
        decimals: /分/u.test(written) ? 2 : /角/u.test(written) ? 1 : 0,
        at,
      };
      return [];
    }
    const figures = boxRow.exec(line)?.[1] ?? "";
    const digits = figures.replace(/\s/gu, "");
    if (head === null || at - head.at > mostBelow || digits.length < 2 || digits.length > head.boxes) return [];
    const minor = Number(digits) * 10 ** (2 - head.decimals);
    if (minor === 0) return [];
    return [{ minor, currency: "CNY", form: "figures", text: figures, from: line.lastIndexOf(figures) }];
  });
}
