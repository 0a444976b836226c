import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocumentText } from "./document-text.ts";
import { findTemplateCandidates, indexTemplates, sketchTemplate } from "./template-index.ts";
import { readTemplate } from "./template-text.ts";
import { layOut } from "./test-pages.ts";

const linesOf = (seed: number): string[] =>
  Array.from(
    { length: 40 },
    (_, at) =>
      `Clause ${at}: the word${(seed * 31 + at * 7) % 113} of kind${(seed * 17 + at) % 59} is due ____ within part${seed}.`,
  );
const templates = Array.from({ length: 30 }, (_, at) => ({
  templateId: `tpl-${at}`,
  sketch: sketchTemplate(readTemplate(readDocumentText(layOut(linesOf(at))), [])),
}));
const index = indexTemplates(templates);
const find = (lines: readonly string[]) => findTemplateCandidates(index, readDocumentText(layOut(lines)));

test("C03: of many templates the one a document was made from is found, also when it was changed", () => {
  for (const at of [0, 7, 29]) {
    const filled = linesOf(at).map((line) => line.replace("____", "yesterday"));
    assert.deepEqual([find(filled)[0]?.templateId, find(filled)[0]?.share], [`tpl-${at}`, 1]);
    const changed = filled.map((line, place) => (place % 4 === 0 ? `We agree otherwise about ${place}.` : line));
    const [best] = find(changed);
    assert.equal(best?.templateId, `tpl-${at}`);
    assert.ok(best && best.share < 0.9 && best.share > 0.4);
  }
});

test("C03: a document of another kind has no candidate; neither has an empty one, and an empty template is none", () => {
  assert.deepEqual(find(["Minutes of the meeting of the board of directors, held at the seat of the company"]), []);
  assert.deepEqual(find([]), []);
  const empty = sketchTemplate(readTemplate(readDocumentText([]), []));
  assert.deepEqual(
    findTemplateCandidates(indexTemplates([{ templateId: "none", sketch: empty }]), readDocumentText([])),
    [],
  );
});

test("C03: a sketch is bounded and the same each time", () => {
  const long = readTemplate(
    readDocumentText(
      layOut(Array.from({ length: 900 }, (_, at) => `word${at} word${at * 3} word${at * 7} word${at * 11}`)),
    ),
    [],
  );
  assert.equal(sketchTemplate(long).length, 512);
  assert.deepEqual(sketchTemplate(long), sketchTemplate(structuredClone(long)));
});
