import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type FormRange,
  intersectRanges,
  mergeRanges,
  readFormRanges,
  subtractRanges,
  writeFormRange,
  writeFormRanges,
} from "./form-ranges.ts";

const writing = { prefix: "A", digits: 5 };

test("numbers are written with their prefix and all their digits, a single one without a stroke", () => {
  assert.equal(writeFormRange(writing, { first: 121, last: 140 }), "A00121–A00140");
  assert.equal(writeFormRange({ prefix: "", digits: 3 }, { first: 7, last: 7 }), "007");
});

test("ranges are read as people type them, in either script, with the prefix or without", () => {
  const range = [{ first: 121, last: 140 }];
  for (const typed of [
    "A00121-A00140",
    "a00121–140",
    "121 — 140",
    "121 to 140",
    "121至140",
    "Ａ００１２１－Ａ００１４０",
  ])
    assert.deepEqual(readFormRanges(writing, typed), range, typed);
  assert.deepEqual(readFormRanges(writing, "121-130，131-140; 150、7"), [
    { first: 7, last: 7 },
    { first: 121, last: 140 },
    { first: 150, last: 150 },
  ]);
  for (const typed of ["", " ", "B1", "140-121", "1-2-3", "1.5", "-3", "123456", "A-"])
    assert.equal(readFormRanges(writing, typed), null, typed);
});

test("a prefix with a stroke in it is no range", () => {
  const dashed = { prefix: "LX-26-", digits: 4 };
  assert.deepEqual(readFormRanges(dashed, "LX-26-0001-LX-26-0020"), [{ first: 1, last: 20 }]);
  assert.deepEqual(readFormRanges(dashed, "LX-26-0007"), [{ first: 7, last: 7 }]);
});

const ranges = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 12 })), { maxLength: 8 })
  .map((pairs) => pairs.map(([first, more]): FormRange => ({ first, last: first + more })));
const numbersOf = (list: readonly FormRange[]): Set<number> =>
  new Set(list.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at)));

test("what is written is read again", () => {
  fc.assert(
    fc.property(ranges, (list) => {
      fc.pre(list.length > 0);
      assert.deepEqual(readFormRanges(writing, writeFormRanges(writing, list)), mergeRanges(list));
    }),
  );
});

test("ranges are merged, met and taken away as the sets of their numbers are", () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const [left, right] = [numbersOf(a), numbersOf(b)];
      assert.deepEqual(numbersOf(mergeRanges(a)), left);
      assert.deepEqual(numbersOf(intersectRanges(a, b)), left.intersection(right));
      assert.deepEqual(numbersOf(subtractRanges(a, b)), left.difference(right));
      for (const list of [mergeRanges(a), intersectRanges(a, b), subtractRanges(a, b)])
        for (const [at, range] of list.entries()) {
          assert.ok(range.first <= range.last);
          assert.ok(at === 0 || (list[at - 1]?.last ?? 0) < range.first);
        }
    }),
  );
});
