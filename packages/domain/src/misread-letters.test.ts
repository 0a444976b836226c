import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { listSmallMarks } from "./misread-letters.ts";

/** Letters on one line, each with its height; all stand on the line. */
const line = (letters: readonly (readonly [string, number])[]) =>
  letters.map(([text, height], at) => ({ text, box: { x: at * 4, y: 100 - height, width: 3, height } }));
const small = (letters: readonly (readonly [string, number])[]): string[] =>
  [...listSmallMarks(line(letters))].map(({ text }) => text);

test("C03: a mark is small beside the figure next to it, or among the letters of its line", () => {
  const han: [string, number][] = [..."相互转告"].map((text) => [text, 3.9]);
  assert.deepEqual(small([...han, ["。", 1.37]]), ["。"]);
  assert.deepEqual(
    small([
      ["6", 3.1],
      ["。", 1.37],
    ]),
    ["。"],
  );
  assert.deepEqual(
    small([
      ["6", 3.1],
      [".", 3.1],
      ["0", 3.1],
    ]),
    [],
  );
  assert.deepEqual(small([...han, ["。", 3.1]]), []);
  assert.deepEqual(
    small([
      ["A", 9],
      ["1", 3.1],
      [".", 3],
      ["A", 9],
    ]),
    [],
    "large letters near by hide no figure",
  );
  assert.deepEqual(small([["。", 1.37]]), [], "nothing to hold it against");
});

test("C03: whatever stands around, what is about as high as the figure beside it is never left out", () => {
  const others = fc.array(
    fc.tuple(fc.constantFrom("相", "A", "x", "7", "。", ","), fc.double({ min: 0.5, max: 20, noNaN: true })),
  );
  fc.assert(
    fc.property(others, others, fc.double({ min: 0.8, max: 10, noNaN: true }), (before, after, height) => {
      const letters = line([...before, ["4", height], [".", height * 0.8], ...after]);
      assert.equal(listSmallMarks(letters).has(letters[before.length + 1] ?? assert.fail()), false);
    }),
  );
});
