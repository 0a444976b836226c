import { refuse, type SeriesFault, sampleSize, seriesLeaf } from "@chancery/domain";
import { sql } from "kysely";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy, toRefusalView } from "../../platform/refusals.ts";
import { findPaperOfBoth } from "../joint/read-model.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";
import { seesRequest } from "../requests/may-see.ts";
import { findOwnStep } from "../requests/quick-decision.ts";
import { readPeople } from "../requests/read-people.ts";
import { readDigests } from "./make-series.ts";
import { readOpened } from "./series-of-request.ts";
import { readSeriesRow, type SeriesRow } from "./series-rows.ts";
import { proveInSeries } from "./series-tree.ts";

type Series = HandlerAnswer<"GET /v1/document-series/:seriesId">;
type Lines = HandlerAnswer<"GET /v1/document-series/:seriesId/lines">;
type Proof = HandlerAnswer<"GET /v1/document-series/:seriesId/lines/:nr/proof">;
type OfRequest = HandlerAnswer<"GET /v1/seal-use-requests/:requestId">["series"];

/** What is wrong with a list, as people are told. */
export function showFaults(faults: readonly SeriesFault[]): Series["faults"] {
  return faults.map(({ row, column, refusal }) => ({
    ...{ row, column: column && { ...column }, refusal: toRefusalView(refusal) },
  }));
}

/** A series for who made it, or who sees a request that asks for it; else it is not found. */
async function requireSees(env: Environment, personId: string, seriesId: string): Promise<SeriesRow> {
  const row = await readSeriesRow(env.db, seriesId);
  if (!row) throw problems.notFound();
  if (row.made_by === personId) return row;
  const requests = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("series_id", "=", seriesId)
    .execute();
  for (const { request_id: requestId } of requests)
    if (await seesRequest(env.db, personId, requestId, env.clock.now())) return row;
  throw problems.notFound();
}

export async function readSeries(env: Environment, personId: string, seriesId: string): Promise<Series> {
  const row = await requireSees(env, personId, seriesId);
  const entity = await env.db
    .selectFrom("entities")
    .select(["entity_id", "name_en", "name_zh", "code"])
    .where("entity_id", "=", row.entity_id)
    .executeTakeFirstOrThrow();
  const { made, first } = await env.db
    .selectFrom("document_series_lines")
    .select((eb) => [
      eb.fn.countAll<string>().as("made"),
      sql<string | null>`min(document_id) filter (where nr = 1)`.as("first"),
    ])
    .where("series_id", "=", seriesId)
    .executeTakeFirstOrThrow();
  return {
    ...{ seriesId, state: row.state, listName: row.list_name, begunAt: row.begun_at.toISOString() },
    entity: { entityId: entity.entity_id, name: { en: entity.name_en, zh: entity.name_zh }, code: entity.code },
    template: {
      ...{ versionId: row.version_id, documentClass: row.document_class },
      name: { en: row.name_en, zh: row.name_zh },
    },
    ...{ total: row.total, made: Number(made), currency: row.currency, largest: row.largest, sum: row.sum_amount },
    ...{ counterparty: row.counterparty, sample: sampleSize(row.total), root: row.root },
    first: row.state === "ready" ? first : null,
    faults: showFaults(row.faults),
  };
}

/** Lines that one answer holds. */
const mostLines = 50;

export async function listLines(
  env: Environment,
  personId: string,
  seriesId: string,
  wanted: { requestId?: string | undefined; search?: string | undefined; after?: number | undefined },
): Promise<Lines> {
  const series = await requireSees(env, personId, seriesId);
  const requestId = await sameRequest(env, personId, series, wanted.requestId);
  let query = env.db
    .selectFrom("document_series_lines as l")
    .innerJoin("documents as d", "d.document_id", "l.document_id")
    .leftJoin("request_documents as r", (join) =>
      join.onRef("r.document_id", "=", "l.document_id").on("r.request_id", "=", requestId ?? ""),
    )
    .select(["l.nr", "l.document_id", "l.counterparty", "l.amount", "d.name", "d.digest", "r.sealed_digest"])
    .where("l.series_id", "=", seriesId)
    .where("l.nr", ">", wanted.after ?? 0)
    .orderBy("l.nr")
    .limit(mostLines + 1);
  if (wanted.search) {
    // A person's own words: no sign in them means anything else.
    const like = `%${wanted.search.replaceAll(/[\\%_]/g, "\\$&")}%`;
    query = query.where((eb) =>
      eb.or([
        ...[eb("d.name", "ilike", like), eb("l.counterparty", "ilike", like)],
        ...(/^\d{1,4}$/.test(wanted.search ?? "") ? [eb("l.nr", "=", Number(wanted.search))] : []),
      ]),
    );
  }
  const rows = await query.execute();
  const opened = requestId === null ? [] : await readOpened(env.db, requestId);
  const person = await readPeople(
    env.db,
    opened.map((one) => one.person_id),
  );
  const shown = rows.slice(0, mostLines);
  return {
    items: shown.map((row) => ({
      ...{ nr: row.nr, documentId: row.document_id, name: row.name, counterparty: row.counterparty },
      ...{ amount: row.amount, digest: row.digest, drawn: series.drawn?.includes(row.nr) === true },
      opened: opened
        .filter((one) => one.document_id === row.document_id)
        .map((one) => ({ by: person(one.person_id), at: one.opened_at.toISOString() })),
      sealed: row.sealed_digest !== null,
    })),
    next: rows.length > mostLines ? String(shown.at(-1)?.nr ?? 0) : null,
  };
}

