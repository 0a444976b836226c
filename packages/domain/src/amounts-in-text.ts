import { withQuantities } from "./amounts-by-quantity.ts";
import { multiplyParts } from "./amounts-in-parts.ts";
import { closeFigures, dropParts, readBoxes, readShapes } from "./amounts-in-shapes.ts";
import { readTables } from "./amounts-in-tables.ts";
import { readChineseWords, readEnglishWords } from "./amounts-in-words.ts";
import { withRecurring } from "./amounts-over-time.ts";
import { asSimplified, closeUp } from "./chinese-forms.ts";
import { readWordedCode } from "./currency-codes.ts";
import type { DocumentLine } from "./document-text.ts";
import {
  type AmountFound,
  asFigures,
  bareUnit,
  capitalBefore,
  currencyBefore,
  currencyBehind,
  figure,
  findCurrency,
  isCounted,
  isLargeWord,
  isMoneyNearby,
  labelBefore,
  looksLikeMoney,
  type MoneyUnit,
  multiplePattern,
  nameBefore,
  readMoneyUnit,
  readMultiple,
  readPlain,
} from "./money-words.ts";

/** An amount of money as a document says it. */
export interface AmountRead extends AmountFound {
  /** Number of the line among all lines of the document. */
  readonly line: number;
  /** It is due again and again, and the document does not say for how long. */
  readonly recurs?: true;
  /** It is said nowhere: what a sum that is due again and again, a price of one or a share comes to. */
  readonly reckoned?: true;
}

