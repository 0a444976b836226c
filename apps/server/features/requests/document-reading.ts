import type { PageText } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts, type ShownSize } from "../../platform/page-text.ts";
import { statement } from "../../platform/statement.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { compareDocument } from "../templates/compare-document.ts";
import { isEmptyShelf, nameShelf } from "../templates/shelf.ts";
import { readPages } from "./read-facts.ts";
import { preparePapers } from "./read-paper.ts";
import { documentBusy } from "./read-upload.ts";

/** Names of the organisation's own entities, in both languages. */
export async function readOwnNames(reader: Reader): Promise<string[]> {
  const rows = await reader.selectFrom("entities").select(["name_en", "name_zh"]).execute();
  return rows.flatMap((row) => [row.name_en, row.name_zh]);
}

/** Keeps what a document says, once. */
export async function keepReading(
  reader: Reader,
  env: Environment,
  documentId: string,
  pages: readonly PageText[],
): Promise<void> {
  const { facts, missing, pageWords } = readPages(pages, await readOwnNames(reader), await readClassBook(reader));
  await reader
    .insertInto("document_readings")
    .values({
      ...{ document_id: documentId, facts: JSON.stringify(facts), missing: JSON.stringify(missing) },
      ...{ page_words: JSON.stringify(pageWords), read_at: new Date(env.clock.now()) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const selectToPrepare = statement((reader, { requestId }: { readonly requestId: string }) =>
  reader
    .selectFrom("seal_use_requests as r")
    .leftJoin("request_documents as rd", (join) =>
      join.onRef("rd.request_id", "=", "r.request_id").on("r.series_id", "is", null),
    )
    .leftJoin("documents as d", "d.document_id", "rd.document_id")
    .leftJoin("document_readings as read", "read.document_id", "d.document_id")
    .select(["r.entity_id", "r.series_id", "d.document_id", "d.digest", "d.pages", "read.read_at"])
    .select((eb) =>
      eb
        .selectFrom("document_comparisons as c")
        .select(sql<string[] | null>`array_agg(c.shelf)`.as("shelves"))
        .whereRef("c.document_id", "=", "d.document_id")
        .as("compared_on"),
    )
    .select((eb) =>
      eb
        .selectFrom("template_versions as v")
        .select(sql<string[] | null>`array_agg(v.version_id)`.as("versions"))
        .whereRef("v.entity_id", "=", "r.entity_id")
        .where("v.in_force_at", "is not", null)
        .where("v.ended_at", "is", null)
        .as("in_force"),
    )
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom("request_attachments as a")
            .innerJoin("evidence as paper", "paper.evidence_id", "a.evidence_id")
            .leftJoin("paper_readings as known", "known.digest", "paper.digest")
            .select("a.evidence_id")
            .whereRef("a.request_id", "=", "r.request_id")
            .where("known.read_at", "is", null),
        )
        .as("has_papers"),
    )
    .where((eb) =>
      eb.or([
        eb("r.request_id", "=", requestId),
        eb(
          "r.joint_id",
          "=",
          eb.selectFrom("seal_use_requests as own").select("own.joint_id").where("own.request_id", "=", requestId),
        ),
      ]),
    ),
);

/**
 * Reads and compares what has not been yet, of a joint request on both sides, before anything is decided by it: the templates
 * in force may be others than when the document came in. Done before the transaction that decides, so that no row is held.
 */
export async function prepareDocuments(env: Environment, requestId: string): Promise<void> {
  const rows = await selectToPrepare(env.db, { requestId });
  if (rows.some((row) => row.has_papers)) await preparePapers(env, requestId);
  for (const { entity_id: entityId, series_id, document_id: documentId, digest, pages, ...row } of rows) {
    const { read_at, compared_on } = row;
    const shelf = nameShelf(row.in_force ?? []);
    if (series_id !== null) await carryComparisons(env, series_id, shelf);
    if (documentId === null || digest === null) continue;
    const isCompared = isEmptyShelf(shelf) || entityId === null || compared_on?.includes(shelf) === true;
    if (read_at !== null && isCompared) continue;
    const file = await env.files.read(digest);
    if (!file.ok) continue;
    const texts = await readPageTexts(file.bytes, pages as ShownSize[]);
    if (!texts.ok && texts.code === "text.busy") throw documentBusy();
    if (!texts.ok) continue;
    if (read_at === null) await keepReading(env.db, env, documentId, texts.pages);
    if (!isCompared && entityId !== null) await compareDocument(env, documentId, entityId, texts.pages);
  }
}

/**
 * Documents of a series were compared with their own template when they were made. Neither they nor that version change, so
 * that what was found stands for every set of templates the version is in; where it is in none the check refuses the series.
 */
async function carryComparisons(env: Environment, seriesId: string, shelf: string): Promise<void> {
  if (isEmptyShelf(shelf)) return;
  await sql`
    insert into document_comparisons (document_id, shelf, version_id, verdict, comparison, compared_at)
    select distinct on (c.document_id) c.document_id, ${shelf}, c.version_id, c.verdict, c.comparison, c.compared_at
    from document_series_lines l join document_series s using (series_id) join template_versions v using (version_id)
      join document_comparisons c on c.document_id = l.document_id and c.version_id = s.version_id
    where l.series_id = ${seriesId} and v.ended_at is null
    on conflict do nothing`.execute(env.db);
}
