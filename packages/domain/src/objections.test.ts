import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emergencyRoute } from "./emergency.ts";
import { type EarlierDecision, listOpenObjections, withObjectors } from "./objections.ts";
import { decideRoute } from "./route.ts";
import { STEP_KINDS } from "./rule-set.ts";

const step = (change: Partial<EarlierDecision>): EarlierDecision => ({
  ...{
    requestId: "r1",
    entityId: "e",
    stepId: `s${change.at ?? 1}`,
    kind: "legal-review",
    title: null,
    decision: "returned",
  },
  ...{ by: "tang", at: 1, sameDocument: true, ...change },
});

test("C02 C03: an objection stands until whoever raised it, or his office, has agreed", () => {
  const open = (more: readonly EarlierDecision[]) =>
    listOpenObjections([step({}), ...more]).map(({ stepId }) => stepId);
  assert.deepEqual(open([]), ["s1"]);
  assert.deepEqual(open([step({ at: 2, decision: "approved" })]), []);
  assert.deepEqual(open([step({ at: 2, decision: "approved", by: "wen" })]), [], "another lawyer");
  assert.deepEqual(open([step({ at: 2, decision: "approved", by: "he", kind: "signatory" })]), ["s1"], "not over him");
  assert.deepEqual(open([step({ at: 0, decision: "approved" })]), ["s1"], "what he agreed to before");
  assert.deepEqual(open([step({ at: 2, decision: "rejected" })]), ["s2"], "the last that he said");
  const named = [step({ kind: "named" }), step({ kind: "named", at: 2, decision: "approved", by: "wen" })];
  assert.equal(listOpenObjections(named).length, 1, "named people answer for themselves");
});

test("C02: an emergency asks whoever objected to the same documents before the signatory, and nobody else", () => {
  const [objection] = listOpenObjections([step({})]);
  assert.ok(objection);
  const kinds = (of: typeof objection) =>
    withObjectors(emergencyRoute, [of], "e").map(({ output }) => `${output.decider} ${output.people.join(" ")}`.trim());
  assert.deepEqual(kinds(objection), ["legal-review", "signatory"]);
  assert.deepEqual(kinds({ ...objection, kind: "named" }), ["named tang", "signatory"]);
  assert.deepEqual(kinds({ ...objection, kind: "signatory" }), ["signatory"]);
  assert.deepEqual(kinds({ ...objection, sameDocument: false }), ["signatory"], "it is shown, and he decides");
  const grants = [
    { grantId: "g1", personId: "tang", role: "legal-reviewer" as const },
    { grantId: "g2", personId: "he", role: "signatory" as const },
  ].map((one) => ({
    ...one,
    scope: { kind: "entity" as const, id: "e" },
    entityId: "e",
    from: "2026-01-01",
    to: null,
  }));
  const facts = {
    ...{ profile: "standard" as const, entityId: "e", unitId: null, sealIds: ["seal"], applicantId: "zhou" },
    ...{ handlerId: null, today: "2026-11-29", emergency: true },
  };
  const route = decideRoute(facts, withObjectors(emergencyRoute, [objection], "e"), [], grants);
  assert.deepEqual(route.ok && route.steps.map(({ kind, reason, stage, hours }) => [kind, reason, stage, hours]), [
    ["legal-review", "route.objected", 0, 1],
    ["signatory", "route.emergency", 1, 1],
  ]);
  const without = decideRoute(facts, withObjectors(emergencyRoute, [objection], "e"), [], grants.slice(1));
  assert.deepEqual(
    without.ok || without.refusals.map(({ code }) => code),
    ["route.legal-reviewer-missing"],
    "an office that nobody holds is not passed over",
  );
});

test("C02: whatever was decided, what is open was said by somebody who has not agreed since", () => {
  const decided = fc.array(
    fc.record({
      ...{
        requestId: fc.constantFrom("r1", "r2"),
        entityId: fc.constant("e1"),
        stepId: fc.uuid(),
        kind: fc.constantFrom(...STEP_KINDS),
        title: fc.constant(null),
      },
      decision: fc.constantFrom("approved" as const, "returned" as const, "rejected" as const),
      ...{ by: fc.constantFrom("a", "b", "c"), at: fc.nat(20), sameDocument: fc.boolean() },
    }),
  );
  fc.assert(
    fc.property(decided, (of) => {
      const steps = of.map((one) => ({ ...one, entityId: one.requestId === "r1" ? "e1" : "e2" }));
      const open = listOpenObjections(steps);
      for (const one of open)
        assert.ok(!steps.some(({ decision, by, at }) => decision === "approved" && by === one.by && at > one.at));
      // Whoever else agreed at another entity silences nobody.
      for (const { decision, at, by, entityId, requestId } of steps) {
        const answered = steps.some(
          (one) => one.decision === "approved" && one.at > at && (one.by === by || one.entityId === entityId),
        );
        if (decision !== "approved" && !answered)
          assert.ok(open.some((one) => one.requestId === requestId && one.by === by));
      }
      const asked = withObjectors(emergencyRoute, open, "e1").map(({ rowId }) => rowId);
      assert.equal(new Set(asked).size, asked.length);
      assert.equal(asked.at(-1), "emergency");
    }),
  );
});

test("C02 C03: an objection at one entity stands at another until who raised it, or his office there, has agreed", () => {
  const open = (change: Partial<EarlierDecision>) =>
    listOpenObjections([step({}), step({ at: 2, decision: "approved", requestId: "r2", ...change })]).length;
  assert.equal(open({ entityId: "e2", by: "wen" }), 1, "an office of another entity answers for itself alone");
  assert.equal(open({ entityId: "e2" }), 0, "his own person, wherever he agreed");
  assert.equal(open({ by: "wen" }), 0, "his office");
});

test("C02: an emergency at another entity asks its own legal reviewer, not who objected elsewhere", () => {
  const [objection] = listOpenObjections([step({ kind: "named", title: { en: "Finance", zh: "财务" } })]);
  assert.ok(objection);
  for (const kind of ["named", "signatory", "unit-head", "legal-review"] as const) {
    const [first, ...others] = withObjectors(emergencyRoute, [{ ...objection, kind }], "e2");
    assert.deepEqual([first?.output.decider, first?.output.people], ["legal-review", []]);
    assert.deepEqual(first?.output.title, { en: "", zh: "" }, "the name of a step elsewhere is told to nobody here");
    assert.equal(others.length, emergencyRoute.length);
  }
});
