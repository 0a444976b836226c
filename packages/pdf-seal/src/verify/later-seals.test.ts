import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "fast-png";
import { type DocumentShape, makeSigner, writeDocument } from "../seal/test-documents.ts";
import { type SealAppearance, sealPdf } from "../seal.ts";
import { type PdfVerification, verifyPdf } from "../verify.ts";
import { appendUpdate, reasonCodes, textOf } from "./test-updates.ts";

/** Who seals first; a party that is known by its root; somebody with a key made a minute ago. */
const house = makeSigner("p256", "House");
const party = makeSigner("p256", "Party");
const stranger = makeSigner("p256", "Stranger");
const roots = [house, party].map(({ chain: [root] }) => root ?? assert.fail());
const white = {
  kind: "png",
  bytes: encode({ width: 1, height: 1, channels: 3, data: new Uint8Array(3).fill(255) }),
} as const;
const face = (xMm: number, yMm: number, widthMm: number, heightMm: number): SealAppearance => ({
  page: 0,
  face: white,
  xMm,
  yMm,
  widthMm,
  heightMm,
});
const sheet = face(0, 0, 209, 296);
const modest = face(20, 200, 70, 40);

let count = 0;
async function seal(base: Uint8Array, who = house, appearance?: SealAppearance, fieldName?: string): Promise<Buffer> {
  const result = await sealPdf({
    bytes: base,
    signer: who,
    signedAt: Date.UTC(2026, 0, 2),
    id: `seal ${++count}`,
    ...(appearance === undefined ? {} : { appearance }),
    ...(fieldName === undefined ? {} : { fieldName }),
  });
  assert.ok(result.ok, result.ok ? "" : result.refusal.code);
  return Buffer.concat([base, result.tail]);
}

const withForm: DocumentShape = {
  catalog: "/AcroForm 100 0 R",
  page: "/Annots [102 0 R]",
  objects: ["<< /Fields [] >>"],
};
const blank =
  "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length 24 >>\nstream\n1 g 0 0 595 842 re f    \nendstream";

function findPages(result: PdfVerification, code: string): (number | undefined)[] {
  return result.seals[0]?.reasons.filter((reason) => reason.code === code).map(({ page }) => page) ?? [];
}

/** Puts a signature field of the attacker over page 1 of a sealed document. */
function overlay(bytes: Buffer, value: string, more = "/AP << /N 501 0 R >>"): Buffer {
  return appendUpdate(bytes, {
    10: textOf(bytes, 10).replace("/Annots [", "/Annots [500 0 R "),
    100: textOf(bytes, 100).replace("/Fields [", "/Fields [500 0 R "),
    500: `<< /FT /Sig /T (x) /Type /Annot /Subtype /Widget /F 4 /Rect [0 0 595 842] ${value} ${more} >>`,
    501: blank,
    502: "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 30] /Contents <00> >>",
  });
}

const broken: Readonly<Record<string, (bytes: Buffer) => string>> = {
  "is no signature": () => "/V 502 0 R",
  "is no dictionary": () => "/V (signed)",
  "is the earlier seal's own": (bytes) => /\/V \d+ 0 R/.exec(bytes.toString("latin1"))?.[0] ?? assert.fail(),
};
for (const [name, value] of Object.entries(broken)) {
  test(`C17: a later signature field over the page whose value ${name} is modified, with the page`, async () => {
    const bytes = await seal(writeDocument(withForm));
    const result = await verifyPdf(overlay(bytes, value(bytes)), { roots });
    assert.equal(result.seals[0]?.verdict, "modified", reasonCodes(result).join());
    assert.deepEqual(findPages(result, "form.seal-broken"), [1]);
  });
}

test("C17: an empty field is no way to a large face: neither without a look nor with colours of its own", async () => {
  const bytes = await seal(writeDocument(withForm));
  const bare = await verifyPdf(overlay(bytes, "", ""), { roots });
  assert.deepEqual(findPages(bare, "form.seal-covers-page"), [1]);
  const coloured = await verifyPdf(overlay(bytes, "", "/MK << /BG [1 1 1] >>"), { roots });
  assert.ok(reasonCodes(coloured).includes("form.unsealed-appearance"), reasonCodes(coloured).join());
});

