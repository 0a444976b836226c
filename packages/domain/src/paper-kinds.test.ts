import assert from "node:assert/strict";
import { test } from "node:test";
import { readPaperKinds } from "./paper-kinds.ts";

const read = (...lines: readonly string[]) => readPaperKinds([{ lines: lines.map((text) => ({ text })) }]);

test("C01: what a paper calls itself is read in Chinese and English", () => {
  assert.deepEqual(read("北京远山仪表有限公司", "第三届董 事 会 第 五 次 会 议 决 议", "同意签订本次采购合同。"), [
    "board-resolution",
  ]);
  assert.deepEqual(read("股东会决议", "全体股东一致同意对外提供担保，期限三年。"), ["shareholders-resolution"]);
  assert.deepEqual(read("Resolution of the Board of Directors", "It was resolved to sign the contract."), [
    "board-resolution",
  ]);
  assert.deepEqual(read("The shareholders hereby resolve to increase the capital."), ["shareholders-resolution"]);
  assert.deepEqual(read("中共远山仪表公司委员会", "党委会会议纪要（2026 年第 9 期）"), ["party-committee-minutes"]);
  assert.deepEqual(read("营业执照", "统一社会信用代码 91110000MA01234567"), ["counterparty-licence"]);
});

test("C01: a paper that names no kind is told from one that says too little to be read", () => {
  assert.deepEqual(read("Menu of the canteen for the week of 30 November: noodles, rice, soup"), []);
  assert.deepEqual(read("职工食堂本周菜单：面条、米饭、紫菜汤、西红柿炒鸡蛋"), []);
  assert.equal(read("page 1"), null);
  assert.equal(readPaperKinds([]), null);
});
