import {
  type Cell,
  type DecisionTable,
  type HitPolicy,
  names,
  type OwnClasses,
  type TableRow,
} from "./decision-table.ts";
import { type FactId, factDefinitions } from "./fact-sheet.ts";

/** A region of what can be asked: for each column the values that are meant; a column that is not there means every value. */
export type Region = Readonly<Partial<Record<FactId, readonly Atom[]>>>;

/** A value that no row tells apart from its neighbours: a choice, yes or no, a stretch of numbers, or no number stated. */
export type Atom =
  | { readonly kind: "value"; readonly value: string }
  | { readonly kind: "switch"; readonly value: boolean }
  | { readonly kind: "range"; readonly from: number; readonly below: number | null }
  | { readonly kind: "unstated" };

export type TableFault =
  /** Nothing answers here. */
  | { readonly kind: "gap"; readonly region: Region }
  /** Two rows answer differently here, and neither is the other's exception; the first one counts. */
  | { readonly kind: "overlap"; readonly rowIds: readonly [string, string]; readonly region: Region }
  /** Rows before it answer everywhere it could. */
  | { readonly kind: "unreachable"; readonly rowId: string }
  /** More cases than can be looked through; then nothing is said of gaps. */
  | { readonly kind: "too-complex" };

/** Cells looked at before giving up; far more than a table that people wrote by hand has. */
const mostCells = 3_000_000;
const mostFaults = 50;

function listAtoms(fact: FactId, rows: readonly TableRow<unknown>[], own: OwnClasses): Atom[] {
  const { kind, values, optional } = factDefinitions[fact];
  if (kind === "choice") {
    const all = fact === "documentClass" ? [...Object.keys(values), ...own] : Object.keys(values);
    return all.map((value) => ({ kind: "value", value }));
  }
  if (kind === "switch") return [false, true].map((value) => ({ kind: "switch", value }));
  const cuts = new Set([0]);
  for (const { cells } of rows) {
    const cell = cells[fact];
    if (cell && "from" in cell) for (const cut of [cell.from, cell.below]) if (cut !== null) cuts.add(cut);
  }
  const sorted = [...cuts].toSorted((a, b) => a - b);
  const ranges = sorted.map((from, at): Atom => ({ kind: "range", from, below: sorted[at + 1] ?? null }));
  return optional ? [...ranges, { kind: "unstated" }] : ranges;
}

/** Whether a cell holds for an atom; atoms are cut so that it holds for the whole of it or for nothing of it. */
function holds(cell: Cell | undefined, atom: Atom): boolean {
  if (cell === undefined) return true;
  if ("in" in cell) return atom.kind === "value" && names(cell.in, atom.value);
  if ("is" in cell) return atom.kind === "switch" && atom.value === cell.is;
  if ("stated" in cell) return atom.kind === "unstated";
  return (
    atom.kind === "range" &&
    (cell.from === null || atom.from >= cell.from) &&
    (cell.below === null || (atom.below !== null && atom.below <= cell.below))
  );
}

const asksNothing = (row: TableRow<unknown>, facts: readonly FactId[]): boolean =>
  facts.every((fact) => row.cells[fact] === undefined);

/**
 * Goes through everything that rows tell apart, column by column, with the rows that fit there. False where that is more
 * than can be looked through; then not all of it was.
 */
export function walkTable<Output>(
  inputs: readonly FactId[],
  rows: readonly TableRow<Output>[],
  own: OwnClasses,
  leaf: (left: readonly TableRow<Output>[], region: Region) => void,
): boolean {
  const known = new Map<FactId, Atom[]>();
  const atomsOf = (fact: FactId): Atom[] => {
    const atoms = known.get(fact) ?? listAtoms(fact, rows, own);
    known.set(fact, atoms);
    return atoms;
  };
  let cells = 0;
  const walk = (at: number, left: readonly TableRow<Output>[], region: Region): void => {
    if (cells > mostCells) return;
    const rest = inputs.slice(at);
    const [fact] = rest;
    if (left.length === 0 || fact === undefined || left.every((row) => asksNothing(row, rest))) {
      leaf(left, region);
      return;
    }
    const groups = new Map<string, { atoms: Atom[]; rows: TableRow<Output>[] }>();
    const atoms = atomsOf(fact);
    cells += atoms.length * left.length;
    if (cells > mostCells) return;
    for (const atom of atoms) {
      const fitting = left.filter((row) => holds(row.cells[fact], atom));
      const key = fitting.map((row) => row.rowId).join(" ");
      const group = groups.get(key);
      if (group) group.atoms.push(atom);
      else groups.set(key, { atoms: [atom], rows: fitting });
    }
    for (const group of groups.values())
      walk(at + 1, group.rows, group.atoms.length === atoms.length ? region : { ...region, [fact]: group.atoms });
  };
  walk(0, rows, {});
  return cells <= mostCells;
}

/**
 * Looks through a table for gaps, overlaps and rows that are never reached, exactly: values that no row tells apart are
 * looked at together, column by column, so that it never walks over single amounts. `gaps` false for a table in which
 * no answer is an answer; `mayPrecede` true where two rows agree, or the first is stricter on purpose. Overlaps are told only of tables in which the first row answers.
 */
export function checkTable<Output>(
  table: DecisionTable<Output>,
  hit: HitPolicy,
  options: {
    readonly gaps: boolean;
    readonly mayPrecede: (first: Output, other: Output) => boolean;
    readonly own: OwnClasses;
  },
): TableFault[] {
  const { inputs, rows } = table;
  const gaps: TableFault[] = [];
  const overlaps: Extract<TableFault, { kind: "overlap" }>[] = [];
  const reached = new Set<string>();
  const seen = new Set<string>();

  const leaf = (left: readonly TableRow<Output>[], region: Region): void => {
    const [first, ...others] = left;
    if (first === undefined) {
      if (options.gaps && gaps.length < mostFaults) gaps.push({ kind: "gap", region });
      return;
    }
    if (hit === "collect") for (const row of left) reached.add(row.rowId);
    else reached.add(first.rowId);
    if (hit !== "first") return;
    for (const other of others) {
      const pair = `${first.rowId} ${other.rowId}`;
      if (seen.has(pair) || options.mayPrecede(first.output, other.output)) continue;
      // A wider row further down is what the narrower one is the exception of: that is how such tables are written.
      if (isWithin(first, other, inputs, options.own)) continue;
      seen.add(pair);
      if (overlaps.length < mostFaults) overlaps.push({ kind: "overlap", rowIds: [first.rowId, other.rowId], region });
    }
  };

  if (!walkTable(inputs, rows, options.own, leaf)) return [{ kind: "too-complex" }];
  const unreachable = rows
    .filter((row) => !reached.has(row.rowId))
    .map(({ rowId }): TableFault => ({ kind: "unreachable", rowId }));
  // Of a row that is never reached that is all there is to say.
  const told = overlaps.filter(({ rowIds }) => rowIds.every((rowId) => reached.has(rowId)));
  return [...gaps, ...told, ...unreachable];
}

/** Whether whatever fits the narrow row fits the wide one as well. */
function isWithin(
  narrow: TableRow<unknown>,
  wide: TableRow<unknown>,
  inputs: readonly FactId[],
  own: OwnClasses,
): boolean {
  return inputs.every((fact) => {
    const cell = wide.cells[fact];
    if (cell === undefined) return true;
    return listAtoms(fact, [narrow, wide], own).every((atom) => !holds(narrow.cells[fact], atom) || holds(cell, atom));
  });
}
