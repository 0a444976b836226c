import assert from "node:assert/strict";
import { test } from "node:test";
import { chapterNumber } from "./chapters.ts";

test("chapters are counted as each language prints them", () => {
  assert.deepEqual(
    [1, 10, 11, 19, 20].map((one) => chapterNumber(one, "zh")),
    ["一", "十", "十一", "十九", "20"],
  );
  assert.equal(chapterNumber(11, "en"), "11");
});
