import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { FaceOutline } from "@chancery/seal-image";
import { encode } from "fast-png";
import { type DocumentShape, makeSigner, writeDocument } from "./seal/test-documents.ts";
import { finishSeal, openForSealing, prepareSeal, type SealFace, type SealRequest, sealPdf } from "./seal.ts";

const rsa = makeSigner("rsa");
const p256 = makeSigner("p256");
const folder = mkdtempSync(join(tmpdir(), "pdf-seal-"));
after(() => rmSync(folder, { recursive: true }));

const hasTool = (name: string): boolean => spawnSync(name, ["--version"]).error === undefined;
const withPdfsig = { skip: hasTool("pdfsig") ? false : "pdfsig is not installed" };
const withQpdf = { skip: hasTool("qpdf") ? false : "qpdf is not installed" };
const withMutool = { skip: hasTool("mutool") ? false : "mutool is not installed" };

const triangle: FaceOutline = {
  widthMm: 42,
  heightMm: 42,
  paths: [{ part: "border", commands: [["M", 0, 0], ["L", 42, 0], ["L", 42, 42], ["Z"]] }],
};
const drawn: SealFace = { kind: "outline", outline: triangle };
const picture = encode({ width: 2, height: 2, channels: 4, data: Uint8Array.from({ length: 16 }, (_, i) => i * 16) });
const spot = { page: 0, xMm: 20, yMm: 30, widthMm: 42, heightMm: 42 };
const plain: SealRequest = { signer: rsa, signedAt: Date.UTC(2026, 0, 2, 3, 4, 5), id: "first" };

async function seal(base: Uint8Array, request: Partial<SealRequest> = {}): Promise<Buffer> {
  const result = await sealPdf({ ...plain, ...request, bytes: base });
  assert.ok(result.ok, result.ok ? "" : result.refusal.code);
  return Buffer.concat([base, result.tail]);
}

function save(bytes: Uint8Array): string {
  const path = join(folder, `${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.pdf`);
  writeFileSync(path, bytes);
  return path;
}

function run(tool: string, ...parameters: string[]): { code: number | null; text: string } {
  const result = spawnSync(tool, parameters, { timeout: 20_000 });
  return { code: result.status, text: `${result.stdout}${result.stderr}` };
}

const shapes: Readonly<Record<string, DocumentShape>> = {
  "a cross-reference table": {},
  "cross-reference streams": { xref: "stream" },
  "object streams": { xref: "object-streams" },
  "no line end at the end": { endOfLine: false },
  "a rotated page": { page: "/Rotate 90" },
  "an inherited rotation and an offset crop box": { pages: "/Rotate 270 /CropBox [100 100 500 700]" },
  "a user unit": { page: "/UserUnit 2.5" },
  "annotations in an array of their own": { page: "/Annots 100 0 R", objects: ["[ ]"] },
  "a direct form": { catalog: "/AcroForm << /Fields [] /DA (/Helv 0 Tf) >>" },
  "an indirect form with indirect fields": {
    catalog: "/AcroForm 100 0 R",
    objects: ["<</Fields 101 0 R/SigFlags 0>>", "[102 0 R]", "<< /FT /Tx /T (who) /V (x) >>"],
  },
  "pages by the hundred": { pageCount: 80 },
};

for (const [name, shape] of Object.entries(shapes)) {
  test(`seals a document with ${name}, three times, each seal valid`, withPdfsig, async () => {
    const base = writeDocument(shape);
    const first = await seal(base, { appearance: { ...spot, face: drawn } });
    const second = await seal(first, {
      signer: p256,
      id: "second",
      appearance: { ...spot, face: { kind: "png", bytes: picture } },
    });
    const third = await seal(second, { id: "third" });
    assert.ok(third.subarray(0, second.length).equals(second), "the sealed file stays a prefix");
    const { text } = run("pdfsig", "-nocert", save(third));
    assert.equal(text.match(/Signature is Valid/g)?.length, 3, text);
    assert.equal(text.match(/Total document signed/g)?.length, 1, text);
    assert.match(text, /Signature Type: ETSI.CAdES.detached/);
  });

  test(`qpdf finds no fault in a sealed document with ${name}`, withQpdf, async () => {
    const { code, text } = run(
      "qpdf",
      "--check",
      save(await seal(writeDocument(shape), { appearance: { ...spot, face: drawn } })),
    );
    assert.equal(code, 0, text);
  });

  test(`mutool agrees on a sealed document with ${name}`, withMutool, async () => {
    const { text } = run("mutool", "sign", "-v", save(await seal(writeDocument(shape), { signer: p256 })));
    assert.match(text, /unchanged since signing/);
  });
}

