import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TableRow } from "./decision-table.ts";
import { describeWeakening } from "./describe-faults.ts";
import { describeStep } from "./describe-rules.ts";
import { evaluateTable } from "./evaluate-rules.ts";
import { FACT_IDS, type FactSheet } from "./fact-sheet.ts";
import type { RouteOutput, RuleSet } from "./rule-set.ts";
import { starterRules } from "./starter-rules.ts";
import { makeRows, makeSheet, testClasses } from "./test-rules.ts";
import { listWeakenings } from "./weakened-route.ts";

const group = starterRules("group");
const withRows = (change: (rows: readonly TableRow<RouteOutput>[]) => readonly TableRow<RouteOutput>[]): RuleSet => ({
  ...group,
  route: { ...group.route, rows: change(group.route.rows) },
});
const kindsOf = (before: RuleSet, after: RuleSet): string[] =>
  listWeakenings(before, after, []).map((one) => ("step" in one ? `${one.kind} ${one.step.decider}` : one.kind));

test("C01: a route without a row left is told, and one that asks for more is not", () => {
  assert.deepEqual(
    kindsOf(
      group,
      withRows(() => []),
    ),
    ["empty"],
  );
  assert.deepEqual(kindsOf(group, group), []);
  assert.deepEqual(
    kindsOf(
      withRows(() => []),
      group,
    ),
    [],
  );
});

test("C01: a step that nothing reaches any more is told apart from one that is reached less often", () => {
  const without = withRows((rows) => rows.filter(({ output }) => output.decider !== "legal-review"));
  assert.deepEqual(kindsOf(group, without), ["gone legal-review"]);
  const onlyLarge = withRows((rows) =>
    rows.map((row) =>
      row.output.decider === "legal-review"
        ? { ...row, cells: { ...row.cells, amount: { from: 5_000_000, below: null } } }
        : row,
    ),
  );
  const wide = { ...onlyLarge, route: { ...onlyLarge.route, inputs: FACT_IDS.filter((fact) => fact !== "sealType") } };
  const [less] = listWeakenings(group, wide, []);
  assert.equal(less?.kind, "less");
  const said = less && describeWeakening(less, {});
  assert.match(said?.en ?? "", /^legal reviewer is not asked any more: .*Amount .*5,000,000/i);
  assert.match(said?.zh ?? "", /不再/);
});

test("C01: a step that is left out where nobody can decide it, instead of refused, is told and reads as another rule", () => {
  const skipping = (decider: RouteOutput["decider"]): RuleSet =>
    withRows((rows) =>
      rows.map((row) =>
        row.output.decider === decider ? { ...row, output: { ...row.output, ifNobody: "skip" } } : row,
      ),
    );
  const loose = skipping("legal-review");
  assert.deepEqual(kindsOf(group, loose), ["skipped legal-review"]);
  const [told] = listWeakenings(group, loose, []);
  const said = told && describeWeakening(told, {});
  assert.match(
    said?.en ?? "",
    /^Where nobody can decide the step of legal reviewer, it is left out and no longer refused: /i,
  );
  assert.match(said?.zh ?? "", /略过该步骤/);
  assert.deepEqual(kindsOf(loose, group), [], "stricter again");
  assert.deepEqual(kindsOf(group, skipping("signatory")), [], "the final authority is never skipped");
  const step = (rules: RuleSet) =>
    rules.route.rows.flatMap((row) => (row.output.decider === "legal-review" ? [describeStep(row.output).en] : []));
  assert.notDeepEqual(step(loose), step(group));
});

test("C01: fewer people in a step are told; another person, or another name of the step, is not", () => {
  const [first] = group.route.rows;
  assert.ok(first);
  const named = (change: Partial<RouteOutput>): RuleSet => {
    const output = { ...first.output, decider: "named" as const, people: ["per_a", "per_b"], mode: "all" as const };
    const title = { en: "Finance", zh: "财务" };
    return withRows(() => [{ ...first, cells: {}, output: { ...output, title, ...change } }]);
  };
  assert.deepEqual(kindsOf(named({}), named({ mode: "any" })), ["fewer named"]);
  assert.deepEqual(kindsOf(named({}), named({ people: ["per_c", "per_d"] })), []);
  assert.deepEqual(kindsOf(named({}), named({ title: { en: "Money", zh: "资金" } })), []);
  assert.deepEqual(kindsOf(named({}), named({ title: { en: "Law", zh: "法律" }, people: ["per_c"], mode: "any" })), [
    "gone named",
  ]);
});

test("whatever is asked no longer of a case is told, and nothing is told of routes that only ask more", () => {
  const outputs = group.route.rows.map((row) => row.output);
  const reaches = (rules: RuleSet, sheet: FactSheet, kind: string): boolean =>
    evaluateTable(rules.route, "collect", sheet).some(({ output }) => output.decider === kind);
  fc.assert(
    fc.property(
      makeRows(["documentClass", "external", "amount"], outputs, 5),
      makeRows(["documentClass", "external", "amount"], outputs, 5),
      fc.array(makeSheet, { minLength: 30, maxLength: 30 }),
      (a, b, sheets) => {
        const rulesOf = (rows: TableRow<RouteOutput>[]): RuleSet => ({
          ...group,
          route: { inputs: ["documentClass", "external", "amount"], rows },
        });
        const [before, after] = [rulesOf(a), rulesOf(b)];
        const told = listWeakenings(before, after, testClasses);
        for (const kind of ["unit-head", "legal-review"] as const) {
          const lost = sheets.some((sheet) => reaches(before, sheet, kind) && !reaches(after, sheet, kind));
          const isTold = told.some(
            (one) => one.kind === "empty" || ("step" in one && one.step.decider === kind && one.kind !== "fewer"),
          );
          if (lost) assert.ok(isTold, kind);
        }
        assert.deepEqual(
          listWeakenings(before, rulesOf([...a, ...b.map((row) => ({ ...row, rowId: `n${row.rowId}` }))]), testClasses),
          [],
        );
      },
    ),
    { numRuns: 200 },
  );
});
