import {
  condenseFacts,
  DOCUMENT_CLASS_IDS,
  type DocumentClassId,
  type FactsRead,
  findMissingFacts,
  type PageText,
  readDocumentText,
  readFacts,
  type UnfinishedPlace,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts, type ShownSize } from "../../platform/page-text.ts";
import { compareDocument } from "../templates/compare-document.ts";
import { isEmptyShelf, readShelfName } from "../templates/shelf.ts";
import { documentBusy } from "./read-upload.ts";

/** What a document says of itself, and by class what it ought to say and does not. */
export interface DocumentReading {
  readonly facts: FactsRead;
  readonly missing: Readonly<Partial<Record<DocumentClassId, readonly UnfinishedPlace[]>>>;
}

/** Names of the organisation's own entities, in both languages. */
export async function readOwnNames(reader: Reader): Promise<string[]> {
  const rows = await reader.selectFrom("entities").select(["name_en", "name_zh"]).execute();
  return rows.flatMap((row) => [row.name_en, row.name_zh]);
}

function readPages(pages: readonly PageText[], ownNames: readonly string[]): DocumentReading {
  const facts = readFacts(readDocumentText(pages), ownNames);
  const missing = DOCUMENT_CLASS_IDS.map((id) => [id, findMissingFacts(facts, id)] as const);
  return {
    facts: condenseFacts(facts),
    missing: Object.fromEntries(missing.filter(([, places]) => places.length > 0)),
  };
}

/** Keeps what a document says, once. */
export async function keepReading(
  reader: Reader,
  env: Environment,
  documentId: string,
  pages: readonly PageText[],
): Promise<void> {
  const { facts, missing } = readPages(pages, await readOwnNames(reader));
  await reader
    .insertInto("document_readings")
    .values({
      ...{ document_id: documentId, facts: JSON.stringify(facts), missing: JSON.stringify(missing) },
      read_at: new Date(env.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Reads and compares what has not been yet, before anything is decided by it: the templates in force may be others than
 * when the document came in. Done before the transaction that decides, so that no row is held for it.
 */
export async function prepareDocuments(env: Environment, requestId: string): Promise<void> {
  const request = await env.db
    .selectFrom("seal_use_requests")
    .select("entity_id")
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  if (!request) return;
  const shelf = await readShelfName(env.db, request.entity_id);
  const documents = await env.db
    .selectFrom("request_documents as r")
    .innerJoin("documents as d", "d.document_id", "r.document_id")
    .leftJoin("document_readings as read", "read.document_id", "d.document_id")
    .leftJoin("document_comparisons as c", (join) =>
      join.onRef("c.document_id", "=", "d.document_id").on("c.shelf", "=", shelf),
    )
    .select(["d.document_id", "d.digest", "d.pages", "read.read_at", "c.compared_at"])
    .where("r.request_id", "=", requestId)
    .execute();
  for (const { document_id: documentId, digest, pages, read_at, compared_at } of documents) {
    const isCompared = compared_at !== null || isEmptyShelf(shelf) || request.entity_id === null;
    if (read_at !== null && isCompared) continue;
    const file = await env.files.read(digest);
    if (!file.ok) continue;
    const texts = await readPageTexts(file.bytes, pages as ShownSize[]);
    if (!texts.ok && texts.code === "text.busy") throw documentBusy();
    if (!texts.ok) continue;
    if (read_at === null) await keepReading(env.db, env, documentId, texts.pages);
    if (!isCompared && request.entity_id !== null)
      await compareDocument(env, documentId, request.entity_id, texts.pages);
  }
}
