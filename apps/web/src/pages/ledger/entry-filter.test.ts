import assert from "node:assert/strict";
import { test } from "node:test";
import { findEntryFilter, listFacts, readIndex } from "./entry-filter.ts";

test("the address names a kind, a place and an entry; what does not fit is left out", () => {
  const types = ["GrantGiven", "GrantEnded"];
  assert.deepEqual(findEntryFilter({ type: "GrantGiven", before: "50", leaf: 3 }, types), {
    type: "GrantGiven",
    before: 50,
    leaf: 3,
  });
  assert.deepEqual(findEntryFilter({ type: "Nonsense", before: -1, leaf: "x" }, types), {});
  assert.deepEqual(findEntryFilter({}, types), {});
});

test("an entry's number is digits alone", () => {
  assert.equal(readIndex(" 245 "), 245);
  assert.equal(readIndex(0), 0);
  for (const text of ["", "-1", "1.5", "1e3", "9999999999999999", null, undefined, {}, "0x10"])
    assert.equal(readIndex(text), undefined, String(text));
});

test("facts are short, in order, and none is made up", () => {
  assert.deepEqual(
    listFacts({
      sealedDigest: `sha256:${"ab".repeat(32)}`,
      sha256: "cd".repeat(32),
      impressionId: "imp_01a1e027-5215-7126-9fad-675f3a400033",
      number: "LX-2026-000009",
      count: 2,
      sample: true,
      to: null,
      note: "x".repeat(80),
    }),
    [
      { name: "sealedDigest", value: "abab…abab" },
      { name: "sha256", value: "cdcd…cdcd" },
      { name: "impressionId", value: "imp_…3a400033" },
      { name: "number", value: "LX-2026-000009" },
      { name: "count", value: "2" },
      { name: "sample", value: "true" },
      { name: "note", value: `${"x".repeat(59)}…` },
    ],
  );
});
