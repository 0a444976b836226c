import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AccountChange,
  decideAccountConfirmation,
  mayConfirmAccounts,
  needsSecondPerson,
  restAfterReset,
  restLeft,
} from "./account.ts";
import { listTextFaults } from "./test-texts.ts";
import { ROLES } from "./vocabulary.ts";

const change: AccountChange = { kind: "new-person", personId: "new", askedBy: "administrator", state: "waiting" };
function ask(personId: string, mayConfirm = true, state: AccountChange["state"] = "waiting"): string[] {
  const decided = decideAccountConfirmation({ ...change, state }, { personId, mayConfirm });
  if (decided.ok) return [];
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return decided.refusals.map((refusal) => refusal.code);
}

test("C11: a change of an account is confirmed by a second person with the right to, once", () => {
  assert.deepEqual(ask("signatory"), []);
  assert.deepEqual(ask("administrator"), ["account.second-person-needed"]);
  assert.deepEqual(ask("new"), ["account.concerns-oneself"]);
  assert.deepEqual(ask("signatory", false), ["account.may-not-confirm"]);
  for (const state of ["confirmed", "declined"] as const)
    assert.deepEqual(ask("signatory", true, state), ["account.decided-already"]);
});

test("C11: after a reset a person rests for a day before he decides on an important seal", () => {
  const at = 1_800_000_000_000;
  assert.equal(restLeft(null, at), 0);
  assert.equal(restLeft(at, at), restAfterReset);
  assert.equal(restLeft(at, at + 1), restAfterReset - 1);
  assert.equal(restLeft(at, at + restAfterReset), 0);
  assert.equal(restLeft(at, at + 10 * restAfterReset), 0);
  assert.equal(restAfterReset, 24 * 60 * 60_000);
});

test("C11: a new person with a role, a reset, and a role from whoever asked for the account need a second person", () => {
  assert.equal(needsSecondPerson({ kind: "new-person", roles: [] }), false);
  assert.equal(needsSecondPerson({ kind: "new-person", roles: ["custodian"] }), true);
  assert.equal(needsSecondPerson({ kind: "credential-reset" }), true);
  assert.equal(needsSecondPerson({ kind: "grant", actorId: "a", accountAskedBy: "a", loosened: false }), true);
  assert.equal(needsSecondPerson({ kind: "grant", actorId: "b", accountAskedBy: "a", loosened: false }), false);
  assert.equal(needsSecondPerson({ kind: "grant", actorId: "b", accountAskedBy: null, loosened: false }), false);
  assert.equal(needsSecondPerson({ kind: "grant", actorId: "b", accountAskedBy: "a", loosened: true }), true);
});

test("C11: an inspector consents to a loosened pair alone, a signatory and a seal administrator to everything", () => {
  for (const role of ROLES) {
    const all = role === "signatory" || role === "seal-administrator";
    assert.equal(mayConfirmAccounts([role], false), all, role);
    assert.equal(mayConfirmAccounts([role], true), all || role === "inspector", role);
  }
  assert.equal(mayConfirmAccounts([], true), false);
});
