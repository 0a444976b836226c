import assert from "node:assert/strict";
import { test } from "node:test";
import { createFontSubset } from "@chancery/seal-image/font";
import fc from "fast-check";
import { type FilledText, fillForm, openForFilling } from "./fill.ts";
import { listPages } from "./reader/page-tree.ts";
import { openPdf } from "./reader/pdf-file.ts";
import { findEntry } from "./reader/pdf-value.ts";
import { makeSigner, writeDocument } from "./seal/test-documents.ts";
import { openForSealing, sealPdf } from "./seal.ts";
import { verifyPdf } from "./verify.ts";

const text = (change: Partial<FilledText> = {}): FilledText => ({
  ...{ page: 0, xMm: 40, baselineMm: 60, sizeMm: 4, stretch: 1, text: "东岭机电 No. 7" },
  ...change,
});
const subset = (texts: readonly FilledText[]) => createFontSubset(texts.map((one) => one.text).join(""));
function fill(bytes: Buffer, texts: readonly FilledText[] = [text()]): Buffer {
  const opened = openForFilling(bytes);
  assert.ok(opened.ok);
  const filled = fillForm(opened.form, texts, subset(texts));
  assert.ok(filled.ok, JSON.stringify(filled));
  return filled.bytes;
}
const shapes = [
  { xref: "table" },
  { xref: "stream" },
  { xref: "object-streams", pageCount: 3 },
  { page: "/Rotate 90" },
  {
    pages: "/Resources << /Font << /F9 100 0 R >> /ProcSet [/PDF] >>",
    objects: ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"],
  },
] as const;

test("a form is filled by an update after its own bytes, the same for the same texts, whatever way it is written", () => {
  for (const shape of shapes) {
    const form = writeDocument(shape);
    const filled = fill(form);
    assert.ok(filled.subarray(0, form.length).equals(form));
    assert.ok(filled.equals(fill(form)));
    assert.ok(!filled.equals(fill(form, [text({ text: "东岭机电 No. 8" })])));
    const opened = openPdf(filled, { rebuild: "never" });
    assert.ok(opened.ok);
    const [page] = listPages(opened.file);
    const contents = page && opened.file.get(page.dictionary, "Contents");
    assert.equal(
      contents?.kind === "array" && contents.items.length,
      3,
      "the page's own content between what guards it and the text",
    );
    const fonts = opened.file.get(opened.file.get(page?.dictionary, "Resources"), "Font");
    assert.ok(fonts?.kind === "dictionary" && [...fonts.entries.keys()].some((key) => key.startsWith("Filled")));
  }
});

test("fonts that a page has, its own or from above, stay beside the one that fills it", () => {
  const { pages, objects } = shapes[4];
  const inherited = writeDocument({ pages, objects });
  // The page's own resources hide those above (ISO 32000-2, 7.7.3.4); without its own it has those.
  const own = Buffer.from(inherited.toString("latin1").replace("/Resources << >>", "                "), "latin1");
  const opened = openPdf(fill(own), { rebuild: "never" });
  assert.ok(opened.ok);
  const [page] = listPages(opened.file);
  const fonts = opened.file.get(opened.file.get(page?.dictionary, "Resources"), "Font");
  assert.ok(findEntry(fonts, "F9"));
});

test("what was filled can be sealed, and the seal holds", async () => {
  const signer = makeSigner("p256");
  for (const shape of shapes) {
    const filled = fill(writeDocument(shape));
    assert.ok(openForSealing(filled).ok);
    const sealed = await sealPdf({ bytes: filled, signer, signedAt: Date.UTC(2026, 10, 28), id: "one" });
    assert.ok(sealed.ok);
    assert.equal((await verifyPdf(Buffer.concat([filled, sealed.tail]))).verdict, "valid");
    const again = openForFilling(Buffer.concat([filled, sealed.tail]));
    assert.ok(!again.ok && again.refusal.code === "fill.sealed", "what is sealed is filled no more");
  }
});

test("a character that the font lacks is refused, and nothing is drawn in its place", () => {
  const opened = openForFilling(writeDocument());
  assert.ok(opened.ok);
  const emoji = [text({ text: "🦭" })];
  const answer = fillForm(opened.form, emoji, subset(emoji));
  assert.ok(!answer.ok && answer.refusal.code === "fill.character");
  const far = fillForm(opened.form, [text({ page: 9 })], subset([text()]));
  assert.ok(!far.ok && far.refusal.code === "page.not-found");
});

test("whatever is written, wherever, the file stays one that opens and can be sealed", () => {
  const place = fc.record({
    ...{ page: fc.constantFrom(0, 1), xMm: fc.double({ min: -20, max: 300, noNaN: true }) },
    ...{
      baselineMm: fc.double({ min: -20, max: 400, noNaN: true }),
      sizeMm: fc.double({ min: 0.1, max: 50, noNaN: true }),
    },
    ...{
      stretch: fc.double({ min: 0.1, max: 2, noNaN: true }),
      text: fc.constantFrom("a", "合同", "12,500.00 元", "(\\)<>"),
    },
  });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 4 }), fc.constantFrom("table", "stream"), (texts, xref) => {
      const filled = fill(writeDocument({ xref, pageCount: 2 }), texts);
      const opened = openForSealing(filled);
      return opened.ok && opened.document.pages.length === 2 && !opened.document.isRepaired;
    }),
    { numRuns: 30 },
  );
});
