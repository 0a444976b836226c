import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCopies, writeNumbers } from "./group-copies.ts";
import type { StampedCopy } from "./queries.ts";

const copy = (nth: number, change: Partial<StampedCopy> = {}): StampedCopy => ({
  ...{
    copy: nth,
    state: "here",
    showing: "shown",
    spoiled: 0,
    unknown: 0,
    receiver: "",
    way: null,
    courier: "",
    reason: "",
  },
  ...{ evidenceId: null, by: null, at: null, acts: [], mayMakeUp: false, makeUp: null },
  ...change,
});

test("copies that went together are told together, and one that was spoiled by itself", () => {
  const out = { state: "handed-out", at: "2026-11-24T12:00:00.000Z" } as const;
  const groups = groupCopies([copy(1, out), copy(2), copy(3, out), copy(4, { spoiled: 1 }), copy(5)]);
  assert.deepEqual(
    groups.map(({ one, copies }) => [one.state, copies]),
    [
      ["handed-out", [1, 3]],
      ["here", [2, 5]],
      ["here", [4]],
    ],
  );
});

test("copies that are replaced each stand alone, beside the request that replaces them", () => {
  const lost = { state: "lost", at: "2026-11-24T12:00:00.000Z" } as const;
  const by = (requestId: string) => ({ requestId, number: requestId, state: "in-review" as const, opens: true });
  const groups = groupCopies([copy(1, lost), copy(2, { ...lost, makeUp: by("a") }), copy(3, lost)]);
  assert.deepEqual(
    groups.map(({ one, copies }) => [one.makeUp?.number ?? null, copies]),
    [
      [null, [1, 3]],
      ["a", [2]],
    ],
  );
});

test("numbers that follow each other are written as a run", () => {
  assert.equal(writeNumbers([5, 1, 2, 3, 9, 8]), "1–3, 5, 8–9");
  assert.equal(writeNumbers([]), "");
});
