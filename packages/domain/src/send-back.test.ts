import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideSendingBack, listAskedAgain } from "./send-back.ts";

const steps = [
  { stepId: "head", stage: 0 },
  { stepId: "legal", stage: 1000 },
  { stepId: "beside", stage: 1000 },
  { stepId: "signatory", stage: 2000 },
];

test("a step goes back to an earlier stage alone, and all from there on are asked again", () => {
  const back = (from: string, to: string) => {
    const decided = decideSendingBack(steps, from, to);
    return decided.ok ? decided.events[0]?.stepIds : decided.refusals.map((one) => one.code);
  };
  assert.deepEqual(back("signatory", "legal"), ["legal", "beside", "signatory"]);
  assert.deepEqual(back("signatory", "head"), ["head", "legal", "beside", "signatory"]);
  for (const to of ["signatory", "gone"]) assert.deepEqual(back("signatory", to), ["step.not-earlier"]);
  assert.deepEqual(back("legal", "beside"), ["step.not-earlier"], "not to one of its own stage");
  assert.deepEqual(back("head", "signatory"), ["step.not-earlier"], "nor to a later one");
});

test("what was agreed before the stage stands, whatever the route", () => {
  const route = fc.uniqueArray(fc.record({ stepId: fc.string(), stage: fc.nat(5) }), { selector: (one) => one.stepId });
  fc.assert(
    fc.property(route, fc.nat(), fc.nat(), (all, a, b) => {
      const [from, to] = [all[a % (all.length || 1)], all[b % (all.length || 1)]];
      if (!from || !to) return;
      const decided = decideSendingBack(all, from.stepId, to.stepId);
      assert.equal(decided.ok, to.stage < from.stage);
      if (!decided.ok) return;
      for (const one of all) assert.equal(decided.events[0]?.stepIds.includes(one.stepId), one.stage >= to.stage);
    }),
  );
});

test("who may not decide any more is not asked again, and a step is never left to nobody", () => {
  assert.deepEqual(listAskedAgain(["a", "b"], ["b", "c"]), ["b"]);
  assert.deepEqual(listAskedAgain(["a"], ["c"]), ["c"]);
  assert.deepEqual(listAskedAgain(["a"], []), ["a"]);
});
