import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { computeDigest } from "@chancery/pki";
import fc from "fast-check";
import { type DocumentShape, makeSigner, writeDocument } from "./seal/test-documents.ts";
import { sealPdf } from "./seal.ts";
import { type DigestOf, verifyCms } from "./verify/cms-signature.ts";
import { appendUpdate, reasonCodes, textOf } from "./verify/test-updates.ts";
import { verifyPdf } from "./verify.ts";

const signer = makeSigner("p256");
const other = makeSigner("rsa", "Other");
const at = Date.UTC(2026, 0, 2);
/** A text field with a widget on the page, and an appearance that nothing else shows. */
const form: DocumentShape = {
  catalog: "/AcroForm 100 0 R",
  page: "/Annots [101 0 R]",
  objects: [
    "<< /Fields [101 0 R] >>",
    "<< /FT /Tx /T (amount) /V (1) /Type /Annot /Subtype /Widget /Rect [10 10 90 30] /P 10 0 R /AP << /N 102 0 R >> >>",
    "<< /Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 3 >>\nstream\n0 g\nendstream",
  ],
};

async function seal(base: Uint8Array, who = signer, id = "one", fieldName?: string): Promise<Buffer> {
  const result = await sealPdf({
    bytes: base,
    signer: who,
    signedAt: at,
    id,
    ...(fieldName === undefined ? {} : { fieldName }),
  });
  assert.ok(result.ok, result.ok ? "" : result.refusal.code);
  return Buffer.concat([base, result.tail]);
}

for (const xref of ["table", "stream", "object-streams"] as const) {
  test(`one seal on a document with ${xref} is valid and covers the whole file`, async () => {
    const result = await verifyPdf(await seal(writeDocument({ xref })), { roots: [...signer.chain] });
    assert.equal(result.verdict, "valid");
    assert.equal(result.covers, true);
    assert.equal(result.level, "B-B");
    assert.equal(result.seals[0]?.signer?.commonName, "Test seal 测试章");
  });

  test(`three seals on a document with ${xref}: earlier ones stay intact`, async () => {
    let bytes = writeDocument({ ...form, xref });
    for (const [i, who] of [signer, other, signer].entries()) bytes = await seal(bytes, who, `seal ${i}`);
    const result = await verifyPdf(bytes);
    assert.deepEqual(
      result.seals.map(({ verdict }) => verdict),
      ["valid-allowed", "valid-allowed", "valid"],
      reasonCodes(result).join(),
    );
    assert.equal(result.verdict, "valid-allowed");
  });
}

test("trust speaks of the path alone: unknown without roots, trusted with the root", async () => {
  const bytes = await seal(writeDocument());
  const [root] = signer.chain;
  const [foreign] = other.chain;
  assert.ok(root !== undefined && foreign !== undefined);
  assert.equal((await verifyPdf(bytes)).trust, "unknown");
  assert.equal((await verifyPdf(bytes, { roots: [root] })).trust, "trusted");
  assert.equal((await verifyPdf(bytes, { roots: [foreign] })).trust, "unknown");
  assert.equal((await verifyPdf(bytes, { roots: [root], at: Date.UTC(2199, 0, 1) })).trust, "expired");
});

test("every flipped byte of the sealed bytes is noticed", async () => {
  const bytes = await seal(writeDocument());
  const range = (await verifyPdf(bytes)).seals[0]?.byteRange ?? [];
  for (let i = 0; i < bytes.length; i += 3) {
    if (i >= (range[1] ?? 0) && i < (range[2] ?? 0)) continue;
    const changed = Uint8Array.from(bytes);
    changed[i] = (changed[i] ?? 0) ^ 1;
    const { verdict } = await verifyPdf(changed);
    assert.ok(verdict !== "valid" && verdict !== "valid-allowed", `byte ${i} ${verdict}`);
  }
});

test("filling a form field after sealing is allowed, and named; so is that something else stood there", async () => {
  const bytes = await seal(writeDocument(form));
  const field = textOf(bytes, 101).replace("/V (1)", "/V (2)");
  const empty = await seal(
    writeDocument({ ...form, objects: (form.objects ?? []).map((body) => body.replace("/V (1)", "")) }),
  );
  const first = appendUpdate(empty, { 101: textOf(empty, 101).replace("/T (amount)", "/V (2) /T (amount)") });
  assert.ok(reasonCodes(await verifyPdf(first)).includes("change.form-filled"));
  const filled = appendUpdate(bytes, {
    101: field,
    102: "<< /Type /XObject /Subtype /Form /BBox [0 0 80 20] /Length 3 >>\nstream\n1 g\nendstream",
  });
  const result = await verifyPdf(filled);
  assert.equal(result.verdict, "valid-allowed", reasonCodes(result).join());
  assert.ok(reasonCodes(result).includes("change.form-value-replaced"));
});

