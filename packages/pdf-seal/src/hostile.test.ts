import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { makeSigner } from "./seal/test-documents.ts";
import { openForSealing, sealPdf } from "./seal.ts";
import { verifyPdf } from "./verify.ts";

/**
 * Files made to cost time or memory. Each must end, with a verdict and a refusal or a seal, within processor time that
 * is far above what it takes on a slow machine and far below what it took before there was a bound.
 */
const SECONDS = 10;
const signer = makeSigner("p256");

const plain: Readonly<Record<number, string>> = {
  1: "<< /Type /Catalog /Pages 2 0 R >>",
  2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
  3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
};
const catalog = (more: string): string => `<< /Type /Catalog /Pages 2 0 R ${more} >>`;
const stream = (entries: string, data: Uint8Array): string =>
  `<< ${entries} /Length ${data.length} >>\nstream\n${Buffer.from(data).toString("latin1")}\nendstream`;
const bomb = (megabytes: number, fill: number | string = 0): Buffer => deflateSync(Buffer.alloc(megabytes << 20, fill));
const unsignedSeal = "<< /FT /Sig /T (a) /V << /Type /Sig /SubFilter /adbe.pkcs7.detached /Contents <00> ";

function write(objects: Readonly<Record<number, string>>): Buffer {
  let text = "%PDF-1.7\n";
  let rows = "";
  for (const [number, body] of Object.entries(objects)) {
    rows += `${number} 1\n${String(text.length).padStart(10, "0")} 00000 n \n`;
    text += `${number} 0 obj\n${body}\nendobj\n`;
  }
  const end = `xref\n0 1\n0000000000 65535 f \n${rows}trailer\n<< /Size 9999 /Root 1 0 R >>\nstartxref\n`;
  return Buffer.from(`${text}${end}${text.length}\n%%EOF\n`, "latin1");
}

const previousOf = (bytes: Buffer): string => /startxref\s+(\d+)\s+%%EOF\s*$/.exec(bytes.toString("latin1"))?.[1] ?? "";

/** A cross-reference stream behind a file. */
function addXrefStream(base: Buffer, entries: string, data: Uint8Array): Buffer {
  const fields = `/Type /XRef /Size 9999 /Root 1 0 R /Prev ${previousOf(base)} /Filter /FlateDecode ${entries}`;
  const text = `999 0 obj\n${stream(fields, data)}\nendobj\nstartxref\n${base.length}\n%%EOF\n`;
  return Buffer.concat([base, Buffer.from(text, "latin1")]);
}

function addEmptyUpdates(base: Buffer, count: number): Buffer {
  const parts = [base];
  let length = base.length;
  let previous = previousOf(base);
  for (let i = 0; i < count; i++) {
    const trailer = `trailer\n<< /Size 9999 /Root 1 0 R /Prev ${previous} >>`;
    const text = Buffer.from(`xref\n0 1\n0000000000 65535 f \n${trailer}\nstartxref\n${length}\n%%EOF\n`);
    previous = String(length);
    parts.push(text);
    length += text.length;
  }
  return Buffer.concat(parts);
}

async function seal(base: Buffer): Promise<Buffer> {
  const sealed = await sealPdf({ bytes: base, signer, signedAt: 0, id: "x" });
  assert.ok(sealed.ok);
  return Buffer.concat([base, sealed.tail]);
}

