import assert from "node:assert/strict";
import { test } from "node:test";
import { BOX_STANDINGS } from "./controller.ts";
import { isTakenWithoutRecord, listInBoxRefusals } from "./piece-moves.ts";
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
