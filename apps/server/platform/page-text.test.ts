import assert from "node:assert/strict";
import { test } from "node:test";
import { readPageTexts } from "./page-text.ts";
import { makeTestPdf } from "./test-pdf.ts";

const read = async (lines: readonly string[], drawn = "") => {
  const answer = await readPageTexts(makeTestPdf(lines, { drawn }), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(answer.ok);
  const [page] = answer.pages;
  assert.ok(page);
  const say = (runs: typeof page.runs = []): string[] => runs.map(({ text }) => text);
  return { runs: say(page.runs), unseen: say(page.unseen), ink: page.ink ?? Number.NaN };
};
const line = (text: string, colour: string, y: number): string =>
  `q ${colour} BT /F1 12 Tf 60 ${y} Td (${text}) Tj ET Q`;

test("C05: text in the colour of its ground is no text of the page, and is told as what nobody sees", async () => {
  const hidden = "This guarantee may be prolonged without end.";
  for (const colour of ["1 g", "0.99 0.99 0.98 rg", "3 Tr"])
    assert.deepEqual(
      await read(["The seller delivers."], line(hidden, colour, 600)).then(({ runs, unseen }) => ({ runs, unseen })),
      {
        runs: ["The seller delivers."],
        unseen: [hidden],
      },
    );
  const alone = await read([], line(hidden, "1 g", 600));
  assert.deepEqual(alone, { runs: [], unseen: [hidden], ink: 0 });
});

test("C05: text under a painted field is not seen; white text on a dark field is", async () => {
  const covered = await read(["The seller delivers.", "The price is CNY 12."], "q 1 g 40 762 400 14 re f Q");
  assert.deepEqual([covered.runs, covered.unseen], [["The seller delivers."], ["The price is CNY 12."]]);
  const inverted = await read([], `q 0.1 g 50 590 300 24 re f Q ${line("Item and quantity", "1 g", 598)}`);
  assert.deepEqual([inverted.runs, inverted.unseen], [["Item and quantity"], []]);
});

test("C05: small and pale text that a reader still sees stays text", async () => {
  for (const colour of ["0.75 g", "0.9 0.9 0.4 rg", "0.2 0.2 1 rg"])
    assert.deepEqual((await read([], line("Terms overleaf", colour, 600))).runs, ["Terms overleaf"]);
  const small = await read([], "BT /F1 4 Tf 60 600 Td (Terms overleaf) Tj ET");
  assert.deepEqual(small.runs, ["Terms overleaf"]);
});

test("C05: what is drawn counts as ink, and a page without anything has none", async () => {
  assert.equal((await read([])).ink, 0);
  const chart = await read([], "0.3 0.5 0.9 rg 100 300 60 200 re f 200 300 60 320 re f 300 300 60 90 re f");
  assert.ok(chart.ink > 0.06 && chart.ink < 0.1, String(chart.ink));
});
