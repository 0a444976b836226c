import assert from "node:assert/strict";
import { test } from "node:test";
import { tellUsualTime } from "./usual-time.ts";

test("a median of five steps is told in hours, a long one in days, and fewer steps tell nothing", () => {
  assert.equal(tellUsualTime(7, 4), null);
  assert.deepEqual(tellUsualTime(6.6, 5), { unit: "hours", count: 7 });
  assert.deepEqual(tellUsualTime(0.1, 5), { unit: "hours", count: 1 });
  assert.deepEqual(tellUsualTime(48.4, 5), { unit: "hours", count: 48 });
  assert.deepEqual(tellUsualTime(49, 5), { unit: "days", count: 2 });
});
