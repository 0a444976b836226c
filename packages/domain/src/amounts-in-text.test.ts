import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDeclared, listOwnAmounts, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import type { TextRun } from "./page-text.ts";

/** A page of lines; two spaces part the cells of a row, as they do where they are read. */
const readLines = (...lines: string[]) => {
  const runs = lines.flatMap((line, at) => {
    let x = 20;
    return line.split("  ").map((text): TextRun => {
      const run = { text, x, y: 30 + at * 6, width: text.length * 2, height: 4 };
      x += run.width + 12;
      return run;
    });
  });
  const page = { index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs };
  return readFacts(readDocumentText([page]), [], starterBook);
};
const amounts = (...lines: string[]): [number, string | null][] =>
  listOwnAmounts(readLines(...lines)).map(({ minor, currency }) => [minor / 100, currency]);
const million = 1_000_000;

test("C01: Chinese numerals are an amount with 元 or 整, or behind a currency or the name of a sum", () => {
  for (const [text, amount, currency = "CNY"] of [
    ["合同总价为六千万元。", 60 * million],
    ["合同总价为六千万元（含税）。", 60 * million],
    ["大写：陆仟万整", 60 * million],
    ["人民币（大写）陆仟万", 60 * million],
    ["合同总金额：六千万", 60 * million],
    ["服务费共计六千点五万元", 60_005_000],
    ["转让款为零点六亿元", 60 * million],
    ["美元陆佰万元整", 6 * million, "USD"],
    ["三百万欧元", 3 * million, "EUR"],
  ] as const)
    assert.deepEqual(amounts(text), [[amount, currency]], text);
  for (const text of [
    "几十万元",
    "数百万元",
    "一百二十天",
    "第二十元素",
    "二元一次方程",
    "总计六千万件",
    "合计三十万吨",
  ])
    assert.deepEqual(amounts(text), [], text);
});

test("C01: millions are read however they are written for short, in one or many", () => {
  for (const text of [
    ...["CNY sixty millions", "sixty million yuan", "Sixty Million Chinese Yuan only", "60 Mio. CNY", "CNY 60m"],
    ...["CNY 60 MM", "60 MM CNY", "60 million (CNY)", "60 millions CNY", "60百万元", "6仟万元", "6千万元"],
    ...["Renminbi 60,000,000", "60,000,000 (CNY)", "CNY 60.000.000", "CNY 6,00,00,000"],
  ])
    assert.deepEqual(amounts(text), [[60 * million, "CNY"]], text);
  for (const text of ["a sheet of 60 MM", "Total: 300 mm", "sixty million shares", "60,000,000 shares", "60 mn pieces"])
    assert.deepEqual(amounts(text), [], text);
});

test("C01: what is paid for leads to its amount, with the unit in brackets or without any currency", () => {
  for (const name of ["货款", "价款：", "服务费 ", "租金", "总价是", "合同价款共计", "甲方应支付", "The price is "])
    assert.deepEqual(amounts(`${name}60,000,000`), [[60 * million, null]], name);
  for (const text of [
    "Contract value (in CNY) 60,000,000",
    "Contract value (in thousands of CNY): 60,000",
    "Value (CNY million): 60",
    "金额（万元）：6,000",
    "金额（单位：万元）6000",
    "金额（人民币元）：60000000",
  ])
    assert.deepEqual(amounts(text), [[60 * million, "CNY"]], text);
});

