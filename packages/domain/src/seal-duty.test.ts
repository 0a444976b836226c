import assert from "node:assert/strict";
import { test } from "node:test";
import { type CertificateState, findSealDuty, groupSealState, SEAL_STATE_GROUPS } from "./seal-duty.ts";
import { SEAL_STATES } from "./seal-life.ts";

const key = { toConfirm: false, electronic: true };

test("a seal of rubber alone has no certificate to look after", () => {
  const rubber = { toConfirm: false, electronic: false };
  assert.deepEqual(findSealDuty("in-use", "none", false, rubber), { duty: "nothing", urgency: "later" });
});

test("a seal that is not in use yet waits for its people, whatever its certificate", () => {
  assert.deepEqual(findSealDuty("filed", "valid", false, key), { duty: "people", urgency: "soon" });
});

test("C23 a seal of the opening stock is confirmed before anything else is owed", () => {
  assert.deepEqual(findSealDuty("awaiting-issue", "none", false, { ...key, toConfirm: true }), {
    duty: "confirm",
    urgency: "soon",
  });
});

test("a certificate is near, on its last day, or past", () => {
  const duty = (certificate: CertificateState, endsToday = false): string[] => {
    const found = findSealDuty("in-use", certificate, endsToday, key);
    return [found.duty, found.urgency];
  };
  assert.deepEqual(duty("valid"), ["until", "later"]);
  assert.deepEqual(duty("expiring"), ["expires", "soon"]);
  assert.deepEqual(duty("expiring", true), ["today", "soon"]);
  assert.deepEqual(duty("expired", true), ["expired", "late"]);
  assert.deepEqual(duty("revoked"), ["revoked", "late"]);
  assert.deepEqual(duty("none"), ["none", "soon"]);
});

test("a seal that has ended owes nothing, and its certificate is still told", () => {
  assert.deepEqual(findSealDuty("stopped", "revoked", false, key), { duty: "revoked", urgency: "later" });
});

test("every state of a seal is counted in one group, and every group has a state", () => {
  const groups = new Set(SEAL_STATES.map(groupSealState));
  assert.deepEqual([...groups].sort(), [...SEAL_STATE_GROUPS].sort());
});
