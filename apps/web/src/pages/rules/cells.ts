import type { Cell, Cells, FactId, Fault } from "./queries.ts";

type Range = Extract<Cell, { from: number | null }>;
type Atom = NonNullable<NonNullable<Fault["region"]>[FactId]>[number];

/** A number as it is typed: groups and blanks are let through. Null for nothing, undefined for what is no number. */
export function readNumber(typed: string): number | null | undefined {
  const digits = typed.replace(/[,，\s]/g, "");
  if (digits === "") return null;
  return /^\d{1,15}(\.\d{1,2})?$/.test(digits) ? Number(digits) : undefined;
}

/** A number as it is read: in groups of three. */
export function writeNumber(value: number | null): string {
  if (value === null) return "";
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** What a field shows: what was typed as long as it means the value, else the value, as after an undo. */
export function showNumber(typed: string, value: number | null): string {
  const read = readNumber(typed);
  return read === value || read === undefined ? typed : writeNumber(value);
}

/** The bounds of a cell; none where it asks for none. */
export function rangeOf(cell: Cell | undefined): Range {
  return cell && "from" in cell ? cell : { from: null, below: null };
}

/** A cell with other bounds; without any it asks nothing. */
export function withBounds(cell: Cell | undefined, part: Partial<Range>): Cell | undefined {
  const range = { ...rangeOf(cell), ...part };
  return range.from === null && range.below === null ? undefined : range;
}

/** A cell that asks for one of these values; with none of them, or with all, it asks nothing. */
export const withValues = (values: readonly string[], all: number): Cell | undefined =>
  values.length === 0 || values.length >= all ? undefined : { in: [...values] };

export const ANSWERS = ["any", "yes", "no"] as const;
export type YesOrNo = (typeof ANSWERS)[number];
export const readSwitch = (cell: Cell | undefined): YesOrNo =>
  cell && "is" in cell ? (cell.is ? "yes" : "no") : "any";
export const writeSwitch = (answer: YesOrNo): Cell | undefined =>
  answer === "any" ? undefined : { is: answer === "yes" };

/** The cells with one of them changed; a cell that asks nothing is not there. */
export function withCell(cells: Cells, fact: FactId, cell: Cell | undefined): Cells {
  const { [fact]: _, ...others } = cells;
  return cell === undefined ? others : { ...others, [fact]: cell };
}

/**
 * What a row has to ask so that it answers a region that no row answers. Where one cell can not ask for all of it – numbers
 * in two stretches, or a number and none stated – it asks for the first part; the rest stays a gap and is told again.
 */
export function cellsOfRegion(region: NonNullable<Fault["region"]>): Cells {
  return Object.entries(region).reduce<Cells>(
    (cells, [fact, atoms]) => withCell(cells, fact as FactId, cellOf(atoms ?? [])),
    {},
  );
}

function cellOf(atoms: readonly Atom[]): Cell | undefined {
  const values = atoms.flatMap((atom) => (atom.kind === "value" ? [atom.value] : []));
  if (values.length > 0) return { in: values };
  const switches = atoms.flatMap((atom) => (atom.kind === "switch" ? [atom.value] : []));
  const [first] = switches;
  if (first !== undefined) return switches.length === 1 ? { is: first } : undefined;
  const ranges = atoms
    .flatMap((atom) => (atom.kind === "range" ? [{ from: atom.from, below: atom.below }] : []))
    .toSorted((a, b) => a.from - b.from);
  const [lowest] = ranges;
  if (!lowest) return atoms.length > 0 ? { stated: false } : undefined;
  const below = ranges.reduce<number | null>((end, range) => (range.from === end ? range.below : end), lowest.below);
  // Every number there is, and perhaps none stated beside: as a bound it would leave out what was not stated.
  if (lowest.from === 0 && below === null && atoms.length > ranges.length) return undefined;
  return { from: lowest.from, below };
}