test("C01: bare figures below the head of a table are in its currency and multiple, a line of totals too", () => {
  for (const [lines, expected] of [
    [
      ["价格表（单位：万元）", "名称  数量  金额", "压力机  2  6,000", "合计    6,000"],
      [60, 60],
    ],
    [["单位：元", "合计  60,000,000"], [60]],
    [["单位：人民币万元", "总计 6000"], [60]],
    [
      ["Item  Pieces  Amount (CNY)", "Press  20000  60,000,000", "Total    60,000,000"],
      [60, 60],
    ],
    [
      ["(in thousands of CNY)", "Presses 60,000", "Total 60,000"],
      [60, 60],
    ],
    [["All amounts are in thousands of CNY.", "Presses  60,000"], [60]],
    [["Amounts in RMB'000", "Total  60,000"], [60]],
    [["Unit: RMB 10,000", "Total  6,000"], [60]],
    [["金额/万元", "6,000"], [60]],
    [
      ["序号  品名  数量  单价（万元）  金额（万元）", "1  压力机  20  300  6000"],
      [3, 60],
    ],
    [["序号 品名 数量 单价(元) 金额(元)", "1 压力机 20 3,000,000.00 60,000,000.00"], [60]],
  ] as const)
    assert.deepEqual(
      amounts(...lines),
      expected.map((one) => [one * million, "CNY"]),
      lines.join(" | "),
    );
  const [told] = compareDeclared(
    { documentClass: "other", external: true, counterparty: null, amountMinor: 600_000, currency: "CNY" },
    readLines("单位：万元", "合计  6,000"),
    starterBook,
  );
  assert.deepEqual([told?.read, told?.stricter, told?.amount?.minor], ["6,000 (万元)", "read", 6_000_000_000]);
});

test("C01: telephones, days, accounts, clauses, shares and the capital of a company are no amounts, in tables neither", () => {
  for (const lines of [
    ...[["电话：010-88880000"], ["价款汇入账号：6222000011112222"], ["Account: 6222 0000 1111 2222"]],
    ...[["4.2 价款 4.3 支付"], ["第四条 价款 5"], ["Price 5"], ["费用见附件12"], ["Total 2026"], ["费用 2026年"]],
    ...[["2026年11月24日"], ["payment within 30 days"], ["The price of 300 gauges"], ["免费 24000 小时"]],
    ...[["Total 60,000,000 shares"], ["总额 60,000,000 股"], ["Total quantity: 20,000 pieces"]],
    ...[["注册资本：6000万元"], ["注册资本陆仟万元整"], ["Registered capital: sixty million yuan"]],
    ...[
      ["注册资本（万元）", "6,000"],
      ["名称  注册资本（万元）  持股数", "某某公司  6,000  60,000"],
    ],
    ["单位：元", "电话 88880000", "合同编号 20260012", "日期 20261124", "数量 20,000"],
    ["单位：万元", "第五条 交付", "甲方于 20000 小时内交付 30000"],
    ["单位名称：某某", "税号 91110000"],
    ["Amount (CNY)", "3. Delivery"],
    ["The price is payable in CNY", "within 30 days after 20000"],
  ])
    assert.deepEqual(amounts(...lines), [], lines.join(" | "));
});

test("C01: a currency is read by its name in Traditional Chinese, and by what stands before the bare unit", () => {
  for (const [text, currency] of [
    ["總價港幣12,600,000.00元", "HKD"],
    ["总价港币 12,600,000.00元", "HKD"],
    ["HK$ 12,600,000.00元", "HKD"],
    ["12,600,000.00港圓", "HKD"],
    ["新台幣12,600,000元", "TWD"],
    ["新臺幣 12,600,000.00 元", "TWD"],
    ["NT$12,600,000", "TWD"],
    ["美金12,600,000.00元", "USD"],
    ["12,600,000.00歐元", "EUR"],
    ["日圓12,600,000", "JPY"],
    ["英鎊12,600,000.00", "GBP"],
    ["人民幣12,600,000.00元", "CNY"],
    ["總價12,600,000.00元", "CNY"],
    ["港幣壹仟貳佰陸拾萬元整", "HKD"],
    ["美金壹仟貳佰陸拾萬元整", "USD"],
    ["新台幣壹仟貳佰陸拾萬元整", "TWD"],
  ] as const)
    assert.deepEqual(amounts(text), [[12_600_000, currency]], text);
  assert.deepEqual(amounts("金額（港幣）", "12,600,000.00"), [[12_600_000, "HKD"]]);
  assert.deepEqual(amounts("賣方應支付違約金港幣12,600,000.00元"), [], "what a breach costs is none");
  assert.deepEqual(amounts("港幣參佰萬元整"), [[3_000_000, "HKD"]]);
  const [told] = readLines("總價港幣1,260萬元").amounts;
  assert.equal(told?.text, "1,260萬元", "said as it is written");
});
