import { findUnfinishedPlaces, listUncertainPlaces, type PageText, type UnfinishedPlace } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { findSheetPages } from "../forms/sheets-of-request.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { compareDocument } from "../templates/compare-document.ts";
import { keepReading } from "./document-reading.ts";
import { readUpload } from "./read-upload.ts";

export interface UploadedDocument {
  documentId: string;
  name: string;
  digest: string;
  sizeBytes: number;
  pages: { widthMm: number; heightMm: number }[];
  signatures: number;
  unfinished: UnfinishedPlace[];
}

/**
 * Takes an upload: the bytes go to the store as they come, then the file is checked to be a PDF that can be sealed and
 * read for blank and unfinished places. A refused file leaves no document; its bytes are swept if nothing else has them.
 */
export async function uploadDocument(
  env: Environment,
  personId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<UploadedDocument> {
  const { digest, sizeBytes, inspected, texts } = await readUpload(env, upload.stream);
  const unfinished = [
    ...findUnfinishedPlaces(texts, inspected.fields),
    ...listUncertainPlaces(inspected.uncertain),
    ...(await findSheetPages(env.db, texts)),
  ];
  const now = env.clock.now();
  const document: UploadedDocument = {
    documentId: newId("doc", now),
    name: cleanFileName(upload.fileName, "document.pdf"),
    digest,
    sizeBytes,
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
    await keepReading(tx, env, document.documentId, texts);
    await recordEvent(tx, env, {
      type: "DocumentUploaded",
      actorId: personId,
      facts: { documentId: document.documentId, digest: document.digest, pages: document.pages.length },
    });
  });
  await compareAtOnce(env, personId, document.documentId, texts);
  return document;
}

/** Most who apply do so for their own entity: its templates are compared while they go on; others at the check. */
async function compareAtOnce(
  env: Environment,
  personId: string,
  documentId: string,
  texts: readonly PageText[],
): Promise<void> {
  const person = await env.db
    .selectFrom("people")
    .select("entity_id")
    .where("person_id", "=", personId)
    .executeTakeFirst();
  if (!person?.entity_id) return;
  try {
    await compareDocument(env, documentId, person.entity_id, texts);
  } catch (error) {
    // More are being compared than are let in at once: the check compares it.
    if (!(error instanceof ProblemError)) throw error;
  }
}