const unit = new RegExp(
  `^\\s?[余多]?(${multiplePattern})?\\s?(?:[(](?:in )?(${currencyBehind})[)]|\\)?\\s?(?:in )?(${currencyBehind}))?`,
  "iu",
);
/** The unit in which a figure is said, directly before it: 金额(万元): 6,000, Value (in thousands of CNY) 60,000. */
const unitBefore = /(?:\(([^()]{1,40})\)|单位\s?[:为]?\s?([^\s:()]{1,12})|\b(in [a-z' ]{2,40}?))\s{0,3}[:=]?\s{0,3}$/iu;
const mayEndUnit = /[)a-z'元圆币]\s{0,3}[:=]?\s{0,3}$/iu;
/** Unit: CNY 10,000 names a multiple. */
const unitNamed = /(?:单位|\bunits?)\s?[:=]?\s?(?:\p{L}{1,10}\s?)?$/iu;
/** How far left and right of a figure the words for it are looked at; its currency stands nearer. */
const near = 64;
/** How far into the line before, and left of a figure for its currency. */
const back = 24;
/** How far into the next line: an amount in English words is long. */
const ahead = 80;
const mostPerLine = 50;
/** What a form draws around a value. */
const frame = /[_【】〔〕]+/gu;

/** Amounts of a document in figures and in words, Chinese and English. A number without a currency or a label is none. */
export function readAmounts(lines: readonly DocumentLine[]): AmountRead[] {
  const boxes = readBoxes(lines.map(withoutFrame).map(asSimplified));
  // What stands in boxes is read with their head: closed up it would be another figure.
  const drawn = lines.map((line, at) => (boxes[at]?.length ? withoutFrame(line) : asDrawn(line)));
  const texts = drawn.map(closeUp);
  const rows = drawn.map(asSimplified);
  const tables = readTables(rows);
  const amounts = texts.flatMap((text, at) => {
    // A line may end within an amount: it is read with the end of the line before and the begin of the next.
    const [before, after] = [texts[at - 1]?.slice(-back) ?? "", texts[at + 1]?.slice(0, ahead) ?? ""];
    const lead = before === "" ? "" : `${before}${joint(before, text)}`;
    const whole = closeUp(`${lead}${text}${joint(text, after)}${after}`);
    const shapes = readShapes(asSimplified(whole));
    const said = [
      ...dropParts([...readFigures(whole, lead.length, lead.length + text.length), ...readChineseWords(whole)], shapes),
      ...shapes,
      ...readEnglishWords(whole),
    ];
    const found = [...said, ...multiplyParts(whole, said)]
      .map((amount) => ({ ...amount, from: amount.from - lead.length }))
      .filter(({ from }) => from >= 0 && from < text.length);
    const inLine = (amount: AmountFound): AmountFound => ({
      ...amount,
      from: closeUp(drawn[at]?.slice(0, amount.from) ?? "").length,
    });
    const row = (tables[at] ?? []).map(inLine);
    const inBoxes = boxes[at] ?? [];
    return (inBoxes.length > 0 ? inBoxes.map(inLine) : joinRow(found, row))
      .slice(0, mostPerLine)
      .map((amount): AmountRead => ({ ...amount, line: at }));
  });
  const plain = texts.map(asSimplified);
  return withQuantities(plain, rows, withRecurring(plain, amounts));
}

/** In a row of a table a figure without a currency of its own is in that of the table's head. */
const joinRow = (found: readonly AmountFound[], row: readonly AmountFound[]): AmountFound[] =>
  row.length === 0
    ? [...found]
    : [
        ...found.filter(({ form, currency }) => form === "words" || currency !== null),
        ...row.filter(({ minor }) => !found.some((one) => one.currency !== null && one.minor === minor)),
      ];

const withoutFrame = (line: DocumentLine): string => line.text.slice(0, 2000).replace(frame, " ");
const asDrawn = (line: DocumentLine): string => closeFigures(withoutFrame(line));
export const asRead = (line: DocumentLine): string => closeUp(asDrawn(line));

/** Between lines of Chinese nothing stands, nor within a figure that goes on; else a space. */
const joint = (before: string, after: string): string =>
  (/\p{Script=Han}$/u.test(before) && /^\p{Script=Han}/u.test(after)) || isBroken(before, after) ? "" : " ";

const figureEnd = /(?<![A-Za-z\d.,])\d{1,3}(?:,\d{3})*(?:,\d{0,2})?$/u;
const figureBegin = /^[\d,]*\d(?:\.\d{1,2})?(?![\d,])/u;
/** Whether a grouped figure of money was broken over the end of a line: CNY 25,000,|000.00. */
function isBroken(before: string, after: string): boolean {
  const [end] = figureEnd.exec(before) ?? [];
  const [begin] = figureBegin.exec(after) ?? [];
  if (end === undefined || begin === undefined || !/^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$/u.test(end + begin))
    return false;
  // Two figures of a list are two: 12, 300.
  const isMoney = currencyBefore.test(before.slice(0, -end.length)) || nameBefore.test(before.slice(0, -end.length));
  return isMoney || (/,/u.test(end) && /\d,\d{3}/u.test(end)) || /\.\d{2}$|^\d{3},|^,/u.test(begin);
}

/**
 * The unit directly before a figure. Behind the head of a column a row may begin with its number: a short figure has to stand
 * on the line of its unit, of which `own` characters are on the left.
 */
function readUnitBefore(left: string, isLike: boolean, own: number): (MoneyUnit & { readonly written: string }) | null {
  if (!mayEndUnit.test(left)) return null;
  const match = unitBefore.exec(left);
  const written = match
    ?.slice(1)
    .find((one) => one !== undefined)
    ?.trim();
  const unitOf = written ? readMoneyUnit(written) : null;
  if (!match || !written || !unitOf) return null;
  const isAsked = isLike || (unitOf.multiple > 1 && match.index >= left.length - own);
  return isAsked ? { ...unitOf, written } : null;
}

/** Figures that go on behind one space as no grouping does: 86000 00. Whether they belong together is for people to say. */
const goesOn = /^ (?:0{2,3}(?![\d:-]|[.,]\d)|\d{2,3}(?=\s?(?:$|[;)。；，]|[,.](?!\d))))/u;

/** The line is what stands between `from` and `until`. */
function readFigures(whole: string, from: number, until: number): AmountFound[] {
  const found: AmountFound[] = [];
  const text = asFigures(asSimplified(whole));
  for (const match of text.matchAll(figure)) {
    const [figures] = match;
    const left = text.slice(Math.max(0, match.index - near), match.index);
    const right = text.slice(match.index + figures.length, match.index + figures.length + near);
    const direct = currencyBefore.exec(left.slice(-back))?.[0] ?? "";
    // Part of a longer number, a code, a share or a date.
    if (/[\d.\-/A-Za-z]$/u.test(left) && direct === "" && readWordedCode(left, "") === null) continue;
    if (/^(?:\d|\s?%|[-/.]\d)/u.test(right)) continue;
    const [unitWritten = "", ownMultiple = "", bracketed = "", behind = ""] = unit.exec(right) ?? [];
    const named = bracketed || behind;
    const isLike = ownMultiple !== "" || looksLikeMoney(figures);
    // What stands at the figure itself counts before what stands before it.
    const headed = readUnitBefore(left, isLike, match.index - from);
    const own = bareUnit.test(named) ? (findCurrency(direct) ?? findCurrency(named)) : findCurrency(named);
    const worded = (): string | null =>
      isLike && !isCounted(right)
        ? readWordedCode(left, right.slice(ownMultiple === "" ? 0 : unitWritten.length))
        : null;
    const currency = own ?? findCurrency(direct) ?? worded() ?? headed?.currency ?? null;
    const isLabelled = (): boolean =>
      labelBefore.test(left) ||
      (isLike && nameBefore.test(left)) ||
      (isLargeWord(ownMultiple) && isMoneyNearby(left, right.slice(unitWritten.trimEnd().length)));
    if (currency === null && !(isLabelled() && !isCounted(right))) continue;
    if (capitalBefore.test(left) || (/^10?,?000$/u.test(figures) && unitNamed.test(left))) continue;
    const multiple = ownMultiple === "" ? (headed?.multiple ?? 1) : readMultiple(ownMultiple);
    const exact = Math.round(readPlain(figures) * multiple * 100);
    // A sum beyond what is reckoned with is more than any limit, and no reason to read none.
    const isBeyond = currency !== null && exact > Number.MAX_SAFE_INTEGER && figures.includes(",");
    const minor = isBeyond ? Number.MAX_SAFE_INTEGER : exact;
    if (!Number.isSafeInteger(minor)) continue;
    const inUnit = headed !== null && ownMultiple === "" && multiple > 1 ? ` (${headed.written})` : "";
    const said = whole.slice(match.index, match.index + figures.length + unitWritten.length).trim();
    found.push({ minor, currency, form: "figures", text: said + inUnit, from: match.index });
    const [rest = ""] = goesOn.exec(text.slice(match.index + figures.length, until)) ?? [];
    if (rest === "" || isCounted(text.slice(match.index + figures.length + rest.length)) || /[.]/u.test(figures))
      continue;
    if (!/0{2}$/u.test(rest) && !/^\d{4,}$/u.test(figures)) continue;
    const joined = Math.round(readPlain(`${figures}${rest}`.replace(/[ ,']/gu, "")) * multiple * 100);
    if (Number.isSafeInteger(joined))
      found.push({ minor: joined, currency, form: "figures", text: `${figures}${rest}`, from: match.index });
  }
  return found;
}
