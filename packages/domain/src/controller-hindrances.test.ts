import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ControllerCondition, describeRefusal, findMostSilence, listStampHindrances } from "./index.ts";

const now = Date.UTC(2026, 10, 29);
const fit: ControllerCondition = {
  ...{ state: "enrolled", gateway: "running", quarantined: false, online: true, heardAt: now - 1000, battery: 71 },
  ...{ tampered: false, locked: false, mounted: true, waiting: 0, signs: true },
  maySilent: 72 * 3_600_000,
};
const codes = (change: Partial<ControllerCondition>): string[] =>
  listStampHindrances({ ...fit, ...change }, now).map(({ code }) => code.replace("controller.hindrance-", ""));

test("C18: a controller that is whole, there and enrolled is hindered by nothing, and each lack is told by its name", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ quarantined: true, battery: 5 }), ["quarantined", "battery"]);
  assert.deepEqual(codes({ gateway: "deaf", online: false }), ["gateway", "offline"]);
  assert.deepEqual(codes({ online: false, heardAt: now - 73 * 3_600_000 }), ["silent"]);
  const strict = { online: false, heardAt: now - 2 * 3_600_000 };
  assert.deepEqual([codes(strict), codes({ ...strict, maySilent: 3_600_000 })], [["offline"], ["silent"]]);
  assert.deepEqual(codes({ online: false, heardAt: null, battery: null, mounted: false }), ["never-heard", "no-seal"]);
  assert.deepEqual(codes({ tampered: true, locked: true, waiting: 2, signs: false }), [
    "tampered",
    "locked",
    "records-missing",
    "nothing-signs",
  ]);
  assert.deepEqual(codes({ state: "awaiting-device", quarantined: true }), ["not-enrolled"]);
  assert.deepEqual(codes({ state: "revoked", battery: 1 }), ["revoked"]);
});

test("C18: a box may be silent as long as the shorter of what was agreed and what it says, never longer than three days; 0 locks nothing", () => {
  const hours = (desired: number, reported: number | null): number =>
    findMostSilence({ desired: desired * 3600, reported: reported === null ? null : reported * 3600 }) / 3_600_000;
  assert.deepEqual([hours(72, null), hours(8, null), hours(8, 72), hours(72, 8), hours(8, 8)], [72, 8, 8, 8, 8]);
  assert.deepEqual([hours(0, null), hours(0, 0), hours(0, 8), hours(8, 0), hours(300, 300)], [72, 72, 8, 8, 72]);
});

test("whatever is wrong is told with a way out in both languages", () => {
  const condition = fc.record({
    state: fc.constantFrom("enrolled", "revoked", "awaiting-device", "awaiting-confirmation"),
    gateway: fc.constantFrom("off", "starting", "running", "deaf", "failed"),
    heardAt: fc.option(fc.integer({ min: 0, max: now })),
    battery: fc.option(fc.integer({ min: 0, max: 100 })),
    maySilent: fc.integer({ min: 1000, max: 72 * 3_600_000 }),
    ...Object.fromEntries(
      ["quarantined", "online", "tampered", "locked", "mounted", "signs"].map((key) => [key, fc.boolean()]),
    ),
    waiting: fc.nat({ max: 500 }),
  }) as unknown as fc.Arbitrary<ControllerCondition>;
  fc.assert(
    fc.property(condition, (one) => {
      for (const refusal of listStampHindrances(one, now)) {
        const { wayOut, sentence } = describeRefusal(refusal);
        assert.ok(wayOut && !/[{}]/.test(sentence.en + sentence.zh + wayOut.en + wayOut.zh));
      }
    }),
  );
});
