import assert from "node:assert/strict";
import { test } from "node:test";
import { type DocumentShape, makeSigner, writeDocument } from "../seal/test-documents.ts";
import { sealPdf } from "../seal.ts";
import { verifyPdf } from "../verify.ts";
import { appendUpdate, reasonCodes, textOf } from "./test-updates.ts";

const signer = makeSigner("p256");

/** A document with a note, a stamp and a filled field of two widgets, sealed in a field whose lock sets a level. */
async function sealAtLevel(level: 2 | 3, kids = "/Kids [105 0 R 106 0 R]", widget = ""): Promise<Buffer> {
  const shape: DocumentShape = {
    xref: "table",
    catalog: "/AcroForm 100 0 R /StructTreeRoot 110 0 R",
    page: "/Annots [101 0 R 102 0 R 103 0 R 105 0 R 106 0 R]",
    objects: [
      "<< /Fields [101 0 R 104 0 R] /SigFlags 3 >>",
      `<< /FT /Sig /T (Here) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /Lock << /Type /SigFieldLock /Action /Include /Fields [(none)] /P ${level} >> >>`,
      "<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /Contents (first) /StructParent 0 >>",
      "<< /Type /Annot /Subtype /Stamp /Rect [50 50 90 90] /StructParent 1 >>",
      `<< /FT /Tx /T (amount) /V (1) ${kids} >>`,
      `<< /Type /Annot /Subtype /Widget /Rect [10 10 90 30] /Parent 104 0 R ${widget} >>`,
      "<< /Type /Annot /Subtype /Widget /Rect [10 40 90 60] /Parent 104 0 R >>",
      "null",
      "null",
      "null",
      "<< /Type /StructTreeRoot /K 111 0 R /ParentTree 112 0 R >>",
      "<< /Type /StructElem /S /Document /P 110 0 R /K [113 0 R 114 0 R] >>",
      "<< /Nums [0 113 0 R 1 114 0 R] >>",
      "<< /Type /StructElem /S /Annot /P 111 0 R /K << /Type /OBJR /Obj 102 0 R >> >>",
      "<< /Type /StructElem /S /Annot /P 111 0 R /K << /Type /OBJR /Obj 103 0 R >> >>",
    ],
  };
  const base = writeDocument(shape);
  const sealed = await sealPdf({ bytes: base, signer, signedAt: Date.UTC(2026, 0, 2), id: "one", fieldName: "Here" });
  assert.ok(sealed.ok, sealed.ok ? "" : sealed.refusal.code);
  return Buffer.concat([base, sealed.tail]);
}

type Change = (bytes: Buffer) => Record<number, string | null>;

const add =
  (note: string): Change =>
  (bytes) => ({ 10: textOf(bytes, 10).replace("/Annots [", "/Annots [500 0 R "), 500: `<< /Type /Annot ${note} >>` });

const permitted: Readonly<Record<string, Change>> = {
  "a note": add("/Subtype /Text /Rect [9 9 29 29] /Contents (seen)"),
  "a circle with a thin line": add("/Subtype /Circle /Rect [9 9 29 29] /C [1 0 1] /Border [0 0 1]"),
  "a link to an address": add("/Subtype /Link /Rect [9 9 29 29] /A << /S /URI /URI (http://example.org) >>"),
  "a changed note": (bytes) => ({ 102: textOf(bytes, 102).replace("(first)", "(second)") }),
  "a stamp taken away with its place in the structure": (bytes) => ({
    10: textOf(bytes, 10).replace("103 0 R", ""),
    103: null,
    111: textOf(bytes, 111).replace("114 0 R", ""),
    112: textOf(bytes, 112).replace("1 114 0 R", ""),
  }),
  "a note with a place in the structure": (bytes) => ({
    10: textOf(bytes, 10).replace("/Annots [", "/StructParents 3 /Annots [500 0 R "),
    111: textOf(bytes, 111).replace("114 0 R", "114 0 R 501 0 R"),
    112: textOf(bytes, 112).replace("1 114 0 R", "1 114 0 R 2 501 0 R"),
    500: "<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /StructParent 2 >>",
    501: "<< /Type /StructElem /S /Annot /P 111 0 R /K << /Type /OBJR /Obj 500 0 R >> >>",
  }),
  "the widgets of a field, which keeps its value": (bytes) => ({
    10: textOf(bytes, 10).replace("105 0 R 106 0 R", ""),
    104: textOf(bytes, 104).replace("/Kids [105 0 R 106 0 R]", ""),
  }),
};

