import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  CONTROLLER_EVENTS,
  CONTROLLER_STATES,
  type ControllerEvent,
  type ControllerState,
  composePairingCode,
  isPairingOver,
  listEnrolmentRefusals,
  pairing,
  readPairingCode,
  stepController,
} from "./index.ts";

const walk = (...events: readonly ControllerEvent[]): string => {
  let state: ControllerState = "awaiting-device";
  for (const event of events) {
    const next = stepController(state, event);
    if (!next.ok) return `${event}: ${next.refusal.code}`;
    state = next.state;
  }
  return state;
};

test("C18: a controller is enrolled by a box that presents its code and a second person, and by nothing less", () => {
  assert.equal(walk("present", "confirm"), "enrolled");
  assert.equal(walk("present", "decline"), "awaiting-device");
  assert.equal(walk("present", "renew", "confirm"), "confirm: controller.not-now");
  assert.equal(walk("confirm"), "confirm: controller.not-now");
  assert.equal(walk("present", "confirm", "present"), "present: controller.not-now");
});

test("C18: every event in every state moves it or is refused by name, and a revoked one stays so", () => {
  for (const state of CONTROLLER_STATES)
    for (const event of CONTROLLER_EVENTS) {
      const next = stepController(state, event);
      if (state === "revoked") assert.equal(next.ok, false);
      if (next.ok && next.state === "enrolled") assert.deepEqual([state, event], ["awaiting-confirmation", "confirm"]);
      assert.equal(stepController(state, "revoke").ok, state !== "revoked", "stopped from wherever it stands");
    }
});

test("a pairing code is read however it was typed, and whatever the randomness was", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: pairing.length, maxLength: 16 }), (random) => {
      const code = composePairingCode(random);
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{10}$/);
      assert.equal(readPairingCode(` ${code.slice(0, 5).toLowerCase()}-${code.slice(5)}`), code);
    }),
  );
  assert.equal(readPairingCode("OIL0O 1il00"), "0110011100");
  for (const text of ["", "ABCDE", "ABCDE-FGHJU", "ABCDEFGHJKM", "配对码配对码配对码配"])
    assert.equal(readPairingCode(text), null);
});

test("a pairing is over after its time or its tries", () => {
  const open = { expiresAt: 1000, triesLeft: 1 };
  assert.equal(isPairingOver(open, 999), false);
  assert.equal(isPairingOver(open, 1000), true);
  assert.equal(isPairingOver({ ...open, triesLeft: 0 }, 999), true);
});

test("C18 C11: who registered or paired a controller never confirms it; another person does, in time", () => {
  const asked = { personId: "per_3", registeredBy: "per_1", pairedBy: "per_2", expiresAt: 1000, now: 0 };
  const codes = (change: Partial<typeof asked>) =>
    listEnrolmentRefusals({ ...asked, ...change }).map((one) => one.code);
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ personId: "per_1" }), ["controller.confirm-self"]);
  assert.deepEqual(codes({ personId: "per_2" }), ["controller.confirm-self"]);
  assert.deepEqual(codes({ now: 1000 }), ["controller.pairing-over"]);
});