/** Attacks on a sealed form: what they change, and a code that must be among the reasons. */
const attacks: Readonly<Record<string, { code: string; make: (bytes: Buffer) => Buffer }>> = {
  "page content replaced": {
    code: "object.changed",
    make: (bytes) => appendUpdate(bytes, { 3: "<< /Length 3 >>\nstream\n1 g\nendstream" }),
  },
  "page pointed to other content": {
    code: "page.content-changed",
    make: (bytes) =>
      appendUpdate(bytes, {
        10: textOf(bytes, 10).replace("/Contents 3 0 R", "/Contents 500 0 R"),
        500: "<< /Length 3 >>\nstream\n1 g\nendstream",
      }),
  },
  "content freed": { code: "object.changed", make: (bytes) => appendUpdate(bytes, { 3: null }) },
  "an annotation laid over the page": {
    code: "page.annotation-added",
    make: (bytes) =>
      appendUpdate(bytes, {
        10: textOf(bytes, 10).replace("/Annots [", "/Annots [500 0 R "),
        500: "<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 500] /Contents (paid) >>",
      }),
  },
  "a widget that looks sealed and is not": {
    code: "form.unsealed-appearance",
    make: (bytes) =>
      appendUpdate(bytes, {
        10: textOf(bytes, 10).replace("/Annots [", "/Annots [500 0 R "),
        100: textOf(bytes, 100).replace("/Fields [", "/Fields [500 0 R "),
        500: "<< /FT /Sig /T (x) /Type /Annot /Subtype /Widget /Rect [0 0 500 500] /AP << /N 102 0 R >> >>",
      }),
  },
  "a field taken away": {
    code: "form.field-removed",
    make: (bytes) => appendUpdate(bytes, { 100: textOf(bytes, 100).replace("101 0 R", "") }),
  },
  "the seal taken away": {
    code: "form.removed",
    make: (bytes) => appendUpdate(bytes, { 1: textOf(bytes, 1).replace("/AcroForm 100 0 R", "") }),
  },
  "another catalog": {
    code: "trailer.changed",
    make: (bytes) => appendUpdate(bytes, { 600: textOf(bytes, 1) }, "/Root 600 0 R"),
  },
  "a script in the catalog": {
    code: "catalog.changed",
    make: (bytes) =>
      appendUpdate(bytes, { 1: textOf(bytes, 1).replace("/Type", "/OpenAction << /S /JavaScript >> /Type") }),
  },
  "a moved field": {
    code: "form.field-changed",
    make: (bytes) => appendUpdate(bytes, { 101: textOf(bytes, 101).replace("/Rect [10 10", "/Rect [0 0") }),
  },
  "bytes after the end": {
    code: "file.trailing-bytes",
    make: (bytes) => Buffer.concat([bytes, Buffer.from("hidden 1 0 obj")]),
  },
  "a new page tree": {
    code: "object.changed",
    make: (bytes) => appendUpdate(bytes, { 2: "<< /Type /Pages /Kids [700 0 R] /Count 1 >>", 700: textOf(bytes, 10) }),
  },
};

for (const [name, { code, make }] of Object.entries(attacks)) {
  test(`C24: ${name} after sealing is reported as modified`, async () => {
    const result = await verifyPdf(make(await seal(writeDocument(form))));
    assert.equal(result.verdict, "modified");
    assert.ok(reasonCodes(result).includes(code), reasonCodes(result).join());
  });
}

test("C24: content that was referred to but missing when sealed cannot be filled in later", async () => {
  const bytes = await seal(writeDocument({ page: "/Thumb 300 0 R" }));
  const result = await verifyPdf(appendUpdate(bytes, { 300: "<< /Length 3 >>\nstream\n1 g\nendstream" }));
  assert.equal(result.verdict, "modified");
  assert.ok(reasonCodes(result).includes("object.filled-later"), reasonCodes(result).join());
});

