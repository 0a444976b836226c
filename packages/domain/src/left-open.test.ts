import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageText, TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

/** A line of a letter: its text, how far it is indented, and the white before it. */
type Line = string | { readonly text: string; readonly indent?: number; readonly before?: number };
function page(lines: readonly Line[], change: Partial<PageText> = {}): PageText {
  let y = 20;
  const runs = lines.map((line): TextRun => {
    const { text, indent = 0, before = 3 } = typeof line === "string" ? { text: line } : line;
    y += before;
    const run = { text, x: 25 + indent, y, width: Math.min(160, [...text].length * 4), height: 4 };
    y += 4;
    return run;
  });
  return { index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs, ...change };
}
const find = (lines: readonly Line[], change: Partial<PageText> = {}): string[] =>
  findUnfinishedPlaces([page(lines, change)], []).map(({ kind, text }) => `${kind} ${text}`);
const body = "我公司确认与贵公司不存在任何未结债务，双方往来款项已全部结清，特此证明。";
const enBody = "We confirm that nothing is owed between our companies, and that all deliveries were accepted in full.";
const end = ["澜汐仪器有限公司", "2026年11月28日"];

test("C05: marks that stand for a sum, a number or a day are blanks", () => {
  for (const sum of ["……", "…", "......", "······", "－－－－－", "———", "／／／", "//", "○○", "○○○万"]) {
    const line = `我公司确认收到贵公司货款人民币${sum}元，并将于2026年12月20日前开具发票寄送贵公司。`;
    assert.deepEqual(find(["天津海河阀门有限公司：", line, body, ...end]), [`underscores ${line}`], sum);
  }
  for (const line of [
    "We confirm the receipt of CNY … on … and shall send the invoice to your office.",
    "The price is USD ... and is paid within thirty days.",
    "The contract is dated ... and ends with the year 2027.",
    "本次供货共计……台，于2026年12月交付。",
    "本合同自○○年○月起执行。",
    "单价人民币……元/吨，按实际数量结算。",
  ])
    assert.deepEqual(find([body, enBody, line, enBody]), [`underscores ${line}`], line);
  for (const name of ["{金额}", "{ 合同编号 }", "{amount}", "{Date}"]) {
    const line = `我公司确认收到贵公司货款人民币${name}元，并将于年底前开具发票。`;
    assert.deepEqual(find([body, line, ...end]), [`leftover ${line}`], name);
  }
});

test("C05: what breaks off, counts or is struck out is no such blank", () => {
  for (const line of [
    "好的……元旦以后再议，人民币汇率……元气恢复。",
    "价格表按吨计算，人民币——元/吨为单位。",
    "第二条 合同总价人民币3,200.00元；二○二六年十一月交付。",
    "He paused... and went on ... and then spoke of CNY 1,286.00.",
    "and so on … and at last on Monday … we agreed.",
    "GET /users/{user_id} returns {a, b} or {}.",
    "违约金人民币／元，即不适用。",
  ])
    assert.deepEqual(find([body, enBody, line, ...end]), [], line);
});

test("C05: a letter to nobody is unfinished", () => {
  for (const line of [
    "致：　　　　公司",
    "致： 公司：",
    "致：　　　　先生/女士",
    "尊敬的　　　　先生：",
    { text: "公司：", indent: 17 },
    { text: "有限公司：", indent: 30 },
    { text: "：", indent: 35 },
    "致：",
  ]) {
    const [found = "", ...more] = find(["证明", line, body, ...end]);
    assert.match(found, /^wide-space /u, JSON.stringify(line));
    assert.deepEqual(more, []);
  }
  assert.equal(find(["Confirmation", "To:", enBody]).length, 1);
  for (const line of [
    "致：天津海河阀门有限公司",
    "致：全体公司同仁",
    "尊敬的各位先生、女士：",
    "公司：",
    { text: "公司研究决定，任命李强为生产部经理。", indent: 17 },
    { text: "天津海河阀门有限公司：", indent: 17 },
  ])
    assert.deepEqual(find(["证明", line, body, ...end]), [], JSON.stringify(line));
  assert.deepEqual(find(["致：", "天津海河阀门有限公司", body, ...end]), []);
});

const intro = "贵公司2026年11月20日来函收悉，经研究，我公司意见如下：";
const enIntro = "We refer to your letter of 20 November 2026 and answer your questions as follows:";
const close = "特此函复，请贵公司收到后以书面形式回复确认并妥善保存本函原件。";

test("C05: white behind a sentence that announces something is a blank", () => {
  const white = { text: close, before: 90 };
  assert.deepEqual(find([body, intro, white, ...end]), [
    `wide-space ${intro.replace("：", ":").replaceAll("，", ",")}`,
  ]);
  assert.equal(find([enBody, enIntro, { text: enBody, before: 90 }]).length, 1);
  // The sentence may have run over from the line before.
  assert.equal(
    find([enBody, "We answer your questions of 20 November 2026 as", "follows:", { text: enBody, before: 60 }]).length,
    1,
  );
  for (const [lines, change] of [
    [[body, intro, { text: close, before: 20 }, ...end], {}],
    [[body, intro, white, ...end], { imageCoverage: 0.2, pictureInk: 0.1 }],
    [[body, intro, white, ...end], { ink: 0.1 }],
    [[body, "双方签章如下，各执一份：", { text: close, before: 70 }], {}],
    [[body, "设备外观如下图，供参考：", { text: close, before: 70 }], {}],
    [[body, intro, { text: "甲方（盖章）：", before: 70 }, { text: "乙方（盖章）：" }], {}],
    [[body, "项目名称：", { text: close, before: 70 }], {}],
    [[body, close, intro], {}],
  ] as const)
    assert.deepEqual(find(lines, change), [], JSON.stringify(lines));
});

test("C05: numbers of items with nothing behind them are a blank", () => {
  for (const items of [
    ["1.", "2.", "3."],
    ["一、", "二、"],
    ["（1）", "（2）"],
  ])
    assert.equal(find([body, intro, ...items, close, ...end]).length, 1, items.join());
  assert.deepEqual(find([body, intro, "1. 同意贵公司的交货安排。", "2. 请按期组织发货。", close, ...end]), []);
  // What an item says may be a text of its own beside it.
  const beside = page([body, intro, "1.", "2.", close, ...end]);
  const numbers = beside.runs.filter(({ text }) => /^\d\.$/u.test(text));
  const texts = numbers.map((run) => ({
    ...run,
    text: "请按期组织发货。",
    x: 40,
    y: run.y - 2.5,
    width: 40,
    height: 8,
  }));
  assert.deepEqual(findUnfinishedPlaces([{ ...beside, runs: [...beside.runs, ...texts] }], []), []);
});

test("C05: a line of nothing but marks costs no more than its length", () => {
  const started = performance.now();
  for (const mark of ["·", "○", "／", "－", "{"]) find([body, mark.repeat(100_000), ...end]);
  assert.ok(performance.now() - started < 10_000);
});
