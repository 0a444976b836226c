import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type AuthorisationEvent,
  type AuthorisationState,
  authorisationEvents,
  authorisationStates,
  provisionalUntil,
  stepAuthorisation,
} from "../index.ts";

const walk = (...events: readonly AuthorisationEvent[]): string => {
  let state: AuthorisationState = "draft";
  for (const event of events) {
    const next = stepAuthorisation(state, event);
    if (!next.ok) return `${event}: ${next.code}`;
    state = next.value.state;
  }
  return state;
};

test("the ways of clause 4.2", () => {
  const sent = ["approve", "sign", "send"] as const;
  const used = [...sent, "record-accept", "record-stamp", "record-used-up"] as const;
  assert.equal(walk(...sent, "record-reject"), "rejected");
  assert.equal(walk(...used, "record-close", "reconcile", "agree"), "reconciled");
  assert.equal(walk(...used, "reconcile", "dispute", "agree"), "reconciled");
  assert.equal(walk(...sent, "record-accept", "record-close"), "closed");
  assert.equal(walk(...sent, "revoke"), "revoking");
  assert.equal(walk(...sent, "revoke", "record-revoked"), "revoked");
  assert.equal(walk(...sent, "revoke", "expire"), "expired");
  assert.equal(walk(...sent, "record-accept", "revoke", "record-stamp"), "revoking");
  assert.equal(walk("sign"), "sign: NOT_NOW");
  assert.equal(walk("approve", "send"), "send: NOT_NOW");
});

test("a late stamp brings an authorisation that is over back to reconciling, marked, and never into use", () => {
  for (const state of ["expired", "used-up", "closed", "revoked", "reconciling", "reconciled"] as const) {
    const next = stepAuthorisation(state, "record-stamp");
    assert.deepEqual(next, { ok: true, value: { state: "reconciling", late: true } });
  }
});

test("every event in every state moves it or is refused by name; nothing that is over comes back into use", () => {
  const live: ReadonlySet<AuthorisationState> = new Set([
    "draft",
    "approved",
    "signed",
    "sent",
    "accepted",
    "in-use",
    "rejected",
    "revoking",
  ]);
  for (const state of authorisationStates) {
    for (const event of authorisationEvents) {
      const next = stepAuthorisation(state, event);
      assert.ok(next.ok || next.code === "NOT_NOW");
      if (next.ok && !live.has(state)) assert.ok(!live.has(next.value.state), `${state} ${event}`);
      // Nothing but the device's own record says that a revocation has arrived.
      if (next.ok && next.value.state === "revoked" && state !== "revoked") assert.match(event, /^record-/);
    }
  }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...authorisationEvents)), (events) => {
      assert.ok(!walk("approve", ...events.filter((event) => event !== "sign")).includes("in-use"));
    }),
  );
});

test("that no more stamps will appear is provisional for the offline age and a day", () => {
  assert.equal(provisionalUntil(14_400, 1_000_000), 1_000_000 + (14_400 + 86_400) * 1000);
  assert.equal(provisionalUntil(14_400, undefined), undefined);
});
