import assert from "node:assert/strict";
import { test } from "node:test";
import { readTerms, stateOf } from "./terms.ts";

test("terms are read from whatever a matter holds, and what is not there is open", () => {
  assert.deepEqual(readTerms({}), {
    ...{ templateId: "", counterpartyKinds: [], limit: 0, currency: "CNY", count: 20, from: "", to: "" },
  });
  const terms = {
    ...{ templateId: "tpl_1", counterpartyKinds: ["company"], limit: 50_000, currency: "USD", count: 5 },
    ...{ from: "2027-01-01", to: "2027-06-30" },
  };
  assert.deepEqual(readTerms(terms), terms);
  assert.deepEqual(readTerms({ counterpartyKinds: ["bank", 7], count: "many" }).counterpartyKinds, ["bank"]);
});

test("what has had all its uses is used up while its days still run, and what was ended is ended", () => {
  const two = { ended: null, used: 2, count: 2, inForce: true };
  assert.equal(stateOf(two), "usedUp");
  assert.equal(stateOf({ ...two, used: 1 }), "inForce");
  assert.equal(stateOf({ ...two, used: 1, inForce: false }), "over");
  assert.equal(stateOf({ ...two, ended: { at: "2026-11-24T12:00:00Z", by: null, reason: "x" } }), "ended");
});
