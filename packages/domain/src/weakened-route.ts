import type { OwnClasses, TableRow } from "./decision-table.ts";
import { type Region, walkTable } from "./decision-table-check.ts";
import { FACT_IDS } from "./fact-sheet.ts";
import type { RouteOutput, RuleSet } from "./rule-set.ts";
import { placeOf } from "./weakened-tables.ts";

type Step = Pick<RouteOutput, "decider" | "title">;

/** In what a route asks less than the one before it: nothing of it is forbidden, and nobody should approve it unseen. */
export type RouteWeakening =
  /** No row is left: the authorised signatory decides alone. */
  | { readonly kind: "empty" }
  /** Whatever asked for the step until now does not any more. */
  | { readonly kind: "gone"; readonly step: Step }
  /** In some cases it does not, or asks for fewer people, or is left out where nobody can decide it. */
  | {
      readonly kind: "less" | "fewer" | "skipped";
      readonly step: Step;
      readonly regions: readonly Region[];
      readonly more: number;
    }
  /** More cases than can be looked through, or amounts in another currency: nothing is said of steps. */
  | { readonly kind: "too-complex" };

/** All the people of a role: how many that is nobody knows here. */
const everybody = 1000;

type RouteRow = TableRow<RouteOutput>;

/** What the route of `after` no longer asks for of what that of `before` asks for, step by step and exactly. */
export function listWeakenings(before: RuleSet, after: RuleSet, own: OwnClasses): RouteWeakening[] {
  const [was, is] = [rowsOf(before, "-"), rowsOf(after, "+")];
  if (was.length > 0 && is.length === 0) return [{ kind: "empty" }];
  if (before.currency !== after.currency) return [{ kind: "too-complex" }];
  const steps = new Map(was.map((row) => [nameStep(row.output), row]));
  return [...steps.values()].flatMap((row) => compareStep(row.output, was, is, own));
}

/** The rows as they are asked: what stands in a column that the table does not have asks nothing. */
function rowsOf({ route: { inputs, rows } }: RuleSet, mark: "-" | "+"): RouteRow[] {
  return rows.map((row) => ({
    ...row,
    rowId: `${mark}${row.rowId}`,
    cells: Object.fromEntries(inputs.flatMap((fact) => (row.cells[fact] ? [[fact, row.cells[fact]]] : []))),
  }));
}

/** Steps of one name are one step, whichever row asks for it. */
export const nameStep = ({ decider, title }: Step): string =>
  decider === "named" ? JSON.stringify([title.en, title.zh]) : decider;

/** A step of named people that got another name, or another person beside the one it had, is still that step. */
const isSameStep = (step: RouteOutput, other: RouteOutput): boolean =>
  nameStep(step) === nameStep(other) ||
  (step.decider === "named" && other.decider === "named" && other.people.some((one) => step.people.includes(one)));

function compareStep(
  step: RouteOutput,
  was: readonly RouteRow[],
  is: readonly RouteRow[],
  own: OwnClasses,
): RouteWeakening[] {
  const asked = was.filter(({ output }) => nameStep(output) === nameStep(step));
  const asking = is.filter(({ output }) => isSameStep(step, output));
  const lost: Region[] = [];
  const fewer: Region[] = [];
  const skipped: Region[] = [];
  let stays = step.decider === "signatory";
  const whole = walkTable(FACT_IDS, [...asked, ...asking], own, (left, region) => {
    const [a, b] = [countPeople(outputsOf(left, "-")), countPeople(outputsOf(left, "+"))];
    // The authorised signatory decides in any case.
    const now = step.decider === "signatory" ? Math.max(b, 1) : b;
    if (a > 0 && now > 0) stays = true;
    if (a > now) (now === 0 ? lost : fewer).push(region);
    // Where nobody could decide, the request was refused; the final authority is never skipped, whatever a row says.
    else if (a > 0 && step.decider !== "signatory" && refuses(left, "-") && !refuses(left, "+")) skipped.push(region);
  });
  if (!whole) return [{ kind: "too-complex" }];
  const said = { decider: step.decider, title: step.title };
  if (lost.length > 0 && !stays) return [{ kind: "gone", step: said }];
  const tell = (kind: "less" | "fewer" | "skipped", regions: readonly Region[]): RouteWeakening[] =>
    regions.length === 0
      ? []
      : [
          {
            ...{ kind, step: said, ...placeOf(regions) },
          },
        ];
  return [...tell("less", lost), ...tell("fewer", fewer), ...tell("skipped", skipped)];
}

/** Whether a request is refused where nobody can decide the step: one row that fits and says so is enough. */
const refuses = (rows: readonly RouteRow[], mark: "-" | "+"): boolean =>
  rows.some(({ rowId, output }) => rowId.startsWith(mark) && output.ifNobody === "refuse");

const outputsOf = (rows: readonly RouteRow[], mark: "-" | "+"): RouteOutput[] =>
  rows.flatMap(({ rowId, output }) => (rowId.startsWith(mark) ? [output] : []));

/** How many have to agree where rows with these answers fit: the most that one of them asks for. */
export const countPeople = (outputs: readonly RouteOutput[]): number =>
  Math.max(
    0,
    ...outputs.map((output) => {
      if (output.mode === "quorum") return output.quorum;
      return output.mode === "any" ? 1 : output.decider === "named" ? output.people.length : everybody;
    }),
  );
