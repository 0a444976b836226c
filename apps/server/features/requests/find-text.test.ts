import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageText } from "@chancery/domain";
import { findSealWords, findText } from "./find-text.ts";

const page = (index: number, ...texts: string[]): PageText => ({
  index,
  widthMm: 210,
  heightMm: 297,
  imageCoverage: 0,
  runs: texts.map((text, line) => ({ text, x: 20, y: 20 + line * 8, width: text.length * 4, height: 4 })),
});
const wordsOf = (...pages: PageText[]): string[] => findSealWords(pages).map((found) => `${found.page} ${found.text}`);

test("a text is found whatever its width, spaces and case, in the words of the document", () => {
  const found = findText([page(0, "第一条"), page(1, "甲 方（盖章）：", "Party A (Seal)")], "甲方(盖章)");
  assert.deepEqual(
    found.map(({ text, page: on }) => [text, on]),
    [["甲 方（盖章）", 1]],
  );
  assert.equal(found[0]?.box.x, 20);
  assert.equal(findText([page(0, "PARTY  A (Seal)")], "party a")[0]?.text, "PARTY  A");
  assert.deepEqual(findText([page(0, "甲方")], "  "), []);
});

test("the box of a text within a line is the line's share of it", () => {
  const [found] = findText([page(0, "abcdefgh")], "ef");
  assert.deepEqual(found?.box, { x: 36, y: 20, width: 8, height: 4 });
});

test("the party's seal words come before others, and a clause about sealing is no place for a seal", () => {
  assert.deepEqual(
    wordsOf(page(0, "本合同自双方盖章之日起生效"), page(1, "甲方（盖章）：", "乙方（盖章）：", "（公章）")),
    ["1 甲方（盖章）", "1 乙方（盖章）"],
  );
  assert.deepEqual(wordsOf(page(0, "经公司盖章后生效", "（盖章）", "日期：")), ["0 （盖章）"]);
  assert.deepEqual(wordsOf(page(0, "自双方盖章之日起生效")), []);
});

test("English signature blocks are found with their spaces", () => {
  assert.deepEqual(wordsOf(page(0, "The seal of the buyer is kept.", "Signed for the buyer:")), [
    "0 Signed for the buyer",
  ]);
  assert.deepEqual(wordsOf(page(2, "For and on behalf of", "Party A (Seal):")), ["2 Party A (Seal)"]);
  assert.deepEqual(wordsOf(page(0, "(seal)")), ["0 (seal)"]);
});
