import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocumentText } from "./document-text.ts";
import { listWideBlanks } from "./wide-blanks.ts";

/** A line of pieces, each at its place; a Chinese character is as wide as it is high. */
const find = (...lines: readonly (readonly [x: number, text: string])[][]) => {
  const width = (text: string): number =>
    [...text].reduce((sum, one) => sum + (/\p{Script=Han}|[，。、：]/u.test(one) ? 4 : 2), 0);
  const runs = lines.flatMap((pieces, at) =>
    pieces.map(([x, text]) => ({ text, x, y: 40 + at * 8, width: width(text), height: 4 })),
  );
  const { pages } = readDocumentText([{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs }]);
  return pages.flatMap((page) => listWideBlanks(page));
};

test("C05: a wide space between words of a sentence is a place to write on", () => {
  assert.equal(
    find([
      [20, "兹介绍我公司"],
      [62, "等人前往贵处办理"],
      [125, "事宜，请予接洽。"],
    ]).length,
    1,
  );
  assert.equal(
    find([
      [20, "月收入为人民币"],
      [70, "元，情况属实。"],
    ]).length,
    1,
  );
  assert.equal(
    find([
      [20, "This is to certify that"],
      [100, "has served with our company"],
    ]).length,
    1,
  );
  const [{ box } = { box: null }] = find([
    [20, "兹介绍我公司的职工"],
    [80, "前往贵处。"],
  ]);
  assert.ok(box && box.x >= 55 && box.x + box.width <= 81, "told with its place");
});

test("C05: labels beside each other, cells, headings and names are no sentence with a space in it", () => {
  for (const line of [
    [
      [20, "合同编号：NH-26-9"],
      [90, "签订地点：上海市，浦东新区"],
    ],
    [
      [20, "甲方（盖章）："],
      [110, "乙方（盖章）："],
    ],
    [
      [20, "第三条"],
      [50, "乙方按期交货，甲方按期付款。"],
    ],
    [
      [20, "一、"],
      [50, "乙方按期交货，甲方按期付款。"],
    ],
    [
      [20, "Signed for the buyer"],
      [110, "Signed for the seller"],
    ],
    [
      [20, "1.1"],
      [50, "the seller delivers the gauges in time."],
    ],
  ] as [number, string][][])
    assert.deepEqual(find(line), [], JSON.stringify(line));
  const cells = [
    [
      [20, "周立一直负责钳工"],
      [90, "工作，一车间。"],
    ],
    [
      [20, "何平一直负责焊工"],
      [90, "工作，二车间。"],
    ],
  ] as [number, string][][];
  assert.deepEqual(find(...cells), []);
});

test("C05: the head of a table is no sentence, whatever its columns are called and its rows say", () => {
  const head: [number, string][] = [
    [20, "品名"],
    [34, "数量"],
    [48, "单价"],
    [100, "金额合计"],
  ];
  const row: [number, string][] = [
    [20, "轴承组件，P5级"],
    [60, "2000"],
    [80, "6,300.00"],
    [120, "12,600,000.00"],
  ];
  assert.deepEqual(find(head, row), []);
  assert.deepEqual(find([...head.slice(0, 3), [100, "金额（元）"]], row), []);
  const sentence: [number, string][] = [
    [20, "兹介绍我公司"],
    [62, "等人前往贵处办理"],
    [125, "事宜，请予接洽。"],
  ];
  assert.equal(find(sentence, row).length, 1, "a sentence above a row of figures stays one");
  const form: [number, string][] = [
    [20, "兹有我公司职工"],
    [80, "前往贵处"],
  ];
  assert.equal(find(form, [[20, "办理接洽，请予协助。"]]).length, 1, "short words that go on as a sentence stay one");
});

test("C05: a value that is shorter than the line it was written over leaves no place open", () => {
  const line = [
    24,
    "兹证明____________（身份证号：____________）系我单位正式员工，自____________起，特此证明。",
  ] as const;
  assert.equal(find([[...line]]).length, 0);
  assert.equal(find([[...line], [40, "王建国"], [91, "330101"], [176, "2019"]]).length, 0);
  assert.equal(
    find([
      [24, "现任____________一职，特此证明。"],
      [33, "工"],
    ]).length,
    0,
  );
  assert.equal(
    find([
      [24, "现任"],
      [50, "一职，自二〇二〇年起，特此证明。"],
    ]).length,
    1,
    "a space without a line",
  );
});
