import assert from "node:assert/strict";
import { test } from "node:test";
import { decidePlaces } from "./seal-places.ts";
import { listTextFaults } from "./test-texts.ts";

test("C05: a seal stands on its page with its whole face, to within the rounding of points", () => {
  const paper = { widthMm: 210, heightMm: 297 };
  const face = { widthMm: 42, heightMm: 42 };
  const ask = (xMm: number, yMm: number) => decidePlaces("Contract.pdf", [{ page: 1, xMm, yMm, seal: face, paper }]);
  for (const [x, y] of [
    [0, 0],
    [168, 255],
    [168.04, 255.04],
    [-0.04, 100],
  ] as const)
    assert.deepEqual(ask(x, y), [], `${x}, ${y}`);
  for (const [x, y] of [
    [-0.1, 100],
    [100, -0.1],
    [168.1, 100],
    [100, 255.1],
    [Number.NaN, 100],
    [1e9, 1e9],
  ] as const) {
    const [refusal, ...more] = ask(x, y);
    assert.deepEqual(more, []);
    assert.deepEqual([refusal?.code, refusal?.facts], ["entry.off-page", { document: "Contract.pdf", page: 2 }]);
    assert.deepEqual(listTextFaults("entry.off-page", refusal?.facts ?? {}), []);
  }
});
