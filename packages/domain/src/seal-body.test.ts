import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatBodyNumber, stateOfSeal } from "./seal-body.ts";
import { SEAL_STATES } from "./seal-life.ts";

test("every state has its place, and a seal in use anywhere is in use", () => {
  for (const state of SEAL_STATES) assert.equal(stateOfSeal([{ state }]), state);
  assert.equal(stateOfSeal([]), "requested");
  assert.equal(stateOfSeal([{ state: "frozen" }, { state: "in-use" }]), "in-use");
  assert.equal(stateOfSeal([{ state: "destroyed" }, { state: "stopped" }]), "stopped");
});

test("the order of the bodies does not matter, and the answer is the state of one of them", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...SEAL_STATES), { minLength: 1, maxLength: 6 }), (states) => {
      const bodies = states.map((state) => ({ state }));
      assert.ok(states.includes(stateOfSeal(bodies)));
      assert.equal(stateOfSeal(bodies), stateOfSeal(bodies.toReversed()));
    }),
  );
});

test("bodies are numbered under their seal", () => {
  assert.equal(formatBodyNumber("LX-02", "physical", 2), "LX-02/2");
  assert.equal(formatBodyNumber("LX-02", "electronic", 1), "LX-02/E");
});
