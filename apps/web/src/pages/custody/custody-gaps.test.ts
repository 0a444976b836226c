import assert from "node:assert/strict";
import { test } from "node:test";
import { custodyGaps } from "./custody-gaps.ts";

test("whether the tag is whole has to be answered before the draft is kept, and no is an answer", () => {
  const found = { handoverId: "mat_1", tag: "1182", transferorId: "a", deputyId: "b", condition: "good" };
  assert.deepEqual(custodyGaps.shortReturn(found), ["whole"]);
  assert.deepEqual(custodyGaps.shortReturn({ ...found, whole: null }), ["whole"]);
  assert.deepEqual(custodyGaps.shortReturn({ ...found, whole: false }), []);
  assert.deepEqual(custodyGaps.shortReturn({ ...found, whole: true }), []);
  assert.deepEqual(custodyGaps.shortReturn({ whole: true, tag: "  " }), ["shortHandover", "tag"]);
});

test("every form of custody says what it lacks, and nothing once it is filled in", () => {
  assert.deepEqual(custodyGaps.handover({ transferorId: "a", receiverId: "b", witnessId: "b" }), ["people", "place"]);
  const three = { transferorId: "a", receiverId: "b", witnessId: "c", place: "Room 1" };
  assert.deepEqual(custodyGaps.handover(three), []);
  assert.deepEqual(custodyGaps.shortHandover({}), ["deputy", "witness", "tag", "until"]);
  const short = { deputyId: "b", witnessId: "c", tag: "1182", until: "2026-12-01" };
  assert.deepEqual(custodyGaps.shortHandover(short), []);
  assert.deepEqual(custodyGaps.takeOut({}), ["piece", "place", "due", "keeper", "companion"]);
  const takeOut = { bodyId: "body_1", place: "Notary", dueAt: "2026-12-01T09:00:00Z", escort: ["a", "b"] };
  assert.deepEqual(custodyGaps.takeOut({ ...takeOut, documents: [{ title: "Deed", impressions: 1 }] }), []);
  assert.deepEqual(custodyGaps.takeOut({ ...takeOut, documents: [{ title: " ", impressions: 1 }] }), ["documents"]);
  assert.deepEqual(custodyGaps.takeOut({ ...takeOut, escort: ["a", "a"] }), ["companion"]);
  assert.deepEqual(custodyGaps.takeOutExtension({ takeOutId: "t" }), ["due"]);
  assert.deepEqual(custodyGaps.takeOutPaper({ title: "Deed" }), ["takeOut"]);
  assert.deepEqual(custodyGaps.takeOutReturn({ takeOutId: "t", checkerId: "" }), ["checker"]);
});
