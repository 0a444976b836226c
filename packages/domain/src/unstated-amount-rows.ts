import type { DecisionTable, OwnClasses, TableRow } from "./decision-table.ts";
import { type Region, walkTable } from "./decision-table-check.ts";
import type { AttachmentKind, LimitOutput, RouteOutput, RuleSet, ScopeOutput, TableId } from "./rule-set.ts";
import { countPeople, nameStep } from "./weakened-route.ts";
import { loosened } from "./weakened-tables.ts";

/**
 * What states no amount passes by a row that asks for more from an amount on (C01): whoever leaves the amount out would
 * get the milder answer, and no row says that this is meant. Allowed; a row of its own for "not stated" says so.
 */
export interface UnstatedFault {
  readonly kind: "unstated-passes";
  /** The row that asks for more, and those that answer in its place where no amount is stated; of a route there are none. */
  readonly rowIds: readonly string[];
  readonly regions: readonly Region[];
  /** Further cases that are not named. */
  readonly more: number;
}

const mostRegions = 3;

type Row<Output> = TableRow<Output>;
/** A row that asks for more, and the one that answers in its place. */
type Pair = readonly [stricter: string, milder: string | null];

export function listUnstatedFaults(table: TableId, rules: RuleSet, own: OwnClasses): UnstatedFault[] {
  switch (table) {
    case "scope":
      return walkUnstated(rules.scope, own, firstAnswers<ScopeOutput>(asksMore));
    case "limits":
      return walkUnstated(rules.limits, own, firstAnswers<LimitOutput>(limitsMore));
    case "route":
      return walkUnstated(rules.route, own, stepsLeft);
  }
}

function walkUnstated<Output>(
  { inputs, rows }: DecisionTable<Output>,
  own: OwnClasses,
  /** Given the rows that fit but for their amount. */
  milder: (left: readonly Row<Output>[]) => Pair[],
): UnstatedFault[] {
  if (!inputs.includes("amount") || !rows.some(({ cells }) => isRange(cells.amount))) return [];
  const found = new Map<string, { milder: Set<string>; regions: Region[] }>();
  const others = inputs.filter((fact) => fact !== "amount");
  const whole = walkTable(others, rows, own, (left, region) => {
    for (const [stricter, mild] of milder(left)) {
      const known = found.get(stricter) ?? { milder: new Set<string>(), regions: [] };
      if (mild !== null) known.milder.add(mild);
      known.regions.push(region);
      found.set(stricter, known);
    }
  });
  // More cases than can be looked through: the table is refused for that already.
  if (!whole) return [];
  return [...found].map(([stricter, { milder: mild, regions }]) => ({
    ...{ kind: "unstated-passes", rowIds: [stricter, ...mild], regions: regions.slice(0, mostRegions) },
    more: Math.max(0, regions.length - mostRegions),
  }));
}

type AmountCell = Row<unknown>["cells"]["amount"];
const isRange = (cell: AmountCell): cell is { from: number | null; below: number | null } =>
  cell !== undefined && "from" in cell;
/** A row that says itself what holds where no amount is stated: what it says is meant. */
const isMeant = (row: Row<unknown>): boolean => row.cells.amount !== undefined && "stated" in row.cells.amount;
const fitsUnstated = (row: Row<unknown>): boolean => !isRange(row.cells.amount);
const fitsAmount = (row: Row<unknown>, amount: number): boolean => {
  const cell = row.cells.amount;
  if (cell === undefined) return true;
  return isRange(cell) && amount >= (cell.from ?? 0) && (cell.below === null || amount < cell.below);
};
/** An amount of each stretch that these rows tell apart. */
const listCuts = (left: readonly Row<unknown>[]): Set<number> =>
  new Set([
    0,
    ...left.flatMap(({ cells: { amount } }) =>
      isRange(amount) ? [amount.from, amount.below].filter((cut) => cut !== null) : [],
    ),
  ]);

/** Of a table in which the first row that fits answers. */
const firstAnswers =
  <Output>(stricter: (one: Output, other: Output) => boolean) =>
  (left: readonly Row<Output>[]): Pair[] => {
    const answering = left.find(fitsUnstated);
    // Without an answer it is refused, and told as a gap.
    if (!answering || isMeant(answering)) return [];
    const above = [...listCuts(left)].flatMap((amount) => {
      const row = left.find((one) => fitsAmount(one, amount));
      return row && isRange(row.cells.amount) && stricter(row.output, answering.output) ? [row.rowId] : [];
    });
    return [...new Set(above)].map((rowId) => [rowId, answering.rowId]);
  };

const rank: Readonly<Record<ScopeOutput["answer"], number>> = { allow: 0, ask: 1, refuse: 2 };
const papersOf = ({ answer, attachments }: ScopeOutput): readonly AttachmentKind[] =>
  answer === "ask" ? attachments : [];
function asksMore(one: ScopeOutput, other: ScopeOutput): boolean {
  if (one.answer === "refuse" || other.answer === "refuse") return rank[one.answer] > rank[other.answer];
  return papersOf(one).some((kind) => !papersOf(other).includes(kind));
}
const limitsMore = (one: LimitOutput, other: LimitOutput): boolean =>
  Object.values(loosened).some((isLooser) => isLooser(one, other));

/** Of a route every row that fits adds its step; the authorised signatory decides in any case. */
function stepsLeft(left: readonly Row<RouteOutput>[]): Pair[] {
  const unstated = left.filter(fitsUnstated);
  if (unstated.some(isMeant)) return [];
  const asked = (rows: readonly Row<RouteOutput>[], { output }: Row<RouteOutput>): number =>
    Math.max(
      output.decider === "signatory" ? 1 : 0,
      countPeople(rows.filter((row) => nameStep(row.output) === nameStep(output)).map((row) => row.output)),
    );
  const more = [...listCuts(left)].flatMap((amount) => {
    const stated = left.filter((row) => fitsAmount(row, amount));
    return stated.filter((row) => isRange(row.cells.amount) && asked(stated, row) > asked(unstated, row));
  });
  return [...new Set(more.map(({ rowId }) => rowId))].map((rowId) => [rowId, null]);
}
