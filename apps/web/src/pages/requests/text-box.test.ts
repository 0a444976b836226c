import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOfText } from "./text-box.ts";

/** A page 200 high as it is shown upright: its own y goes up, the shown one down. */
const upright = (x: number, y: number): number[] => [x, 200 - y];
/** The same page turned a quarter to the right (Rotate 90). */
const turned = (x: number, y: number): number[] => [y, x];
const round = (box: object): object =>
  Object.fromEntries(Object.entries(box).map(([name, mm]) => [name, Math.round(mm * 100) / 100]));

test("a line of text stands on its point, with room for what hangs below", () => {
  const item = { transform: [10, 0, 0, 10, 20, 50], width: 60, height: 10 };
  assert.deepEqual(round(boxOfText(item, upright)), { x: 20, y: 142, width: 60, height: 10 });
});

test("on a turned page a line that reads upright is as wide as it is long", () => {
  // Text set sideways, so that it reads upright once the page is turned.
  const item = { transform: [0, 10, -10, 0, 50, 20], width: 60, height: 10 };
  assert.deepEqual(round(boxOfText(item, turned)), { x: 20, y: 42, width: 60, height: 10 });
  const sideways = { transform: [10, 0, 0, 10, 50, 20], width: 60, height: 10 };
  assert.deepEqual(round(boxOfText(sideways, turned)), { x: 18, y: 50, width: 10, height: 60 });
});

test("vertical writing hangs from its point", () => {
  const item = { transform: [10, 0, 0, 10, 100, 150], width: 10, height: 80, vertical: true };
  assert.deepEqual(round(boxOfText(item, upright)), { x: 95, y: 50, width: 10, height: 80 });
});