for (const [name, change] of Object.entries(permitted)) {
  test(`C24: where the certifier permits annotations, ${name} is an allowed change`, async () => {
    const bytes = await sealAtLevel(3);
    const result = await verifyPdf(appendUpdate(bytes, change(bytes)));
    assert.equal(result.verdict, "valid-allowed", reasonCodes(result).join());
    assert.ok(reasonCodes(result).some((code) => code.startsWith("change.annotation")));
  });

  test(`C24: where the certifier permits filling alone, ${name} is not`, async () => {
    const bytes = await sealAtLevel(2);
    assert.equal((await verifyPdf(appendUpdate(bytes, change(bytes)))).verdict, "modified");
  });
}

const refused: Readonly<Record<string, Change>> = {
  "free text": add("/Subtype /FreeText /Rect [0 0 500 500] /Contents (paid) /DA (/Helv 12 Tf)"),
  "a stamp": add("/Subtype /Stamp /Rect [0 0 500 500]"),
  "a redaction": add("/Subtype /Redact /Rect [0 0 500 500]"),
  "a note that draws itself": add("/Subtype /Text /Rect [0 0 500 500] /AP << /N 3 0 R >>"),
  "a filled square": add("/Subtype /Square /Rect [0 0 500 500] /IC [1 1 1]"),
  "a square that is all border": add("/Subtype /Square /Rect [0 0 500 500] /BS << /W 250 >>"),
  "a link that runs a script": add("/Subtype /Link /Rect [0 0 9 9] /A << /S /JavaScript /JS (app.alert) >>"),
  "a link whose action leads on to a script": add(
    "/Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (a) /Next << /S /JavaScript >> >>",
  ),
  "a widget of no field": add("/Subtype /Widget /Rect [0 0 500 500]"),
  "a note turned into free text": (bytes) => ({ 102: textOf(bytes, 102).replace("/Text", "/FreeText") }),
  "a note that got a look of its own": (bytes) => ({
    102: textOf(bytes, 102).replace("/Contents", "/AP << /N 3 0 R >> /Contents"),
  }),
  "the face of the seal taken away": (bytes) => ({ 10: textOf(bytes, 10).replace("101 0 R", "") }),
  "another structure element changed": (bytes) => ({
    113: textOf(bytes, 113).replace("/S /Annot", "/S /Annot /Alt (x)"),
  }),
  "an element taken away whose annotation stays": (bytes) => ({ 111: textOf(bytes, 111).replace("114 0 R", "") }),
};

for (const [name, change] of Object.entries(refused)) {
  test(`C24: ${name} is modified even where the certifier permits annotations`, async () => {
    const bytes = await sealAtLevel(3);
    const result = await verifyPdf(appendUpdate(bytes, change(bytes)));
    assert.equal(result.verdict, "modified", reasonCodes(result).join());
  });
}

test("C24: a kid that is a field of its own is not taken away as an annotation", async () => {
  const bytes = await sealAtLevel(3, undefined, "/FT /Tx /V (2)");
  const changed = appendUpdate(bytes, {
    10: textOf(bytes, 10).replace("105 0 R", ""),
    104: textOf(bytes, 104).replace("105 0 R", ""),
  });
  assert.ok(reasonCodes(await verifyPdf(changed)).includes("form.field-removed"));
});
