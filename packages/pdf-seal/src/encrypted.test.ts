import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { decodeText, listFormFields } from "./reader/form-fields.ts";
import { openPdf, type PdfFile } from "./reader/pdf-file.ts";
import { findEntry, rawBytes } from "./reader/pdf-value.ts";
import { makeSigner } from "./seal/test-documents.ts";
import { openForSealing, type SealRequest, sealPdf } from "./seal.ts";
import { appendUpdate, reasonCodes } from "./verify/test-updates.ts";
import { verifyPdf } from "./verify.ts";

/**
 * Made with qpdf 11 from a document of this package's tests: `qpdf --static-id --encrypt "" owner 40|128|256 …`, with
 * and without object streams; `password` has a user password, `restricted` permits nothing.
 */
const read = (name: string): Buffer => readFileSync(join(import.meta.dirname, "fixtures", `encrypted-${name}.pdf`));
const open = (bytes: Uint8Array): PdfFile => {
  const opened = openPdf(bytes);
  assert.ok(opened.ok);
  return opened.file;
};

const folder = mkdtempSync(join(tmpdir(), "pdf-encrypted-"));
after(() => rmSync(folder, { recursive: true }));
const hasTool = (name: string): boolean => spawnSync(name, ["--version"]).error === undefined;
const withPdfsig = { skip: hasTool("pdfsig") ? false : "pdfsig is not installed" };
const withQpdf = { skip: hasTool("qpdf") ? false : "qpdf is not installed" };
function ask(tool: string, bytes: Uint8Array, ...parameters: string[]): { code: number | null; text: string } {
  const path = join(folder, "asked.pdf");
  writeFileSync(path, bytes);
  const { status, stdout, stderr } = spawnSync(tool, [...parameters, path], { timeout: 20_000 });
  return { code: status, text: `${stdout}${stderr}` };
}

const request: Omit<SealRequest, "id"> = {
  signer: makeSigner("p256"),
  signedAt: Date.UTC(2026, 0, 2),
  reason: "核准 (3)",
  appearance: {
    page: 0,
    xMm: 20,
    yMm: 30,
    widthMm: 42,
    heightMm: 42,
    face: {
      kind: "outline",
      outline: { widthMm: 42, heightMm: 42, paths: [{ part: "border", commands: [["M", 0, 0], ["L", 42, 0], ["Z"]] }] },
    },
  },
};

async function seal(base: Uint8Array, id: string): Promise<Buffer> {
  const sealed = await sealPdf({ ...request, id, bytes: base });
  assert.ok(sealed.ok, sealed.ok ? "" : sealed.refusal.code);
  return Buffer.concat([base, sealed.tail]);
}

for (const name of ["rc4-40", "rc4-128", "aes-128", "aes-128-streams", "aes-256-r5", "aes-256"]) {
  test(`a file encrypted without a password (${name}) is sealed twice, and reads as before`, async () => {
    const base = read(name);
    const sealed = await seal(await seal(base, "first"), "second");
    const result = await verifyPdf(sealed);
    assert.deepEqual(
      result.seals.map(({ verdict }) => verdict),
      ["valid-allowed", "valid"],
      reasonCodes(result).join(),
    );
    const file = open(sealed);
    const language = file.get(file.catalog(), "Lang");
    assert.equal(language?.kind === "string" ? decodeText(language.bytes) : "", "en-GB");
    const fields = listFormFields(file);
    assert.deepEqual(
      fields.map((field) => field.name),
      ["am)ount", "Seal1", "Seal2"],
    );
    const reason = file.get(fields[1]?.value, "Reason");
    assert.equal(reason?.kind === "string" ? decodeText(reason.bytes) : "", request.reason);
    const look = file.get(file.get(fields[1]?.dictionary, "AP"), "N");
    assert.ok(look?.kind === "stream");
    assert.match(Buffer.from(file.decodeStream(look) ?? []).toString("latin1"), / rg\n/);
  });

  test(`the same request on ${name} gives the same bytes but for the signature`, async () => {
    const [one, two] = [await seal(read(name), "same"), await seal(read(name), "same")];
    const gap = (bytes: Buffer): string => bytes.toString("latin1").replace(/\/Contents <[0-9a-f]+>/, "");
    assert.equal(gap(one), gap(two));
  });

  test(`pdfsig and qpdf agree on a sealed file encrypted with ${name}`, withPdfsig, async () => {
    const sealed = await seal(await seal(read(name), "first"), "second");
    const { text } = ask("pdfsig", sealed, "-nocert");
    assert.equal(text.match(/Signature is Valid/g)?.length, 2, text);
    assert.equal(text.match(/Total document signed/g)?.length, 1, text);
  });

  test(`qpdf reads what was written into a file encrypted with ${name}`, withQpdf, async () => {
    const sealed = await seal(read(name), "first");
    assert.equal(ask("qpdf", sealed, "--check").code, 0);
    const plain = ask("qpdf", sealed, "--decrypt", "--qdf", "--object-streams=disable", "--json=2");
    assert.match(plain.text, /核准 \(3\)/);
    assert.match(plain.text, /u:en-GB/);
  });
}

test("C24: another content put into an encrypted sealed file is modified, and one under no encryption too", async () => {
  const sealed = await seal(read("aes-128"), "first");
  const file = open(sealed);
  const page = file.get(file.get(file.catalog(), "Pages"), "Kids");
  const first = page?.kind === "array" ? file.resolve(page.items[0]) : null;
  const contents = findEntry(first, "Contents");
  assert.ok(contents?.kind === "reference");
  const stream = "<< /Length 3 >>\nstream\n1 g\nendstream";
  const root = findEntry(file.trailer(), "Root");
  const encryption = findEntry(file.trailer(), "Encrypt");
  assert.ok(root?.kind === "reference" && encryption?.kind === "reference");
  const id = findEntry(file.trailer(), "ID");
  const trailer = `/Root ${root.number} 0 R /ID ${id === null ? "" : Buffer.from(rawBytes(id)).toString("latin1")}`;
  const same = await verifyPdf(
    appendUpdate(sealed, { [contents.number]: stream }, `${trailer} /Encrypt ${encryption.number} 0 R`),
  );
  assert.equal(same.verdict, "modified", reasonCodes(same).join());
  const dropped = await verifyPdf(appendUpdate(sealed, { [contents.number]: stream }, trailer));
  assert.deepEqual([dropped.verdict, dropped.code], ["indeterminate", "pdf.encrypted"]);
});

test("a file that needs a password, and one that permits no signature, are refused with what to do", async () => {
  for (const [name, code] of [
    ["password", "pdf.encrypted"],
    ["restricted", "pdf.restricted"],
  ] as const) {
    const opened = openForSealing(read(name));
    assert.ok(!opened.ok);
    assert.equal(opened.refusal.code, code);
    assert.match(opened.refusal.message, /copy/);
  }
  assert.deepEqual((await verifyPdf(read("password"))).code, "pdf.encrypted");
  assert.equal((await verifyPdf(read("restricted"))).verdict, "no-signature");
});
