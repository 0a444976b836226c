import assert from "node:assert/strict";
import { test } from "node:test";
import { type BatchedRequest, isLowRisk, listBatchRefusals } from "./batch-approval.ts";

const low: BatchedRequest = {
  ...{
    documentClass: "internal-memo",
    external: false,
    importantSeal: false,
    presenceAsked: false,
    answeredBlanks: 0,
    disagreements: 0,
    isSeries: false,
    foreignPaper: false,
    questions: 0,
  },
};

test("C01: only what is internal, ordinary and complete is approved with others, and like with like", () => {
  assert.equal(isLowRisk(low), true);
  const codes = (change: Partial<BatchedRequest>, first: string | null = "internal-memo") =>
    listBatchRefusals({ ...low, ...change }, first).map((one) => one.code);
  assert.deepEqual(codes({}), []);
  for (const change of [
    { external: true },
    { importantSeal: true },
    { presenceAsked: true },
    { answeredBlanks: 1 },
    { questions: 1 },
    { disagreements: 1 },
    { isSeries: true },
    { foreignPaper: true },
  ])
    assert.deepEqual(codes(change), ["batch.not-low-risk"]);
  assert.deepEqual(codes({ documentClass: "contract" }), ["batch.other-class"]);
  assert.deepEqual(codes({ documentClass: null }, null), ["batch.other-class"]);
});
