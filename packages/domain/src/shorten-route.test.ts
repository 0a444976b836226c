import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RequestFacts } from "./evaluate-rules.ts";
import { type RuleSet, STEP_KINDS, type StepMode } from "./rule-set.ts";
import { planShortening, type ShorteningFacts, type StepOfRoute } from "./shorten-route.ts";
import { starterRules } from "./starter-rules.ts";
import { listTextFaults } from "./test-texts.ts";

const start = starterRules("group");
const [unitHead, legal] = start.route.rows;
assert.ok(unitHead && legal);
const large = { from: 5_000_000, below: null };
const named = (rowId: string, cells: object, people: string[], mode: StepMode = "any") => ({
  ...{ ...unitHead, rowId, cells },
  output: { ...unitHead.output, decider: "named" as const, people, mode, stage: 5 },
});
const withRows = (...rows: ReturnType<typeof named>[]): RuleSet => ({
  ...start,
  route: {
    ...start.route,
    inputs: [...new Set([...start.route.inputs, "amount" as const])],
    rows: [...start.route.rows, ...rows],
  },
});
const rules = withRows(named("finance", { amount: large }, ["cfo"]));
const contract: Omit<RequestFacts, "seals" | "attachments"> = {
  ...{ documentClass: "contract", makesRights: true, external: true, counterpartyKind: "unknown", amount: 9_286_000 },
  ...{ currency: "CNY", template: "none", impressions: 1 },
};
const small = { ...contract, amount: 1_286_000 };
const letter = { ...small, documentClass: "official-letter" as const, makesRights: false };
const step = (stepId: string, kind: StepOfRoute["kind"], change: Partial<StepOfRoute> = {}): StepOfRoute => ({
  ...{ stepId, kind, group: stepId, state: "waiting", candidates: [`${stepId} person`], added: false, ...change },
});
const steps = [
  step(unitHead.rowId, "unit-head", { state: "approved" }),
  step(legal.rowId, "legal-review", { state: "current" }),
  step("finance", "named"),
  step("signatory", "signatory"),
];
const fired = [unitHead.rowId, legal.rowId, "signatory", "finance"];
const plan = (change: Partial<ShorteningFacts> = {}) => {
  const { dropped, kept } = planShortening({
    ...{ rules, fired, steps, submitted: contract, confirmed: small, important: true, ruledBy: "lawyer", ...change },
  });
  if (kept) assert.deepEqual(listTextFaults(kept.code, kept.facts), []);
  return [dropped, kept?.code ?? null];
};
const changed = (stepId: string, change: Partial<StepOfRoute>): StepOfRoute[] =>
  steps.map((one) => (one.stepId === stepId ? { ...one, ...change } : one));

test("C01: what only the stricter fact asked for falls away, and nothing else", () => {
  assert.deepEqual(plan(), [["finance"], null]);
  assert.deepEqual(plan({ confirmed: contract }), [[], null]);
  // Begun, decided, asking him who ruled, or put there by people: it stays.
  for (const change of [{ state: "current" }, { candidates: ["cfo", "lawyer"] }] as const)
    assert.deepEqual(plan({ steps: changed("finance", change) }), [[], "shorten.begun"]);
  assert.deepEqual(plan({ steps: changed("finance", { state: "approved" }) }), [[], null]);
  assert.deepEqual(plan({ steps: changed("finance", { added: true }) }), [[], null]);
});

test("C03: legal review of what makes rights stays; of a confirmed letter it falls away where it is not begun", () => {
  const waiting = changed(legal.rowId, { state: "waiting" });
  assert.deepEqual(plan({ steps: waiting, confirmed: letter }), [[legal.rowId, "finance"], null]);
  assert.deepEqual(plan({ confirmed: letter }), [["finance"], "shorten.begun"]);
  const lax = {
    ...rules,
    route: {
      ...rules.route,
      rows: rules.route.rows.map((row) => (row.rowId === legal.rowId ? { ...row, cells: { amount: large } } : row)),
    },
  };
  assert.deepEqual(plan({ rules: lax, steps: waiting }), [["finance"], null], "though the rows would let it go");
});

test("C01: neither within the other, unlike what was promised, or with fewer signatories, the stricter route stays", () => {
  const below = { from: 0, below: 5_000_000 };
  const more = withRows(named("finance", { amount: large }, ["cfo"]), named("clerk", { amount: below }, ["clerk"]));
  assert.deepEqual(plan({ rules: more }), [[], "shorten.needs-more"]);
  assert.deepEqual(plan({ fired: fired.slice(1) }), [[], "shorten.not-sure"]);
  // The same people under another row, asked more strictly: still the same step.
  const same = withRows(named("finance", { amount: large }, ["cfo", "ceo"], "all"), named("one", {}, ["ceo", "cfo"]));
  assert.deepEqual(plan({ rules: same, fired: [...fired, "one"] }), [[], null]);
  const two = { rules: starterRules("state-owned"), fired: [unitHead.rowId, legal.rowId, "two-signatories"] };
  assert.deepEqual(plan({ ...two, steps: [] }), [[], "shorten.begun"]);
});

test("C01 C03: whatever is asked and confirmed, no begun, added or signing step falls away", () => {
  const fact = fc.record({
    ...{ documentClass: fc.constantFrom("contract", "official-letter", "guarantee") },
    ...{ makesRights: fc.boolean(), external: fc.boolean(), amount: fc.constantFrom(null, 1, 6_000_000) },
  });
  const any = fc.record({
    stepId: fc.uuid(),
    kind: fc.constantFrom(...STEP_KINDS),
    group: fc.constantFrom(...fired, "always", "added"),
    state: fc.constantFrom("waiting" as const, "current" as const, "approved" as const),
    candidates: fc.subarray(["lawyer", "cfo", "x"]),
    added: fc.boolean(),
  });
  fc.assert(
    fc.property(fact, fact, fc.array(any, { maxLength: 8 }), fc.boolean(), (a, b, random, exact) => {
      const submitted = { ...contract, ...a } as typeof contract;
      const before = exact ? planFired(submitted) : fired;
      const confirmed = { ...contract, ...b } as typeof contract;
      const { dropped } = planShortening({
        ...{ rules, fired: before, steps: random, submitted, confirmed, important: true, ruledBy: "lawyer" },
      });
      for (const one of random.filter(({ stepId }) => dropped.includes(stepId))) {
        assert.ok(one.state === "waiting" && !one.added && one.kind !== "signatory");
        assert.ok(!one.candidates.includes("lawyer"));
        assert.ok(one.kind !== "legal-review" || !confirmed.makesRights);
      }
    }),
  );
});
/** The rows of the test's rules that fire, told apart by what they ask. */
const planFired = ({ makesRights, amount }: typeof contract): string[] =>
  rules.route.rows.flatMap(({ rowId }) => {
    if (rowId === legal.rowId) return makesRights ? [rowId] : [];
    if (rowId === "finance") return amount === null || amount >= 5_000_000 ? [rowId] : [];
    return [rowId];
  });
