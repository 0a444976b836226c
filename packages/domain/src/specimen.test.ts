import assert from "node:assert/strict";
import { test } from "node:test";
import type { Grant } from "./separation-matrix.ts";
import { listSpecimenRefusals, mayReadSpecimen } from "./specimen.ts";
import { ROLES, type Role } from "./vocabulary.ts";

const round = { widthMm: 42, heightMm: 42, round: true };
const square = { widthMm: 20, heightMm: 20, round: false };
const fits = (face: typeof round, mm: number): boolean =>
  listSpecimenRefusals(face, { widthMm: mm, heightMm: mm - 0.4 }).length === 0;

test("C23: a specimen is as large as the face that was approved, or it is refused with both sizes", () => {
  assert.ok(fits(round, 42));
  assert.ok(fits(round, 43.5));
  assert.ok(fits(round, 41));
  assert.ok(!fits(round, 58));
  assert.ok(!fits(round, 21));
  const [refusal] = listSpecimenRefusals(round, { widthMm: 58.04, heightMm: 57 });
  assert.deepEqual([refusal?.rule, refusal?.facts], ["C23", { mm: 42, measured: 58 }]);
});

test("a square face pressed askew reaches as far as its diagonal, and no further", () => {
  assert.ok(fits(square, 28));
  assert.ok(!fits(square, 34));
  assert.ok(!fits({ ...square, round: true }, 28));
});

const piece = { sealId: "sea_1", entityId: "ent_1", custodians: ["keeper"], comparers: ["witness"] };
const reads = (role: Role | null, scope?: Grant["scope"], entityId = "ent_1", personId = "somebody"): boolean =>
  mayReadSpecimen(
    {
      personId,
      grants:
        role === null
          ? []
          : [
              {
                ...{ grantId: "gra_1", personId, role, entityId, scope: scope ?? { kind: "entity", id: entityId } },
                ...{ from: "2026-01-01", to: null },
              },
            ],
    },
    piece,
  );

test("C23: the kept specimen is read by who keeps the seal or compares with it, and by nobody else of the entity", () => {
  assert.ok(!reads(null));
  assert.deepEqual(
    ROLES.filter((role) => reads(role)),
    ["legal-reviewer", "signatory", "supervisor", "seal-administrator", "inspector"],
  );
  // A custodian's grant for the entity makes him keeper of no seal; one for the seal does, also as deputy.
  assert.ok(reads("custodian", { kind: "seal", id: "sea_1" }));
  assert.ok(!reads("custodian", { kind: "seal", id: "sea_2" }));
  assert.ok(!reads("supervisor", { kind: "seal", id: "sea_2" }));
  assert.ok(!reads("inspector", undefined, "ent_2"));
  assert.ok(reads(null, undefined, "ent_1", "keeper"));
  assert.ok(reads(null, undefined, "ent_1", "witness"));
});