test("C24: garbage behind the CMS is refused, zero padding is not", async () => {
  const base = writeDocument();
  const sealed = await sealPdf({ bytes: base, signer, signedAt: at, id: "one" });
  assert.ok(sealed.ok);
  const [, firstLength, second] = sealed.byteRange;
  const whole = Buffer.concat([base, sealed.tail]);
  const digestOf: DigestOf = (name) => computeDigest(name, whole.subarray(0, firstLength), whole.subarray(second));
  const padded = (...padding: number[]): Uint8Array => Buffer.concat([sealed.cms, Uint8Array.from(padding)]);
  assert.equal(verifyCms(padded(0, 0, 0), "detached", digestOf).outcome, "intact");
  const refused = verifyCms(padded(0, 7, 0), "detached", digestOf);
  assert.equal(refused.outcome, "broken");
  assert.equal(refused.reasons[0]?.code, "cms.trailing-bytes");
});

test("C24: a seal behind which the file is damaged is not passed over as if there were none", async () => {
  const result = await verifyPdf(
    appendUpdate(await seal(writeDocument(form)), { 1: "<< /Type /Catalog /Pages 77 0 R >>" }),
  );
  assert.deepEqual([result.verdict, result.code], ["indeterminate", "pdf.broken"]);
});

test("a file without a seal, no PDF, and nothing at all are told apart", async () => {
  assert.equal((await verifyPdf(writeDocument())).verdict, "no-signature");
  assert.equal((await verifyPdf(Buffer.from("hello"))).code, "pdf.not-pdf");
  assert.equal((await verifyPdf(new Uint8Array())).code, "pdf.empty");
});

test("mutated sealed files never end in an exception, and never pass", async () => {
  const bytes = await seal(await seal(writeDocument(form), other, "first"), signer, "second");
  const edit = fc.record({ at: fc.nat(bytes.length - 1), cut: fc.nat(40), put: fc.uint8Array({ maxLength: 12 }) });
  await fc.assert(
    fc.asyncProperty(edit, async ({ at: place, cut, put }) => {
      const mutated = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
      const { verdict } = await verifyPdf(mutated);
      if (!mutated.equals(bytes)) assert.ok(!/^valid$/.test(verdict) || mutated.length < bytes.length, verdict);
      assert.notEqual((await verifyPdf(mutated)).code, "verify.failed");
    }),
    { numRuns: 150 },
  );
});

const samples = process.env.SAMPLES_DIR ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/samples");
const indexFile = join(samples, "pdf-signed/INDEX.json");
const withSamples = { skip: existsSync(indexFile) ? false : `the samples are not at ${samples}` };

test("no sample that its origin calls wrong passes, and all that it calls right do", withSamples, async () => {
  const index: { file: string; accept: string; at?: string }[] = JSON.parse(readFileSync(indexFile, "utf8"));
  const accepted: string[] = [];
  const refused: string[] = [];
  for (const { file, accept, at: time } of index) {
    const result = await verifyPdf(
      readFileSync(join(samples, "pdf-signed", file)),
      time === undefined ? {} : { at: Date.parse(time) },
    );
    const isGood = result.verdict === "valid" || result.verdict === "valid-allowed";
    if (["FAIL", "NOT_PASS", "WARN", "NOSIG"].includes(accept) && isGood) accepted.push(file);
    if (accept === "COVERAGE_FALSE" && isGood && result.covers !== false) accepted.push(file);
    if (accept === "PASS" && !isGood) refused.push(file);
  }
  assert.deepEqual(accepted, []);
  assert.deepEqual(refused, []);
});

test("what was added since the approved document is judged from there on: seals alone, and not what came with them", async () => {
  for (const xref of ["table", "stream", "object-streams"] as const) {
    const approved = writeDocument({ ...form, xref });
    const ask = (bytes: Uint8Array, approvedSize = approved.length) =>
      verifyPdf(bytes, { roots: [...signer.chain], approvedSize });
    const sealed = await seal(await seal(approved, signer, "one"), signer, "two");
    assert.deepEqual((await ask(sealed)).sinceApproved, [], `${xref}: two seals and nothing besides`);
    assert.equal((await verifyPdf(sealed)).sinceApproved, undefined);
    assert.deepEqual(
      (await ask(sealed, approved.length - 10)).sinceApproved?.map(({ code }) => code),
      ["file.approved-not-found"],
    );
    if (xref !== "table") continue;
    // Changed first and sealed then: the seal holds, and the verdict alone would not tell.
    const changed = appendUpdate(approved, { 101: textOf(approved, 101).replace("/V (1)", "/V (2)") });
    const page = appendUpdate(approved, { 10: textOf(approved, 10).replace("/Annots [101 0 R]", "") });
    for (const base of [changed, page]) {
      const answer = await ask(await seal(base));
      assert.equal(answer.verdict, "valid");
      assert.notDeepEqual(answer.sinceApproved, [], "a change before the seal is told");
    }
  }
});
