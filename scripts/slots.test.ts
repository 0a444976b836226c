import assert from "node:assert/strict";
import { test } from "node:test";
import { createSlots } from "./slots.ts";

/** Work that ends when it is told to. */
function workOf(begun: string[], name: string): { run: () => Promise<void>; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = (): Promise<void> => {
    begun.push(name);
    return promise;
  };
  return { run, end: () => resolve() };
}

test("as many as there are places begin; of those who wait, the lowest rank goes first, and equals in their order", async () => {
  const slots = createSlots(2);
  const begun: string[] = [];
  const all = ["a", "b", "late", "first", "second", "early"].map((name) => workOf(begun, name));
  const ranks = [5, 5, 9, 3, 3, 1];
  const ended = all.map(({ run }, at) => slots.forRank(ranks[at] ?? 0)(run));
  for (const [at, order] of [
    [0, ["a", "b", "early"]],
    [1, ["a", "b", "early", "first"]],
    [5, ["a", "b", "early", "first", "second"]],
    [3, ["a", "b", "early", "first", "second", "late"]],
  ] as const) {
    all[at]?.end();
    await ended[at];
    assert.deepEqual(begun, order);
  }
  for (const { end } of all) end();
  await Promise.all(ended);
});

test("work that fails gives its place back", async () => {
  const slot = createSlots(1).forRank(0);
  await assert.rejects(slot(() => Promise.reject(new Error("no"))));
  assert.equal(await slot(async () => "next"), "next");
});