test("the byte range covers all but the hexadecimal string of /Contents", async () => {
  const base = writeDocument();
  const result = await sealPdf({ ...plain, bytes: base });
  assert.ok(result.ok);
  const whole = Buffer.concat([base, result.tail]);
  const [start, length, next, rest] = result.byteRange;
  assert.deepEqual([start, next + rest], [0, whole.length]);
  assert.match(whole.subarray(length, next).toString("latin1"), /^<[0-9a-f]+>$/);
  assert.ok(whole.includes(`/ByteRange [${result.byteRange.join(" ")}]`));
  assert.equal(
    whole.subarray(length + 1, length + 1 + result.cms.length * 2).toString(),
    Buffer.from(result.cms).toString("hex"),
  );
});

test("a seal that would stand beside the page, and a picture that is none, are refused", async () => {
  const codeOf = async (appearance: SealRequest["appearance"]): Promise<string> => {
    const result = await sealPdf({ ...plain, bytes: writeDocument(), ...(appearance && { appearance }) });
    return result.ok ? "" : result.refusal.code;
  };
  assert.equal(await codeOf({ ...spot, xMm: 300, face: drawn }), "placement.invalid");
  assert.equal(await codeOf({ ...spot, yMm: -50, face: drawn }), "placement.invalid");
  assert.equal(await codeOf({ ...spot, xMm: 1e300, face: drawn }), "placement.invalid");
  assert.equal(await codeOf({ ...spot, widthMm: 0, face: drawn }), "placement.invalid");
  assert.equal(await codeOf({ ...spot, page: 7, face: drawn }), "page.not-found");
  assert.equal(await codeOf({ ...spot, face: { kind: "png", bytes: Buffer.from("GIF89a") } }), "face.broken-png");
  assert.equal(await codeOf({ ...spot, xMm: -20, yMm: -20, face: drawn }), "");
});

test("the same request gives the same bytes again once the signature is known", async () => {
  const bytes = writeDocument({ xref: "object-streams" });
  const request = { ...plain, signer: p256, bytes, appearance: { ...spot, face: drawn } };
  const [one, two] = [prepareSeal(request), prepareSeal(request)];
  assert.ok(one.ok && two.ok);
  assert.deepEqual(one.prepared.tail, two.prepared.tail);
  const { tbs, digest } = one.prepared.attributes;
  const signature = await p256.signAttributes(tbs, digest);
  const [first, again] = [finishSeal(one.prepared, signature), finishSeal(two.prepared, signature)];
  assert.ok(first.ok && again.ok);
  assert.deepEqual(first.tail, again.tail);
});

test("a signature that the certificate does not accept reaches no file", async () => {
  const prepared = prepareSeal({ ...plain, bytes: writeDocument() });
  assert.ok(prepared.ok);
  const foreign = await makeSigner("rsa").signAttributes(
    prepared.prepared.attributes.tbs,
    prepared.prepared.attributes.digest,
  );
  for (const signature of [foreign, new Uint8Array(0), new Uint8Array(5000)]) {
    const result = finishSeal(prepared.prepared, signature);
    assert.equal(result.ok ? "" : result.refusal.code, "signer.signature-invalid");
  }
});

test("texts may contain what looks like PDF", withPdfsig, async () => {
  const sealed = await seal(writeDocument(), { reason: "/ByteRange [0 1 2 3] /Contents <00> )(\\", location: "上海" });
  const { text } = run("pdfsig", "-nocert", save(sealed));
  assert.match(text, /Signature is Valid/);
  assert.match(text, /Total document signed/);
});

test("an empty signature field is filled, a filled one and a text field are refused", async () => {
  const base = writeDocument({
    page: "/Annots [101 0 R]",
    catalog: "/AcroForm << /Fields [101 0 R 102 0 R] >>",
    objects: [
      "null",
      "<< /FT /Sig /T (Party A) /Subtype /Widget /Rect [10 10 90 90] /P 10 0 R >>",
      "<< /FT /Tx /T (who) >>",
    ],
  });
  const sealed = await seal(base, { fieldName: "Party A" });
  const opened = openForSealing(sealed);
  assert.ok(opened.ok);
  assert.equal(opened.document.hasSignatures, true);
  assert.deepEqual(opened.document.formFields, [
    { name: "Party A", type: "signature", filled: true },
    { name: "who", type: "text", filled: false },
  ]);
  for (const [fieldName, code] of [
    ["Party A", "field.filled"],
    ["who", "field.not-for-seals"],
    ["a.b", "field.invalid-name"],
  ] as const) {
    const result = await sealPdf({ ...plain, bytes: sealed, fieldName });
    assert.equal(result.ok ? "" : result.refusal.code, code);
  }
});

