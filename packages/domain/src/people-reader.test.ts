import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { mayReadGrant, mayReadPerson, type PeopleReader, type PersonToRead } from "./people-reader.ts";
import type { Grant } from "./separation-matrix.ts";
import { ROLES, type Role } from "./vocabulary.ts";

const grant = (personId: string, role: Role, entityId: string, sealId?: string): Grant => ({
  ...{ grantId: `grant ${personId} ${role}`, personId, role, entityId, from: "2026-01-01", to: null },
  scope: sealId === undefined ? { kind: "entity", id: entityId } : { kind: "seal", id: sealId },
});
const reader = (more: Partial<PeopleReader> = {}): PeopleReader => ({
  ...{ personId: "reader", guest: false, entityId: "own", grants: [], worksWith: new Set() },
  ...more,
});
const person = (more: Partial<PersonToRead> = {}): PersonToRead => ({
  ...{ personId: "other", entityId: "own", grants: [] },
  ...more,
});
const keeper = person({ grants: [grant("other", "custodian", "own", "seal a")] });

test("a guest without a grant reads himself and whom he works with, and nobody else", () => {
  const guest = reader({ guest: true, worksWith: new Set(["lawyer"]) });
  assert.equal(mayReadPerson(guest, person({ personId: "reader" })), true);
  assert.equal(mayReadPerson(guest, person({ personId: "lawyer" })), true);
  assert.equal(mayReadPerson(guest, person()), false);
  assert.equal(mayReadPerson(guest, keeper), false);
  assert.equal(mayReadGrant(guest, grant("lawyer", "legal-reviewer", "own")), false);
});

test("a guest who is named for a seal reads those who are named for it, and not for another one", () => {
  const guest = reader({ guest: true, grants: [grant("reader", "supervisor", "own", "seal a")] });
  assert.equal(mayReadPerson(guest, keeper), true);
  assert.equal(mayReadPerson(guest, person({ grants: [grant("other", "custodian", "own", "seal b")] })), false);
  assert.equal(mayReadPerson(guest, person({ grants: [grant("other", "signatory", "own")] })), true);
  assert.equal(mayReadPerson(guest, person()), false, "of the entity, with nothing to do with the seal");
});

test("staff with a role in an entity reads its people; of another one, only who holds a role in his", () => {
  const custodian = reader({ grants: [grant("reader", "custodian", "own", "seal a")] });
  assert.equal(mayReadPerson(custodian, person()), true);
  assert.equal(mayReadPerson(custodian, person({ entityId: null })), true);
  assert.equal(mayReadPerson(custodian, person({ entityId: "foreign" })), false);
  assert.equal(
    mayReadPerson(custodian, person({ entityId: "foreign", grants: [grant("other", "signatory", "own")] })),
    true,
  );
});

test("staff without a role learns whom to turn to in his entity, and no more", () => {
  assert.equal(mayReadPerson(reader(), keeper), true);
  assert.equal(mayReadPerson(reader(), person()), false);
  assert.equal(mayReadPerson(reader(), person({ grants: [grant("other", "custodian", "foreign", "seal c")] })), false);
});

test("who keeps or confirms accounts reads all entities, but not as a guest", () => {
  const foreign = person({ entityId: "foreign", grants: [grant("other", "custodian", "foreign", "seal c")] });
  for (const role of ["system-administrator", "signatory", "inspector", "seal-administrator"] as const) {
    const grants = [grant("reader", role, "own")];
    assert.equal(mayReadPerson(reader({ grants }), foreign), true, role);
    assert.equal(mayReadPerson(reader({ grants, guest: true }), foreign), false, role);
  }
});

test("a grant more never hides anybody, and nobody is hidden from himself", () => {
  const anyGrant = (personId: string) =>
    fc
      .tuple(fc.constantFrom(...ROLES), fc.constantFrom("own", "foreign"), fc.option(fc.constantFrom("a", "b")))
      .map(([role, entityId, seal]) => grant(personId, role, entityId, seal ? `${entityId} ${seal}` : undefined));
  const entity = fc.constantFrom("own", "foreign", null);
  fc.assert(
    fc.property(
      ...([fc.boolean(), entity, fc.array(anyGrant("reader")), anyGrant("reader")] as const),
      ...([entity, fc.array(anyGrant("other"))] as const),
      (guest, entityId, grants, more, of, held) => {
        const other = person({ entityId: of, grants: held });
        const [less, wider] = [
          reader({ guest, entityId, grants }),
          reader({ guest, entityId, grants: [...grants, more] }),
        ];
        assert.ok(!mayReadPerson(less, other) || mayReadPerson(wider, other));
        assert.ok(mayReadPerson(less, person({ personId: "reader", entityId: of, grants: held })));
      },
    ),
  );
});