const files: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  "arrays nested without end": () => write({ ...plain, 1: catalog(`/X ${"[".repeat(200_000)}`) }),
  "dictionaries nested without end": () => write({ ...plain, 1: catalog(`/X ${"<</A".repeat(200_000)}`) }),
  "a page tree of ten thousand levels": () => {
    const levels = Array.from({ length: 10_000 }, (_, i): [number, string] => [
      i + 2,
      `<< /Type /Pages /Kids [${i + 3} 0 R] /Count 1 >>`,
    ]);
    return write({ 1: catalog(""), ...Object.fromEntries(levels), 10002: plain[3] ?? "" });
  },
  "a page tree that is a net": () => {
    const levels = Array.from({ length: 40 }, (_, i): [number, string] => [
      i + 2,
      `<< /Type /Pages /Kids [${`${i + 3} 0 R `.repeat(50)}] /Count 99 >>`,
    ]);
    return write({ 1: catalog(""), ...Object.fromEntries(levels), 42: plain[3] ?? "" });
  },
  "a page tree that is its own kid": () => write({ ...plain, 2: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>" }),
  "references in a circle": () => write({ ...plain, 1: catalog("/AcroForm 4 0 R"), 4: "5 0 R", 5: "4 0 R" }),
  "a form field that is its own kid": () =>
    write({ ...plain, 1: catalog("/AcroForm << /Fields [4 0 R] >>"), 4: "<< /T (a) /Kids [4 0 R 4 0 R] >>" }),
  "a length that is its own stream": () =>
    write({ ...plain, 1: catalog("/Metadata 4 0 R"), 4: "<< /Length 4 0 R >>\nstream\na\nendstream" }),
  "a table of four thousand million entries": () =>
    Buffer.from(
      "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\nxref\n0 4294967295\n0000000000 65535 f \n" +
        "trailer\n<< /Size 4294967295 /Root 1 0 R >>\nstartxref\n57\n%%EOF\n",
    ),
  "a section that points back to itself": () => {
    const base = write(plain);
    const trailer = `trailer\n<< /Size 9 /Root 1 0 R /Prev ${base.length} >>`;
    return Buffer.concat([base, Buffer.from(`xref\n0 0\n${trailer}\nstartxref\n${base.length}\n%%EOF\n`)]);
  },
  "a cross-reference stream behind a seal that unfolds to millions": async () =>
    addXrefStream(await seal(write(plain)), "/W [1 0 0] /Index [10 4294967295]", bomb(64)),
  "an object stream of a million numbers": () => {
    const data = deflateSync(Buffer.from("1 0 ".repeat(3_000_000)));
    const held = stream("/Type /ObjStm /N 9999999 /First 12000000 /Filter /FlateDecode", data);
    const base = write({ ...plain, 4: held });
    return addXrefStream(base, "/W [1 2 1] /Index [1 1]", deflateSync(Buffer.from([2, 0, 4, 0])));
  },
  "an object stream inside itself": () =>
    addXrefStream(write(plain), "/W [1 2 1] /Index [1 1 4 1]", deflateSync(Buffer.from([2, 0, 4, 0, 2, 0, 4, 0]))),
  "object streams that each unfold, in a damaged file": () => {
    const data = deflateSync(Buffer.from("1 0 ".repeat(1_000_000)));
    const held = stream("/Type /ObjStm /N 1000000 /First 4000000 /Filter /FlateDecode", data);
    const streams = Array.from({ length: 30 }, (_, i): [number, string] => [i + 10, held]);
    const whole = write({ ...plain, ...Object.fromEntries(streams) });
    return whole.subarray(0, whole.lastIndexOf("startxref"));
  },
  "filters over filters": () => {
    const twice = deflateSync(bomb(30));
    return write({
      ...plain,
      1: catalog(`/DSS << /Certs [${"5 0 R ".repeat(400)}] >> /AcroForm << /Fields [6 0 R] >>`),
      5: stream("/Filter [/FlateDecode /FlateDecode]", twice),
      6: `${unsignedSeal} /ByteRange [0 10 20 30] >> >>`,
    });
  },
  "a damaged file of objects that never end": () => Buffer.from(`%PDF-1.7\n${"1 0 obj << /A (".repeat(100_000)}`),
  "a damaged file of trailers that never end": () =>
    Buffer.from(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n${`trailer ${"[".repeat(60_000)}`.repeat(50)}`),
  "a sealed file with thousands of updates": async () => addEmptyUpdates(await seal(write(plain)), 2500),
  "more updates than are followed": () => addEmptyUpdates(write(plain), 21_000),
  "a thousand seals over most of a large file": () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i + 10);
    const fields = numbers.map((i): [number, string] => [
      i,
      `${unsignedSeal.replace("(a)", `(a${i})`).replace("<00>", "<30>")} /ByteRange [${i} ${2_000_000 + i} 2500000 900000] >> >>`,
    ]);
    return write({
      ...plain,
      1: catalog(`/AcroForm << /Fields [${numbers.map((i) => `${i} 0 R`).join(" ")}] >>`),
      ...Object.fromEntries(fields),
      5000: stream("", Buffer.alloc(3_500_000, " ")),
    });
  },
  "a seal whose value is eight megabytes of brackets": () =>
    write({
      ...plain,
      1: catalog("/AcroForm << /Fields [6 0 R] >>"),
      6: `${unsignedSeal.replace("<00>", `<${"3080".repeat(2_000_000)}>`)} /ByteRange [0 10 20 30] >> >>`,
    }),
};

for (const [name, make] of Object.entries(files)) {
  test(`${name}: verifying and sealing end in time`, async () => {
    const bytes = await make();
    const before = process.cpuUsage();
    const { verdict, code } = await verifyPdf(bytes);
    const opened = openForSealing(bytes);
    if (opened.ok) {
      assert.ok(opened.document.pages.length >= 0 && opened.document.formFields.length >= 0);
      const sealed = await sealPdf({ document: opened.document, signer, signedAt: 0, id: "y" });
      assert.ok(sealed.ok || sealed.refusal.code !== "");
    } else assert.match(opened.refusal.code, /^pdf\./);
    const { user, system } = process.cpuUsage(before);
    assert.notEqual(code, "verify.failed");
    assert.ok(verdict !== "valid" && verdict !== "valid-allowed", verdict);
    assert.ok((user + system) / 1_000_000 < SECONDS, `${(user + system) / 1_000_000} s`);
  });
}
