import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { listAskedToo, listOverdueActs } from "./overdue-step.ts";
import { listEntitled, type RouteFacts } from "./route.ts";
import { STEP_KINDS } from "./rule-set.ts";
import { makeGrant, onSeal, onUnit } from "./test-grants.ts";

const hour = 3_600_000;
const facts: RouteFacts = {
  ...{ profile: "strict", entityId: "ent", unitId: "export", sealIds: ["seal"], applicantId: "applicant" },
  ...{ handlerId: null, today: "2026-06-01" },
};
const units = [
  { unitId: "office", parentUnitId: null },
  { unitId: "sales", parentUnitId: "office" },
  { unitId: "export", parentUnitId: "sales" },
];
const grants = [
  makeGrant("export head", "unit-head", onUnit("export")),
  makeGrant("sales head", "unit-head", onUnit("sales")),
  makeGrant("office head", "unit-head", onUnit("office")),
  makeGrant("lawyer", "legal-reviewer"),
  makeGrant("second lawyer", "legal-reviewer"),
  makeGrant("one", "signatory", onSeal("seal")),
  makeGrant("two", "signatory", onSeal("seal")),
  makeGrant("other seal", "signatory", onSeal("another")),
];

test("a step is told when its time is over and escalated when as much again has passed, each once", () => {
  const step = {
    kind: "signatory",
    state: "current",
    hours: 48,
    dueAt: 0,
    remindedAt: null,
    escalatedAt: null,
  } as const;
  assert.deepEqual(listOverdueActs(step, -1), []);
  assert.deepEqual(listOverdueActs(step, 0), ["remind"]);
  assert.deepEqual(listOverdueActs({ ...step, remindedAt: 0 }, 48 * hour - 1), []);
  assert.deepEqual(listOverdueActs({ ...step, remindedAt: 0 }, 48 * hour), ["escalate"]);
  assert.deepEqual(listOverdueActs(step, 48 * hour), ["remind", "escalate"], "minutes that were missed are made up");
  assert.deepEqual(listOverdueActs({ ...step, remindedAt: 0, escalatedAt: 1 }, 999 * hour), []);
  assert.deepEqual(listOverdueActs({ ...step, state: "waiting" }, 999 * hour), []);
  assert.deepEqual(listOverdueActs({ ...step, hours: null, dueAt: null }, 999 * hour), []);
});

test("the next superior is asked as well, or the others who hold the role for all the seals", () => {
  const asked = (kind: (typeof STEP_KINDS)[number], people: string[], change: Partial<RouteFacts> = {}) =>
    listAskedToo({ kind, asked: people, decided: [] }, { ...facts, ...change }, units, grants);
  assert.deepEqual(asked("unit-head", ["export head"]), ["sales head"]);
  assert.deepEqual(asked("unit-head", ["export head"], { applicantId: "sales head" }), ["office head"]);
  assert.deepEqual(asked("unit-head", ["office head"]), [], "above the highest there is nobody");
  assert.deepEqual(asked("legal-review", ["lawyer"]), ["second lawyer"]);
  assert.deepEqual(asked("signatory", ["one"]), ["two"]);
  assert.deepEqual(asked("signatory", ["one"], { handlerId: "two" }), [], "who carries the papers decides nothing");
  assert.deepEqual(asked("named", ["somebody"]), []);
  const decided = [{ kind: "legal-review", personId: "two" }] as const;
  assert.deepEqual(listAskedToo({ kind: "signatory", asked: ["one"], decided }, facts, units, grants), []);
});

test("C11: whoever is asked as well is entitled and was not asked before", () => {
  const people = [...grants.map((grant) => grant.personId), "applicant"];
  const person = fc.constantFrom(...people);
  fc.assert(
    fc.property(
      fc.constantFrom(...STEP_KINDS),
      fc.uniqueArray(person),
      fc.array(fc.record({ kind: fc.constantFrom(...STEP_KINDS), personId: person })),
      person,
      (kind, asked, decided, applicantId) => {
        const now = { ...facts, applicantId };
        for (const one of listAskedToo({ kind, asked, decided }, now, units, grants)) {
          assert.ok(kind !== "named" && listEntitled(kind, now, units, grants).includes(one));
          assert.ok(!asked.includes(one) && one !== applicantId);
        }
      },
    ),
  );
});
