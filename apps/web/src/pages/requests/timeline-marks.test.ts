import assert from "node:assert/strict";
import { test } from "node:test";
import { listOnce } from "./timeline-marks.ts";

test("C05: a rule that several refusals name is told once", () => {
  assert.equal(listOnce("C05 C05"), "C05");
  assert.equal(listOnce("C05  C07 C05"), "C05 C07");
  assert.equal(listOnce(""), "");
});
