import { findUnfinishedPlaces, type PaperFault } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { documentBusy } from "../requests/read-upload.ts";

/** What speaks against a file as an owed paper before anybody reads it: it is no PDF that can be read, or says nothing. */
export async function findPaperFault(
  env: Environment,
  file: { readonly digest: string; readonly media_type: string },
): Promise<PaperFault | null> {
  if (file.media_type !== "application/pdf") return "not-readable";
  const stored = await env.files.read(file.digest);
  if (!stored.ok) throw new Error(`a file of evidence cannot be read: ${stored.code}`);
  const texts = await readPageTexts(stored.bytes, []);
  if (!texts.ok && texts.code === "text.busy") throw documentBusy();
  if (!texts.ok || texts.pages.length === 0) return "not-readable";
  const places = findUnfinishedPlaces(texts.pages, []);
  // Of a scanned paper the back of a page may be empty; of one that was handed in to have something there each page is.
  const empty = new Set(places.flatMap(({ kind, page }) => (kind === "empty-page" ? [page] : [])));
  return empty.size === texts.pages.length || places.some(({ kind }) => kind === "no-content") ? "blank" : null;
}

/** Whether a request has these very bytes already: as a document, with its application, or as a paper that followed. */
export async function hasFile(reader: Reader, requestId: string, digest: string): Promise<boolean> {
  const documents = reader
    .selectFrom("request_documents as r")
    .innerJoin("documents as d", "d.document_id", "r.document_id")
    .select("d.digest")
    .where("r.request_id", "=", requestId)
    .where((eb) => eb.or([eb("d.digest", "=", digest), eb("r.sealed_digest", "=", digest)]));
  const attached = reader
    .selectFrom("request_attachments as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .select("e.digest")
    .where("p.request_id", "=", requestId)
    .where("e.digest", "=", digest);
  const followed = reader
    .selectFrom("emergency_papers as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .select("e.digest")
    .where("p.request_id", "=", requestId)
    .where("e.digest", "=", digest);
  return (await documents.unionAll(attached).unionAll(followed).limit(1).execute()).length > 0;
}
