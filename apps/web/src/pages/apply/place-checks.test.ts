import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boxOf, overlap } from "../requests/placement.ts";
import { checkPlace, findFreePlace, isOff, type PageAround, settleAt, type TextBox } from "./place-checks.ts";

const A4 = { widthMm: 210, heightMm: 297 };
const SEAL = { widthMm: 42, heightMm: 42 };
const line = (text: string, x: number, y: number, width = 60): TextBox => ({ text, x, y, width, height: 4 });
const around = (change: Partial<PageAround> = {}): PageAround => ({
  page: A4,
  runs: [],
  block: [],
  others: [],
  ...change,
});
const kinds = (...given: Parameters<typeof checkPlace>): string[] => checkPlace(...given).map((one) => one.kind);

test("a seal on clear paper needs no word", () => {
  assert.deepEqual(checkPlace({ xMm: 100, yMm: 200 }, SEAL, around({ runs: [line("above", 20, 190)] })), []);
});

test("text under the seal is named, and the way off it is said in words", () => {
  const [finding] = checkPlace({ xMm: 30, yMm: 200 }, SEAL, around({ runs: [line("日期：", 24, 236)] }));
  assert.equal(finding?.kind, "covers");
  assert.deepEqual(finding?.kind === "covers" ? [finding.words, finding.mend?.way, finding.mend?.mm] : [], [
    ["日期："],
    "up",
    5,
  ]);
});

test("the words of the signature block are where a seal belongs; a line beside them is not", () => {
  const seal = line("甲方（盖章）：", 24, 205);
  const date = line("日期：", 24, 235);
  const on = (runs: TextBox[]) => checkPlace({ xMm: 30, yMm: 198 }, SEAL, around({ runs, block: [seal] }));
  assert.deepEqual(
    on([seal]).map((one) => one.kind),
    ["on-block"],
  );
  assert.deepEqual(
    on([seal, date]).flatMap((one) => (one.kind === "covers" ? one.words : [])),
    ["日期："],
  );
});

test("an edge that only touches a line does not cover it", () => {
  assert.deepEqual(kinds({ xMm: 30, yMm: 200 }, SEAL, around({ runs: [line("next", 24, 241.2)] })), []);
});

test("a seal over the edge of the page is brought back by one click", () => {
  const [finding] = checkPlace({ xMm: 190, yMm: 200 }, SEAL, around());
  assert.deepEqual(finding, { kind: "off-page", mend: { to: { xMm: 168, yMm: 200 }, way: "left", mm: 22 } });
  assert.deepEqual(kinds({ xMm: 0, yMm: 0 }, SEAL, around({ page: { widthMm: 30, heightMm: 20 } })), ["too-large"]);
  assert.equal(isOff({ xMm: 168, yMm: 255 }, SEAL, A4), false);
});

test("two seals that overlap are told, with the other one's key", () => {
  const other = { key: "p7", ...boxOf({ xMm: 60, yMm: 200 }, SEAL) };
  const [finding] = checkPlace({ xMm: 30, yMm: 200 }, SEAL, around({ others: [other] }));
  assert.equal(finding?.kind, "overlaps");
  assert.deepEqual(finding?.kind === "overlaps" ? [finding.others, finding.mend?.way, finding.mend?.mm] : [], [
    ["p7"],
    "left",
    12,
  ]);
});

test("a page full of text has no free place, and none is made up", () => {
  const runs = Array.from({ length: 60 }, (_, row) => line("text", 0, row * 5, 210));
  assert.equal(findFreePlace({ xMm: 50, yMm: 50 }, SEAL, around({ runs })), null);
});

test("every way out is free of text and seals, on the page, and as far as it says", () => {
  const box = fc.record({ x: fc.integer({ min: 0, max: 190 }), y: fc.integer({ min: 0, max: 280 }) });
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), box, (lines, from) => {
      const place = { xMm: Math.min(from.x, 168), yMm: Math.min(from.y, 255) };
      const runs = lines.map(({ x, y }) => line("words", x, y, 30));
      const mend = findFreePlace(place, SEAL, around({ runs }));
      if (!mend) return;
      assert.equal(isOff(mend.to, SEAL, A4), false);
      const inner = { x: mend.to.xMm + 1, y: mend.to.yMm + 1, width: 40, height: 40 };
      for (const run of runs) assert.equal(overlap(inner, run), false);
      const gone = Math.hypot(mend.to.xMm - place.xMm, mend.to.yMm - place.yMm);
      assert.ok(Math.abs(gone - mend.mm) < 0.06);
    }),
  );
});

test("at the words of a signature block the seal keeps off the clauses and lies on the words all the same", () => {
  const label = line("甲方（盖章）：", 24, 80, 24);
  const clause = line("（以下无正文）", 24, 65, 30);
  const runs = [
    line("第八条 其他", 24, 58, 120),
    clause,
    label,
    line("澜汐仪器有限公司", 24, 88, 30),
    line("日期：", 24, 103, 40),
  ];
  const place = settleAt(label, SEAL, around({ runs, block: [label] }));
  const box = boxOf(place, SEAL);
  assert.equal(overlap({ ...box, y: box.y + 1 }, clause), false, JSON.stringify(place));
  assert.ok(overlap(box, label));
  const middle = Math.hypot(box.x + 21 - 36, box.y + 21 - 82);
  assert.ok(middle <= SEAL.widthMm * 0.42 + 0.2);
});

test("with nothing around, a seal stands centred on its words, and never over the edge", () => {
  assert.deepEqual(settleAt(line("（盖章）", 100, 200, 20), SEAL, around()), { xMm: 89, yMm: 181 });
  const edge = settleAt(line("（盖章）", 195, 292, 14), SEAL, around());
  assert.equal(isOff(edge, SEAL, A4), false);
});
