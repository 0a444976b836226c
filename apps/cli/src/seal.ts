import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { openForSealing, type SealAppearance, type SealablePdf, type SealFace, sealPdf } from "@chancery/pdf-seal/seal";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { createLocalSealSigner, loadSigningKey, parsePemChain, type SealSigner } from "@chancery/pki";
import { decideFace, layoutFace } from "@chancery/seal-image";
import { createGlyphSource } from "@chancery/seal-image/font";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";

const sentences = {
  en: {
    usage:
      "Usage: chancery seal IN.pdf --out OUT.pdf --key KEY.pem --cert CHAIN.pem [--image PNG|--face FACE.json] [--page N --x MM --y MM] [--json]",
    own: "Sealed with a key of your own. This is no seal of a platform: no approval, no register entry, no ledger proof.",
    done: "Sealed",
  },
  zh: {
    usage:
      "用法：chancery seal 输入.pdf --out 输出.pdf --key 私钥.pem --cert 证书链.pem [--image PNG|--face 印模.json] [--page 页 --x 毫米 --y 毫米] [--json]",
    own: "已用您自己的私钥盖章。这不是平台印章：没有审批、没有登记，也没有账本证明。",
    done: "已盖章",
  },
} as const;

const PICTURE_MM = 42;
const MARGIN_MM = 20;

/** `chancery seal IN.pdf`: seals with the caller's own key, as an incremental update; the input is never changed. */
export async function runSeal(args: readonly string[], output: CommandOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      key: { type: "string" },
      cert: { type: "string" },
      image: { type: "string" },
      face: { type: "string" },
      page: { type: "string" },
      x: { type: "string" },
      y: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const say = sentences[output.language];
  const [input, tooMany] = positionals;
  const { out, key, cert } = values;
  const isIncomplete = input === undefined || out === undefined || key === undefined || cert === undefined;
  const isContradictory = tooMany !== undefined || (values.image !== undefined && values.face !== undefined);
  if (isIncomplete || isContradictory) throw new CommandFailure(exitCodes.usage, say.usage);
  const isPlaced = values.page !== undefined || values.x !== undefined || values.y !== undefined;
  if (isPlaced && values.image === undefined && values.face === undefined) {
    throw new CommandFailure(exitCodes.usage, "face.missing: --page, --x and --y place an --image or a --face.");
  }
  if (resolve(input) === resolve(out)) {
    throw new CommandFailure(exitCodes.usage, "out.same-file: The sealed document needs another name.");
  }
  const signer = await readSigner(key, cert);
  const bytes = await readInput(input);
  const opened = openForSealing(bytes);
  if (!opened.ok) return refuse(output, values.json, input, opened.refusal.code, opened.refusal.message);
  const face = await readFace(values);
  const appearance = face === null ? null : placeFace(opened.document, face, values);
  const sealed = await sealPdf({
    document: opened.document,
    signer,
    signedAt: Date.now(),
    id: randomUUID(),
    ...(appearance === null ? {} : { appearance }),
  });
  if (!sealed.ok) return refuse(output, values.json, input, sealed.refusal.code, sealed.refusal.message);
  const result = Buffer.concat([bytes, sealed.tail]);
  const check = await verifyPdf(result);
  const own = check.seals.find((seal) => seal.fieldName === sealed.signatureFieldName);
  if (own?.verdict !== "valid") {
    return refuse(
      output,
      values.json,
      input,
      "seal.self-check-failed",
      `The sealed file does not verify (${own?.reasons[0]?.code ?? check.code}).`,
    );
  }
  await writeWhole(out, result);
  output.err(say.own);
  const facts = {
    file: input,
    out,
    fieldName: sealed.signatureFieldName,
    byteRange: sealed.byteRange,
    bytes: result.length,
  };
  output.out(values.json ? JSON.stringify({ ...facts, ok: true, code: null }) : `${say.done}: ${out}`);
  return exitCodes.ok;
}

