import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  hasToComeBack,
  listLodgingRefusals,
  listWithdrawalRefusals,
  lodgingKindNames,
  nameLodging,
  type SealOnCard,
} from "./lodging.ts";
import { SEAL_STATES, type SealState } from "./seal-life.ts";

const on = (state: SealState, change: Partial<SealOnCard> = {}): SealOnCard => ({
  ...{
    name: { en: "Company seal", zh: "公章" },
    number: "LX-01",
    entityId: "ent_1",
    state,
    lostOn: null,
    replaced: false,
    revoked: false,
    ...change,
  },
});
const comesBack = (...seals: SealOnCard[]): boolean => hasToComeBack({ lodgedOn: "2026-03-02", seals });
const codes = (refusals: readonly { code: string }[]): string[] => refusals.map(({ code }) => code);

test("C10: a card comes back as soon as one of its seals is stopped, lost, void, replaced or revoked, and not before", () => {
  const trusted = ["in-use", "in-handover", "taken-out", "frozen", "awaiting-issue", "filed", "made"] as const;
  for (const state of trusted) assert.equal(comesBack(on(state)), false, state);
  for (const state of ["stopped", "surrendered", "sealed-up", "destroyed", "lost", "void"] as const)
    assert.equal(comesBack(on("in-use"), on(state)), true, state);
  assert.equal(comesBack(on("in-use", { replaced: true })), true);
  assert.equal(comesBack(on("frozen", { revoked: true })), true);
  assert.equal(comesBack(on("frozen", { lostOn: "2026-03-02" })), true, "a piece of it is lost, the others are frozen");
  assert.equal(comesBack(on("in-use", { lostOn: "2026-03-01" })), false, "lodged later, of the piece that is left");
});

test("C10: a further seal on a card never makes it stay", () => {
  const anySeal = fc.record({
    ...{ number: fc.string(), entityId: fc.string(), state: fc.constantFrom(...SEAL_STATES) },
    name: fc.record({ en: fc.string(), zh: fc.string() }),
    ...{ replaced: fc.boolean(), revoked: fc.boolean() },
    lostOn: fc.constantFrom(null, "2026-03-01", "2026-03-02"),
  });
  fc.assert(
    fc.property(fc.array(anySeal), anySeal, (seals, more) => {
      assert.equal(comesBack(...seals, more), comesBack(...seals) || comesBack(more));
    }),
  );
});

test("C10 C23: a card is of made seals of one entity, on a day that has come", () => {
  const card = { entityId: "ent_1", seals: [on("in-use")], lodgedOn: "2026-03-02", today: "2026-03-02" };
  assert.deepEqual(listLodgingRefusals(card), []);
  assert.deepEqual(codes(listLodgingRefusals({ ...card, seals: [] })), ["lodging.seal-foreign"]);
  assert.deepEqual(codes(listLodgingRefusals({ ...card, seals: [on("in-use", { entityId: "ent_2" })] })), [
    "lodging.seal-foreign",
  ]);
  assert.deepEqual(codes(listLodgingRefusals({ ...card, seals: [on("approved-for-engraving")] })), [
    "lodging.seal-not-made",
  ]);
  assert.deepEqual(codes(listLodgingRefusals({ ...card, lodgedOn: "2026-03-03" })), ["lodging.day-to-come"]);
  // Old cards of seals that ended are recorded too: they are the ones to fetch.
  assert.deepEqual(listLodgingRefusals({ ...card, seals: [on("stopped")] }), []);
});

test("C10: a card is withdrawn between its lodging and today, and shown by another paper than its lodging was", () => {
  const wanted = {
    ...{ lodgedOn: "2026-03-02", withdrawnOn: "2026-03-02", today: "2026-03-05" },
    ...{ evidenceDigest: "sha256:2", lodgedDigest: "sha256:1" },
  };
  assert.deepEqual(listWithdrawalRefusals(wanted), []);
  assert.deepEqual(codes(listWithdrawalRefusals({ ...wanted, withdrawnOn: "2026-03-01" })), ["lodging.day-before"]);
  assert.deepEqual(codes(listWithdrawalRefusals({ ...wanted, withdrawnOn: "2026-03-06" })), ["lodging.day-to-come"]);
  assert.deepEqual(codes(listWithdrawalRefusals({ ...wanted, evidenceDigest: "sha256:1" })), ["lodging.evidence-same"]);
});

test("a place is named with its branch where it has one", () => {
  assert.equal(nameLodging({ placeName: "Bank", branch: "" }), "Bank");
  assert.equal(nameLodging({ placeName: "Bank", branch: "West Lake" }), "Bank · West Lake");
  assert.equal(new Set(Object.values(lodgingKindNames).map(({ zh }) => zh)).size, 5);
});
