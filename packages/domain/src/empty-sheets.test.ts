import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageText, TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

const run = (text: string, y: number, x = 20): TextRun => ({ text, x, y, width: 3 + text.length * 2, height: 4 });
const page = (lines: readonly string[], change: Partial<PageText> = {}): PageText => ({
  ...{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0 },
  runs: lines.flatMap((text, at) => (text === "" ? [] : [run(text, 35 + at * 8)])),
  ...change,
});
const prose = "The seller delivers twelve pressure gauges to the buyer at the price agreed below.";
const zhProse = "甲方向乙方供应压力表十二只，质量符合国家标准，验收按本合同约定执行。";
const said = [prose, zhProse, prose, zhProse];
/** What is told of pages behind one that says something. */
const told = (...pages: readonly (readonly [lines: readonly string[], change?: Partial<PageText>])[]) =>
  findUnfinishedPlaces(
    [page(said), ...pages.map(([lines, change], at) => page(lines, { index: at + 1, ...change }))],
    [],
  ).map(({ kind, page: at, answerable }) => [kind, at, answerable]);
const never = [["empty-page", 1, false]];
const asked = [["near-empty-page", 1, true]];

test("C05: a last page that only says that it is blank is a sheet for a seal, and no reason answers for it", () => {
  for (const line of [
    "(This page is intentionally left blank)",
    "This page has been left blank.",
    "此页无正文",
    "（本页无正文）",
    "（此页无正文，为《采购合同》签署页）",
    "以下空白",
  ]) {
    assert.deepEqual(told([[line]]), never, line);
    assert.deepEqual(told([[line, "", "Page 2 of 2"]]), never, `${line} with its number`);
    assert.deepEqual(told([[line], {}], [[], {}]), [...never, ["empty-page", 2, false]], `${line} before a blank one`);
  }
  const head = "Farhill Gauges Ltd - contract 4711";
  const running = (lines: readonly string[], index: number) => ({
    ...page(lines, { index }),
    runs: [run(head, 10), ...page(lines).runs],
  });
  assert.deepEqual(
    findUnfinishedPlaces([running(said, 0), running(["(This page is intentionally left blank)"], 1)], []).map(
      ({ kind, answerable }) => [kind, answerable],
    ),
    [["near-empty-page", false]],
  );
});

test("C05: a page to sign that says that it has no text of its own passes, and one within a document can be answered", () => {
  for (const lines of [
    ["（此页无正文）", "", "甲方（盖章）：北京远山仪表有限公司", "法定代表人（签字）：", "日期：    年    月    日"],
    ["此页无正文", "", "盖章："],
    ["(This page is intentionally left blank)", "", "Signed for the buyer: ______", "Date: ______"],
  ])
    assert.deepEqual(told([lines]), [], lines.join(" / "));
  assert.deepEqual(told([["(This page is intentionally left blank)"]], [said]), asked);
  assert.deepEqual(told([[...said, "以下空白"]]), [], "below a text");
});

test("C05: a page that only says how it is to be handled is blank", () => {
  for (const line of ["CONFIDENTIAL", "- Strictly confidential -", "（机密）", "内部资料", "副本"]) {
    assert.deepEqual(told([[line]]), never, line);
    assert.deepEqual(told([[line], { ink: 0.004 }]), never, `${line} between two rules`);
  }
  assert.deepEqual(told([["CONFIDENTIAL", ...said]]), []);
  assert.deepEqual(told([["Annex 3"]]), [], "a sheet before an annex");
});

test("C05: a page with an empty table is told as one that could be filled in later", () => {
  const grid = 0.045;
  const numbers = Array.from({ length: 12 }, (_, at) => `${at + 1}.`);
  const tables: [lines: readonly string[], change?: Partial<PageText>][] = [
    [[], { ink: grid }],
    [["CONFIDENTIAL"], { ink: grid }],
    [["Annex 1: Price list"], { ink: grid }],
    [["Annex 1: Price list"]],
    [["Annex 1: Price list", "No.  Item  Quantity  Price", ...numbers]],
    [["附件一 价格清单", "序号  名称  数量  单价", ...numbers, "合计"]],
    [["Annex 1: Price list", ...numbers.map((one) => `${one} CNY`)]],
  ];
  for (const table of tables) assert.deepEqual(told(table), asked, table[0].join(" / "));
  for (const lines of [
    ["Annex 1: Price list", "1. Gauge  12 pieces  CNY 4,000.00", "2. Valve  4 pieces  CNY 1,000.00"],
    ["附件一 价格清单", "1  压力表  12  4,000.00", "2  阀门  4  1,000.00", "3", "4", "合计：8,000.00"],
    ["Annex 1: Price list", "There is nothing to be paid beside the price of clause 4."],
    ["Annex 2"],
    ["Enclosed: price list"],
    ["附件：价格清单"],
  ])
    assert.deepEqual(told([lines]), [], lines.join(" / "));
  assert.deepEqual(
    told([["Annex 1: Price list"]], [["1. Gauge, CNY 4,000.00", ...said]]),
    [],
    "a sheet before its list",
  );
});
