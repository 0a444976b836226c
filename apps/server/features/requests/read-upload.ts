import { UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import type { PageText } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { ProblemError } from "../../platform/problems.ts";
import { documentProblem } from "../sealing/document-problems.ts";
import { type Inspection, inspectDocument } from "../sealing/inspect-document.ts";
import { isWord } from "../word-files/look-at-word.ts";
import { turnWord } from "../word-files/turn-word.ts";

const busy = "document.busy";

/** More files are being read than are let in at once. */
export function documentBusy(): ProblemError {
  const { code, sentence } = documentProblem(busy);
  return new ProblemError(503, code, sentence);
}

const tooLarge = (): ProblemError =>
  new ProblemError(413, "document.too-large", {
    en: "The file is larger than 50 MB. Upload a smaller one.",
    zh: "文件超过 50 MB。请上传较小的文件。",
  });

export interface ReadUpload {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly inspected: Extract<Inspection, { ok: true }>;
  readonly texts: readonly PageText[];
}

/**
 * Takes a PDF: the bytes go to the store as they come, then the file is checked to be one that can be sealed, and its text
 * is read. Of a refused file nothing is kept; its bytes are swept if nothing else has them. `takesWord`: a Word file is
 * turned into a PDF first, which is then the file; its own bytes are not kept.
 */
export async function readUpload(
  env: Environment,
  stream: AsyncIterable<Uint8Array>,
  { takesWord = false } = {},
): Promise<ReadUpload> {
  const { stored, read } = await storeUpload(env, stream, takesWord);
  const inspected = await inspectDocument(read.bytes);
  if (!inspected.ok) {
    await forgetFile(env, stored.digest);
    throw inspected.code === busy ? documentBusy() : new ProblemError(422, inspected.code, inspected.sentence);
  }
  const texts = await readPageTexts(read.bytes, inspected.pages);
  if (!texts.ok) {
    await forgetFile(env, stored.digest);
    if (texts.code === "text.busy") throw documentBusy();
    throw new ProblemError(422, texts.code, {
      en: "The pages of this file could not be read to check them for blank places. Print it to a new PDF and upload that.",
      zh: "无法读取该文件的页面以检查空白处。请将其重新打印为 PDF 后上传。",
    });
  }
  return { digest: stored.digest, sizeBytes: stored.sizeBytes, inspected, texts: texts.pages };
}

async function storeUpload(env: Environment, stream: AsyncIterable<Uint8Array>, takesWord: boolean) {
  const stored = await env.files.store(stream, UPLOAD_LIMIT_BYTES);
  if (!stored.ok) throw tooLarge();
  const read = await readStored(env, stored.digest);
  if (!takesWord || !isWord(read.bytes)) return { stored, read };
  try {
    const turned = await env.files.storeBytes(await turnWord(env, read.bytes, documentBusy));
    return { stored: turned, read: await readStored(env, turned.digest) };
  } finally {
    await forgetFile(env, stored.digest);
  }
}

async function readStored(env: Environment, digest: string): Promise<{ readonly bytes: Buffer }> {
  const read = await env.files.read(digest);
  if (!read.ok) throw new Error(`a file just stored can not be read: ${read.code}`);
  return read;
}
