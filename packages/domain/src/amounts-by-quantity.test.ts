import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDeclared } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readPaper } from "./test-papers.ts";

/** What a paper says its amount is, where that is more than the declared one. */
const comesTo = (lines: readonly string[], declared = 9000): (number | string)[] =>
  compareDeclared(
    { documentClass: "contract", external: true, counterparty: null, currency: "CNY", amountMinor: declared * 100 },
    readPaper(lines),
    starterBook,
    { currency: "CNY", rates: {} },
  ).flatMap(({ fact, stricter, amount, read }) =>
    fact === "amount" && stricter === "read" ? [amount ? amount.minor / 100 : read] : [],
  );

test("C01: the price of one counts with the number of pieces beside it, in a sentence, on lines or in a table", () => {
  for (const lines of [
    ["2. The buyer takes 3,000 sets at CNY 9,000.00 each."],
    ["2. The buyer takes 3,000 sets. The unit price is CNY 9,000.00."],
    ["2. The buyer pays CNY 9,000.00 for each of the 3,000 units."],
    ["2. The buyer takes 3,000 pressure gauges at a unit price of CNY 9,000.00."],
    ["Quantity: 3,000", "Unit price: CNY 9,000.00"],
    ["Item  Quantity  Unit price (CNY)", "Gauge  3,000  9,000.00"],
    ["二、每台9,000.00元，共3,000台。"],
    ["二、采购3000台，每台9,000元。"],
    ["二、数量3,000台，单价9,000.00元。"],
    ["二、9,000元/台，采购三千台。"],
    ["数量：3000台", "单价：9,000元"],
    ["二、每台9,000元，共叁仟台。"],
    ["二、买方每车付款9,000.00元，合同期内共计3,000车次。"],
    ["2. For every delivery the buyer pays CNY 9,000.00. There are 3,000 deliveries."],
    ["2. The fee is CNY 9,000.00 per container; 3,000 containers are moved."],
    ["名称  数量  单价（元）", "变送器  3000  9,000.00"],
    ["名称 数量 单价", "变送器 3000 9,000.00"],
  ])
    assert.deepEqual(comesTo(lines), [27_000_000], lines.join(" | "));
  assert.deepEqual(
    comesTo(["Item  Quantity  Unit price (CNY)", "Gauge  3,000  9,000.00", "Valve  2  100.00"]),
    [27_000_200],
    "rows of a table count together",
  );
});

test("C01: the price of one is multiplied by nothing where a total is said, or two numbers, or none that is bought", () => {
  for (const [lines, declared] of [
    [["300只，单价人民币1,150.00元，合计人民币345,000.00元"], 345_000],
    [["300 sets at a unit price of CNY 1,150.00, which is CNY 345,000.00."], 345_000],
    [["名称  数量  单价（元）  金额（元）", "变送器  30  9,000.00  270,000.00"], 270_000],
    [["Item  Quantity  Unit price (CNY)", "Gauge  30  9,000.00", "Total CNY 270,000.00"], 270_000],
    [["单价9,000元，最低起订量100台。"], 9000],
    [["Unit price: CNY 9,000.00; minimum order 100 pieces."], 9000],
    [["二、单价9,000元，500台于三月交付，其余700台另行约定。"], 9000],
    [["二、总价9,000.00元。", "三、卖方每月产能3,000台，另赠送备件20个。"], 9000],
    [["2. The price is CNY 9,000.00. The seller serves 3,000 units in the field."], 9000],
    [["二、每台9,000元，共3,000台。"], 27_000_000],
    [["2. For every delivery the buyer pays CNY 9,000.00. Each party names one person."], 9000],
    [["2. The fee is CNY 9,000.00 per case; the two parties sign two copies."], 9000],
  ] as const)
    assert.deepEqual(comesTo(lines, declared), [], lines.join(" | "));
});

test("C01: a sum that says of what share it is tells what the whole comes to", () => {
  for (const [lines, amount] of [
    [
      ["2. A deposit of CNY 9,000.00, being 0.1 % of the price, is paid on signature; the rest on delivery."],
      9_000_000,
    ],
    [["2. A deposit of ten thousand is due, 10 % of the contract price (CNY 9,000.00)."], 90_000],
    [["二、签订时支付定金人民币9,000.00元，即合同总价的10%，余款于验收后付清。"], 90_000],
    [["二、预付合同总价的30%，即人民币9,000.00元。"], 30_000],
    [["二、首付款9,000.00元，占合同金额的千分之一。"], 9_000_000],
  ] as const)
    assert.deepEqual(comesTo(lines), [amount], lines.join(" | "));
  for (const [lines, declared] of [
    [["总价9,000,000.00元，预付合同总价的30%，即人民币2,700,000.00元。"], 9_000_000],
    [["The price is CNY 90,000.00; a deposit of CNY 9,000.00, being 10 % of the price, is paid."], 90_000],
    [["二、预付合同总价的30%，即人民币9,000.00元。"], 30_000],
    [["总价9,000.00元。", "逾期的，支付违约金90.00元，即合同总价的0.1%。"], 9000],
    [["The price is CNY 9,000.00, of which 13 % VAT."], 9000],
    [["总价9,000.00元，质保期内维修费为市场价的10%。"], 9000],
  ] as const)
    assert.deepEqual(comesTo(lines, declared), [], lines.join(" | "));
});
