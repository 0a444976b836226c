import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commitmentDigestInput, commitmentLetter } from "./commitment.ts";
import { type FitnessFacts, findFitnessDemands, findLastFitDay, isFit, listUnfitRefusals } from "./fitness.ts";
import { addDays } from "./working-days.ts";

/** Trained, committed, within his term, long after the time in which a new organisation begins. */
const facts: FitnessFacts = {
  today: "2026-11-27",
  active: true,
  demands: { training: true, commitment: true },
  demandedFrom: "2026-01-31",
  certificateUntil: "2026-12-31",
  committed: true,
  term: { running: true, until: "2027-06-30" },
  conflict: false,
};
const codes = (change: Partial<FitnessFacts>): string[] =>
  listUnfitRefusals({ ...facts, ...change }).map((one) => one.code);

test("C12 each thing that makes unfit is told by itself, and all of them at once", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ active: false }), ["handover.receiver-inactive"]);
  assert.deepEqual(codes({ conflict: true }), ["fitness.conflict"]);
  assert.deepEqual(codes({ certificateUntil: null }), ["fitness.training-missing"]);
  assert.deepEqual(codes({ certificateUntil: "2026-11-26" }), ["fitness.training-lapsed"]);
  assert.deepEqual(codes({ committed: false }), ["fitness.commitment-missing"]);
  assert.deepEqual(codes({ term: { running: true, until: "2026-11-26" } }), ["fitness.term-over"]);
  assert.deepEqual(codes({ term: { running: false, until: null } }), ["fitness.term-over"]);
  const all = codes({
    ...{ active: false, conflict: true, certificateUntil: null, committed: false },
    term: { running: false, until: null },
  });
  assert.equal(all.length, 5);
});

test("C12 the last day of a certificate and of a term still counts; the next one does not", () => {
  assert.equal(isFit({ ...facts, today: "2026-12-31" }), true);
  assert.equal(isFit({ ...facts, today: "2027-01-01" }), false);
  assert.equal(isFit({ ...facts, certificateUntil: "2028-01-01", today: "2027-06-30" }), true);
  assert.equal(isFit({ ...facts, certificateUntil: "2028-01-01", today: "2027-07-01" }), false);
});

test("C12 a new organisation has its days; account, term and duties are asked from the first one", () => {
  const begun = { demandedFrom: "2026-11-28", certificateUntil: null, committed: false };
  assert.deepEqual(codes(begun), []);
  assert.deepEqual(codes({ ...begun, today: "2026-11-28" }), [
    "fitness.training-missing",
    "fitness.commitment-missing",
  ]);
  assert.deepEqual(codes({ ...begun, active: false, conflict: true, term: { running: false, until: null } }), [
    "handover.receiver-inactive",
    "fitness.conflict",
    "fitness.term-over",
  ]);
});

test("C12 training is demanded for important seals in the strict and standard profile, the letter from everybody", () => {
  const settings = { trainingForImportant: 1, trainingForOthers: 0, commitmentForAll: 1 };
  for (const profile of ["strict", "standard"] as const) {
    assert.deepEqual(findFitnessDemands(profile, settings, true), { training: true, commitment: true });
    assert.deepEqual(findFitnessDemands(profile, settings, false), { training: false, commitment: true });
    assert.equal(findFitnessDemands(profile, { ...settings, trainingForOthers: 1 }, false).training, true);
  }
  assert.deepEqual(findFitnessDemands("small", settings, true), { training: false, commitment: true });
  assert.equal(findFitnessDemands("strict", { ...settings, commitmentForAll: 0 }, true).commitment, false);
});

const anyDay = fc.integer({ min: 0, max: 800 }).map((days) => addDays("2026-01-01", days));
const anyFacts: fc.Arbitrary<FitnessFacts> = fc.record({
  today: anyDay,
  active: fc.boolean(),
  demands: fc.record({ training: fc.boolean(), commitment: fc.boolean() }),
  demandedFrom: anyDay,
  certificateUntil: fc.option(anyDay),
  committed: fc.boolean(),
  term: fc.option(fc.record({ running: fc.constant(true), until: fc.option(anyDay) })),
  conflict: fc.constant(false),
});

test("C12 who is fit stays so to the last fit day exactly, however the days fall", () => {
  let ending = 0;
  fc.assert(
    fc.property(anyFacts, fc.nat(900), (random, days) => {
      fc.pre(isFit(random));
      const last = findLastFitDay(random);
      if (last === null) {
        assert.equal(isFit({ ...random, today: addDays(random.today, days) }), true);
        return;
      }
      ending += 1;
      assert.ok(last >= random.today);
      assert.equal(isFit({ ...random, today: last }), true);
      const between = addDays(random.today, days);
      if (between <= last) assert.equal(isFit({ ...random, today: between }), true);
      assert.equal(isFit({ ...random, today: addDays(last, 1) }), false);
    }),
    { numRuns: 2000 },
  );
  assert.ok(ending > 100);
});

test("C12 the signature of the letter is bound to its whole text and to who signs", () => {
  const input = commitmentDigestInput("per_a");
  assert.notEqual(input, commitmentDigestInput("per_b"));
  for (const { en, zh } of commitmentLetter) assert.ok(input.includes(en) && input.includes(zh));
});