function refuse(output: CommandOutput, json: boolean, file: string, code: string, message: string): number {
  if (json) output.out(JSON.stringify({ file, ok: false, code, message }));
  else output.err(`${code}: ${message}`);
  return exitCodes.failure;
}

async function readInput(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw new CommandFailure(exitCodes.failure, `${isMissing ? "file.not-found" : "file.unreadable"}: ${file}`);
  });
}

/** The passphrase of an encrypted key comes from the environment: arguments are seen by every user of the machine. */
async function readSigner(keyFile: string, chainFile: string): Promise<SealSigner> {
  const fail = (outcome: { code: string; detail: string }): never => {
    throw new CommandFailure(exitCodes.failure, `${outcome.code}: ${outcome.detail}`);
  };
  const key = loadSigningKey((await readInput(keyFile)).toString("utf8"), process.env.CHANCERY_KEY_PASSPHRASE);
  if (!key.ok) return fail(key);
  const chain = parsePemChain((await readInput(chainFile)).toString("utf8"));
  if (!chain.ok) return fail(chain);
  const signer = createLocalSealSigner({ key: key.value, chain: chain.value.map((certificate) => certificate.raw) });
  return signer.ok ? signer.value : fail(signer);
}

async function readFace(values: { image?: string | undefined; face?: string | undefined }): Promise<SealFace | null> {
  if (values.image !== undefined) return { kind: "png", bytes: await readInput(values.image) };
  if (values.face === undefined) return null;
  let described: unknown;
  try {
    described = JSON.parse((await readInput(values.face)).toString("utf8"));
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(exitCodes.failure, `face.not-json: ${values.face}`);
  }
  const glyphs = createGlyphSource();
  const decided = decideFace(described, glyphs);
  if (!decided.ok) throw new CommandFailure(exitCodes.failure, `${decided.code}: ${decided.detail}`);
  return { kind: "outline", outline: layoutFace(decided.value, glyphs) };
}

/** Without numbers: the last page, at the right below. Pages count from 1; x and y from the shown page's top left. */
function placeFace(
  document: SealablePdf,
  face: SealFace,
  values: { page?: string | undefined; x?: string | undefined; y?: string | undefined },
): SealAppearance {
  const read = (name: string, text: string | undefined, fallback: number): number => {
    const value = text === undefined ? fallback : Number(text);
    if (!Number.isFinite(value)) throw new CommandFailure(exitCodes.usage, `number.invalid: --${name} ${text}`);
    return value;
  };
  const number = read("page", values.page, document.pages.length);
  const page = document.pages[number - 1];
  if (page === undefined) {
    throw new CommandFailure(exitCodes.usage, `page.missing: The document has ${document.pages.length} pages.`);
  }
  const { widthMm, heightMm } = face.kind === "outline" ? face.outline : fitPicture(face.bytes);
  const xMm = read("x", values.x, Math.max(0, page.widthMm - widthMm - MARGIN_MM));
  const yMm = read("y", values.y, Math.max(0, page.heightMm - heightMm - MARGIN_MM));
  return { page: page.index, xMm, yMm, widthMm, heightMm, face };
}

/** A picture fills a square of 42 mm without being distorted; the engine refuses what is no PNG. */
function fitPicture(png: Uint8Array): { widthMm: number; heightMm: number } {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const [width, height] = png.length < 24 ? [1, 1] : [header.getUint32(16), header.getUint32(20)];
  const scale = PICTURE_MM / Math.max(1, width, height);
  return { widthMm: Math.max(1, width) * scale, heightMm: Math.max(1, height) * scale };
}

/** Under another name first, so that a file of the wanted name is always whole. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(part, bytes, { flag: "wx" });
    await rename(part, file);
  } catch {
    await rm(part, { force: true });
    throw new CommandFailure(exitCodes.failure, `out.unwritable: ${file}`);
  }
}
