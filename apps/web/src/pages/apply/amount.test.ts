import assert from "node:assert/strict";
import { test } from "node:test";
import { readAmount } from "./amount.ts";

test("an amount is read with groups, wide figures and any number of decimals up to two", () => {
  assert.equal(readAmount("1,286,000"), "1286000.00");
  assert.equal(readAmount(" 1 286 000.5 "), "1286000.50");
  assert.equal(readAmount("１２３．４５"), "123.45");
  assert.equal(readAmount("007"), "7.00");
  assert.equal(readAmount("0"), "0.00");
});

test("nothing typed is no amount, and what is none is told apart from it", () => {
  assert.equal(readAmount("  "), null);
  for (const typed of ["abc", "-5", "1.234", "1e6", "12.3.4", "1".repeat(16)])
    assert.equal(readAmount(typed), undefined, typed);
});
