import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TableRow } from "./decision-table.ts";
import { describeFault } from "./describe-faults.ts";
import { evaluateTable } from "./evaluate-rules.ts";
import type { FactId } from "./fact-sheet.ts";
import {
  checkRuleSet,
  isBlocking,
  type LimitOutput,
  type RouteOutput,
  type RuleSet,
  type ScopeOutput,
} from "./rule-set.ts";
import { starterRules } from "./starter-rules.ts";
import { makeRows, makeSheet, testClasses } from "./test-rules.ts";
import { listUnstatedFaults } from "./unstated-amount-rows.ts";

const group = starterRules("group");
const inputs: readonly FactId[] = ["documentClass", "external", "amount"];
const row = <Output>(rowId: string, output: Output, cells: TableRow<Output>["cells"] = {}): TableRow<Output> => ({
  ...{ rowId, cells, output, reason: { en: "Why.", zh: "原因。" }, clause: { en: "", zh: "" } },
});
const allow: ScopeOutput = { answer: "allow", rightSeals: [], attachments: [] };
const refusal: ScopeOutput = { answer: "refuse", rightSeals: ["official"], attachments: [] };
const board: ScopeOutput = { answer: "ask", rightSeals: [], attachments: ["board-resolution"] };
const credit: ScopeOutput = { answer: "ask", rightSeals: [], attachments: ["credit-approval"] };
const withScope = (...rows: TableRow<ScopeOutput>[]): RuleSet => ({ ...group, scope: { inputs, rows } });
const withRoute = (...rows: TableRow<RouteOutput>[]): RuleSet => ({ ...group, route: { inputs, rows } });
const withLimits = (...rows: TableRow<LimitOutput>[]): RuleSet => ({ ...group, limits: { inputs, rows } });
const told = (table: "scope" | "route" | "limits", rules: RuleSet): string[] =>
  listUnstatedFaults(table, rules, []).map(({ rowIds }) => rowIds.join(" > "));
const million = { amount: { from: 1_000_000, below: null } };
const unstated = { amount: { stated: false } } as const;

test("C01: an amount that is left out passes by the limit, and that is told with where; nothing is kept from being proposed", () => {
  const rules = withScope(row("large", board, { ...million, external: { is: true } }), row("else", allow));
  assert.deepEqual(told("scope", rules), ["large > else"]);
  const faults = checkRuleSet(rules, []);
  assert.deepEqual(faults.map(isBlocking), [false]);
  const said = faults[0] && describeFault(faults[0], {});
  assert.match(said?.en ?? "", /^Where no amount is stated, .* not asked: Leaves the organisation yes\. A row/);
  assert.match(said?.zh ?? "", /^未注明金额的，按金额提出的要求不适用：对外为是。/u);
});

test("C01: a row of its own for amounts that are not stated says what is meant, whatever it answers", () => {
  for (const output of [allow, board, refusal])
    assert.deepEqual(
      told("scope", withScope(row("large", board, million), row("none", output, unstated), row("else", allow))),
      [],
    );
});

test("C01: what is as strict without an amount, or stricter, is not told", () => {
  assert.deepEqual(
    told("scope", withScope(row("small", allow, { amount: { from: 0, below: 5 } }), row("else", board))),
    [],
  );
  assert.deepEqual(told("scope", withScope(row("large", board, million), row("else", refusal))), []);
  assert.deepEqual(told("scope", withScope(row("large", refusal, million), row("else", board))), ["large > else"]);
  assert.deepEqual(told("scope", withScope(row("large", board, million), row("else", credit))), ["large > else"]);
  // A row that is never reached asks for nothing.
  assert.deepEqual(told("scope", withScope(row("all", allow), row("large", board, million))), []);
  assert.deepEqual(told("scope", withScope(row("no-column", board), row("else", allow))), []);
});

test("C02 C04: limits and steps that come with an amount are told the same way", () => {
  const ordinary: LimitOutput = { impressionsMost: 100, validDays: null, presence: false, supervised: false };
  const strict = { ...ordinary, supervised: true };
  assert.deepEqual(told("limits", withLimits(row("large", strict, million), row("else", ordinary))), ["large > else"]);
  assert.deepEqual(told("limits", withLimits(row("large", ordinary, million), row("else", strict))), []);
  const legal: RouteOutput = {
    ...{ stage: 2, decider: "legal-review", title: { en: "", zh: "" }, people: [], mode: "any", quorum: 2 },
    ...{ hours: 48, ifNobody: "refuse" },
  };
  assert.deepEqual(told("route", withRoute(row("large", legal, million))), ["large"]);
  assert.deepEqual(told("route", withRoute(row("large", legal, million), row("all", legal))), []);
  assert.deepEqual(told("route", withRoute(row("large", { ...legal, mode: "quorum" }, million), row("all", legal))), [
    "large",
  ]);
  assert.deepEqual(told("route", withRoute(row("large", legal, million), row("none", legal, unstated))), []);
  // The authorised signatory decides in any case; two of them do not.
  const signatory: RouteOutput = { ...legal, stage: 9, decider: "signatory" };
  assert.deepEqual(told("route", withRoute(row("large", signatory, million))), []);
  assert.deepEqual(told("route", withRoute(row("large", { ...signatory, mode: "quorum" }, million))), ["large"]);
});

test("C01: two sheets that differ by the amount alone are told apart exactly where the table says so", () => {
  fc.assert(
    fc.property(
      makeRows(inputs, [allow, board, refusal], 5),
      fc.array(makeSheet, { minLength: 40, maxLength: 40 }),
      (rows, sheets) => {
        const faults = listUnstatedFaults("scope", withScope(...rows), testClasses);
        const strict = (output: ScopeOutput): number => ["allow", "ask", "refuse"].indexOf(output.answer);
        const table = { inputs, rows };
        for (const sheet of sheets) {
          const [without] = evaluateTable(table, "first", { ...sheet, amount: null });
          const [stated] = evaluateTable(table, "first", sheet);
          if (!without || without.cells.amount !== undefined || !stated?.cells.amount) continue;
          if (strict(stated.output) > strict(without.output))
            assert.ok(
              faults.some(({ rowIds: [row, ...others] }) => row === stated.rowId && others.includes(without.rowId)),
              JSON.stringify({ rows, sheet, faults }),
            );
        }
      },
    ),
    { numRuns: 200 },
  );
});
