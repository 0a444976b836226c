import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createFontSubset } from "@chancery/seal-image/font";
import { openForPrinting, type PrintedPage, writePrintedPages } from "./print.ts";
import { listPages } from "./reader/page-tree.ts";
import { openPdf } from "./reader/pdf-file.ts";
import { findEntry } from "./reader/pdf-value.ts";
import { makeSigner, writeDocument } from "./seal/test-documents.ts";
import { sealPdf } from "./seal.ts";

const text = "LX-2026-000123 第 1/2 页";
const printed = (page: number, shrink = 1): PrintedPage => ({
  page,
  mark: {
    code: {
      xMm: 180,
      yMm: 270,
      moduleMm: 0.5,
      rows: [
        [true, false, true],
        [false, true, false],
        [true, true, false],
      ],
    },
    lines: [{ xMm: 120, baselineMm: 280, sizeMm: 2, text }],
    shrink,
  },
});
function print(bytes: Buffer, pages: readonly PrintedPage[]): Buffer {
  const opened = openForPrinting(bytes);
  assert.ok(opened.ok, JSON.stringify(opened));
  const written = writePrintedPages(opened.document, pages, createFontSubset(text));
  assert.ok(written.ok, JSON.stringify(written));
  return written.bytes;
}
const codeOf = (bytes: Uint8Array): string => {
  const opened = openForPrinting(bytes);
  return opened.ok ? "ok" : opened.refusal.code;
};

test("pages are printed in any order and number, whatever way the document is written, and the bytes are the same each time", () => {
  for (const shape of [{ xref: "table" }, { xref: "stream" }, { xref: "object-streams" }] as const) {
    const document = writeDocument({ ...shape, pageCount: 2, pages: "/Rotate 90 /CropBox [10 10 500 800]" });
    const pages = [printed(0), printed(1), printed(0), printed(1, 0.9)];
    const bytes = print(document, pages);
    assert.ok(bytes.subarray(0, document.length).equals(document));
    assert.ok(bytes.equals(print(document, pages)));
    const opened = openPdf(bytes, { rebuild: "never" });
    assert.ok(opened.ok);
    const found = listPages(opened.file);
    assert.equal(found.length, 4);
    for (const page of found) {
      assert.deepEqual([page.rotation, page.box], [90, { x0: 10, y0: 10, x1: 500, y1: 800 }]);
      const contents = opened.file.get(page.dictionary, "Contents");
      assert.equal(contents?.kind === "array" && contents.items.length, 3);
    }
  }
});

test("what a page inherits and what leads into the document from outside does not go astray", () => {
  const document = writeDocument({
    pages: "/Resources << /Font << /F9 100 0 R >> >>",
    catalog: "/OpenAction [10 0 R /Fit]",
    objects: ["<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"],
  });
  const own = Buffer.from(document.toString("latin1").replace("/Resources << >>", "                "), "latin1");
  const opened = openPdf(print(own, [printed(0)]), { rebuild: "never" });
  assert.ok(opened.ok);
  const [page] = listPages(opened.file);
  assert.ok(findEntry(opened.file.get(opened.file.get(page?.dictionary, "Resources"), "Font"), "F9"));
  assert.equal(findEntry(opened.file.catalog(), "OpenAction")?.kind, "null");
});

test("what is sealed, encrypted or no PDF is not printed, and says why; what the font lacks neither", async () => {
  const document = writeDocument();
  const signer = makeSigner("p256");
  const sealed = await sealPdf({ bytes: document, signer, signedAt: Date.UTC(2026, 10, 28), id: "one" });
  assert.ok(sealed.ok);
  assert.equal(codeOf(Buffer.concat([document, sealed.tail])), "print.sealed");
  const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.pdf`, import.meta.url));
  assert.equal(codeOf(fixture("encrypted-aes-256")), "print.encrypted");
  assert.equal(codeOf(fixture("encrypted-password")), "pdf.encrypted");
  assert.equal(codeOf(Buffer.from("hello")), "pdf.not-pdf");
  const opened = openForPrinting(document);
  assert.ok(opened.ok);
  const lacking = writePrintedPages(opened.document, [printed(0)], createFontSubset("LX"));
  assert.ok(!lacking.ok && lacking.refusal.code === "print.character");
  const beyond = writePrintedPages(opened.document, [printed(1)], createFontSubset(text));
  assert.ok(!beyond.ok && beyond.refusal.code === "page.not-found");
});

test("a page may be drawn smaller unless something lies on it that would stay where it is", () => {
  const may = (page: string, objects: readonly string[] = []): boolean | undefined => {
    const opened = openForPrinting(writeDocument({ page, objects }));
    return opened.ok ? opened.document.pages[0]?.mayShrink : undefined;
  };
  assert.equal(may(""), true);
  assert.equal(may("/Annots [100 0 R]", ["<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>"]), true);
  assert.equal(may("/Annots [100 0 R]", ["<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] >>"]), false);
});
