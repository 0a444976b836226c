import assert from "node:assert/strict";
import { test } from "node:test";
import { BOX_STANDINGS } from "./controller.ts";
import { isTakenWithoutRecord, listInBoxRefusals, listLockAwayRefusals } from "./piece-moves.ts";
import { listTextFaults } from "./test-texts.ts";

test("C08 C13: what sits in a controller comes out by an order; of a box whose word does not count by hand, as a case", () => {
  assert.deepEqual(listInBoxRefusals(null), []);
  assert.equal(isTakenWithoutRecord(null), false);
  const told = BOX_STANDINGS.map((standing) => {
    const box = { serial: "B-1", standing };
    const refusals = listInBoxRefusals(box);
    for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
    return [standing, refusals.map(({ code }) => code).join(), isTakenWithoutRecord(box)];
  });
  assert.deepEqual(told, [
    ["revoked", "", true],
    ["quarantined", "", true],
    ["offline", "custody.in-controller", false],
    ["connected", "custody.in-controller", false],
  ]);
});

test("C08 C14: a piece is locked away from the hand of who does it, and one under a tag into no controller", () => {
  const codes = (change: Partial<Parameters<typeof listLockAwayRefusals>[0]>): string[] =>
    listLockAwayRefusals({ actorId: "per_a", place: "person:per_a", tag: null, into: "controller", ...change }).map(
      ({ code, facts }) => {
        assert.deepEqual(listTextFaults(code, facts), []);
        return code;
      },
    );
  assert.deepEqual(codes({}), []);
  for (const place of ["container:con_1", "person:per_b", "ended", null] as const)
    assert.deepEqual(codes({ place }), ["custody.not-in-hand"]);
  assert.deepEqual(codes({ tag: "T-1" }), ["custody.under-tag"]);
  for (const into of ["safe", "cabinet"] as const) assert.deepEqual(codes({ tag: "T-1", into }), []);
});
