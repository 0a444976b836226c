import {
  type AmountFound,
  asFigures,
  asideWords,
  figure,
  looksLikeMoney,
  type MoneyUnit,
  moneyColumn,
  readMoneyUnit,
  readPlain,
  totalName,
} from "./money-words.ts";

/** A unit of money that a head says for the figures below it, as it is written. */
interface HeadedUnit extends MoneyUnit {
  readonly written: string;
}
interface Table {
  /** The unit of each column that holds money, where the head parts columns. */
  readonly columns: ReadonlyMap<number, HeadedUnit>;
  /** Cells of the row that named the columns; 0 where none did. */
  readonly width: number;
  readonly unit: HeadedUnit;
  /** Lines since the last that was a row. */
  readonly idle: number;
}

/** Lines between the head and the first row, or within a row that takes several. */
const mostIdle = 8;
const longestHead = 120;
const cellGap = /\s{2,}/u;
/** A table is over where clauses or sentences go on. */
const tableEnd = /[。;]|[.!?]$|^\s*第[^条章节]{1,6}[条章节]/u;
/** Figures that are no money, however they look. */
const otherNumber =
  /电话|手机|传真|邮编|邮政编码|[账帐]号|账户|编号|号码|税号|信用代码|证号|日期|数量|规格|型号|重量|面积|\b(?:tel|telephone|phone|fax|mobile|account|iban|swift|zip|postcode|date|quantity|qty|weight|model)\b|a\/c|\b(?:contract|order|invoice|registration|tax|licen[cs]e|serial) (?:no|number)|\bnumber\s?:/iu;
const named = /(?:金额|价格|[单总]价|小计|费用|amount|price|total|value)\s?[/,]\s?(\S{1,14})$/iu;
const unitWord = /(?:(?:货币)?单位|币种|\bunits?|\bcurrency)\s?[:=为]?\s?(.{1,30})$/iu;
const inUnit = /\b(in [a-z0'$ ]{2,30}?)\.?$/iu;
/** What a line begins with, or a column is called, that says in what its figures are. */
const aboutFigures =
  /^(?:all |the )?(?:amounts?|figures|prices|values|expressed|stated|in)\b|^.{0,24}\b(?:amount|price|value|total|cost|fee)s? in /iu;
const inBrackets = /\(([^()]{1,40})\)/gu;

/**
 * Bare figures below a head that names their currency: 单位:万元, 金额(元), Amount (CNY), in thousands of CNY. Of each line
 * those in the columns of money; where columns cannot be told, the last that looks like money, and whatever a line of
 * totals says.
 */
export function readTables(lines: readonly string[]): AmountFound[][] {
  let table: Table | null = null;
  return lines.map((line) => {
    const cells = line.trim().split(cellGap);
    const head = readHead(line, cells);
    if (head) table = head;
    if (head || table === null) return [];
    const found = otherNumber.test(line) ? [] : readRow(asFigures(line), table);
    if (found.length > 0) table = { ...table, idle: 0 };
    else if (tableEnd.test(line) || line.length > longestHead || table.idle >= mostIdle) table = null;
    else table = { ...nameColumns(table, cells), idle: table.idle + 1 };
    return found;
  });
}

/** The head of a table that says in what its figures are; one with its figure behind it is a sum of its own. */
function readHead(line: string, cells: readonly string[]): Table | null {
  if (line.length > longestHead) return null;
  const columns = new Map<number, HeadedUnit>();
  for (const [at, cell] of cells.entries()) {
    const unit = readUnit(cell);
    if (unit !== null && !asideWords.test(cell)) columns.set(at, unit);
  }
  const unit = [...columns.values()].at(-1);
  if (unit === undefined) return null;
  const isPartedHead = cells.length > 1 && [...columns.keys()].some((at) => moneyColumn.test(cells[at] ?? ""));
  const table = { unit, idle: 0 };
  return isPartedHead ? { ...table, columns, width: cells.length } : { ...table, columns: new Map(), width: 0 };
}

function readUnit(cell: string): HeadedUnit | null {
  const head = (written: string, at: number, asks: (unit: MoneyUnit) => boolean): HeadedUnit | null => {
    const unit = readMoneyUnit(written.replace(/\b10,?000\b/u, "万").replace(/\b1,?000\b/u, "千"));
    const isFollowed = /^[\s:=)]{0,4}[¥$€£]?\d/u.test(cell.slice(at + written.length));
    return unit !== null && !isFollowed && asks(unit) ? { ...unit, written: written.trim() } : null;
  };
  for (const match of cell.matchAll(inBrackets)) {
    const [, written = ""] = match;
    if (/\d,?\d{3}/u.test(written) && !unitWord.test(written)) continue;
    const before = cell.slice(0, match.index);
    const unit = head(written, match.index + 1, ({ currency }) => currency !== null || moneyColumn.test(before));
    if (unit) return unit;
  }
  const plain = cell.replace(/^\(|\)$/gu, "");
  for (const pattern of [unitWord, named, inUnit]) {
    const match = pattern.exec(plain);
    const written = match?.[1];
    if (!match || written === undefined || (pattern === inUnit && !aboutFigures.test(plain))) continue;
    const unit = head(written, cell.lastIndexOf(written), ({ currency }) => currency !== null);
    if (unit) return unit;
  }
  return null;
}

/** The columns of money, where the unit stood above the row that names them. */
function nameColumns(table: Table, cells: readonly string[]): Table {
  if (table.width > 0 || cells.length < 2 || cells.some((cell) => /^\d/u.test(cell))) return table;
  const columns = new Map(
    cells.flatMap((cell, at) => (moneyColumn.test(cell) && !asideWords.test(cell) ? [[at, table.unit] as const] : [])),
  );
  return columns.size === 0 ? table : { ...table, columns, width: cells.length };
}

const lastFigure = new RegExp(`(?<![\\d.,\\-/A-Za-z])(?:${figure.source})$`, "u");
const onlyFigure = new RegExp(`^(?:${figure.source})$`, "u");
const tail = /\s?\([^()\d]{0,24}\)$|\s?[-—]+$/u;

function readRow(line: string, { columns, width, unit }: Table): AmountFound[] {
  const cells: { text: string; from: number }[] = [];
  for (const { 0: text, index } of line.matchAll(/\S+(?:\s\S+)*/gu))
    cells.push({ text: text.replace(tail, ""), from: index });
  const figures = cells.flatMap(({ text, from }, at) => {
    const found = (cells.length > 1 && at > 0 ? onlyFigure : lastFigure).exec(text);
    return found ? [{ figures: found[0], from: from + found.index, at }] : [];
  });
  const say = (found: (typeof figures)[number], of: HeadedUnit): AmountFound[] => {
    const minor = Math.round(readPlain(found.figures) * of.multiple * 100);
    const text = of.multiple > 1 ? `${found.figures} (${of.written})` : found.figures;
    return Number.isSafeInteger(minor)
      ? [{ minor, currency: of.currency, form: "figures", from: found.from, text }]
      : [];
  };
  if (cells.length === width) {
    const inColumns = figures.flatMap((found) => {
      const of = columns.get(found.at);
      return of ? say(found, of) : [];
    });
    if (inColumns.length > 0) return inColumns;
  }
  const isTotal = totalName.test(line);
  const [chosen] = isTotal
    ? figures.toSorted((a, b) => readPlain(b.figures) - readPlain(a.figures))
    : figures.filter((one) => looksLikeMoney(one.figures)).toReversed();
  return chosen ? say(chosen, unit) : [];
}
