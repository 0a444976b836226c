import assert from "node:assert/strict";
import { test } from "node:test";
import { findTurnedText, type TurnedCharacter, writeTurnedLine } from "./turned-text.ts";

/** A Chinese character of 12 points; figures and low lines are half as long. */
const em = 4.2;
const lengthOf = (text: string): number => (/[\x20-\x7e]/u.test(text) ? em / 2 : em);

/** Lines one beside the other from `x`, `y` on, written in a direction. */
function write(
  lines: readonly string[],
  { x, y, turn = 0, upright = false }: { x: number; y: number; turn?: number; upright?: boolean },
): Omit<TurnedCharacter, "at">[] {
  const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return lines.flatMap((line, nth) => {
    let along = 0;
    return [...line].flatMap((text) => {
      const length = lengthOf(text);
      const middle = along + length / 2;
      along += length;
      const [across, ink] = [nth * em * 1.6, 0.45 * length];
      const at = { x: x + middle * cos - across * sin, y: y + middle * sin + across * cos };
      // Between upright characters figures lie on their side.
      const stands = upright && length === em;
      const box = { x: at.x - ink, y: at.y - ink, width: 2 * ink, height: 2 * ink };
      return [{ text, ...box, turn: stands ? 0 : turn }];
    });
  });
}
const read = (...parts: Omit<TurnedCharacter, "at">[][]): string[] | null => {
  const characters = parts.flat().flatMap((one, at) => (one.text === " " ? [] : [{ ...one, at }]));
  return findTurnedText(characters)?.map((line) => writeTurnedLine(line).text) ?? null;
};
const contract = ["采购合同", "甲方：澜汐仪器有限公司", "第二条合同总价人民币3,200,000.00元。"];
const letter = write(["贵公司来函收悉，我公司对贵公司提出的交货安排没有意见。", "请按期组织发货。", "特此函复。"], {
  ...{ x: 20, y: 30 },
});

test("C03: columns of upright characters are read from the top down and from right to left", () => {
  assert.deepEqual(read(write(contract, { x: 180, y: 20, turn: 90, upright: true })), contract);
  // Whatever order the file holds them in.
  const rows = write(contract, { x: 180, y: 20, turn: 90, upright: true }).toSorted((a, b) => a.y - b.y || a.x - b.x);
  assert.deepEqual(read(rows), contract);
});

test("C03: text that is turned or on a slant is read in its own direction", () => {
  for (const turn of [90, 180, 270, 315, 30, 12, 352]) {
    const lines = read(write(contract, { x: 100, y: 120, turn }));
    assert.deepEqual(lines, contract, `${turn}`);
  }
  for (const turn of [0, 2, 359]) assert.equal(read(write(contract, { x: 100, y: 120, turn })), null, `${turn}`);
});

test("C05: what is left blank in a column is read as a blank", () => {
  const form = ["我公司确认收到贵公司货款人民币____元，", "并将于____年__月__日前开具发票。"];
  assert.deepEqual(read(write(form, { x: 180, y: 20, turn: 90, upright: true })), form);
});

test("C03: one line beside a letter is told if it binds or says as much as a sentence", () => {
  const beside = (text: string, upright = true) => read(letter, write([text], { x: 150, y: 80, turn: 90, upright }));
  assert.deepEqual(beside("提供连带责任保证"), ["提供连带责任保证"]);
  assert.deepEqual(beside("货款人民币3,200,000.00元", false), ["货款人民币3,200,000.00元"]);
  assert.notEqual(beside("我公司按照贵公司上述报价订购真空计二百四十台"), null);
  for (const label of ["备注", "经手人签字", "第一联：存根联（白色）", "已作废"])
    for (const upright of [true, false]) assert.equal(beside(label, upright), null, label);
  assert.equal(read(letter, write(["arXiv:2310.06825v1 [cs.CL] 10 Oct 2023"], { x: 8, y: 200, turn: 270 })), null);
  const marks = [40, 90, 140, 190].flatMap((y) => write(["CONFIDENTIAL"], { x: 60, y, turn: 315 }));
  assert.equal(read(letter, marks), null);
});

test("C03: cells of a table one under the other are no column of text", () => {
  const rows = (text: string) =>
    [...text].flatMap((one, at) =>
      write([one], { x: 20, y: 80 + at * em * 1.8 }).concat(write(["员工考核"], { x: 60, y: 80 + at * em * 1.8 })),
    );
  assert.equal(read(letter, rows("优良中差甲乙丙丁优良中差甲乙丙丁优良")), null);
  assert.equal(read(letter, write([..."一二三四五六七八九十百千一二三四五"], { x: 20, y: 80 })), null);
  // Unless they say what binds.
  assert.notEqual(read(letter, rows("我公司提供连带责任保证")), null);
});
