import { baseOfClass, isOwnClass } from "./document-class.ts";
import { type FactId, factDefinitions } from "./fact-sheet.ts";
import type { LocalName } from "./vocabulary.ts";

/**
 * What one cell of a condition asks. A cell that is not there asks nothing. `in`: one of these values; `is`: yes or no;
 * `from`/`below`: a number from … (included) to below … (not included); `stated: false`: no number was stated.
 */
export type Cell =
  | { readonly in: readonly string[] }
  | { readonly is: boolean }
  | { readonly from: number | null; readonly below: number | null }
  | { readonly stated: false };

export interface TableRow<Output> {
  /** Lasting, so that a decision can name the row that fired. */
  readonly rowId: string;
  readonly cells: Readonly<Partial<Record<FactId, Cell>>>;
  readonly output: Output;
  /** Why the organisation has this rule, in its own words. */
  readonly reason: LocalName;
  /** The clause of the law or of the organisation's own rules that it serves; empty where it names none. */
  readonly clause: LocalName;
}

/** `first`: the first row that fits answers. `collect`: every row that fits adds its answer. */
export type HitPolicy = "first" | "collect";

export interface DecisionTable<Output> {
  readonly inputs: readonly FactId[];
  readonly rows: readonly TableRow<Output>[];
}

/** No table is larger than a person can read, or than the checks can look through. */
export const tableLimits = { rows: 300, values: 40, text: 500 } as const;
const largestNumber = 1e15;

/** Whether a cell names a value. What is said of a class of document holds for the organisation's own ones based on it too. */
export const names = (values: readonly string[], value: string): boolean =>
  values.includes(value) || values.includes(baseOfClass(value));

/** The organisation's own classes of documents, by id: the only values a table can name that the product does not know. */
export type OwnClasses = readonly string[];

/** Whether a cell can stand in a column of this fact at all. */
export function cellFits(fact: FactId, cell: Cell, own: OwnClasses): boolean {
  const { kind, values, optional } = factDefinitions[fact];
  if ("in" in cell)
    return (
      kind === "choice" &&
      cell.in.length > 0 &&
      cell.in.length <= tableLimits.values &&
      new Set(cell.in).size === cell.in.length &&
      cell.in.every((value) => Object.hasOwn(values, value) || (fact === "documentClass" && own.includes(value)))
    );
  if ("is" in cell) return kind === "switch";
  if ("stated" in cell) return kind === "number" && optional;
  const inRange = (value: number | null): boolean =>
    value === null || (Number.isFinite(value) && value >= 0 && value <= largestNumber);
  return (
    kind === "number" &&
    inRange(cell.from) &&
    inRange(cell.below) &&
    !(cell.from === null && cell.below === null) &&
    (cell.from === null || cell.below === null || cell.from < cell.below)
  );
}

/**
 * A cell in the notation of JSON Decision Models (unary tests): `"a","b"`, `true`, `[10..20)`, `>= 10`, `< 20`, `null`. What
 * is written here is all an engine ever gets to see: there is no way for any other expression into a table.
 */
export function writeCell(cell: Cell | undefined, own: OwnClasses): string {
  if (cell === undefined) return "";
  if ("in" in cell) {
    // An engine does not know what is based on what: own classes that a cell means by their base are written out.
    const meant = own.filter((id) => !cell.in.includes(id) && names(cell.in, id));
    return [...cell.in, ...meant].map((value) => JSON.stringify(value)).join(", ");
  }
  if ("is" in cell) return String(cell.is);
  if ("stated" in cell) return "null";
  const { from, below } = cell;
  if (from !== null && below !== null) return `[${writeNumber(from)}..${writeNumber(below)})`;
  return from !== null ? `>= ${writeNumber(from)}` : `< ${writeNumber(below ?? 0)}`;
}

/** Plain digits: no number of a table is so large that it would be written with an exponent. */
const writeNumber = (value: number): string => String(value);

const number = String.raw`(\d{1,16}(?:\.\d{1,2})?)`;
const rangePattern = new RegExp(`^\\[\\s*${number}\\s*\\.\\.\\s*${number}\\s*\\)$`);
const fromPattern = new RegExp(`^>=\\s*${number}$`);
const belowPattern = new RegExp(`^<\\s*${number}$`);
const valuesPattern = /^"[a-z0-9-]{1,60}"(?:\s*,\s*"[a-z0-9-]{1,60}")*$/;

/** Reads such a cell. Undefined for an empty one, null for what this product does not write: nothing else is let in. */
export function readCell(fact: FactId, text: string, own: OwnClasses): Cell | undefined | null {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "-") return undefined;
  if (trimmed.length > tableLimits.values * 128) return null;
  const cell = withoutMeant(readAny(trimmed));
  return cell !== null && cellFits(fact, cell, own) ? cell : null;
}

/** An own class beside its base says nothing more; here it may not even be known. */
function withoutMeant(cell: Cell | null): Cell | null {
  if (cell === null || !("in" in cell)) return cell;
  return { in: cell.in.filter((value) => !isOwnClass(value) || !cell.in.includes(baseOfClass(value))) };
}

function readAny(text: string): Cell | null {
  if (text === "true" || text === "false") return { is: text === "true" };
  if (text === "null") return { stated: false };
  if (valuesPattern.test(text)) return { in: (text.match(/[a-z0-9-]+/g) ?? []).map(String) };
  const range = rangePattern.exec(text);
  if (range) return { from: Number(range[1]), below: Number(range[2]) };
  const from = fromPattern.exec(text);
  if (from) return { from: Number(from[1]), below: null };
  const below = belowPattern.exec(text);
  return below ? { from: null, below: Number(below[1]) } : null;
}
