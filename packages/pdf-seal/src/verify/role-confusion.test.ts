import assert from "node:assert/strict";
import { test } from "node:test";
import { type DocumentShape, makeSigner, writeDocument } from "../seal/test-documents.ts";
import { sealPdf } from "../seal.ts";
import { verifyPdf } from "../verify.ts";
import { appendUpdate, reasonCodes, textOf } from "./test-updates.ts";

/**
 * Attacks by whoever prepared the document: an object has two roles, one in which it may change and one in which it is
 * shown. The sealer sees nothing of it. 3 is the content of the page 10, 2 the page tree.
 */
type Attack = {
  readonly shape: DocumentShape;
  readonly updates: readonly ((bytes: Buffer) => Record<number, string>)[];
};

const signer = makeSigner("p256");
const content = "<< /Length 3 >>\nstream\n1 g\nendstream";
const field = "<< /FT /Tx /T (amount) /V (1) /Type /Annot /Subtype /Widget /Rect [9 9 90 30] /P 10 0 R";
const other = "<< /Type /Page /FT /Sig /T (more) /Parent 2 0 R /Contents 600 0 R /S /Document /P 110 0 R >>";
const withField = (more: string, objects: readonly string[] = []): DocumentShape => ({
  catalog: "/AcroForm 100 0 R",
  page: "/Annots [101 0 R]",
  objects: ["<< /Fields [101 0 R] >>", `${field} ${more} >>`, ...objects],
});

const attacks: Readonly<Record<string, Attack>> = {
  "a state of an appearance that is named like a page's content and is it": {
    shape: withField("/AP << /N 102 0 R >>", [
      "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream",
    ]),
    updates: [() => ({ 102: "<< /Contents 3 0 R >>" }), () => ({ 3: content })],
  },
  "an appearance that is the page's content": {
    shape: withField("/AP << /N << /Contents 3 0 R >> >>"),
    updates: [() => ({ 3: content })],
  },
  "a value of a field that is the page's content": { shape: withField("/V 3 0 R"), updates: [() => ({ 3: content })] },
  "a page tree whose kids are a field's kids": {
    shape: {
      catalog: "/AcroForm 100 0 R",
      pages: "/Kids 102 0 R",
      objects: ["<< /Fields [101 0 R] >>", "<< /FT /Tx /T (group) /Kids 102 0 R >>", "[10 0 R]"],
    },
    updates: [() => ({ 102: "[10 0 R 601 0 R]", 600: content, 601: other })],
  },
  "a page tree that is a field": {
    shape: { catalog: "/AcroForm 100 0 R", pages: "/FT /Tx /T (tree)", objects: ["<< /Fields [2 0 R] >>"] },
    updates: [(bytes) => ({ 2: textOf(bytes, 2).replace("[10 0 R]", "[10 0 R 601 0 R]"), 600: content, 601: other })],
  },
  "a page tree whose kids are a structure element's kids": {
    shape: {
      catalog: "/StructTreeRoot 110 0 R",
      pages: "/Kids 102 0 R",
      objects: [
        ...["null", "null", "[10 0 R]", "null", "null", "null", "null", "null", "null", "null"],
        "<< /Type /StructTreeRoot /K 111 0 R >>",
        "<< /S /Document /P 110 0 R /K 102 0 R >>",
      ],
    },
    updates: [
      () => ({ 102: "[10 0 R 601 0 R]", 600: content, 601: "<< /Type /Page /Parent 2 0 R /Contents 600 0 R >>" }),
    ],
  },
  "a page tree whose kids alone are an array, in a tagged document": {
    shape: {
      catalog: "/StructTreeRoot 110 0 R",
      pages: "/Kids 102 0 R",
      objects: [
        ...["null", "null", "[10 0 R]", "null", "null", "null", "null", "null", "null", "null"],
        "<< /Type /StructTreeRoot /K 111 0 R >>",
        "<< /S /Document /P 110 0 R >>",
      ],
    },
    updates: [
      () => ({ 102: "[10 0 R 601 0 R]", 600: content, 601: "<< /Type /Page /Parent 2 0 R /Contents 600 0 R >>" }),
    ],
  },
  "an encoding of the form that is a font's": {
    shape: {
      ...withField("", [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 103 0 R >>",
        "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding >>",
      ]),
      pages: "/Resources << /Font << /F1 102 0 R >> >>",
    },
    updates: [
      (bytes) => ({ 100: textOf(bytes, 100).replace("/Fields", "/DR << /Encoding 103 0 R >> /Fields") }),
      () => ({ 103: "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [49 /nine] >>" }),
    ],
  },
  "a security store that is the page's content": {
    shape: { catalog: "/DSS << /Certs [3 0 R] >>" },
    updates: [() => ({ 3: content })],
  },
  "metadata that are the page's content": { shape: { catalog: "/Metadata 3 0 R" }, updates: [() => ({ 3: content })] },
  "a seal's place that is called by a generation it does not have": {
    shape: withField(""),
    updates: [(bytes) => ({ 10: textOf(bytes, 10).replace("101 0 R", "101 7 R") })],
  },
};

for (const [name, { shape, updates }] of Object.entries(attacks)) {
  test(`C24: ${name} cannot change after sealing`, async () => {
    const base = writeDocument(shape);
    const sealed = await sealPdf({ bytes: base, signer, signedAt: 0, id: "one" });
    assert.ok(sealed.ok, sealed.ok ? "" : sealed.refusal.code);
    let bytes: Buffer = Buffer.concat([base, sealed.tail]);
    assert.equal((await verifyPdf(bytes)).verdict, "valid");
    for (const update of updates) bytes = appendUpdate(bytes, update(bytes));
    const result = await verifyPdf(bytes);
    assert.equal(result.verdict, "modified", reasonCodes(result).join());
  });
}
