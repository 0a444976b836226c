import assert from "node:assert/strict";
import { test } from "node:test";
import { listTypeRefusals } from "./seal-type.ts";
import { SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

test("C22: what is important by the rules stays so; every other kind is the organisation's own to judge", () => {
  for (const type of SEAL_TYPES) {
    assert.deepEqual(listTypeRefusals({ type, important: true }), []);
    const codes = listTypeRefusals({ type, important: false }).map((refusal) => refusal.code);
    assert.deepEqual(codes, sealTypeDefaults[type].important ? ["seal-type.important-stays"] : [], type);
  }
});
