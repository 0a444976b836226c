import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

type Line = string | readonly [x: number, text: string][];
const runsOf = (lines: readonly Line[]): TextRun[] =>
  lines.flatMap((line, at) =>
    (typeof line === "string" ? ([[20, line]] as const) : line).map(([x, text]) => ({
      ...{ text, x, y: 20 + at * 8, height: 4 },
      width: [...text].reduce((sum, one) => sum + (/[\p{Script=Han}，。、：；]/u.test(one) ? 4 : 2), 0),
    })),
  );
const found = (lines: readonly Line[]): string[] =>
  findUnfinishedPlaces([{ index: 0, widthMm: 210, heightMm: 297, runs: runsOf(lines), imageCoverage: 0 }], []).map(
    ({ kind, text, answerable }) => `${kind} ${text}${answerable ? "" : " refused"}`,
  );
const head = [
  "采购合同",
  "甲方：澜汐仪器有限公司",
  "乙方：北辰精密机械有限公司",
  "二、合同总价为人民币9,000.00元，验收后付清。",
];
const foot = ["四、双方应妥善保管往来文件。", "五、卖方负责运输并承担运费。"];
const enHead = [
  "Supply contract",
  "between Lanxi Instruments Ltd and Beicheng Ltd.",
  "2. The price is CNY 9,000.00, paid in May.",
];
const enFoot = ["4. The seller bears the freight.", "5. The buyer inspects the goods on arrival."];

test("C05: a label with nothing behind it before the next article or label is open", () => {
  for (const label of ["三、收款账号：", "收款账号：", "三、交货地点：", "三、质保期：", "三、卖方联系人："])
    if (!/联系人/u.test(label))
      assert.deepEqual(found([...head, label, ...foot]), [`wide-space ${label.replace("：", ":")}`]);
  assert.deepEqual(found([...head, "三、开户银行：", "户名：", "账号：", ...foot]), [
    ...["wide-space 三、开户银行:", "wide-space 户名:", "wide-space 账号:"],
  ]);
  for (const label of ["3. Place of delivery:", "3. Account number:", "Warranty:", "3.2 The buyer's contact person:"])
    assert.deepEqual(found([...enHead, label, ...enFoot]), [`wide-space ${label}`]);
});

test("C05: a label is not open whose value stands beside or below it, and none that announces a list or heads a part", () => {
  for (const lines of [
    [
      [
        [20, "三、收款账号："],
        [60, "6222 0000 1111"],
      ] as const,
    ],
    ["三、收款账号：", "6222 0000 1111"],
    ["数量：", "1. 压力变送器十二台。", "2. 阀门两只。"],
    ["三、质保：", "乙方负责质保一年。"],
    ["三、甲方的义务：", "（一）按期付款。"],
    ["三、交货地点：江城市滨江路18号"],
  ] as Line[][])
    assert.deepEqual(found([...head, ...lines, ...foot]), [], JSON.stringify(lines));
  assert.deepEqual(found([...enHead, "3. Place of delivery:", "18 Binjiang Road, Lanxi", ...enFoot]), []);
  assert.deepEqual(found([...enHead, "Quantity:", "1. twelve gauges", ...enFoot]), []);
  assert.deepEqual(found([...head, ...foot, "甲方（盖章）：", "开户银行：", "账号：", "日期："]), [], "beside a seal");
});

test("C05: the heading of an annex with nothing under it is open, and a list of them is not", () => {
  const annexes = (...lines: string[]): string[] => found([...enHead, ...enFoot, ...lines]);
  assert.deepEqual(annexes("Schedule 4", "Schedule 5", "Gauges, twelve pieces."), ["wide-space Schedule 4"]);
  assert.deepEqual(found([...head, ...foot, "附件一", "附件二", "压力变送器十二台。"]), ["wide-space 附件一"]);
  assert.deepEqual(annexes("Annexes:", "Annex 1", "Annex 2"), []);
  assert.deepEqual(annexes("Annex 1", "Annex 2", "Annex 3"), []);
  assert.deepEqual(annexes("Schedule 4", "Gauges.", "Schedule 5", "Valves."), []);
});

test("C05: how many is open in a short line, too", () => {
  for (const line of [
    [
      [20, "三、质保期为"],
      [70, "年。"],
    ],
    [
      [20, "三、数量："],
      [66, "台"],
    ],
    [
      [20, "三、交货地点："],
      [88, "。"],
    ],
    [
      [20, "三、逾期交货的，卖方每日按合同总价的"],
      [121, "%支付违约金。"],
    ],
  ] as [number, string][][])
    assert.equal(found([...head, line, ...foot]).length, 1, JSON.stringify(line));
  for (const line of [
    [
      [20, "签订日期："],
      [60, "年"],
      [80, "月"],
      [100, "日"],
    ],
    [
      [20, "名称"],
      [60, "件数"],
      [100, "单价"],
    ],
    [
      [20, "第一条"],
      [60, "台账由乙方保管。"],
    ],
  ] as [number, string][][])
    assert.deepEqual(
      found([...head, line, ...foot]).filter((one) => one.startsWith("wide")),
      [],
      JSON.stringify(line),
    );
});

test("C05: marks that stand for what is not known yet are found", () => {
  for (const said of ["[*]", "##", "$months$", "TBA", "[rate]", "[months]"])
    assert.deepEqual(found([...enHead, `3. The warranty is ${said} months.`, ...enFoot]), [
      `leftover 3. The warranty is ${said} months.`,
    ]);
  for (const line of [
    "3. Delivery date: TBC",
    "3. Place of delivery: PLEASE COMPLETE",
    "3. Rate: xx.x %",
    "三、质保期为[*]年。",
  ])
    assert.deepEqual(found([...enHead, line, ...enFoot]), [`leftover ${line}`]);
  for (const line of [
    "3. TBC Bank JSC pays the buyer.",
    "3. Please complete the works by May.",
    "3. Flat #12, Hull",
    "3. It costs US$ 5 or US$ 6.",
    "3. The model is X.509 or Item ##12.",
  ])
    assert.deepEqual(found([...enHead, line, ...enFoot]), [], line);
});

test("C05: a label that is filled in the same line is never open, whatever the value is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("收款账号：", "三、交货地点：", "数量：", "单价："),
      fc.constantFrom("6222 0000", "江城市滨江路", "十二台", "见附件"),
      fc.double({ min: 42, max: 150, noNaN: true }),
      (label, value, x) => {
        assert.deepEqual(
          found([
            ...head,
            [
              [20, label],
              [x, value],
            ],
            ...foot,
          ]),
          [],
        );
      },
    ),
  );
});
