import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BRING_PURPOSES, type BringWanted, isToldOf, listBringOutRefusals, listPutAwayRefusals } from "./bring-out.ts";
import { listTextFaults } from "./test-texts.ts";
import { SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

const wanted: BringWanted = {
  ...{ purpose: "stamping", reason: "", recorded: false },
  request: { number: "LX-2026-000123", state: "opened", left: 2 },
};
const codes = (change: Partial<BringWanted>): string[] =>
  listBringOutRefusals({ ...wanted, ...change }).map(({ code, facts }) => {
    assert.deepEqual(listTextFaults(code, facts), []);
    return code;
  });

test("C13: to be stamped with, a seal comes out for a request that is released and has impressions left, and for no other", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ request: null }), ["custody.no-stamping"]);
  assert.deepEqual(codes({ request: { number: "1", state: "opened", left: 0 } }), ["custody.stamping-done"]);
  assert.deepEqual(codes({ request: { number: "1", state: "authorised", left: 2 } }), [], "released, and not yet seen");
  for (const state of SEAL_USE_REQUEST_STATES.filter((one) => one !== "opened" && one !== "authorised"))
    assert.deepEqual(codes({ request: { number: "1", state, left: 2 } }), ["custody.stamping-not-open"], state);
});

test("C13: for a matter or a check it comes out while that is under way; for anything else with a reason, and that is told", () => {
  for (const purpose of ["matter", "check"] as const) {
    assert.deepEqual(codes({ purpose, reason: "It is due" }), ["custody.no-record"]);
    assert.deepEqual(codes({ purpose, recorded: true }), []);
  }
  assert.deepEqual(codes({ purpose: "other", reason: "." }), ["custody.reason-missing"]);
  assert.deepEqual(codes({ purpose: "other", reason: "清洁" }), []);
  assert.deepEqual(BRING_PURPOSES.filter(isToldOf), ["other"]);
});

test("C13: whatever is wanted, either a record says why, or it is told", () => {
  fc.assert(
    fc.property(
      fc.record({
        purpose: fc.constantFrom(...BRING_PURPOSES),
        reason: fc.string(),
        recorded: fc.boolean(),
        request: fc.option(
          fc.record({
            number: fc.constant("1"),
            state: fc.constantFrom(...SEAL_USE_REQUEST_STATES),
            left: fc.integer({ min: 0, max: 3 }),
          }),
        ),
      }),
      (one) => {
        if (listBringOutRefusals(one).length > 0) return;
        const isReleased = one.request?.state === "opened" || one.request?.state === "authorised";
        const isStamping = one.purpose === "stamping" && isReleased && (one.request?.left ?? 0) > 0;
        const isRecorded = (one.purpose === "matter" || one.purpose === "check") && one.recorded;
        assert.equal(isToldOf(one.purpose), !isStamping && !isRecorded);
      },
    ),
  );
});

test("C13: in the middle of a stamping a seal is put away with a reason, and with none as soon as nothing is left of it", () => {
  const stampings = [{ number: "LX-2026-000123", open: 2, total: 5 }];
  const [refusal] = listPutAwayRefusals({ stampings, reason: " " });
  assert.equal(refusal?.code, "custody.stamping-open");
  assert.deepEqual(listTextFaults(refusal.code, refusal.facts), []);
  assert.deepEqual(listPutAwayRefusals({ stampings, reason: "The office closes" }), []);
  assert.deepEqual(listPutAwayRefusals({ stampings: [], reason: "" }), []);
});
