import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSigner, writeDocument } from "../seal/test-documents.ts";
import { sealPdf } from "../seal.ts";
import { verifyPdf } from "../verify.ts";
import { appendUpdate, reasonCodes, textOf } from "./test-updates.ts";

const signer = makeSigner("p256");

/** A form whose field says 100 in its appearance and 900000 in its value: which of them is read is up to the form. */
async function sealForm(form: string, field: string): Promise<Buffer> {
  const base = writeDocument({
    catalog: "/AcroForm 100 0 R",
    page: "/Annots [101 0 R]",
    objects: [
      `<< /Fields [101 0 R] ${form} >>`,
      `<< /T (sum) /Type /Annot /Subtype /Widget /Rect [10 10 90 30] /P 10 0 R /AP << /N 102 0 R >> ${field} >>`,
      "<< /Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 14 >>\nstream\nBT (100) Tj ET\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ],
  });
  const sealed = await sealPdf({ bytes: base, signer, signedAt: Date.UTC(2026, 0, 2), id: "one" });
  assert.ok(sealed.ok, sealed.ok ? "" : sealed.refusal.code);
  return Buffer.concat([base, sealed.tail]);
}

const text = "/FT /Tx /V (900000)";
const own = `${text} /DA (/F1 12 Tf)`;
type Case = { form?: string; field: string; from: string; to: string; isAllowed: boolean };
const cases: Readonly<Record<string, Case>> = {
  "NeedAppearances set": { field: own, from: "/Fields", to: "/NeedAppearances true /Fields", isAllowed: false },
  "NeedAppearances set where no field is but the seal's": {
    field: "/FT /Sig",
    from: "/Fields",
    to: "/NeedAppearances true /Fields",
    isAllowed: false,
  },
  "NeedAppearances taken away": {
    form: "/NeedAppearances true",
    field: own,
    from: "/NeedAppearances true",
    to: "",
    isAllowed: false,
  },
  "NeedAppearances taken away where no field is but the seal's": {
    form: "/NeedAppearances true",
    field: "/FT /Sig",
    from: "/NeedAppearances true",
    to: "",
    isAllowed: true,
  },
  "NeedAppearances written as false": {
    field: own,
    from: "/Fields",
    to: "/NeedAppearances false /Fields",
    isAllowed: true,
  },
  "the form's appearance changed, which a field uses": {
    form: "/DA (/F1 12 Tf)",
    field: text,
    from: "/DA (/F1 12 Tf)",
    to: "/DA (/F1 1 Tf)",
    isAllowed: false,
  },
  "the form's appearance added, which no field uses": {
    field: own,
    from: "/Fields",
    to: "/DA (/F2 9 Tf) /Fields",
    isAllowed: true,
  },
  "a font added that a field names": {
    field: own,
    from: "/Fields",
    to: "/DR << /Font << /F1 103 0 R >> >> /Fields",
    isAllowed: false,
  },
  "a font added that a field names in other letters": {
    field: `${text} /DA (/F#31 12 Tf)`,
    from: "/Fields",
    to: "/DR << /Font << /F1 103 0 R >> >> /Fields",
    isAllowed: false,
  },
  "a font added that no field names": {
    field: own,
    from: "/Fields",
    to: "/DR << /Font << /F2 103 0 R >> >> /Fields",
    isAllowed: true,
  },
  "a font put in another's place": {
    form: "/DR << /Font << /F1 103 0 R >> >>",
    field: own,
    from: "/F1 103 0 R",
    to: "/F1 << /Type /Font /Subtype /Type3 >>",
    isAllowed: false,
  },
};

for (const [name, { form = "", field, from, to, isAllowed }] of Object.entries(cases)) {
  test(`C17: in a sealed form ${name} is ${isAllowed ? "an allowed change" : "modified"}`, async () => {
    const bytes = await sealForm(form, field);
    assert.equal((await verifyPdf(bytes)).verdict, "valid");
    const result = await verifyPdf(appendUpdate(bytes, { 100: textOf(bytes, 100).replace(from, to) }));
    assert.equal(result.verdict, isAllowed ? "valid-allowed" : "modified", reasonCodes(result).join());
    assert.equal(result.code, isAllowed ? null : "form.changed");
  });
}

test("C17: a field that nobody can fill in a reader cannot be filled by an update either", async () => {
  const bytes = await sealForm("", `${own} /Ff 1`);
  const result = await verifyPdf(appendUpdate(bytes, { 101: textOf(bytes, 101).replace("900000", "7") }));
  assert.deepEqual([result.verdict, result.code], ["modified", "form.field-changed"]);
});
