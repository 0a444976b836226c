import type { UnfinishedPlace } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { maySee } from "./may-see.ts";
import type { UploadedDocument } from "./upload-document.ts";

/** A document for whoever uploaded it or may see a request it stands in; else it is not found. */
export async function readDocument(env: Environment, personId: string, documentId: string): Promise<UploadedDocument> {
  const row = await env.db.selectFrom("documents").selectAll().where("document_id", "=", documentId).executeTakeFirst();
  if (!row) throw problems.notFound();
  if (row.uploaded_by !== personId) {
    const seen = await env.db
      .selectFrom("seal_use_requests as r")
      .innerJoin("request_documents as d", "d.request_id", "r.request_id")
      .select("r.request_id")
      .where("d.document_id", "=", documentId)
      .where((eb) => maySee(personId, env.clock.now())(eb as never))
      .executeTakeFirst();
    if (!seen) throw problems.notFound();
  }
  return {
    documentId: row.document_id,
    name: row.name,
    digest: row.digest,
    sizeBytes: Number(row.size_bytes),
    pages: row.pages as UploadedDocument["pages"],
    signatures: row.signatures,
    unfinished: row.unfinished as UnfinishedPlace[],
  };
}
