import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

const found = (lines: readonly string[]): string[] => {
  const runs = lines.map(
    (text, at): TextRun => ({ text, x: 20, y: 20 + at * 5, width: Math.min(170, [...text].length * 3), height: 4 }),
  );
  return findUnfinishedPlaces([{ index: 0, widthMm: 210, heightMm: 297, runs, imageCoverage: 0 }], []).map(
    ({ text }) => text,
  );
};
const english = (clause: string): string[] => [
  ...["Supply contract of 20 November 2026", "between Lanxi Instruments Ltd and Beicheng Ltd."],
  ...["The seller sends twelve gauges in November 2026.", clause, "Signed for the buyer:", "Signed for the seller:"],
];
const chinese = (clause: string): string[] => [
  ...["采购合同", "甲方：澜汐仪器有限公司", "乙方：北辰精密机械有限公司", "一、甲方向乙方购买压力变送器十二台。"],
  ...[clause, "甲方（盖章）：", "乙方（盖章）："],
];

for (const clause of [
  "The warranty is ____ months.",
  "3. The warranty is ____ months.",
  "The seller pays ____ per cent for each week of delay.",
  "The guarantor of this contract is ____________.",
  "The warranty is [   ] months.",
  "Disputes go to ________.",
  "Payment is made within ____ days of the date of the invoice.",
  "and the rest falls to ________ of Lanxi",
  "4.2 Place of the court: ________",
])
  test(`C05: a clause beside the signatures is not excused with them: ${clause}`, () => {
    assert.deepEqual(found(english(clause)), [clause]);
  });

for (const clause of [
  "四、由____担保本合同的履行。",
  "由____担保本合同的履行",
  "四、保修____年，违约方赔偿____。",
  "保修【　】年",
  "四、争议由______仲裁。",
  "违约金为合同总价的____%",
  "三、付款日期：____年__月__日",
  "第五条　本合同一式____份",
])
  test(`C05: a Chinese clause beside the signatures is not excused with them: ${clause}`, () => {
    assert.deepEqual(found(chinese(clause)), [clause]);
  });

const places = [
  ...["Signed for the buyer: ____________", "By: ________ Name: ________ Title: ________", "Signed by ____ for ____"],
  ...["IN WITNESS WHEREOF the parties have signed this contract on ____ 2026.", "Lanxi, the ____ day of ____ 2026"],
  ...["Signed on the ____ day of ________ 2026.", "Place and date: ________, ________", "Witness ____________"],
  ...["Witnessed by ________, passport no. ________", "The common seal of ________ was affixed by ________."],
  ...["甲方（盖章）：______ 乙方（盖章）：______", "法定代表人（签字）：____ 日期：____年__月__日", "甲方____乙方____"],
  ...[
    "代表____身份证号____",
    "地址：________ 电话：________",
    "本合同于____年__月__日在____签订。",
    "1. 日期：____年__月__日",
  ],
  ...["______有限公司（盖章）", "签订地点：________", "Date: ____________", "1. Signature: ____________"],
];
for (const place of places)
  test(`C05: a place to sign, and what stands beside it, may stay open: ${place}`, () => {
    assert.deepEqual(found(english(place)), []);
    assert.deepEqual(found(chinese(place)), []);
  });

test("C05: wherever a numbered clause with a blank stands, it is told, and a place to sign beside it is not", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.integer({ min: 1, max: 99 }),
      fc.constantFrom("The seller bears ____ of the freight.", "the hall is let to ________", "Rent: ________"),
      (place, number, clause) => {
        const line = `${number}. ${clause}`;
        assert.deepEqual(found([...english("It has one page."), line, place]), [line]);
        assert.deepEqual(found([...english(line), place]), [line]);
      },
    ),
  );
});

test("C05: a line of any length is looked at in little time", () => {
  for (const part of ["1.1", "_", "[ ", "年", "1", "signed "]) {
    const started = performance.now();
    found(english(`1.${part.repeat(40_000)} signed`));
    assert.ok(performance.now() - started < 2000, part);
  }
});
