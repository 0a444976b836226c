import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { TextRun } from "./page-text.ts";
import { createOpenCounter } from "./written-over.ts";

const pattern = /_{3,}/gu;
const countOpen = (line: TextRun, ...others: TextRun[]): number => createOpenCounter([line, ...others])(line, pattern);
const blank: TextRun = { text: "The warranty is ______ months.", x: 20, y: 100, width: 60, height: 4 };

test("C05: the line above a blank is no value typed over it, wherever it begins", () => {
  const text = "between Lanxi Instruments Ltd and Beicheng Ltd, both of them in Lanxi.";
  for (const x of [20, 20.2, 21, 28, 40, 52])
    for (const pitch of [4, 4.3, 5, 6])
      assert.equal(countOpen(blank, { text, x, y: 100 - pitch, width: 134, height: 3.9 }), 1, `${x} ${pitch}`);
  const han: TextRun = { text: "二、保修期为______年。", x: 20.2, y: 33.63, width: 45, height: 3.86 };
  assert.equal(
    countOpen(han, { text: "甲方向乙方购买压力变送器十二台", x: 27.9, y: 29.92, width: 60, height: 3.54 }),
    1,
  );
});

test("C05: a value typed over a blank fills it, a little above or below its line as typewriters write", () => {
  for (const off of [-1.4, -1, 0, 0.8, 1])
    assert.equal(countOpen(blank, { text: "24", x: 56, y: 100 + off, width: 5, height: 3.2 }), 0, `${off}`);
  assert.equal(
    countOpen(
      { ...blank, x: 40, text: "______", y: 103.4, height: 0.4 },
      { text: "24", x: 56, y: 100, width: 5, height: 3 },
    ),
    0,
  );
});

test("C05: a Chinese character takes twice the room of a low line: the value over the second blank leaves the first open", () => {
  const line: TextRun = { text: "保修期为______年，由______负责", x: 20, y: 100, width: 64, height: 4 };
  assert.equal(countOpen(line, { text: "甲方", x: 63, y: 99.8, width: 8, height: 3.6 }), 1);
  assert.equal(countOpen(line, { text: "二", x: 39, y: 99.8, width: 4, height: 3.6 }), 1);
});

test("C05: letters drawn twice to look bold do not fill the blanks between them", () => {
  assert.equal(countOpen(blank, { ...blank, x: 20.3 }), 1);
});

test("C05: no line of a text fills a blank of the next, and a value on its foot always does", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 2, max: 8, noNaN: true }),
      fc.double({ min: 1.03, max: 3, noNaN: true }),
      fc.double({ min: 0, max: 60, noNaN: true }),
      fc.double({ min: 5, max: 160, noNaN: true }),
      fc.boolean(),
      (height, pitch, indent, width, isAbove) => {
        const line = { ...blank, height };
        const y = line.y + (isAbove ? -1 : 1) * height * pitch;
        assert.equal(countOpen(line, { text: "as agreed", x: line.x + indent, y, width, height }), 1);
        assert.equal(countOpen(line, { text: "24", x: 56, y: line.y, width: 4, height }), 0);
      },
    ),
  );
});
