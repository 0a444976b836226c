import assert from "node:assert/strict";
import { test } from "node:test";
import { listMentionRefusals, type PersonToMention } from "./mention.ts";

const person: PersonToMention = { personId: "p", active: true, guest: false, entityId: "ent", sees: false };
const codes = (change: Partial<PersonToMention>, wanted = ["p"]): string[] =>
  listMentionRefusals(wanted, [{ ...person, ...change }], "ent").map((one) => one.code);

test("C11: who may see the request is mentioned, or staff of its entity; each single condition flips the answer", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ guest: true, entityId: "other", sees: true }), []);
  const no = ["comment.not-to-be-mentioned"];
  assert.deepEqual(codes({ active: false }), no);
  assert.deepEqual(codes({ active: false, sees: true }), no);
  assert.deepEqual(codes({ guest: true }), no);
  assert.deepEqual(codes({ entityId: "other" }), no);
  assert.deepEqual(codes({ entityId: null }), no);
  assert.deepEqual(codes({}, ["p", "unknown"]), no);
  assert.deepEqual(
    codes(
      {},
      Array.from({ length: 11 }, () => "p"),
    ),
    ["comment.too-many"],
  );
});

test("C11: in a confidential request only who reads it already is mentioned", () => {
  const codesOf = (change: Partial<PersonToMention>): string[] =>
    listMentionRefusals(["p"], [{ ...person, ...change }], "ent", true).map((one) => one.code);
  assert.deepEqual(codesOf({ sees: true }), []);
  assert.deepEqual(codesOf({}), ["comment.confidential"]);
  assert.deepEqual(codesOf({ sees: true, active: false }), ["comment.confidential"]);
});
