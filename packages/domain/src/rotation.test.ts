import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { peopleAccount } from "./custody-posting.ts";
import {
  applyRotationMove,
  findKeptSince,
  judgeRotation,
  planRotation,
  type RotationMove,
  type RotationPlace,
} from "./rotation.ts";
import type { Grant } from "./separation-matrix.ts";
import { makeGrant, makeSeal, onSeal } from "./test-grants.ts";
import { PROFILES, type Role, SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

const settings = { rotationImportant: 24, rotationOther: 36 };

test("C15 rotation falls due by the importance of the seal: planned sixty days before, overdue on the day after", () => {
  const stand = { since: "2024-11-27", important: true };
  assert.deepEqual(judgeRotation(stand, settings, "2026-09-27"), { dueOn: "2026-11-27", state: "fine" });
  assert.equal(judgeRotation(stand, settings, "2026-09-28").state, "due");
  assert.equal(judgeRotation(stand, settings, "2026-11-27").state, "due");
  assert.equal(judgeRotation(stand, settings, "2026-11-28").state, "overdue");
  assert.equal(judgeRotation({ ...stand, important: false }, settings, "2026-11-28").dueOn, "2027-11-27");
});

test("C15 a few days with a deputy are no rotation; a real break is", () => {
  const stay = (people: readonly string[], from: number, to: number | null, seq: number) => ({
    ...{ account: peopleAccount(people), from, to, seq },
  });
  const bridged = [stay(["a", "b"], 0, 100, 0), stay(["b", "d"], 100, 104, 1), stay(["a", "b"], 104, null, 2)];
  assert.equal(findKeptSince(bridged, "a", 5), 0);
  assert.equal(findKeptSince(bridged, "a", 3), 104);
  assert.equal(findKeptSince(bridged, "b", 0), 0);
  assert.equal(findKeptSince(bridged, "d", 5), null);
  assert.equal(findKeptSince([], "a", 5), null);
});

const names = ["ann", "bob", "cyd", "dan"];
const place = (change: Partial<RotationPlace>): RotationPlace => ({
  ...{ profile: "strict", today: "2026-11-27", grants: [], seals: [], wanted: [], candidates: names },
  ...{ witnesses: ["wil", "wes"], grantedBy: "sig", isFitFor: () => true },
  ...change,
});
const keeps = (personId: string, sealId: string): Grant => makeGrant(personId, "custodian", onSeal(sealId));
const wants = (sealId: string, personId: string, dueOn = "2026-01-01") => ({ sealId, personId, dueOn });

test("C15 two custodians change seals; finance and name seal never meet on the way", () => {
  const swap = planRotation(
    place({
      seals: [makeSeal("p", "personnel", false), makeSeal("d", "department", false)],
      grants: [keeps("ann", "p"), keeps("bob", "d")],
      candidates: ["ann", "bob"],
      wanted: [wants("p", "ann"), wants("d", "bob")],
    }),
  );
  assert.deepEqual(
    swap.moves.map((move) => [move.sealId, move.leavingId, move.comingId]),
    [
      ["p", "ann", "bob"],
      ["d", "bob", "ann"],
    ],
  );
  // Whichever goes first, one hand would hold both for a while: nothing is proposed.
  const apart = planRotation(
    place({
      seals: [makeSeal("f", "finance", true), makeSeal("n", "legal-representative", true)],
      grants: [keeps("ann", "f"), keeps("bob", "n")],
      candidates: ["ann", "bob"],
      wanted: [wants("f", "ann"), wants("n", "bob")],
    }),
  );
  assert.deepEqual(apart, { moves: [], left: [wants("f", "ann"), wants("n", "bob")] });
});

test("C15 of two custodians of one seal the one who is longest due goes, the other is left for later", () => {
  const plan = planRotation(
    place({
      seals: [makeSeal("o", "official", true)],
      grants: [keeps("ann", "o"), keeps("bob", "o")],
      wanted: [wants("o", "ann", "2026-03-01"), wants("o", "bob", "2026-02-01")],
    }),
  );
  assert.deepEqual(
    plan.moves.map((move) => [move.leavingId, move.comingId]),
    [["bob", "cyd"]],
  );
  assert.deepEqual(plan.left, [wants("o", "ann", "2026-03-01")]);
});

const seals = ["s1", "s2", "s3"];
const anyPlace: fc.Arbitrary<RotationPlace> = fc
  .record({
    profile: fc.constantFrom(...PROFILES),
    types: fc.tuple(...seals.map(() => fc.constantFrom(...SEAL_TYPES))),
    keepers: fc.tuple(...seals.map(() => fc.subarray(names, { maxLength: 2 }))),
    roles: fc.array(
      fc.tuple(fc.constantFrom(...names), fc.constantFrom<Role>("supervisor", "unit-head", "signatory", "inspector")),
      { maxLength: 2 },
    ),
    unfit: fc.subarray(names.flatMap((name) => seals.map((seal) => `${name} ${seal}`))),
    witnesses: fc.subarray(["ann", "wil", "wes"], { minLength: 1 }),
  })
  .map(({ profile, types, keepers, roles, unfit, witnesses }) =>
    place({
      profile,
      seals: seals.map((id, at) =>
        makeSeal(id, types[at] ?? "official", sealTypeDefaults[types[at] ?? "official"].important),
      ),
      grants: [
        ...keepers.flatMap((people, at) => people.map((person) => keeps(person, seals[at] ?? ""))),
        ...roles.map(([person, role]) => makeGrant(person, role)),
      ],
      wanted: keepers.flatMap((people, at) => people.slice(0, 1).map((person) => wants(seals[at] ?? "", person))),
      witnesses,
      isFitFor: (person, seal) => !unfit.includes(`${person} ${seal}`),
    }),
  );

/** The most moves there are, by trying everything. */
function countMost(at: RotationPlace, grants = at.grants, open = at.wanted): number {
  let most = 0;
  for (const one of open)
    for (const comingId of at.candidates)
      for (const witnessId of at.witnesses) {
        const after = applyRotationMove(grants, { ...one, leavingId: one.personId, comingId, witnessId }, at);
        if (after === null) continue;
        const rest = open.filter((other) => other !== one);
        most = Math.max(most, 1 + countMost(at, after, rest));
      }
  return most;
}

test("C11 C12 C15 C22 any plan breaks no rule at any of its steps, and no plan could move more", () => {
  let moved = 0;
  fc.assert(
    fc.property(anyPlace, (at) => {
      const { moves, left } = planRotation(at);
      let grants: readonly Grant[] | null = at.grants;
      for (const move of moves as RotationMove[]) {
        assert.ok(at.wanted.some((one) => one.sealId === move.sealId && one.personId === move.leavingId));
        assert.ok(at.isFitFor(move.comingId, move.sealId));
        assert.equal(new Set([move.leavingId, move.comingId, move.witnessId]).size, 3);
        grants = applyRotationMove(grants, move, at);
        assert.ok(grants, "a step that a rule forbids");
      }
      assert.equal(new Set(moves.map((move) => move.sealId)).size, moves.length);
      assert.equal(left.length + moves.length, at.wanted.length);
      assert.equal(moves.length, countMost(at));
      moved += moves.length;
    }),
    { numRuns: 300 },
  );
  assert.ok(moved > 100);
});

test("C15 an entity of two hundred seals is planned without the search running away", () => {
  const many = Array.from({ length: 200 }, (_, at) => `seal${at}`);
  const people = Array.from({ length: 60 }, (_, at) => `p${at}`);
  const plan = planRotation(
    place({
      seals: many.map((id) => makeSeal(id, "department", false)),
      grants: many.map((id, at) => keeps(people[at % 60] ?? "", id)),
      wanted: many.map((id, at) => wants(id, people[at % 60] ?? "")),
      candidates: people,
    }),
  );
  assert.equal(plan.moves.length, 200);
});

test("C04 C14 who supervises a seal is proposed as its custodian only where nobody else is fit", () => {
  const grants = [keeps("ann", "one"), makeGrant("bob", "supervisor"), keeps("cyd", "two"), keeps("cyd", "three")];
  const seals = ["one", "two", "three"].map((id) => makeSeal(id, "department", false));
  const coming = (candidates: readonly string[]) =>
    planRotation(place({ grants, seals, candidates, wanted: [wants("one", "ann")] })).moves.map(
      (move) => move.comingId,
    );
  assert.deepEqual(coming(["bob", "cyd"]), ["cyd"], "though he keeps more than the supervisor");
  assert.deepEqual(coming(["bob"]), ["bob"]);
});
