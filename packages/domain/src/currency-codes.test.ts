import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeclaredForUse, decideFacts, listDisagreements } from "./decisive-facts.ts";
import { type CountedMoney, compareDeclared, type DeclaredFacts, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { AMOUNT_BEYOND_LIMITS, countAmount } from "./fact-sheet.ts";
import { layOut } from "./test-pages.ts";

const money: CountedMoney = { currency: "CNY", rates: { USD: 7, EUR: 8 } };
const read = (...lines: string[]) => readFacts(readDocumentText(layOut(lines)), [], starterBook);
const declare = (amountMinor: number, currency: string): DeclaredForUse => ({
  ...{ documentClass: "contract", external: true, counterparty: null, amountMinor, currency },
});
const ask = (said: DeclaredFacts, ...lines: string[]) =>
  compareDeclared(said, read(...lines), starterBook, money).flatMap(({ fact, read: text, stricter }) =>
    fact === "amount" ? [`${text} ${stricter}`] : [],
  );
/** What the rules count the amount as by which the request is judged. */
const decide = (said: DeclaredForUse, ...lines: string[]): number | null => {
  const documents = [{ documentId: "first", facts: read(...lines), template: null }];
  const found = listDisagreements(said, documents, starterBook, money);
  const { amountMinor, currency } = decideFacts(said, documents, found, new Set(), starterBook, money);
  return countAmount(amountMinor === null ? null : amountMinor / 100, currency, money);
};

test("C03: what the rules have no rate for is judged as the strictest, whatever smaller sum stands beside it", () => {
  const dong = declare(20_000_000_000_000, "VND");
  for (const lines of [
    ["The price is VND 200,000,000,000.00 with a deposit of CNY 86,000.00."],
    ["The price stands in annex 1.", "A deposit of CNY 86,000.00 is paid at signing."],
    ["Die Summe beträgt 200.000.000.000 Dong.", "Deposit: USD 9,000.00"],
  ])
    assert.equal(decide(dong, ...lines), AMOUNT_BEYOND_LIMITS, lines.join(" / "));
  assert.deepEqual(ask(dong, "The deposit is CNY 86,000.00."), ["86,000.00 declared"]);
  for (const later of [
    "VND 200,000,000,000",
    "KWD 200,000",
    "kwd 200,000.00",
    "200 billion Vietnamese dong",
    "two hundred billion VND",
    "₩200,000,000",
    "ALL 200,000,000",
    "200,000,000.00 PHP",
  ])
    assert.equal(decide(declare(8_600_000, "CNY"), `CNY 86,000 now and ${later} later.`), AMOUNT_BEYOND_LIMITS, later);
  assert.equal(decide(declare(8_600_000, "CNY"), "人民币86,000元，另付2000亿越南盾。"), AMOUNT_BEYOND_LIMITS);
  assert.equal(decide(declare(8_600_000, "CNY"), "人民币86,000元，越南盾贰仟亿元整另付。"), AMOUNT_BEYOND_LIMITS);
});

test("C03: of two sums that the rules can count the one that counts for more decides, declared or read", () => {
  assert.equal(decide(declare(100_000_000, "USD"), "The deposit is CNY 86,000.00."), 7_000_000);
  assert.equal(decide(declare(100_000, "USD"), "The price is CNY 86,000.00."), 86_000);
  assert.equal(decide(declare(8_600_000, "CNY"), "The price is CNY 86,000.00, the deposit USD 1,000.00."), 86_000);
});

test("C03: words, measures and numbers that look like a code of a currency are no money", () => {
  for (const line of [
    "The price is CNY 86,000. We supply PEN 1000 pieces of CUP 2000 units and TOP 10 lids.",
    "CNY 86,000 for labels GHS 07 and CVE 2024, net weight KGS 2,500.00.",
    "CNY 86,000 for patterns 12345, Southern 50000 and cars 86001.",
    "Try 200,000,000 times, all 300,000 of them, for CNY 86,000.",
  ])
    assert.deepEqual(ask(declare(8_600_000, "CNY"), line), [], line);
});

test("C01: figures that go on behind one space are read both ways; what is counted behind them is not", () => {
  const said = declare(8_600_000, "CNY");
  for (const line of ["Total amount 86000 00", "The amount of CNY 86000 00 is due.", "价款：人民币86000 000。"])
    assert.match(ask(said, line)[0] ?? "", /^86000 0+ read$/u, line);
  assert.deepEqual(ask(declare(860_000_000, "CNY"), "Total amount 86000 00"), []);
  for (const line of [
    "Total amount: CNY 86000 30 days after delivery",
    "Total amount: CNY 86000 on 12 March 2026",
    "Total amount: CNY 86000.00 00:30",
    "Price CNY 86000 12 pcs",
  ])
    assert.deepEqual(ask(said, line), [], line);
});

test("C01: a sum that is paid so many times is multiplied; a sum of all the parts is not", () => {
  const part = declare(200_000_000, "CNY");
  for (const [line, comesTo] of [
    ["The price is paid in 12 monthly parts of CNY 2,000,000.", 24_000_000],
    ["Paid in twelve (12) equal monthly instalments of two million yuan.", 24_000_000],
    ["CNY 2,000,000 for each of forty lenses.", 80_000_000],
    ["forty measuring lenses at CNY 2,000,000 each", 80_000_000],
    ["CNY 2,000,000 per month for thirty-six months", 72_000_000],
    ["40 x CNY 2,000,000", 80_000_000],
    ["货款分12期支付，每期人民币2,000,000元。", 24_000_000],
    ["每台人民币2,000,000元，共四十台。", 80_000_000],
  ] as const) {
    assert.equal(decide(part, line), comesTo, line);
    assert.deepEqual(ask(declare(comesTo * 100, "CNY"), line), [], `${line} declared as a whole`);
  }
  for (const line of [
    "three payments of CNY 2,000,000 in total",
    "CNY 2,000,000 in 12 instalments",
    "CNY 2,000,000; each of the two parties keeps one copy",
    "合同价款人民币2,000,000元，分12期支付。",
    "The price is CNY 2,000,000 for the 12 lenses of annex 2.",
  ])
    assert.deepEqual(ask(part, line), [], line);
});
