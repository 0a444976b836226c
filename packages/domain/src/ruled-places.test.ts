import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Rule, TextRun } from "./page-text.ts";
import { mergeRules } from "./ruled-places.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/[\p{Script=Han}，。、：；（）]/u.test(one) ? 4 : 2), 0);
const run = (x: number, y: number, text: string): TextRun => ({ text, x, y, width: widthOf(text), height: 4 });
const across = (x: number, y: number, width: number): Rule => ({ x, y, width, height: 0.26 });
const down = (x: number, y: number, height: number): Rule => ({ x, y, width: 0.26, height });
const frame = [
  ...[
    "采购合同",
    "甲方：澜汐仪器有限公司",
    "乙方：北辰精密机械有限公司",
    "二、合同总价为人民币9,000.00元，验收后付清。",
  ],
].map((text, at) => run(20, 20 + at * 8, text));
const after = ["四、双方应妥善保管往来文件。", "五、卖方负责运输并承担运费。"].map((text, at) =>
  run(20, 110 + at * 8, text),
);
const found = (runs: readonly TextRun[], rules: readonly Rule[]): string[] =>
  findUnfinishedPlaces(
    [{ index: 0, widthMm: 210, heightMm: 297, runs: [...frame, ...runs, ...after], imageCoverage: 0, rules }],
    [],
  ).map(({ kind, text, answerable }) => `${kind} ${text}${answerable ? "" : " refused"}`);

test("C05: a line that is drawn beside a label or in a sentence is a place to write on", () => {
  assert.deepEqual(found([run(20, 60, "三、违约金：每日")], [across(52, 64.2, 25)]), ["wide-space 三、违约金:每日"]);
  assert.deepEqual(found([run(20, 60, "三、联系电话：")], [across(48, 66, 50)]), ["wide-space 三、联系电话:"]);
  assert.equal(found([run(20, 60, "三、质保期为"), run(72, 60, "年。")], [across(45, 65, 26)]).length, 1);
  assert.equal(found([run(20, 60, "The warranty is"), run(80, 60, "months.")], [across(51, 64.2, 27)]).length, 1);
});

test("C05: a line with something on it, one that underlines words and one of a drawing are none", () => {
  for (const [runs, rules] of [
    [[run(20, 60, "三、联系电话："), run(55, 60, "021-5555")], [across(48, 64.4, 50)]],
    [[run(20, 60, "三、质保期为"), run(56, 60, "3"), run(72, 60, "年。")], [across(45, 65, 26)]],
    [[run(20, 60, "三、运费由乙方承担。")], [across(20, 64.2, 36)]],
    [[run(20, 60, "三、运费由乙方承担。")], [across(20, 68, 170)]],
    [[run(20, 60, "乙方")], [across(30, 62, 40)]],
    [[run(20, 60, "12")], [across(25, 64.1, 40)]],
  ] as [TextRun[], Rule[]][])
    assert.deepEqual(found(runs, rules), [], JSON.stringify(runs));
});

test("C05: a line beside a place to sign may stay open", () => {
  const runs = [run(20, 240, "甲方（盖章）："), run(20, 248, "法定代表人："), run(20, 256, "日期：")];
  assert.deepEqual(found(runs, [across(50, 244.2, 60), across(44, 252.2, 60), across(33, 260.2, 60)]), []);
});

test("C05: lines to write on, one under the other, are one place", () => {
  const lines = [75, 83, 91].map((y) => across(20, y, 170));
  assert.deepEqual(found([run(20, 60, "三、补充约定见下。")], lines), ["wide-space 三、补充约定见下。"]);
  assert.deepEqual(
    found([run(20, 60, "三、补充约定见下。"), run(20, 77, "运费由乙方承担。"), run(20, 86, "由其投保。")], lines),
    [],
  );
  assert.deepEqual(
    found([run(20, 60, "三、补充约定见下。")], [across(20, 75, 170), across(20, 76, 170)]),
    [],
    "a double line",
  );
});

/** A table with its lines: cells by row, each row eight millimetres high, each column thirty wide. */
function table(rows: readonly (readonly string[])[]): [TextRun[], Rule[]] {
  const [x, y, width, height] = [20, 56, 30, 8];
  const columns = Math.max(...rows.map((row) => row.length));
  const runs = rows.flatMap((row, r) =>
    row.flatMap((text, c) => (text === "" ? [] : [run(x + c * width + 2, y + r * height + 2, text)])),
  );
  const rules = [
    ...Array.from({ length: rows.length + 1 }, (_, r) => across(x, y + r * height, columns * width)),
    ...Array.from({ length: columns + 1 }, (_, c) => down(x + c * width, y, rows.length * height)),
  ];
  return [runs, rules];
}

test("C05: a cell beside its label, a column that counts, and all of a list may be open in a table", () => {
  assert.deepEqual(
    found(
      ...table([
        ["开户银行", ""],
        ["账号", ""],
        ["其他", ""],
      ]),
    ),
    ["wide-space 开户银行", "wide-space 账号"],
  );
  assert.deepEqual(
    found(
      ...table([
        ["名称", "数量", "单价"],
        ["", "", ""],
        ["", "", ""],
      ]),
    ),
    ["wide-space 名称 数量 单价"],
  );
  assert.deepEqual(
    found(
      ...table([
        ["名称", "数量", "单价"],
        ["压力变送器", "", ""],
      ]),
    ),
    ["wide-space 压力变送器"],
  );
  assert.equal(
    found(
      ...table([
        ["名称", "数量", "型号"],
        ["变送器", "12", "P-3"],
        ["阀门", "", "V-1"],
      ]),
    ).length,
    1,
  );
  assert.equal(
    found(
      ...table([
        ["Item", "Quantity", "Price"],
        ["Gauge", "12", ""],
      ]),
    ).length,
    1,
  );
});

test("C05: a table that is filled in is not told, whatever rows and columns of it need not be", () => {
  for (const rows of [
    [
      ["开户银行", "江城银行"],
      ["账号", "6222 0000"],
    ],
    [
      ["名称", "数量", "单价"],
      ["压力变送器", "12", "750.00"],
      ["", "", ""],
      ["", "", ""],
    ],
    [
      ["名称", "数量", "单价", "备注"],
      ["压力变送器", "12", "750.00", ""],
    ],
    [
      ["名称", "数量", "单价"],
      ["压力变送器", "12", "750.00"],
      ["合计", "", "9,000.00"],
    ],
    [
      ["部门", "负责人"],
      ["仓库", ""],
    ],
    [
      ["序号", "名称", "数量"],
      ["1", "变送器", "12"],
      ["2", "", ""],
    ],
  ])
    assert.deepEqual(found(...table(rows)), [], JSON.stringify(rows));
});

test("parts of a rule are one, in whatever order they are drawn, and a drawing has none", () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: 60 }), fc.integer({ min: 0, max: 1000 }), (count, seed) => {
      const parts = Array.from({ length: count }, (_, at) => across(20 + at, 50 + (at % 2) / 10, 1.5));
      const mixed = parts.toSorted((a, b) => ((a.x * 7919 + seed) % 101) - ((b.x * 7919 + seed) % 101));
      const [rule, ...others] = mergeRules(mixed);
      assert.equal(others.length, 0);
      assert.equal(rule?.x, 20);
      assert.ok(Math.abs((rule?.width ?? 0) - count - 0.5) < 1e-9);
    }),
  );
  assert.deepEqual(mergeRules(Array.from({ length: 400 }, (_, at) => across(20, at * 0.7, 50))), []);
});
