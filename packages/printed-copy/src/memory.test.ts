import assert from "node:assert/strict";
import { test } from "node:test";
import { createMarks, giveBack } from "./memory.ts";
import { createPlane, mostAround, spread } from "./plane.ts";

test("memory that was given back is used again, is empty then, and is never that of two", () => {
  const first = createPlane(1000, 1000);
  first.data.fill(7);
  giveBack(first, first);
  const [second, third] = [createPlane(1000, 1000), createPlane(1000, 1000)];
  assert.equal(second.data.buffer, first.data.buffer);
  assert.notEqual(third.data.buffer, second.data.buffer);
  assert.equal(second.data.length, 1_000_000);
  assert.ok(second.data.every((value) => value === 0));
  giveBack(second);
  // What is much larger than what is asked for stays for what needs it.
  assert.notEqual(createMarks(1_100_000).buffer, second.data.buffer);
});

test("the most around one pixel is what spreading all of them has there", () => {
  const plane = createPlane(7, 5);
  for (let at = 0; at < plane.data.length; at += 1) plane.data[at] = ((at * 29) % 17) - 6;
  assert.deepEqual(
    Array.from(plane.data, (_, at) => mostAround(plane, at)),
    Array.from(spread(plane).data),
  );
});