/** What one request did with the series is told to who sees that request. */
async function sameRequest(
  env: Environment,
  personId: string,
  series: SeriesRow,
  requestId: string | undefined,
): Promise<string | null> {
  if (requestId === undefined) return null;
  const row = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "=", requestId)
    .where("series_id", "=", series.series_id)
    .executeTakeFirst();
  if (!row || !(await seesRequest(env.db, personId, requestId, env.clock.now()))) throw problems.notFound();
  return requestId;
}

/** The way from one document to the series' digest, to be checked by anybody. */
export async function proveLine(env: Environment, personId: string, seriesId: string, nr: number): Promise<Proof> {
  const { root, total } = await requireSees(env, personId, seriesId);
  const digests = await readDigests(env.db, seriesId);
  const digest = digests[nr - 1];
  if (root === null || digest === undefined) throw problems.notFound();
  return { nr, total, leaf: seriesLeaf(nr, digest), hashes: proveInSeries(digests, nr), root };
}

/** What a request tells of its series. */
export async function showSeriesOfRequest(
  reader: Reader,
  { row, steps, series }: LoadedRequest,
  personId: string,
): Promise<OfRequest> {
  const found = series && (await readSeriesRow(reader, series.seriesId));
  if (!series || !found) return null;
  const drawn = [...series.lines].flatMap(([documentId, { nr }]) =>
    series.drawn.includes(nr) ? [{ nr, documentId }] : [],
  );
  const opened = await readOpened(reader, row.request_id);
  const person = await readPeople(
    reader,
    opened.map((one) => one.person_id),
  );
  const isAsked = row.state === "in-review" && findOwnStep(steps, personId) !== undefined;
  const isOpened = ({ documentId }: { documentId: string }): boolean =>
    opened.some((one) => one.document_id === documentId && one.person_id === personId);
  return {
    ...{ seriesId: series.seriesId, template: { en: found.name_en, zh: found.name_zh }, listName: series.listName },
    ...{ total: series.total, currency: series.currency, largest: found.largest, sum: series.sum, root: series.root },
    ...{ seed: found.drawn === null ? null : found.seed, drawn },
    opened: opened.map((one) => ({
      ...{ documentId: one.document_id, by: person(one.person_id), at: one.opened_at.toISOString() },
    })),
    toOpen: isAsked ? drawn.filter((one) => !isOpened(one)).map(({ documentId }) => documentId) : [],
  };
}

/** The sealed files of a request, in their order, with what proves each of a series. */
export async function listSealed(env: Environment, personId: string, requestId: string) {
  if (!(await seesRequest(env.db, personId, requestId, env.clock.now()))) throw problems.notFound();
  const { row, documents, series, sheets, joint } = await loadRequest(env.db, requestId);
  // Sealed sheets go one by one to who keeps and who was given them, and each time is told.
  if (sheets.length > 0) throw problems.notFound();
  // A paper of two entities is whole with the seals of both; one by one it is given out no earlier either.
  const papers = await Promise.all(documents.map((document) => findPaperOfBoth(env.db, joint, document)));
  if (joint !== null && papers.includes(null)) throw refusedBy([refuse("joint.not-done", {}, "C17")]);
  const sealed = documents.flatMap(({ name, digest }, at) => {
    const paper = papers[at];
    return paper ? [{ nr: at + 1, name, digest, sealedDigest: paper.digest, sealedSize: paper.sizeBytes }] : [];
  });
  if (sealed.length === 0) throw problems.notFound();
  const digests = documents.map(({ digest }) => digest);
  return {
    number: row.number ?? "",
    sealed,
    proofs: series && {
      ...{ request: row.number, requestDigest: row.digest, series: series.root, documents: series.total },
      leaf: "chancery series v1, number and digest of the document as it was approved, a line each; hashes as in RFC 6962",
      items: sealed.map(({ nr, digest, sealedDigest }) => ({
        ...{ nr, approved: digest, sealed: sealedDigest, hashes: proveInSeries(digests, nr) },
      })),
    },
  };
}
