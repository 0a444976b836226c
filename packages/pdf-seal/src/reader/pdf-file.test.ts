import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { makeSigner, writeDocument } from "../seal/test-documents.ts";
import { sealPdf } from "../seal.ts";
import { findPage, listPages } from "./page-tree.ts";
import { openPdf, type PdfFile } from "./pdf-file.ts";
import { cursorAt, readValue } from "./pdf-syntax.ts";
import { findEntry, rawBytes } from "./pdf-value.ts";
import { DEFAULT_PARAMETERS, decodeFilter } from "./stream-filters.ts";

function open(bytes: Uint8Array): PdfFile {
  const opened = openPdf(bytes);
  assert.ok(opened.ok);
  return opened.file;
}

const read = (text: string) => readValue(cursorAt(Buffer.from(text, "latin1"), 0));

test("every revision is seen as it was saved", async () => {
  const base = writeDocument({ xref: "object-streams" });
  const sealed = await sealPdf({ bytes: base, signer: makeSigner("p256"), signedAt: 0, id: "a" });
  assert.ok(sealed.ok);
  const file = open(Buffer.concat([base, sealed.tail]));
  assert.equal(file.revisions.length, 2);
  assert.deepEqual(
    file.revisions.map(({ end }) => end),
    [base.length, base.length + sealed.tail.length],
  );
  assert.equal(file.get(file.catalog(0), "AcroForm", 0), null);
  assert.equal(file.get(file.catalog(), "AcroForm")?.kind, "dictionary");
  const page = file.findObject(10, 0);
  assert.equal(page?.container?.number, 900);
  assert.equal(file.findObject(10)?.container, null);
});

test("a page is found by its index without reading those before it, and like the list has it", () => {
  const file = open(writeDocument({ pageCount: 40, page: "/Rotate -90" }));
  const pages = listPages(file);
  assert.equal(pages.length, 40);
  for (const index of [0, 1, 39]) assert.deepEqual(findPage(file, index), pages[index]);
  assert.equal(findPage(file, 40), null);
  assert.equal(pages[0]?.rotation, 270);
});

test("a page tree that contains itself ends", () => {
  const file = open(writeDocument({ pages: "/Kids [2 0 R 10 0 R 2 0 R]" }));
  assert.equal(listPages(file).length, 1);
});

test("values keep their own bytes, and strings and names are decoded", () => {
  const value = read("<< /A#42 (a\\(b\\)\\101\\\n(c)) /B [1 0 R -2.5 <4 1 4>] % note\n /C true >>");
  assert.equal(value?.kind, "dictionary");
  const text = findEntry(value, "AB");
  assert.equal(text?.kind === "string" ? Buffer.from(text.bytes).toString() : "", "a(b)A(c)");
  const array = findEntry(value, "B");
  assert.equal(array === null ? "" : Buffer.from(rawBytes(array)).toString(), "[1 0 R -2.5 <4 1 4>]");
  assert.deepEqual(array?.kind === "array" ? array.items.map(({ kind }) => kind) : [], [
    "reference",
    "number",
    "string",
  ]);
});

test("syntax from strangers gives a value or null, never an exception", () => {
  const alphabet = fc.constantFrom(
    "<",
    ">",
    "[",
    "]",
    "(",
    ")",
    "/",
    "%",
    "\\",
    "1",
    " ",
    "R",
    "0",
    "-",
    ".",
    "\n",
    "a",
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 60 }), (characters) => {
      const text = characters.join("");
      const value = read(text);
      if (value !== null) assert.ok(value.start <= value.end && value.end <= text.length);
    }),
  );
  assert.equal(read("[".repeat(100_000)), null);
});

test("nothing that begins as a PDF makes opening throw", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      openPdf(
        Buffer.concat([Buffer.from("%PDF-1.7\n1 0 obj << /Type /Catalog "), bytes, Buffer.from("trailer startxref 9")]),
      );
    }),
  );
});

test("filters give back what was encoded, and no more than the limit", () => {
  const decode = (name: string, data: Uint8Array, limit = 1000): string => {
    const bytes = decodeFilter(name, data, DEFAULT_PARAMETERS, limit);
    return bytes === null ? "null" : Buffer.from(bytes).toString("latin1");
  };
  assert.equal(decode("ASCIIHexDecode", Buffer.from("48 65 6C6c 6F>")), "Hello");
  assert.equal(decode("ASCII85Decode", Buffer.from("87cURDZ~>")), "Hello");
  assert.equal(decode("RunLengthDecode", Uint8Array.of(1, 65, 66, 254, 67, 128)), "ABCCC");
  assert.equal(decode("LZWDecode", Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01)), "-----A---B");
  const deflated = deflateSync(Buffer.alloc(5000, "x"));
  assert.equal(decode("FlateDecode", deflated), "null");
  assert.equal(decode("FlateDecode", deflated, 5000).length, 5000);
  assert.equal(decode("NoSuchDecode", deflated), "null");
});

test("PNG predictors are undone", () => {
  const rows = Uint8Array.of(2, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1);
  const parameters = { ...DEFAULT_PARAMETERS, predictor: 12, columns: 3 };
  const out = decodeFilter("FlateDecode", deflateSync(rows), parameters, 100);
  assert.deepEqual([...(out ?? [])], [1, 2, 3, 2, 3, 4, 5, 6, 7]);
});