test("pages are described as they are shown", () => {
  const opened = openForSealing(writeDocument({ page: "/Rotate 90 /CropBox [0 0 360 720] /UserUnit 2" }));
  assert.ok(opened.ok);
  const [page] = opened.document.pages;
  assert.equal(page?.rotation, 90);
  assert.equal(page?.widthMm.toFixed(1), "508.0");
  assert.equal(page?.heightMm.toFixed(1), "254.0");
});

const refusals: readonly (readonly [string, Uint8Array, string])[] = [
  ["an empty file", new Uint8Array(0), "pdf.empty"],
  ["something else", Buffer.from("GIF89a, not a PDF"), "pdf.not-pdf"],
  ["an encrypted file", writeDocument({ trailer: "/Encrypt << /Filter /Standard >>" }), "pdf.encrypted"],
  ["a file cut in half", writeDocument().subarray(0, 60), "pdf.broken"],
  ["junk before the header", Buffer.concat([Buffer.from("junk\n"), writeDocument()]), "pdf.junk-before-header"],
  ["a dynamic form", writeDocument({ catalog: "/NeedsRendering true /AcroForm << /Fields [] /XFA (x) >>" }), "pdf.xfa"],
  [
    "a file certified against changes",
    writeDocument({
      catalog: "/Perms << /DocMDP 100 0 R >>",
      objects: ["<< /Type /Sig /Reference [<< /TransformMethod /DocMDP /TransformParams << /P 1 >> >>] >>"],
    }),
    "pdf.certified",
  ],
  [
    "a form locked by an earlier signature",
    writeDocument({
      catalog: "/AcroForm << /Fields [100 0 R] >>",
      objects: [
        "<< /FT /Sig /T (a) /V << /Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << /Action /All >> >>] >> >>",
      ],
    }),
    "pdf.certified",
  ],
];

for (const [name, bytes, code] of refusals) {
  test(`refuses ${name} with ${code}`, async () => {
    const result = await sealPdf({ ...plain, bytes });
    assert.equal(result.ok ? "" : result.refusal.code, code);
  });
}

test("repairs an unsealed file with wrong cross-reference data, and refuses a sealed one", withPdfsig, async () => {
  const spoil = (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    const at = copy.lastIndexOf("startxref\n") + 10;
    return Buffer.concat([copy.subarray(0, at), Buffer.from("7\n%%EOF\n")]);
  };
  const base = spoil(writeDocument({ xref: "object-streams" }));
  const sealed = await seal(base);
  const { text } = run("pdfsig", "-nocert", save(sealed));
  assert.match(text, /Signature is Valid/);
  const result = await sealPdf({ ...plain, bytes: spoil(sealed) });
  assert.equal(result.ok ? "" : result.refusal.code, "pdf.broken");
});

test("no cut and no changed byte makes it throw or hang", async () => {
  const base = await seal(writeDocument({ xref: "object-streams" }), { signer: p256 });
  for (let i = 0; i < base.length; i += 7) {
    const changed = Buffer.from(base);
    changed[i] = (changed[i] ?? 0) ^ 0x15;
    for (const bytes of [changed, base.subarray(0, i)]) {
      const result = await sealPdf({ ...plain, signer: p256, bytes });
      if (!result.ok) assert.match(result.refusal.code, /^[a-z-]+\.[a-z-]+$/);
    }
  }
});

const samples = join(
  process.env.SAMPLES_DIR ?? join(dirname(fileURLToPath(import.meta.url)), "../../../../shared/samples"),
  "pdf-odd",
);
const present = existsSync(join(samples, "INDEX.json"));

test("odd documents of others are sealed or refused as their index says", {
  skip: present ? false : "no samples",
}, async () => {
  const index: { file: string; seal_expect: string; tags: string[] }[] = JSON.parse(
    readFileSync(join(samples, "INDEX.json"), "utf8"),
  );
  for (const { file, seal_expect: expected, tags } of index) {
    const result = await sealPdf({ ...plain, signer: p256, bytes: readFileSync(join(samples, file)) });
    if (!result.ok) assert.match(result.refusal.code, /^[a-z-]+\.[a-z-]+$/);
    if (expected === "must-seal" && !tags.includes("encrypted")) assert.ok(result.ok, file);
    if (expected === "clean-refusal(password)") assert.ok(!result.ok, file);
  }
});
