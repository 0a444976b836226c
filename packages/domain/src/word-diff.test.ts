import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { diffWords, longestRising } from "./word-diff.ts";

const words = fc.array(fc.constantFrom(..."abcdefgh"), { maxLength: 60 });

test("a diff tells how to make the one from the other", () => {
  assert.deepEqual(diffWords([..."abcd"], [..."abxd"]), { hunks: [{ a: [2, 3], b: [2, 3] }], same: 3 });
  assert.deepEqual(diffWords([..."abc"], [..."abc"]), { hunks: [], same: 3 });
  assert.deepEqual(diffWords([], [..."ab"]), { hunks: [{ a: [0, 0], b: [0, 2] }], same: 0 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      const { hunks, same } = diffWords(a, b);
      const made: string[] = [];
      let at = 0;
      for (const hunk of hunks) {
        made.push(...a.slice(at, hunk.a[0]), ...b.slice(...hunk.b));
        at = hunk.a[1];
      }
      assert.deepEqual([...made, ...a.slice(at)], b);
      assert.equal(same, a.length - hunks.reduce((sum, hunk) => sum + hunk.a[1] - hunk.a[0], 0));
    }),
  );
});

test("without anchors the shortest way is found", () => {
  const shortest = (a: readonly string[], b: readonly string[]): number => {
    let row = Array.from({ length: b.length + 1 }, () => 0);
    for (const x of a) {
      const next = [0];
      for (const [at, y] of b.entries())
        next.push(x === y ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0));
      row = next;
    }
    return row.at(-1) ?? 0;
  };
  const threes = (words: readonly string[]): string[] =>
    words.slice(2).map((word, at) => `${words[at]}${words[at + 1]}${word}`);
  const once = (words: readonly string[]): string[] =>
    threes(words).filter((three, at, all) => all.indexOf(three) === at && all.lastIndexOf(three) === at);
  // Of two letters alone, said twice, hardly a three stands once on each side; where one does, it is an anchor.
  const few = fc.array(fc.constantFrom("a", "b"), { minLength: 12, maxLength: 40 });
  fc.assert(
    fc.property(few, few, (a, b) => {
      const [left, right] = [
        [...a, ...a],
        [...b, ...b],
      ];
      fc.pre(!once(left).some((three) => once(right).includes(three)));
      assert.equal(diffWords(left, right).same, shortest(left, right));
    }),
  );
});

test("a longest rising run rises and is as long as can be", () => {
  assert.deepEqual(longestRising([3, 1, 2, 5, 4]).length, 3);
  assert.deepEqual(longestRising([]), []);
});

test("sequences with nothing in common cost no more than they may", () => {
  const begun = performance.now();
  const { same } = diffWords(
    Array.from({ length: 60_000 }, (_, at) => `a${at % 7}`),
    Array.from({ length: 60_000 }, (_, at) => `a${(at * 3) % 11}`),
  );
  assert.ok(same >= 0);
  assert.ok(performance.now() - begun < 20_000);
});
