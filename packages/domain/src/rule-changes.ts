import type { TableRow } from "./decision-table.ts";
import {
  type ClassNames,
  describeCondition,
  describeLimits,
  describeMoney,
  describeRate,
  describeScope,
  describeStep,
} from "./describe-rules.ts";
import type { FactId } from "./fact-sheet.ts";
import {
  type LimitOutput,
  type RouteOutput,
  type RuleSet,
  type ScopeOutput,
  TABLE_IDS,
  type TableId,
} from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";

export interface DescribedRow {
  readonly rowId: string;
  readonly when: LocalName;
  readonly what: LocalName;
}

/** The rows of a table as sentences. */
export function describeRows(rules: RuleSet, table: TableId, classes: ClassNames): DescribedRow[] {
  const describeAll = <Output>(
    { inputs, rows }: { readonly inputs: readonly FactId[]; readonly rows: readonly TableRow<Output>[] },
    say: (output: Output) => LocalName,
  ): DescribedRow[] =>
    rows.map((row) => ({ rowId: row.rowId, when: describeCondition(row, inputs, classes), what: say(row.output) }));
  switch (table) {
    case "scope":
      return describeAll<ScopeOutput>(rules.scope, describeScope);
    case "route":
      return describeAll<RouteOutput>(rules.route, describeStep);
    case "limits":
      return describeAll<LimitOutput>(rules.limits, describeLimits);
  }
}

export interface RuleChange {
  /** `money`: what another currency counts as, by its code, or the currency of the tables itself. */
  readonly table: TableId | "money";
  readonly rowId: string;
  readonly kind: "added" | "removed" | "changed" | "moved";
  readonly before: LocalName | null;
  readonly after: LocalName | null;
}

const sentence = ({ when, what }: DescribedRow): LocalName => ({
  en: `${when.en}: ${what.en}.`,
  zh: `${when.zh}：${what.zh}。`,
});
const content = ({ cells, output, reason, clause }: TableRow<unknown>): string =>
  JSON.stringify(inOrder([cells, output, reason, clause]));
/** The same whatever order the keys were written in: a database keeps them in one of its own. */
const inOrder = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(inOrder)
    : typeof value === "object" && value !== null
      ? Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, inOrder(inner)])
      : value;

/**
 * Rows in which two rule sets differ. `moved`: it says the same and stands in another order to the rows that both have; of
 * those only as many are told as would have to be moved back.
 */
export function compareRules(before: RuleSet, after: RuleSet, classes: ClassNames): RuleChange[] {
  return [...TABLE_IDS.flatMap((table) => compareTable(before, after, table, classes)), ...compareMoney(before, after)];
}

/** A rate moves every limit for amounts of its currency. */
function compareMoney(before: RuleSet, after: RuleSet): RuleChange[] {
  const own: RuleChange[] =
    before.currency === after.currency
      ? []
      : [
          {
            table: "money",
            rowId: before.currency,
            kind: "changed",
            ...{ before: describeMoney(before), after: describeMoney(after) },
          },
        ];
  const codes = [...new Set([...Object.keys(before.rates), ...Object.keys(after.rates)])].toSorted();
  const say = (rules: RuleSet, code: string): LocalName | null =>
    Object.hasOwn(rules.rates, code) ? describeRate(code, rules.rates[code] ?? 0, rules.currency) : null;
  return [
    ...own,
    ...codes.flatMap((code): RuleChange[] => {
      const [was, is] = [say(before, code), say(after, code)];
      if (was?.en === is?.en) return [];
      const kind = was === null ? "added" : is === null ? "removed" : "changed";
      return [{ table: "money", rowId: code, kind, before: was, after: is }];
    }),
  ];
}

function compareTable(before: RuleSet, after: RuleSet, table: TableId, classes: ClassNames): RuleChange[] {
  const [old, now] = [describeRows(before, table, classes), describeRows(after, table, classes)];
  const find = (rows: readonly DescribedRow[], rowId: string) => rows.find((row) => row.rowId === rowId);
  const rowOf = (rules: RuleSet, rowId: string): TableRow<unknown> | undefined =>
    (rules[table].rows as readonly TableRow<unknown>[]).find((row) => row.rowId === rowId);
  const shared = now.filter((row) => find(old, row.rowId)).map((row) => row.rowId);
  const oldOrder = old.filter((row) => shared.includes(row.rowId)).map((row) => row.rowId);
  const moved = listMoved(shared.map((rowId) => oldOrder.indexOf(rowId))).map((at) => shared[at]);
  return [
    ...now.flatMap((row): RuleChange[] => {
      const known = find(old, row.rowId);
      const after_ = sentence(row);
      if (!known) return [{ table, rowId: row.rowId, kind: "added", before: null, after: after_ }];
      const [a, b] = [rowOf(before, row.rowId), rowOf(after, row.rowId)];
      if (a && b && content(a) !== content(b))
        return [{ table, rowId: row.rowId, kind: "changed", before: sentence(known), after: after_ }];
      // Where every row that fits counts, their order says nothing.
      return moved.includes(row.rowId) && table !== "route"
        ? [{ table, rowId: row.rowId, kind: "moved", before: sentence(known), after: after_ }]
        : [];
    }),
    ...old
      .filter((row) => !find(now, row.rowId))
      .map((row): RuleChange => ({ table, rowId: row.rowId, kind: "removed", before: sentence(row), after: null })),
  ];
}

/** The places of a sequence that are not in its longest rising part. */
function listMoved(sequence: readonly number[]): number[] {
  const best: number[] = [];
  const from: number[] = [];
  sequence.forEach((value, at) => {
    best[at] = 1;
    from[at] = -1;
    for (let before = 0; before < at; before += 1)
      if ((sequence[before] ?? 0) < value && (best[before] ?? 0) + 1 > (best[at] ?? 0)) {
        best[at] = (best[before] ?? 0) + 1;
        from[at] = before;
      }
  });
  const stays = new Set<number>();
  for (let at = best.indexOf(Math.max(...best, 0)); at >= 0; at = from[at] ?? -1) stays.add(at);
  return sequence.map((_, at) => at).filter((at) => !stays.has(at));
}
