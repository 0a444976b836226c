import assert from "node:assert/strict";
import { test } from "node:test";
import { listDifferingAmounts } from "./differing-amounts.ts";
import { readPaper } from "./test-papers.ts";

const amounts = (...lines: string[]): [number, string | null][] =>
  readPaper(lines).amounts.map(({ minor, currency }) => [minor / 100, currency]);
const large = 25_000_000;

test("C01: a figure that is broken over the end of a line is one", () => {
  for (const lines of [
    ["2. The price, which the buyer pays in one sum, is CNY 25,000,", "000.00."],
    ["2. The price is CNY 25,", "000,000.00."],
    ["2. The price is CNY 25,000", ",000.00."],
    ["二、合同总价为人民币25,000,", "000.00元。"],
    ["二、合同总价25,", "000,000元。"],
  ])
    assert.deepEqual(
      amounts(...lines).map(([amount]) => amount),
      [large],
      lines.join(" | "),
    );
  // Figures of a list are as many as they are.
  assert.deepEqual(amounts("The buyer pays CNY 25,000.00,", "300 gauges being delivered in March.")[0], [
    25_000,
    "CNY",
  ]);
  assert.deepEqual(amounts("items 12,", "300 pieces"), []);
  assert.deepEqual(amounts("The price is CNY 500", "2. Delivery is due on 1 March."), [[500, "CNY"]]);
});

test("C01: units stand between figures, figures between spaces, and a power of ten for noughts", () => {
  for (const [text, amount, currency = "CNY"] of [
    ["二、合同总价2千5百万元。", large],
    ["总价3亿5000万元", 350_000_000],
    ["货款2万5千元", 25_000],
    ["货款1百2十万元整", 1_200_000],
    ["二、总价二五〇〇〇〇〇〇元", large],
    ["二、总价贰仟伍佰万人民币。", large],
    ["总价两千五百个万", large],
    ["价款两千五百来万。", large],
    ["The price is CNY 25 × 10 6 .", large],
    ["总价25个亿元", 2_500_000_000],
    ["总价2500W元", large],
    ["总价：2 5 0 0 0 0 0 0元", large],
    ["The price is CNY 2 5 , 0 0 0 , 0 0 0 . 0 0 ; it is paid", large],
    ["The price is CNY 2.5 x 10^7.", large],
    ["The price is CNY 2.5×10⁷.", large],
    ["The price is CNY 2.5e7.", large],
    ["The price is RMB twenty five (25) million only.", large],
    ["The price is Rs. 30 crore.", 300_000_000, "INR"],
    ["The fee is Rs 25 lakh.", 2_500_000, "INR"],
    ["总价5億円", 500_000_000, "JPY"],
    ["대금은 50억원", 5_000_000_000, "KRW"],
  ] as const)
    assert.deepEqual(amounts(text), [[amount, currency]], text);
  for (const text of [
    ...["第2千5百号", "2千5百件", "二〇二六年", "二三四号", "1 2 3 4 5 6", "电话 1 3 8 0 0 0 0 0 0", "E 2.5e7"],
    ...["The page is 2.5 x 10 cm.", "12个月", "25个工作日", "3个万能表"],
  ])
    assert.deepEqual(amounts(text), [], text);
});

test("C01: figures of which each has a box of its own are read with the head above them", () => {
  assert.deepEqual(amounts("千  百  十  万  千  百  十  元", "2  5  0  0  0  0  0  0"), [[large, "CNY"]]);
  assert.deepEqual(amounts("金额 千百十万千百十元角分", "货款  ¥ 2 5 0 0 0 0 0 0 0 0"), [[large, "CNY"]]);
  assert.deepEqual(amounts("1  2  3  4  5  6", "2  5  0  0  0  0"), [], "without such a head they are none");
});

test("C01: millions without a currency are money where their clause pays, lends or grants", () => {
  for (const [text, amount] of [
    ["The seller grants credit up to 25 million; more is agreed later.", large],
    ["The seller lends up to twenty-five million, for two years.", large],
    ["授信额度不超过2500万，期限一年。", large],
    ["甲方出借两千五百万，年底归还。", large],
    ["We borrow half a million, to be paid back in May.", 500_000],
    ["总价25个W", 250_000],
  ] as const)
    assert.deepEqual(
      amounts(text).map(([one]) => one),
      [amount],
      text,
    );
  for (const text of [
    ...["We serve 25 million users.", "The line makes 25 million bottles a year.", "A cable of 25 m is paid for."],
    ...["我司服务2500万用户", "年产2500万件", "The loan is for 25 million users."],
  ])
    assert.deepEqual(amounts(text), [], text);
});

test("C05: an amount in boxes or in units agrees with its words", () => {
  const differ = (...lines: string[]): number => {
    const { amounts: all, lines: read } = readPaper(lines);
    return listDifferingAmounts(all, read).length;
  };
  assert.equal(differ("人民币贰仟伍佰万元整（¥2千5百万元）"), 0);
  assert.equal(differ("人民币贰仟伍佰万元整（¥25,000,", "000.00）"), 0);
});
