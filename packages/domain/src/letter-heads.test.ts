import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isHeadLine } from "./letter-heads.ts";
import type { PageText, TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

/** Lines from the top, seven millimetres apart, or at a height of their own. */
const told = (...lines: readonly (string | readonly [text: string, y: number])[]): string[] => {
  let y = 15;
  const runs = lines.map((line): TextRun => {
    const text = typeof line === "string" ? line : line[0];
    y = typeof line === "string" ? y + 7 : line[1];
    const width = Math.min(
      170,
      [...text].reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 4 : 2), 0),
    );
    return { text, x: 20, y, width, height: 4 };
  });
  const page: PageText = { index: 0, widthMm: 210, heightMm: 297, runs, imageCoverage: 0 };
  return findUnfinishedPlaces([page], []).map(({ kind, answerable }) => `${kind} ${answerable ? "asked" : "refused"}`);
};
const refused = ["no-content refused"];
const asked = ["near-empty-page asked"];

test("C05: letter paper that is printed in one line is blank as well", () => {
  for (const line of [
    "澜汐仪器有限公司 Lanxi Instruments Co., Ltd. 滨江路18号 Tel 021-5555",
    "Lanxi Instruments Co., Ltd. 18 Binjiang Road, Tel 021-5555",
    "Lanxi Instruments Co., Ltd., 18 Binjiang Road, Lanxi",
    "澜汐仪器有限公司　滨江路18号　电话021-5555",
    "Orrin Pumps Limited, 5 Quay Street, Hull, England, www.orrin.example",
  ])
    assert.deepEqual(told(line), refused, line);
});

test("C05: a name with a slogan alone is asked about", () => {
  for (const lines of [
    ["澜汐仪器有限公司　精密测量，值得信赖。"],
    ["澜汐仪器有限公司", "精密测量，值得信赖。"],
    ["Lanxi Instruments Co., Ltd. Quality in every gauge."],
    [
      "Lanxi Instruments Co., Ltd.",
      "We measure what matters, every day, everywhere in the world, for people like you.",
    ],
    ["Precise since 1998."],
  ])
    assert.deepEqual(told(...lines), asked, lines.join(" / "));
});

test("C05: a sheet that only says that something stands above it is asked about", () => {
  const above = "The text above this line is what the company has agreed to.";
  assert.deepEqual(told([above, 223]), asked);
  assert.deepEqual(told(["本页为澜汐仪器有限公司出具之文件，内容以本公司另行打印于上方之文字为准。", 173]), asked);
  assert.deepEqual(told("The seller delivers twelve gauges to the buyer by the end of March.", [above, 223]), []);
  assert.deepEqual(
    told("Lanxi buys twelve gauges of Beicheng for its hall this year.", "It pays for them.", above),
    [],
  );
});

test("C05: a letter that announces what does not follow is asked about", () => {
  const letter = (said: string): string[] =>
    told(
      "澜汐仪器有限公司",
      "关于合作事宜的函",
      "北辰精密机械有限公司：",
      said,
      ["特此函告。", 174],
      "澜汐仪器有限公司",
      "2026年11月20日",
    );
  assert.deepEqual(letter("现将有关事项函告如后。"), asked);
  assert.deepEqual(letter("我司同意贵司延期交货至十二月底。"), []);
});

const sentences = [
  "Lanxi Instruments transfers its thirty per cent share in Beicheng Precision Ltd to Mr Wang for nothing.",
  "Should Beicheng fail to pay its bank, the bank may turn to us for the whole on first call.",
  "The bank is closed on Monday; please use the till in the hall.",
  "The bus to the bank leaves at nine on Monday.",
  "The share capital of the company was paid in by its founders in May.",
  "The account of the canteen moves to another bank on Monday.",
  "本公司开户银行自下周一起变更为江城银行，请各部门知悉。",
];
test("C05: a short notice is content whatever words of letter paper are in it", () => {
  for (const said of sentences) {
    assert.deepEqual(told("Notice", said, "20 November 2026", "Lanxi Instruments Ltd"), [], said);
    assert.deepEqual(told("Notice", said, "Lanxi Instruments Co., Ltd.", "20 November 2026"), [], said);
    assert.deepEqual(told(said), [], said);
  }
  assert.deepEqual(
    told(
      "Notice",
      "Lanxi Instruments transfers its thirty per cent share in Beicheng Precision Ltd to Mr",
      "Wang Jianguo for nothing.",
      "Lanxi Instruments Co., Ltd.",
      "20 November 2026",
    ),
    [],
    "a sentence in two lines",
  );
});

test("C05: what a company does is not the head of its paper", () => {
  for (const line of [
    "请向澜汐仪器有限公司付款",
    "We delivered the goods to Beicheng Ltd",
    "Beicheng Ltd pays Lanxi Instruments Ltd",
  ])
    assert.equal(isHeadLine(line), false, line);
  assert.deepEqual(told("澜汐仪器有限公司于十二月一日至五日停止供水，请各部门做好准备。"), []);
  assert.deepEqual(told("Lanxi Instruments Ltd leaves its hall in the north and moves to Hull."), []);
});

test("C05: a name, an address and a number are a head in whatever order they stand in one line", () => {
  const parts = [
    "Lanxi Instruments Co., Ltd.",
    "18 Binjiang Road",
    "Tel 021-555512",
    "www.lanxi.example",
    "澜汐仪器有限公司",
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(parts, { minLength: 1 }), fc.constantFrom(" ", ", ", " · "), (some, between) => {
      assert.equal(isHeadLine(some.join(between)), true);
      assert.equal(isHeadLine(`${some.join(between)} which we sold to them last year`), false);
    }),
  );
});
