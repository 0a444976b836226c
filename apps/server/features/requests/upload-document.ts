import { UPLOAD_LIMIT_BYTES } from "@chancery/api/limits";
import { findUnfinishedPlaces, listUncertainPlaces, type UnfinishedPlace } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { documentProblem } from "../sealing/document-problems.ts";
import { inspectDocument } from "../sealing/inspect-document.ts";

export interface UploadedDocument {
  documentId: string;
  name: string;
  digest: string;
  sizeBytes: number;
  pages: { widthMm: number; heightMm: number }[];
  signatures: number;
  unfinished: UnfinishedPlace[];
}

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

/**
 * Takes an upload: the bytes go to the store as they come, then the file is checked to be a PDF that can be sealed and
 * read for blank and unfinished places. A refused file leaves no document; its bytes are swept if nothing else has them.
 */
export async function uploadDocument(
  env: Environment,
  personId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<UploadedDocument> {
  const stored = await env.files.store(upload.stream, UPLOAD_LIMIT_BYTES);
  if (!stored.ok) throw tooLarge();
  const read = await env.files.read(stored.digest);
  if (!read.ok) throw new Error(`a file just stored can not be read: ${read.code}`);
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
  const unfinished = [
    ...findUnfinishedPlaces(texts.pages, inspected.fields),
    ...listUncertainPlaces(inspected.uncertain),
  ];
  const now = env.clock.now();
  const document: UploadedDocument = {
    documentId: newId("doc", now),
    name: cleanFileName(upload.fileName, "document.pdf"),
    digest: stored.digest,
    sizeBytes: stored.sizeBytes,
    pages: inspected.pages,
    signatures: inspected.signatures,
    unfinished,
  };
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("files")
      .values({
        digest: document.digest,
        size_bytes: document.sizeBytes,
        media_type: "application/pdf",
        stored_at: new Date(now),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx
      .insertInto("documents")
      .values({
        document_id: document.documentId,
        name: document.name,
        digest: document.digest,
        size_bytes: document.sizeBytes,
        pages: JSON.stringify(document.pages),
        signatures: document.signatures,
        unfinished: JSON.stringify(unfinished),
        uploaded_by: personId,
        uploaded_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "DocumentUploaded",
      actorId: personId,
      facts: { documentId: document.documentId, digest: document.digest, pages: document.pages.length },
    });
  });
  return document;
}
