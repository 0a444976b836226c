import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFault } from "./describe-faults.ts";
import { describeCondition, describeLimits, describeScope, describeStep } from "./describe-rules.ts";
import { DOCUMENT_CLASS_IDS, documentClasses } from "./document-class.ts";
import { decideByRules, type RequestFacts } from "./evaluate-rules.ts";
import { checkRuleSet } from "./rule-set.ts";
import { STARTER_SETS, starterRules } from "./starter-rules.ts";

const facts: RequestFacts = {
  ...{
    documentClass: "contract",
    makesRights: true,
    external: true,
    counterpartyKind: "company",
    amount: 1000,
    currency: "CNY",
  },
  ...{ template: "none", impressions: 1, attachments: [] },
  seals: [{ sealId: "seal", type: "contract", important: true }],
};
const codes = (id: (typeof STARTER_SETS)[number], change: Partial<RequestFacts>): string[] =>
  decideByRules(starterRules(id), { ...facts, ...change }).refusals.map((one) => `${one.rule} ${one.code}`);

test("every starter set is whole: no gap, no row that is never reached, no answer that can not stand", () => {
  for (const id of STARTER_SETS) assert.deepEqual(checkRuleSet(starterRules(id), []), [], id);
});

test("every row of a starter set says in both languages why it is there and which clause it serves", () => {
  for (const id of STARTER_SETS) {
    const { scope, route, limits } = starterRules(id);
    for (const { rowId, reason, clause } of [...scope.rows, ...route.rows, ...limits.rows])
      for (const words of [reason.en, reason.zh, clause.en, clause.zh]) assert.notEqual(words, "", `${id} ${rowId}`);
  }
});

test("C06: a draft that refuses a seal and names none in its place sends to the seal administrator, not to nobody", () => {
  const rules = starterRules("group");
  const rows = rules.scope.rows.map((row) =>
    row.output.answer === "refuse" ? { ...row, output: { ...row.output, rightSeals: [] } } : row,
  );
  const seals = [{ sealId: "seal", type: "department", important: false }] as const;
  const decided = decideByRules({ ...rules, scope: { ...rules.scope, rows } }, { ...facts, seals });
  assert.deepEqual(
    decided.refusals.map((one) => one.code),
    ["rules.seal-refused-none"],
  );
});

test("every rule of a starter set says its reason, and reads as a sentence in both languages", () => {
  for (const id of STARTER_SETS) {
    const rules = starterRules(id);
    const says = [
      ...rules.scope.rows.flatMap((row) => [
        row.reason,
        describeCondition(row, rules.scope.inputs, {}),
        describeScope(row.output),
      ]),
      ...rules.route.rows.flatMap((row) => [
        row.reason,
        describeCondition(row, rules.route.inputs, {}),
        describeStep(row.output),
      ]),
      ...rules.limits.rows.flatMap((row) => [
        row.reason,
        describeCondition(row, rules.limits.inputs, {}),
        describeLimits(row.output),
      ]),
    ];
    for (const { en, zh } of says) {
      assert.match(en, /^[ -~]+$/);
      assert.match(zh, /\p{Script=Han}/u);
      assert.ok(!zh.includes("undefined") && !en.includes("undefined"));
    }
  }
});

test("a table that is too long, or has a column it can not have, is told with what is wrong", () => {
  const rules = starterRules("group");
  const [row] = rules.limits.rows;
  assert.ok(row);
  const say = (limits: Partial<typeof rules.limits>): string[] =>
    checkRuleSet({ ...rules, limits: { ...rules.limits, ...limits } }, []).map((fault) => describeFault(fault, {}).en);
  const rows = Array.from({ length: 301 }, (_, at) => ({ ...row, rowId: `row-${at}` }));
  assert.deepEqual(say({ rows }), ["The table has 301 rows; it may have 300. Take rows out, or put several into one."]);
  assert.deepEqual(say({ inputs: ["amount", "amount"] }), [
    "The column 'Amount' stands twice or has no place in this table.",
  ]);
});

test("C06: a department's seal on an external document is refused, with the right seal named", () => {
  for (const id of STARTER_SETS) {
    const seals = [{ sealId: "seal", type: "department", important: false }] as const;
    assert.deepEqual(codes(id, { seals }), ["C06 rules.seal-refused"], id);
    assert.deepEqual(codes(id, { seals, external: false, documentClass: "internal-notice" }), [], id);
  }
});

test("C07: the finance seal on a contract is refused", () => {
  for (const id of STARTER_SETS)
    assert.deepEqual(codes(id, { seals: [{ sealId: "seal", type: "finance", important: true }] }), [
      "C07 rules.seal-refused",
    ]);
});

test("C03: what makes rights or duties and is no filled template is read by a lawyer", () => {
  for (const id of STARTER_SETS)
    for (const documentClass of DOCUMENT_CLASS_IDS.filter((one) => documentClasses[one].makesRights)) {
      const deciders = (template: RequestFacts["template"]): string[] =>
        decideByRules(starterRules(id), { ...facts, documentClass, template }).steps.map((step) => step.output.decider);
      assert.ok(deciders("none").includes("legal-review"), `${id} ${documentClass}`);
      assert.ok(deciders("changed").includes("legal-review"), `${id} ${documentClass}`);
      assert.ok(!deciders("same").includes("legal-review"), `${id} ${documentClass}`);
    }
});

test("what is large asks for its papers, and a currency without a rate counts as large", () => {
  assert.deepEqual(codes("group", { amount: 10_000_000 }), ["C01 rules.attachment-missing"]);
  assert.deepEqual(codes("group", { amount: 10_000_000, attachments: ["board-resolution"] }), []);
  assert.deepEqual(codes("group", { amount: 1_300_000, currency: "USD" }), ["C01 rules.attachment-missing"]);
  assert.deepEqual(codes("group", { amount: 1, currency: "XXX" }), ["C01 rules.attachment-missing"]);
  assert.deepEqual(codes("group", { amount: 9_999_999 }), []);
});

test("a table without an answer refuses and is as strict as can be", () => {
  const rules = starterRules("group");
  const empty = { ...rules, scope: { ...rules.scope, rows: [] }, limits: { ...rules.limits, rows: [] } };
  const decided = decideByRules(empty, facts);
  assert.deepEqual(
    decided.refusals.map((one) => one.code),
    ["rules.no-answer", "rules.no-answer"],
  );
  assert.deepEqual([decided.limits.presence, decided.limits.supervised], [true, true]);
});

test("C07: more impressions than the rules allow are refused", () => {
  assert.deepEqual(codes("bank-like", { impressions: 51 }), ["C07 rules.too-many-impressions"]);
  assert.deepEqual(codes("bank-like", { impressions: 50 }), []);
});
