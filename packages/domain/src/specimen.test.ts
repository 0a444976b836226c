import assert from "node:assert/strict";
import { test } from "node:test";
import { listSpecimenRefusals } from "./specimen.ts";

const round = { widthMm: 42, heightMm: 42, round: true };
const square = { widthMm: 20, heightMm: 20, round: false };
const fits = (face: typeof round, mm: number): boolean =>
  listSpecimenRefusals(face, { widthMm: mm, heightMm: mm - 0.4 }).length === 0;

test("C23: a specimen is as large as the face that was approved, or it is refused with both sizes", () => {
  assert.ok(fits(round, 42));
  assert.ok(fits(round, 43.5));
  assert.ok(fits(round, 41));
  assert.ok(!fits(round, 58));
  assert.ok(!fits(round, 21));
  const [refusal] = listSpecimenRefusals(round, { widthMm: 58.04, heightMm: 57 });
  assert.deepEqual([refusal?.rule, refusal?.facts], ["C23", { mm: 42, measured: 58 }]);
});

test("a square face pressed askew reaches as far as its diagonal, and no further", () => {
  assert.ok(fits(square, 28));
  assert.ok(!fits(square, 34));
  assert.ok(!fits({ ...square, round: true }, 28));
});
