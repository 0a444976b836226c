import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TableRow } from "./decision-table.ts";
import { describeTableWeakening } from "./describe-faults.ts";
import { evaluateTable } from "./evaluate-rules.ts";
import { checkRuleSet, isBlocking, type LimitOutput, type RuleSet, type ScopeOutput } from "./rule-set.ts";
import { starterRules } from "./starter-rules.ts";
import { makeRows, makeSheet, testClasses } from "./test-rules.ts";
import { listTableWeakenings } from "./weakened-tables.ts";

const group = starterRules("group");
const inputs = ["sealType", "documentClass", "external", "amount"] as const;
const row = <Output>(rowId: string, output: Output, cells: TableRow<Output>["cells"] = {}): TableRow<Output> => ({
  ...{ rowId, cells, output, reason: { en: "Why.", zh: "原因。" }, clause: { en: "", zh: "" } },
});
const scope = (answer: ScopeOutput["answer"], attachments: ScopeOutput["attachments"] = []): ScopeOutput => ({
  ...{ answer, attachments, rightSeals: answer === "refuse" ? (["official"] as const) : [] },
});
const withScope = (...rows: TableRow<ScopeOutput>[]): RuleSet => ({ ...group, scope: { inputs: [...inputs], rows } });
const withLimits = (change: Partial<LimitOutput>): RuleSet => {
  const strict: LimitOutput = { impressionsMost: 3, validDays: 30, presence: true, supervised: true };
  return { ...group, limits: { inputs: [...inputs].slice(1), rows: [row("all", { ...strict, ...change })] } };
};
const kindsOf = (before: RuleSet, after: RuleSet): string[] =>
  listTableWeakenings(before, after, []).map(({ kind }) => kind);

test("C07: a seal that is no longer refused is told with where; one that is refused now is not", () => {
  const department = { sealType: { in: ["department"] }, external: { is: true } };
  const before = withScope(row("no", scope("refuse"), department), row("yes", scope("allow")));
  const after = withScope(row("yes", scope("allow")));
  const [told] = listTableWeakenings(before, after, []);
  assert.equal(told?.kind, "allowed");
  const said = told && describeTableWeakening(told, {});
  assert.match(said?.en ?? "", /^A seal that was refused is allowed: .*department/iu);
  assert.match(said?.zh ?? "", /今后允许用印：.*部门章/u);
  assert.deepEqual(kindsOf(after, before), []);
  assert.deepEqual(kindsOf(before, before), []);
});

test("C01: papers that are not asked for any more are told by name, also where one of two is left", () => {
  const ask = (...papers: ScopeOutput["attachments"]) => withScope(row("ask", scope("ask", papers)));
  const both = ask("board-resolution", "credit-approval");
  const [told] = listTableWeakenings(both, ask("credit-approval"), []);
  assert.deepEqual(told && "papers" in told && told.papers, ["board-resolution"]);
  assert.match(
    told ? describeTableWeakening(told, {}).en : "",
    /^Not asked for any more \(resolution of the board\): in every/,
  );
  assert.deepEqual(kindsOf(both, withScope(row("all", scope("allow")))), ["papers"]);
  assert.deepEqual(kindsOf(ask("credit-approval"), both), []);
});

test("C02 C04: looser limits are told one by one; no limit is the loosest", () => {
  const strict = withLimits({});
  assert.deepEqual(kindsOf(strict, withLimits({ impressionsMost: null })), ["impressions"]);
  assert.deepEqual(kindsOf(strict, withLimits({ validDays: 31 })), ["validity"]);
  assert.deepEqual(kindsOf(strict, withLimits({ presence: false, supervised: false })), ["presence", "supervision"]);
  assert.deepEqual(kindsOf(withLimits({ impressionsMost: null, validDays: null, presence: false }), strict), []);
  assert.deepEqual(kindsOf(strict, { ...strict, currency: "XAU" }), ["not-compared", "not-compared"]);
});

test("whatever a case is no longer refused or asked for is told, and nothing of tables that only ask more", () => {
  const outputs = [
    scope("allow"),
    scope("refuse"),
    scope("ask", ["board-resolution"]),
    scope("ask", ["credit-approval"]),
  ];
  fc.assert(
    fc.property(
      makeRows([...inputs], outputs, 4),
      makeRows([...inputs], outputs, 4),
      fc.array(makeSheet, { minLength: 30, maxLength: 30 }),
      (a, b, sheets) => {
        const [before, after] = [withScope(...a), withScope(...b)];
        const told = new Set(listTableWeakenings(before, after, testClasses).map(({ kind }) => kind));
        for (const sheet of sheets) {
          const [was] = evaluateTable(before.scope, "first", sheet);
          const [is] = evaluateTable(after.scope, "first", sheet);
          if (!was || !is || is.output.answer === "refuse") continue;
          if (was.output.answer === "refuse") assert.ok(told.has("allowed"));
          else if (was.output.attachments.some((kind) => !is.output.attachments.includes(kind)))
            assert.ok(told.has("papers"));
        }
      },
    ),
  );
});

test("a row without a reason in one of the languages is told, and does not keep the rules from being proposed", () => {
  const bare = { ...row("bare", scope("allow")), reason: { en: " ", zh: "原因。" } };
  const faults = checkRuleSet(withScope(bare), []);
  assert.deepEqual(
    faults.map((fault) => [fault.kind, "code" in fault && fault.code, isBlocking(fault)]),
    [["row", "reason-en", false]],
  );
  assert.deepEqual(checkRuleSet(group, []), []);
});
