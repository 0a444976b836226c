import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readDocumentText } from "./document-text.ts";
import type { PageText, TextRun } from "./page-text.ts";

const run = (text: string, x: number, y: number, width = text.length * 2): TextRun => ({
  ...{ text, x, y, width, height: 4 },
});
const page = (runs: readonly TextRun[], index = 0): PageText => ({
  ...{ index, widthMm: 210, heightMm: 297, runs, imageCoverage: 0 },
});
const words = (...runs: TextRun[]): string[] =>
  readDocumentText([page(runs)]).pages.flatMap((one) => one.words.map(({ text }) => text));

test("a document's words are Chinese characters, words, numbers and marks, in compatible forms", () => {
  assert.deepEqual(words(run("甲方：Ａcme Ltd. 支付 1,250.50 元", 20, 20)), [
    ...["甲", "方", ":", "Acme", "Ltd", ".", "支", "付", "1,250.50", "元"],
  ]);
  assert.deepEqual(words(run("签订于⽉", 20, 20)), ["签", "订", "于", "月"]);
  assert.deepEqual(words(run("con\u200btract\u202e \ufeffno\u00adw", 20, 20)), ["contract", "now"]);
  assert.deepEqual(words(run("a ______ b ____ c ........ d", 20, 20)), ["a", "__", "b", "__", "c", "..", "d"]);
  assert.deepEqual(words(run("“seller” – ‘x’", 20, 20)), ['"', "seller", '"', "-", "'", "x", "'"]);
});

test("a word drawn in pieces is one word, with a gap it is two", () => {
  assert.deepEqual(words(run("sel", 20, 20, 6), run("ler", 26.1, 20, 6)), ["seller"]);
  assert.deepEqual(words(run("sel", 20, 20, 6), run("ler", 27.5, 20, 6)), ["sel", "ler"]);
  assert.deepEqual(words(run("12", 20, 20, 4), run("50", 24, 20.4, 4)), ["1250"]);
});

test("words are read by line and column, whatever order the file holds them in", () => {
  const lines = [run("one", 20, 20), run("two", 60, 20.5), run("three", 20, 30), run("four", 20, 40)];
  assert.deepEqual(words(...lines.toReversed()), ["one", "two", "three", "four"]);
  const columns = Array.from({ length: 8 }, (_, at) => [
    run(`left${"abcdefgh"[at]}`, 20, 40 + at * 6, 80),
    run(`right${"abcdefgh"[at]}`, 110, 40 + at * 6, 80),
  ]).flat();
  const read = words(run("Title", 20, 20, 170), ...columns.toReversed(), run("foot", 20, 120, 170));
  assert.equal(read[0], "Title");
  assert.deepEqual(
    read.slice(1, 9).map((text) => text.slice(0, 4)),
    Array(8).fill("left"),
  );
  assert.deepEqual(
    read.slice(9, 17).map((text) => text.slice(0, 5)),
    Array(8).fill("right"),
  );
  assert.equal(read.at(-1), "foot");
});

test("text that stands upright over the page joins no line of it", () => {
  const upright: TextRun = { text: "margin", x: 5, y: 10, width: 4, height: 250 };
  assert.deepEqual(words(upright, run("one", 20, 20), run("two", 20, 30)), ["one", "two", "margin"]);
});

test("a word's place is its share of its run", () => {
  const [, second] = readDocumentText([page([run("ab cd", 20, 20, 10)])]).pages[0]?.words ?? [];
  assert.deepEqual(second?.box, { x: 26, y: 20, width: 4, height: 4 });
});

test("headers and footers are told by standing on other pages too, whatever their figures", () => {
  const pages = [0, 1, 2].map((at) =>
    page([run("Acme Ltd", 20, 10), run(`clause ${"abc"[at]}`, 20, 100), run(`Page ${at + 1} of 3`, 90, 285)], at),
  );
  for (const { lines } of readDocumentText(pages).pages)
    assert.deepEqual(
      lines.map(({ running }) => running),
      [true, false, true],
    );
  const [only] = readDocumentText(pages.slice(0, 1)).pages;
  assert.deepEqual(
    only?.lines.map(({ running }) => running),
    [false, false, false],
  );
});

test("reading is total, bounded, and does not mind the order of runs", () => {
  const anyRun = fc.record({
    text: fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })),
    x: fc.double(),
    y: fc.double(),
    width: fc.double(),
    height: fc.double(),
  });
  fc.assert(fc.property(fc.array(anyRun, { maxLength: 30 }), (runs) => void readDocumentText([page(runs)])));
  const grid = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(grid, fc.infiniteStream(fc.nat()), (places, order) => {
      const runs = places.map((at) =>
        run(
          `w${"abcdefghij"[at % 10]}${"abcdefghijklmnopqrstu"[Math.floor(at / 10)]}`,
          10 + (at % 10) * 18,
          10 + Math.floor(at / 10) * 12,
          12,
        ),
      );
      const keys = new Map(runs.map((one) => [one, order.next().value ?? 0]));
      const mixed = runs.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
      assert.deepEqual(words(...mixed), words(...runs));
    }),
  );
  const huge = readDocumentText([page([run("字".repeat(250_000), 0, 0, 100)]), page([run("more", 0, 0)], 1)]);
  assert.equal(huge.truncated, true);
});

test("a value drawn over a blank is read where it is seen", () => {
  const line = run("Price: ____________ per piece", 20, 20, 58);
  assert.deepEqual(words(line, run("1,250", 40, 19.5, 10)), ["Price", ":", "__", "1,250", "per", "piece"]);
});

test("a day whose parts were drawn over the spaces of its line is read in its order", () => {
  const measure = run("质量应当符合国家标准", 24, 60, 38.4);
  const lineOf = (text: string, han: number, spaces: number): TextRun => run(text, 24, 20, han * 3.9 + spaces * 3.5);
  const line = lineOf("第三条 交付 卖方于   年  月  日前将产品送达买方指定地点", 23, 9);
  const filled = (over: TextRun): string => words(line, over, measure).join("");
  assert.ok(filled(run("2027 3 31", 63.6, 20.4, 31.6)).includes("卖方于2027年3月31日前"));
  assert.ok(filled(run("2027 12 1", 63.6, 20.4, 30)).includes("卖方于2027年12月1日前"));
  assert.equal(words(line, measure).join("").includes("于年月日前"), true, "as long as nothing is drawn over it");
});
