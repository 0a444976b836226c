import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { containerAccount, peopleAccount } from "./custody-posting.ts";
import type { Grant } from "./separation-matrix.ts";
import {
  CHECK_KINDS,
  compareWithBook,
  drawPieces,
  listAnswerRefusals,
  listForDraw,
  listPieceConfirmers,
  needsOtherLooker,
} from "./storage-check.ts";

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
const pieces = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 30 });

test("C13 anybody who knows seed and list draws the same, in whatever order the list came", () => {
  fc.assert(
    fc.property(fc.string(), pieces, fc.nat(30), fc.integer(), (seed, list, count, turn) => {
      const drawn = drawPieces(seed, list, count, digest);
      assert.equal(drawn.length, Math.min(count, list.length));
      assert.equal(new Set(drawn).size, drawn.length);
      assert.ok(drawn.every((one) => list.includes(one)));
      const at = list.length === 0 ? 0 : Math.abs(turn) % list.length;
      const turned = [...list.slice(at), ...list.slice(0, at)];
      assert.deepEqual(drawPieces(seed, turned, count, digest), drawn);
      assert.equal(listForDraw(turned), listForDraw(list));
      // More are drawn by drawing on: nobody changes places.
      assert.deepEqual(drawPieces(seed, list, count + 1, digest).slice(0, drawn.length), drawn);
    }),
  );
});

test("C13 every piece is drawn about as often as any other", () => {
  const list = Array.from({ length: 10 }, (_, at) => `body_${at}`);
  const drawn = new Map(list.map((one) => [one, 0]));
  for (let seed = 0; seed < 2000; seed += 1)
    for (const one of drawPieces(String(seed), list, 3, digest)) drawn.set(one, (drawn.get(one) ?? 0) + 1);
  for (const times of drawn.values()) assert.ok(times > 500 && times < 700, String(times));
});

test("C08 C13 the book against what was found", () => {
  const safe = containerAccount("con_1");
  assert.equal(compareWithBook(safe, safe), null);
  assert.equal(compareWithBook(peopleAccount(["a"]), peopleAccount(["a"])), null);
  assert.deepEqual(compareWithBook(safe, containerAccount("con_2")), { control: "C13", source: "check.other-place" });
  assert.deepEqual(compareWithBook(safe, peopleAccount(["a"])), { control: "C08", source: "check.other-holder" });
  assert.deepEqual(compareWithBook(safe, null), { control: "C13", source: "check.missing" });
  assert.deepEqual(compareWithBook(null, safe), { control: "C13", source: "check.other-place" });
});

test("C13 a piece that is there is shown by a photo of now; one that is missing has none to show", () => {
  const real = containerAccount("con_1");
  const codes = (answer: Parameters<typeof listAnswerRefusals>[0]) => listAnswerRefusals(answer).map((one) => one.code);
  assert.deepEqual(codes({ real, hasPhoto: true, photoIsOld: false }), []);
  assert.deepEqual(codes({ real, hasPhoto: false, photoIsOld: false }), ["check.photo-missing"]);
  assert.deepEqual(codes({ real, hasPhoto: true, photoIsOld: true }), ["check.photo-old"]);
  assert.deepEqual(codes({ real: null, hasPhoto: false, photoIsOld: false }), []);
});

test("C23 a piece of the opening stock is confirmed neither by who asked for it nor by who holds it, nor for them", () => {
  const grant = (personId: string, role: Grant["role"], more: Partial<Grant> = {}): Grant => ({
    ...{ grantId: `${personId} ${role}`, personId, role, scope: { kind: "entity", id: "e" }, entityId: "e" },
    ...{ from: "2026-01-01", to: null, ...more },
  });
  const piece = { entityId: "e", sealId: "s", stockBy: ["asker", "decider"], custodians: ["custodian"] };
  const of = (...grants: Grant[]) => listPieceConfirmers(grants, piece);
  const asker = grant("asker", "seal-administrator");
  assert.deepEqual(of(asker, grant("custodian", "custodian")), []);
  assert.deepEqual(of(asker, grant("other", "seal-administrator"), grant("guest", "inspector", { guest: true })), [
    "guest",
    "other",
  ]);
  assert.deepEqual(of(grant("stand-in", "seal-administrator", { delegatedBy: "asker" })), []);
  assert.deepEqual(of(grant("elsewhere", "inspector", { entityId: "f" })), []);
  const deputy = (id: string) => grant("deputy", "custodian", { scope: { kind: "seal", id } });
  assert.deepEqual(of(grant("deputy", "inspector"), deputy("s")), []);
  assert.deepEqual(of(grant("deputy", "inspector"), deputy("t")), ["deputy"]);
  assert.deepEqual(of(grant("custodian", "inspector")), []);
  assert.deepEqual(of(grant("decider", "seal-administrator"), grant("guest", "inspector", { guest: true })), ["guest"]);
});

test("C13 who keeps a piece answers a check by the calendar, and no surprise check of it", () => {
  assert.deepEqual(
    CHECK_KINDS.map((kind) => needsOtherLooker(kind, false)),
    [false, false, true],
  );
  assert.ok(CHECK_KINDS.every((kind) => needsOtherLooker(kind, true)));
});
