import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocumentText } from "./document-text.ts";
import { layOut } from "./test-pages.ts";
import { saysNearlyAll, sketchWords } from "./word-sketch.ts";

const sketch = (lines: readonly string[]): number[] => sketchWords(readDocumentText(layOut(lines)));
const clauses = Array.from(
  { length: 40 },
  (_, at) =>
    `${at + 1}. The seller delivers lot ${at * 7} to the store of the buyer within ${at + 3} days after order ${at * 13}.`,
);
const others = Array.from(
  { length: 40 },
  (_, at) => `Report ${at}: of ${at * 31} visitors ${at * 11} came by train number ${at * 5}.`,
);

test("C02: a document with a figure changed or a page more says nearly all of the earlier one; another does not", () => {
  const earlier = sketch(clauses);
  assert.ok(saysNearlyAll(earlier, sketch(clauses.with(3, clauses[3]?.replace("21", "91") ?? ""))));
  assert.ok(saysNearlyAll(earlier, sketch([...clauses, ...others])));
  assert.ok(saysNearlyAll(sketch([...clauses, ...others]), earlier));
  assert.ok(!saysNearlyAll(earlier, sketch(others)));
  assert.ok(!saysNearlyAll(earlier, sketch([...clauses.slice(0, 15), ...others])));
});

test("C02: a short paper with one figure changed is known, and of next to nothing nothing is told", () => {
  const note = [
    "Supply contract between Lanxi Instruments Ltd and Beicheng Ltd.",
    "The seller delivers twelve gauges to the buyer by 30 November 2026. The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
  ];
  assert.ok(saysNearlyAll(sketch(note), sketch(note.map((line) => line.replace("1,286", "1,386")))));
  assert.ok(!saysNearlyAll(sketch(["Two words."]), sketch(["Two words."])));
});
