import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDeclared, type DeclaredFacts, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { listOtherAmounts } from "./other-amounts.ts";
import { layOut } from "./test-pages.ts";

const read = (...lines: string[]) => readFacts(readDocumentText(layOut(lines)), [], starterBook);
const declared: DeclaredFacts & { currency: string } = {
  ...{ documentClass: "contract", external: true, counterparty: null, amountMinor: 4_800_000, currency: "CNY" },
};
const others = (...lines: string[]) => listOtherAmounts(read(...lines), declared);
const money = { currency: "CNY", rates: { USD: 8 } };
const ask = (...lines: string[]) =>
  compareDeclared(declared, read(...lines), starterBook, money).flatMap(({ fact, read: said, stricter }) =>
    fact === "amount" ? [[said, stricter]] : [],
  );

test("C01: what a document names beside the declared amount is told, a price of each without a total as open", () => {
  assert.equal(others("The price is CNY 48,000.00."), null);
  assert.deepEqual(others("The price is CNY 48,000.00.", "A deposit of CNY 9,000.00 is paid at once."), {
    ...{ amounts: ["CNY 9,000.00"], open: false },
  });
  assert.deepEqual(
    others("CNY 48,000.00 at signing, CNY 48,000.00 at delivery and CNY 48,000.00 at acceptance.")?.amounts,
    ["3 × CNY 48,000.00"],
  );
  for (const line of [
    "The price of each gauge is CNY 48,000 and the buyer takes as many gauges as it needs.",
    "每只每月人民币48,000.00元，按实际使用计算。",
    "单价：人民币48,000.00元，数量以订单为准。",
  ]) {
    assert.deepEqual(others(line), { amounts: ["CNY 48,000.00"], open: true }, line);
    const total = /\p{Script=Han}/u.test(line) ? "合计人民币2,400,000.00元。" : "The total comes to CNY 2,400,000.00.";
    assert.equal(others(line, total)?.open, false, `${line} with its total`);
  }
  // What so many pieces cost comes to a sum, and is open no more.
  for (const line of [
    "The price of each gauge is CNY 48,000 and the buyer takes fifty gauges.",
    "单价：人民币48,000.00元，数量五十台。",
  ])
    assert.deepEqual(others(line), { amounts: ["CNY 2,400,000.00"], open: false }, line);
  // What is due for a time that the paper says comes to a sum, and is open no more.
  for (const line of [
    "The monthly fee is CNY 48,000.00, for thirty-six months.",
    "每月租金为人民币48,000.00元，租期三年。",
  ])
    assert.deepEqual(others(line), { amounts: ["CNY 1,728,000.00"], open: false }, line);
});

test("C01: a greater amount decides whatever its currency, by the rates of the rules; one without a rate too", () => {
  const deposit = "The deposit is CNY 48,000.00.";
  assert.deepEqual(ask("The total price is USD 150,000.00.", "It is paid in March.", deposit), [
    ["150,000.00", "read"],
  ]);
  assert.deepEqual(ask("The total price is SEK 9,000.00.", "It is paid in March.", deposit), [["9,000.00", "read"]]);
  assert.deepEqual(ask("The fee is USD 2,000.00.", "It is paid in March.", deposit), []);
  assert.deepEqual(ask("The price is CNY 48,000.00 (about USD 6,700.00)."), [], "the same sum said again");
  assert.deepEqual(ask("The price is CNY 1.2M.", deposit), [["1.2M", "read"]]);
});

test("C01: amounts are read however their figures are grouped, counted and disguised", () => {
  for (const [text, minor] of [
    ["CNY 1.2M", 120_000_000],
    ["120 ten-thousand yuan", 120_000_000],
    ["人民币120W", 120_000_000],
    ["CNY 1 200 000.00", 120_000_000],
    ["CHF 1'200'000", 120_000_000],
    ["EUR 1\u2009200\u2009000,50", 120_000_050],
    ["CNY l,2OO,OOO.OO", 120_000_000],
    ["INR 3 crore", 3_000_000_000],
  ] as const)
    assert.deepEqual(
      read(text).amounts.map((one) => one.minor),
      [minor],
      text,
    );
  for (const text of ["No. 1 200 300", "Total: 12 pieces", "loOk at 10 O'Hara units"])
    assert.ok(!read(text).amounts.some((one) => one.minor > 100_000), text);
});
