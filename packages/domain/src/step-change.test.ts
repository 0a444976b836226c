import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideAddingReviewer, decideTransfer, type ReviewerFacts, stageBeside } from "./step-change.ts";
import { listTextFaults } from "./test-texts.ts";

const facts: ReviewerFacts = {
  requestState: "in-review",
  step: { kind: "legal-review", state: "current", candidates: ["lawyer"] },
  ...{ actorId: "lawyer", grantInForce: true, agreed: [], reason: "Knows the tax side", place: "after" },
  ...{ eligible: true, askedAlready: false, added: 0 },
};
const common = [
  [{ requestState: "authorised" }, "approval.step-not-current"],
  [{ step: { ...facts.step, state: "waiting" } }, "approval.step-not-current"],
  [{ actorId: "other" }, "approval.not-a-candidate"],
  [{ grantInForce: false }, "approval.grant-ended"],
  [{ agreed: ["lawyer"] }, "approval.decided-this-step"],
  [{ reason: " \n" }, "step.reason-missing"],
] as const satisfies readonly (readonly [Partial<ReviewerFacts>, string])[];

test("C01 C11: a reviewer is added by whoever decides; each single condition flips the answer", () => {
  const codes = (change: Partial<ReviewerFacts>): string[] => {
    const decided = decideAddingReviewer({ ...facts, ...change });
    if (decided.ok) return [];
    for (const { code, facts: told } of decided.refusals) assert.deepEqual(listTextFaults(code, told), []);
    return decided.refusals.map((one) => one.code);
  };
  assert.deepEqual(codes({}), []);
  const signatory = { ...facts.step, kind: "signatory" as const };
  assert.deepEqual(codes({ step: signatory, place: "before" }), []);
  for (const [change, code] of common) assert.deepEqual(codes(change), [code]);
  assert.deepEqual(codes({ step: signatory }), ["step.after-signatory"]);
  assert.deepEqual(codes({ eligible: false }), ["step.not-eligible"]);
  assert.deepEqual(codes({ askedAlready: true }), ["step.asked-already"]);
  assert.deepEqual(codes({ added: 6 }), ["step.too-many"]);
});

test("C11: a part is passed on by whoever has it, to somebody entitled", () => {
  const { place: _, eligible: __, askedAlready: ___, added: ____, ...own } = facts;
  const codes = (change: Partial<ReviewerFacts>, entitled = true): string[] => {
    const decided = decideTransfer({ ...own, ...change, entitled });
    return decided.ok ? [] : decided.refusals.map((one) => one.code);
  };
  assert.deepEqual(codes({}), []);
  for (const [change, code] of common) assert.deepEqual(codes(change), [code]);
  assert.deepEqual(codes({}, false), ["step.not-entitled"]);
});

test("as many reviewers as may be added always find room between the stages, in their order", () => {
  const acts = fc.array(fc.tuple(fc.nat(), fc.constantFrom("before" as const, "after" as const)), { maxLength: 6 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), acts, (count, added) => {
      const stages = Array.from({ length: count }, (_, at) => at * 1000);
      for (const [nth, place] of added) {
        const at = stages[nth % stages.length] ?? 0;
        const made = stageBeside(stages, at, place, 1000);
        assert.ok(!stages.includes(made));
        const between = stages.filter((one) => (place === "before" ? one < at && one > made : one > at && one < made));
        assert.deepEqual(between, []);
        assert.ok(place === "before" ? made < at : made > at);
        stages.push(made);
      }
    }),
  );
});
