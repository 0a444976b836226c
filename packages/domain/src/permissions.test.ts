import assert from "node:assert/strict";
import { test } from "node:test";
import { entityRoles, listPermissions, listRolesWith, PERMISSIONS, type Permission } from "./permissions.ts";
import { decideGrant } from "./separation-matrix.ts";
import { ROLES } from "./vocabulary.ts";

const holders = (permission: Permission): string[] => ROLES.filter((role) => listPermissions([role]).has(permission));

test("without a role a person may ask, read what is his, and nothing that decides", () => {
  // Whose a matter is to ask for or to decide, its kind and its steps say (matter.ts).
  assert.deepEqual([...listPermissions([])].toSorted(), [
    "check.answer",
    "custody.read",
    "delegation.give",
    "emergency.enter",
    "emergency.read",
    "evidence.add",
    "form.read",
    "matter.ask",
    "matter.decide",
    "matter.read",
    "organisation.read",
    "public",
    "register.read",
    "request.apply",
    "request.read",
    "rule-book.read",
    "rules.read",
    "seal.read",
    "session",
    "standing.read",
    "task.read",
    "training.take",
  ]);
});

test("C11: inspectors and system administrators do not ask, except who holds the applicant's role besides", () => {
  for (const role of ["inspector", "system-administrator"] as const) {
    assert.equal(listPermissions([role]).has("request.apply"), false);
    assert.equal(listPermissions([role, "signatory"]).has("request.apply"), false);
    assert.equal(listPermissions([role, "applicant"]).has("request.apply"), true);
  }
});

test("C01 C04 C08 C10: each act on requests and seals belongs to the roles product.md gives it to", () => {
  assert.deepEqual(holders("request.decide"), ["unit-head", "legal-reviewer", "signatory"]);
  assert.deepEqual(holders("request.release"), ["custodian"]);
  assert.deepEqual(holders("request.supervise"), ["custodian", "supervisor"], "the second custodian may supervise");
  assert.deepEqual(holders("seal.freeze"), ["custodian", "supervisor", "seal-administrator", "inspector"]);
  assert.deepEqual(holders("seal.unfreeze"), ["seal-administrator"]);
  assert.deepEqual(holders("seal.register"), ["seal-administrator", "system-administrator"]);
});

test("C18: controllers are enrolled and revoked by who keeps or runs seals; who inspects may stop one", () => {
  assert.deepEqual(holders("controller.manage"), ["custodian", "seal-administrator"]);
  assert.deepEqual(holders("controller.revoke"), ["custodian", "seal-administrator", "inspector"]);
  assert.deepEqual(holders("controller.read"), ["custodian", "supervisor", "seal-administrator", "inspector"]);
});

test("C11: who makes accounts does not confirm them, nor decide, keep or register", () => {
  assert.deepEqual(holders("person.manage"), ["system-administrator"]);
  // An inspector consents to loosened pairs alone (account.ts).
  assert.deepEqual(holders("person.confirm"), ["signatory", "seal-administrator", "inspector"]);
  assert.deepEqual(holders("grant.manage"), ["seal-administrator", "system-administrator"]);
  assert.deepEqual(holders("ledger.read-entries"), ["inspector"]);
});

test("C11: who stands in for a signatory decides and watches, but confirms neither accounts nor settings", () => {
  assert.deepEqual(
    [...listPermissions([], ["signatory", "supervisor"])].filter((one) => !listPermissions([]).has(one)).toSorted(),
    ["controller.read", "request.decide", "request.supervise", "seal.freeze", "standing.end"],
  );
  assert.equal(listPermissions(["signatory"], ["signatory"]).has("person.confirm"), true, "his own role still does");
});

test("what several roles allow is allowed together, and nothing is allowed that is not in the list", () => {
  const all = listPermissions([...ROLES]);
  for (const permission of all) assert.ok(PERMISSIONS.includes(permission));
  for (const role of ROLES)
    for (const permission of listPermissions([role])) assert.ok(all.has(permission), permission);
});

test("C11 a role for one seal or unit confirms no accounts and no settings, and an entity's roles are given for it alone", () => {
  assert.equal(listPermissions([], ["signatory"]).has("settings.confirm"), false);
  assert.equal(listPermissions([], ["signatory"]).has("request.decide"), true);
  assert.equal(listPermissions(["inspector"], ["applicant"]).has("request.apply"), true);
  for (const role of entityRoles)
    for (const scope of [
      { kind: "seal", id: "seal_1" },
      { kind: "unit", id: "unit_1" },
    ] as const) {
      const grant = { grantId: "g", personId: "p", role, scope, entityId: "ent_1", from: "2026-01-01", to: null };
      const context = { profile: "strict", actorId: "a", existing: [], seals: [], today: "2026-01-01" } as const;
      const decided = decideGrant({ ...grant, guest: false }, context);
      assert.deepEqual(decided.ok ? [] : decided.refusals.map((one) => one.code), ["grant.entity-only"]);
    }
});

test("who may not do something learns which roles may; of what everybody may, none", () => {
  assert.deepEqual(listRolesWith("form.keep"), ["certificate-keeper"]);
  assert.deepEqual(listRolesWith("request.decide"), ["unit-head", "legal-reviewer", "signatory"]);
  assert.deepEqual(listRolesWith("emergency.enter"), []);
});
