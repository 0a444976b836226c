import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type CountedImpression, findCaseHindrance, reconcileCounts } from "./four-counts.ts";

const hour = 3_600_000;
const made = { pressedAt: 0, photographed: true, otherCopy: false, late: false, inLine: true, stroke: "done" } as const;
const settled: CountedImpression = { ...made, state: "settled" };
const released: CountedImpression = {
  ...{
    state: "released",
    pressedAt: null,
    photographed: false,
    otherCopy: false,
    late: false,
    inLine: true,
    stroke: null,
  },
};
const reconcile = (
  impressions: CountedImpression[],
  change: { excess?: number; beyond?: number; endedAt?: number | null } = {},
) => {
  const found = reconcileCounts({
    ...{ authorised: impressions.length, byController: true, impressions, excess: 0, beyond: 0, endedAt: 0, ...change },
  });
  const { authorised, counted, photographed, registered } = found;
  return {
    four: [authorised, counted, photographed, registered],
    told: found.differences.map(({ kind, count, follows, dueAt }) => [
      ...[kind, count, follows],
      dueAt === null ? null : dueAt / hour,
    ]),
  };
};

test("C09: four counts that agree have no difference; fewer than authorised is given back, or left while it goes on", () => {
  assert.deepEqual(reconcile([settled, settled]), { four: [2, 2, 2, 2], told: [] });
  assert.deepEqual(reconcile([settled, released]), { four: [2, 1, 1, 1], told: [["unused", 1, "released", null]] });
  const reserved: CountedImpression = { ...released, state: "reserved" };
  assert.deepEqual(reconcile([settled, reserved], { endedAt: null }).told, [["left", 1, "goes-on", null]]);
});

test("C09: late evidence is a debt with a clock, more than authorised stops at once, and what people said beyond the counter is explained", () => {
  const owed: CountedImpression = { ...made, state: "pressed", photographed: false };
  assert.deepEqual(reconcile([settled, owed]), {
    four: [2, 2, 1, 1],
    told: [
      ["photo-owed", 1, "debt", 72],
      ["not-registered", 1, "debt", 24],
    ],
  });
  assert.deepEqual(reconcile([settled], { excess: 1 }), {
    four: [1, 2, 1, 1],
    told: [["counted-more", 1, "freeze", null]],
  });
  // What the drive counted and no record tells of was pressed all the same, on which paper people find out.
  assert.deepEqual(reconcile([settled, settled], { beyond: 1 }), {
    four: [2, 3, 2, 2],
    told: [
      ["counted-more", 1, "freeze", null],
      ["counter-beyond", 1, "freeze", null],
    ],
  });
  assert.deepEqual(reconcile([settled, released], { beyond: 1 }), {
    four: [2, 2, 1, 1],
    told: [["counter-beyond", 1, "freeze", null]],
  });
  const unknown: CountedImpression = { ...released, state: "unknown", stroke: "unknown" };
  assert.deepEqual(reconcile([unknown]), { four: [1, 1, 0, 0], told: [["not-known", 1, "debt", 24]] });
  // Two people said that it was never pressed: it counts no more.
  assert.deepEqual(reconcile([{ ...unknown, state: "released" }]).four, [1, 0, 0, 0]);
  assert.deepEqual(reconcile([{ ...settled, photographed: false }]).told, [["photo-excused", 1, "told", null]]);
  const { four, told } = reconcile([settled, { ...settled, photographed: false, otherCopy: true }]);
  assert.deepEqual([four, told[0]?.[0]], [[2, 2, 1, 2], "photo-owed"], "a photo of another copy excuses nothing");
  assert.deepEqual(reconcile([{ ...settled, stroke: null }]), {
    four: [1, 0, 1, 1],
    told: [
      ["unused", 1, "released", null],
      ["photo-more", 1, "case", null],
      ["registered-more", 1, "case", null],
    ],
  });
});

test("C09: what was given back and is photographed as pressed counts, and stops the request; one more than authorised is told besides", () => {
  const late: CountedImpression = { ...released, photographed: true, late: true };
  assert.deepEqual(reconcile([settled, late]), { four: [2, 2, 2, 1], told: [["pressed-late", 1, "freeze", null]] });
  assert.deepEqual(reconcile([settled, late], { excess: 1 }).told, [
    ["counted-more", 1, "freeze", null],
    ["pressed-late", 1, "freeze", null],
  ]);
});

const anyImpression: fc.Arbitrary<CountedImpression> = fc.record({
  state: fc.constantFrom("reserved", "pressed", "unknown", "settled", "spoiled", "released"),
  pressedAt: fc.option(fc.integer({ min: 0, max: 100 })),
  photographed: fc.boolean(),
  otherCopy: fc.boolean(),
  late: fc.constant(false),
  inLine: fc.boolean(),
  stroke: fc.constantFrom("done", "unknown", null),
});

test("C09: whatever the books say, nothing but rest and given back means that the counts agree, and no count differs untold", () => {
  fc.assert(
    fc.property(
      fc.array(anyImpression, { maxLength: 6 }),
      fc.boolean(),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 2 }),
      fc.option(fc.constant(5)),
      (impressions, byController, excess, beyond, endedAt) => {
        const facts = { authorised: impressions.length, byController, impressions, excess, beyond, endedAt };
        const { authorised, counted, photographed, registered, differences } = reconcileCounts(facts);
        const kinds = new Set(differences.map(({ kind }) => kind));
        for (const { count } of differences) assert.ok(count > 0);
        assert.equal(counted > authorised, kinds.has("counted-more"));
        assert.equal(beyond > 0, kinds.has("counter-beyond"));
        assert.equal(counted < authorised, kinds.has("left") || kinds.has("unused"));
        for (const kind of ["left", "unused", "counted-more", "photo-excused"] as const) kinds.delete(kind);
        if (kinds.size > 0 || excess > 0) return;
        assert.equal(registered, counted);
        assert.ok(photographed <= counted);
      },
    ),
  );
});

test("C11: who has to explain a case never closes it, and nobody before he has explained it or let his time pass", () => {
  const explains = { explainerId: "a", explainedBy: null, explained: false, dueAt: 10 };
  const hindrance = (actorId: string, change: object = {}, now = 5) =>
    findCaseHindrance({ actorId, explains: { ...explains, ...change }, now });
  assert.equal(hindrance("a"), "own");
  assert.equal(hindrance("b"), "reason-awaited");
  assert.equal(hindrance("b", { explained: true, explainedBy: "a" }), null);
  assert.equal(hindrance("b", { explainerId: null, explained: true, explainedBy: "b" }), "own");
  assert.equal(hindrance("b", {}, 10), null);
  assert.equal(findCaseHindrance({ actorId: "a", explains: null, now: 5 }), null);
});