type Case = { readonly faces: readonly [typeof house, SealAppearance][]; readonly code: string | null };
const cases: Readonly<Record<string, Case>> = {
  "a stranger's over the whole page": { faces: [[stranger, sheet]], code: "form.seal-covers-page" },
  "a known party's over the whole page": { faces: [[party, sheet]], code: "form.seal-covers-page" },
  "a stranger's of 90 × 90 mm": { faces: [[stranger, face(20, 20, 90, 90)]], code: "form.seal-covers-page" },
  "a known party's of 90 × 90 mm": { faces: [[party, face(20, 20, 90, 90)]], code: null },
  "a stranger's of the size of a signature": { faces: [[stranger, modest]], code: null },
  "a stranger's that lies on the first seal": {
    faces: [[stranger, face(110, 90, 30, 30)]],
    code: "form.seal-covers-seal",
  },
  "a known party's that lies on the first seal": { faces: [[party, face(110, 90, 30, 30)]], code: null },
  "a stranger's on his own": {
    faces: [
      [stranger, modest],
      [stranger, modest],
    ],
    code: null,
  },
  "the faces of many strangers together": {
    faces: [0, 1, 2, 3, 4, 5].map((i) => [stranger, face((i % 2) * 75, 135 + Math.floor(i / 2) * 52, 74, 51)]),
    code: null,
  },
  "the faces of too many strangers together": {
    faces: [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [stranger, face((i % 2) * 75, 30 + Math.floor(i / 2) * 52, 74, 51)]),
    code: "form.seal-covers-page",
  },
};
for (const [name, { faces, code }] of Object.entries(cases)) {
  test(`C17: a later signature's face, ${name}, is ${code === null ? "an allowed change" : "modified"}`, async () => {
    let bytes = await seal(writeDocument(), house, face(100, 80, 42, 42));
    // On the left, the row of too many leaves the first seal alone.
    if (name.includes("too many")) bytes = await seal(writeDocument(), house, face(160, 240, 42, 42));
    for (const [who, appearance] of faces) bytes = await seal(bytes, who, appearance);
    const result = await verifyPdf(bytes, { roots });
    assert.equal(result.seals[0]?.verdict, code === null ? "valid-allowed" : "modified", reasonCodes(result).join());
    if (code !== null) assert.deepEqual(new Set(findPages(result, code)), new Set([1]));
  });
}

const prepared = (rectangle: string): DocumentShape => ({
  catalog: "/AcroForm 100 0 R",
  page: "/Annots [101 0 R]",
  objects: ["<< /Fields [101 0 R] >>", `<< /FT /Sig /T (Here) /Type /Annot /Subtype /Widget /F 4 ${rectangle} >>`],
});
/** Signs in the prepared field with a key made a minute ago. */
async function fill(shape: DocumentShape, appearance: SealAppearance): Promise<PdfVerification> {
  return verifyPdf(await seal(await seal(writeDocument(shape)), stranger, appearance, "Here"), { roots });
}
/** A place on A4 as the sealing engine writes it. */
function rectangleOf({ xMm, yMm, widthMm, heightMm }: SealAppearance): string {
  const points = (mm: number): number => (mm * 72) / 25.4;
  const corners = [points(xMm), 842 - points(yMm + heightMm), points(xMm + widthMm), 842 - points(yMm)];
  return `/Rect [${corners.map((corner) => corner.toFixed(4)).join(" ")}]`;
}

test("C17: a field that stood in the sealed file may be signed by anybody up to two fifths of the page", async () => {
  const wide = face(5, 20, 195, 100);
  const within = await fill(prepared(rectangleOf(wide)), wide);
  assert.equal(within.verdict, "valid-allowed", reasonCodes(within).join());
  const whole = await fill(prepared(rectangleOf(sheet)), sheet);
  assert.deepEqual(findPages(whole, "form.seal-covers-page"), [1]);
});

test("C17: a prepared field without a place gets one of the size of a signature at the most", async () => {
  assert.equal((await fill(prepared(""), modest)).verdict, "valid-allowed");
  const large = await fill(prepared(""), face(20, 20, 90, 90));
  assert.ok(reasonCodes(large).includes("form.seal-covers-page"), reasonCodes(large).join());
});

test("C17: without roots several seals of one house with faces stay an allowed change", async () => {
  let bytes = await seal(writeDocument({ pageCount: 2 }), house, face(100, 80, 42, 42));
  bytes = await seal(bytes, house, { ...face(100, 80, 42, 42), page: 1 });
  bytes = await seal(bytes, house, face(20, 80, 42, 42));
  assert.equal((await verifyPdf(bytes)).verdict, "valid-allowed");
});
