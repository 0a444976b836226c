import assert from "node:assert/strict";
import { test } from "node:test";
import { readCorrectionData, readDestroyData } from "./form-matter-data.ts";

test("data of a matter are read as far as they fit, and what is missing is empty", () => {
  assert.deepEqual(readDestroyData({ executors: "per_1", first: "1" }), {
    ...{ seriesId: "", first: null, last: null, executors: ["", ""], method: "" },
  });
  assert.deepEqual(readDestroyData({ seriesId: "ser_1", first: 1, last: 2, executors: ["a", "b"], method: "x" }), {
    ...{ seriesId: "ser_1", first: 1, last: 2, executors: ["a", "b"], method: "x" },
  });
  assert.deepEqual(readCorrectionData({ lineId: 7 }), { lineId: "", point: "line", reads: "", register: "" });
});
