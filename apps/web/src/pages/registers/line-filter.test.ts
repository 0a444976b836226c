import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changeFilter, FILTER_KEYS, findLineFilter, isSearchable, narrowsAlike, without } from "./line-filter.ts";

const sealId = "seal_01939f2e-0000-7000-8000-000000000001";

test("the address is read, and what does not fit it is left out", () => {
  assert.deepEqual(
    findLineFilter({
      sealId,
      kind: "short-return",
      from: "2026-11-01",
      to: "2026-11-24",
      search: " 采购 合同 ",
      line: "x",
    }),
    { sealId, kind: "short-return", from: "2026-11-01", to: "2026-11-24", search: "采购 合同" },
  );
  for (const odd of [
    { sealId: "seal_1" },
    { from: "2026-02-30" },
    { from: "yesterday" },
    { kind: "A B" },
    { search: {} },
  ])
    assert.deepEqual(findLineFilter(odd), {}, JSON.stringify(odd));
  assert.deepEqual(findLineFilter({ from: "2026-11-24", to: "2026-11-01" }), { from: "2026-11-24" });
  assert.deepEqual(findLineFilter({ search: 2026 }), { search: "2026" }, "digits in an address are a search too");
});

test("a search of single characters is not sent", () => {
  for (const words of ["章", "a b", "— ·", ""]) assert.equal(isSearchable(words), false, words);
  for (const words of ["公章", "LX-01", "章 合同"]) assert.equal(isSearchable(words), true, words);
});

test("a filter changed and changed back narrows as before", () => {
  const filter = fc.record(
    Object.fromEntries(FILTER_KEYS.map((key) => [key, fc.constantFrom("a", "b")])) as Record<
      string,
      fc.Arbitrary<string>
    >,
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(filter, fc.constantFrom(...FILTER_KEYS), (before, key) => {
      const changed = changeFilter(before, { [key]: "c" });
      assert.equal(narrowsAlike(before, changed), false);
      assert.equal(without(changed, key)[key], undefined);
      const was = (before as Record<string, string | undefined>)[key];
      assert.ok(narrowsAlike(before, changeFilter(changed, { [key]: was ?? "" })));
    }),
  );
});
