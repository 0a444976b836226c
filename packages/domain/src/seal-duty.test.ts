import assert from "node:assert/strict";
import { test } from "node:test";
import { type CertificateState, findSealDuty, groupSealState, SEAL_STATE_GROUPS } from "./seal-duty.ts";
import { SEAL_STATES } from "./seal-life.ts";

const key = {
  toConfirm: false,
  electronic: true,
  returnOverdue: false,
  custodyUnconfirmed: false,
  goesInUse: false,
  loss: null,
};

test("a seal of rubber alone has no certificate to look after", () => {
  const rubber = {
    toConfirm: false,
    electronic: false,
    returnOverdue: false,
    custodyUnconfirmed: false,
    goesInUse: false,
    loss: null,
  };
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

test("C14 what should be back is told before anything else, and late", () => {
  for (const certificate of ["valid", "expired", "none"] as const)
    for (const state of ["in-use", "taken-out", "frozen"] as const)
      assert.deepEqual(findSealDuty(state, certificate, true, { ...key, toConfirm: true, returnOverdue: true }), {
        duty: "return",
        urgency: "late",
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

test("C12 a seal in use whose custodians have not confirmed their position is never said to owe nothing", () => {
  for (const electronic of [false, true]) {
    const waits = { ...key, electronic, custodyUnconfirmed: true };
    assert.deepEqual(findSealDuty("in-use", "none", false, waits), { duty: "positions", urgency: "soon" });
    assert.equal(findSealDuty("filed", "none", false, waits).duty, "people", "it is issued first");
    assert.equal(findSealDuty("stopped", "revoked", false, waits).duty, "revoked");
  }
});

test("what waits for nothing but confirmations says so, and everything else on its way for its next step", () => {
  const waits = { ...key, goesInUse: true };
  assert.deepEqual(findSealDuty("filed", "valid", false, waits), { duty: "positions", urgency: "soon" });
  assert.deepEqual(findSealDuty("filed", "valid", false, key), { duty: "people", urgency: "soon" });
});

test("C10 a loss is told before anything else, by the clock that ends first, and until it has ended", () => {
  const lost = (overdue: boolean) => ({ ...key, loss: { duty: "loss-police-report", overdue } as const });
  const late = { ...lost(true), returnOverdue: true };
  assert.deepEqual(findSealDuty("lost", "valid", false, late), { duty: "loss-police-report", urgency: "late" });
  assert.deepEqual(findSealDuty("lost", "valid", false, lost(false)), { duty: "loss-police-report", urgency: "soon" });
  assert.deepEqual(
    findSealDuty("in-use", "valid", false, lost(false)).duty,
    "loss-police-report",
    "another piece is used",
  );
  assert.deepEqual(findSealDuty("lost", "valid", false, key), { duty: "loss", urgency: "soon" });
});
