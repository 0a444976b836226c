import assert from "node:assert/strict";
import { test } from "node:test";
import { readPaper } from "./test-papers.ts";

test("C03: who signs beside us, or is owed something, is outside whatever is declared; our own companies are not", () => {
  const outside = (...lines: string[]): string[] =>
    readPaper(["事项说明", ...lines]).counterparties.map(({ name }) => name);
  const name = "杭州青禾精密机械有限公司";
  for (const text of [
    `${name}（盖章）`,
    `澜汐仪器有限公司（公章） ${name}（公章）`,
    `${name}（签字盖章）`,
    `盖章：${name}`,
    `${name} 授权代表：李然`,
    `今向${name}借款人民币100,000.00元。`,
    `我司尚欠${name}货款。`,
    `本说明须经${name}（盖章）后生效。`,
    `澜汐仪器有限公司与${name}经协商达成一致。`,
  ])
    assert.deepEqual(outside(text), [name], text);
  assert.deepEqual(outside(name, "法定代表人：李然"), [name]);
  for (const other of ["贵州高原酒业有限公司", "本田机械（中国）有限公司", "经纬纺织机械有限公司"])
    assert.deepEqual(outside(`${other}（盖章）`), [other.replace("（", "(").replace("）", ")")]);
  const english = "Harbour & Pine Logistics Ltd";
  for (const text of [
    `Accepted: ${english}.`,
    `Agreed and accepted by: ${english}`,
    `For and on behalf of ${english}, Jane Doe`,
    `FOR AND ON BEHALF OF ${english}`,
    `Signed: ______ ${english}`,
    `${english}. (seal)`,
    `Lanxi Instruments Co., Ltd. undertakes to buy 400 pallets from ${english}.`,
  ])
    assert.deepEqual(outside(text), [english], text);
  for (const text of [
    "澜汐仪器有限公司（盖章） 澜汐精工有限公司（盖章）",
    "本说明经澜汐仪器有限公司（盖章）后使用。",
    "For Lanxi Instruments Co., Ltd.",
    `采购部与${name}的人员谈了交货的时间。`,
    `请向${name}询价。`,
    `We wrote to ${english} about the delivery.`,
    "Signed by the company",
    "其他公司（盖章）",
    "我司尚欠贵公司货款，并已通知其他公司。",
  ])
    assert.deepEqual(outside(text), [], text);
});

test("C03: reading who signs and what binds costs no more than the length of a text", () => {
  const started = process.cpuUsage().user;
  for (const text of ["公司与", "Ltd and ", "Signed: ", "(盖章)澜汐", "undertakes to "])
    readPaper(["借条", text.repeat(20_000), "between A and B"]);
  assert.ok(process.cpuUsage().user - started < 20_000_000);
});
