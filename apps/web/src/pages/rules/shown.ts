import type { CaseAnswer, Column, FactId, Fault, Reading, RuleChange, RuleSet, TableId, Version } from "./queries.ts";

/** Columns that are shown of rules that are read: those that a row asks. */
export function listAskedColumns(rules: RuleSet, table: TableId, columns: readonly Column[]): Column[] {
  const asked = new Set(rules[table].rows.flatMap((row) => Object.keys(row.cells)));
  return columns.filter((column) => asked.has(column.fact));
}

/** Columns that are shown of a draft: those of the table, and any that a row asks all the same. */
export function listDraftColumns(rules: RuleSet, table: TableId, columns: readonly Column[]): Column[] {
  const shown = new Set<FactId>([
    ...rules[table].inputs,
    ...listAskedColumns(rules, table, columns).map((column) => column.fact),
  ]);
  return columns.filter((column) => shown.has(column.fact));
}

export const faultsOf = (faults: readonly Fault[], table: TableId, rowId?: string): Fault[] =>
  faults.filter((fault) => fault.table === table && (rowId === undefined || fault.rowIds.includes(rowId)));

/** How a row differs, said beside it; a row that was taken out stands nowhere. */
export function markOf(
  changes: readonly RuleChange[],
  table: TableId,
  rowId: string,
): Exclude<RuleChange["kind"], "removed"> | undefined {
  const kind = changes.find((change) => change.table === table && change.rowId === rowId)?.kind;
  return kind === "removed" ? undefined : kind;
}

/** Whether a change is only to the words that explain a row, so that its sentence reads the same. */
export const isOnlyWords = ({ kind, before, after }: RuleChange): boolean =>
  kind === "changed" && before?.en === after?.en && before?.zh === after?.zh;

/** How much differs: rows, and what other currencies count as. */
export const countChanges = ({ changes }: Pick<Reading, "changes">): number => changes.length;

/** The rows that answered a case, by table. */
export function firedIn(answer: CaseAnswer | undefined, table: TableId): readonly string[] {
  if (!answer) return [];
  if (table === "route") return answer.route.map((row) => row.rowId);
  const row = answer[table];
  return row ? [row.rowId] : [];
}

/** Whether a version waits for a decision, or for its day after one. */
export const waitsForDecision = ({ matter }: Pick<Version, "matter">): boolean =>
  matter !== null && ["in-review", "approved"].includes(matter.state);

/** What a list says of a draft: that it is too late for it comes before what is missing in it. */
export function sayDraft({
  outdated,
  faults,
}: Pick<Version, "outdated" | "faults">): "outdated" | "faults" | "complete" {
  if (outdated) return "outdated";
  return faults !== null && faults > 0 ? "faults" : "complete";
}

/** Whether it is a draft that is still worth writing: nobody decides on it now, and it could still take force. */
export const mayBeWritten = (version: Pick<Version, "state" | "matter" | "outdated">): boolean =>
  version.state === "draft" && !waitsForDecision(version) && !version.outdated;
