import { drawPieces, listForDraw, listUnopened, nameForDraw, type Refusal, refuse, sampleSize } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { hexOf } from "../../platform/hex-of.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readDigests } from "./make-series.ts";
import { readSeriesRow } from "./series-rows.ts";

/** A request's series with its lines, as far as approving and sealing ask for them. */
export interface LoadedSeries {
  readonly seriesId: string;
  readonly versionId: string;
  readonly listName: string;
  readonly listDigest: string;
  readonly state: "making" | "ready" | "faulty";
  readonly root: string | null;
  readonly total: number;
  readonly currency: string;
  readonly sum: string | null;
  readonly templateInForce: boolean;
  readonly drawn: readonly number[];
  /** By document: its place, and what its line says. */
  readonly lines: ReadonlyMap<
    string,
    { readonly nr: number; readonly counterparty: string; readonly amountMinor: number | null }
  >;
}

export async function loadSeries(reader: Reader, seriesId: string | null): Promise<LoadedSeries | null> {
  const row = seriesId === null ? undefined : await readSeriesRow(reader, seriesId);
  if (!row) return null;
  const lines = await reader
    .selectFrom("document_series_lines")
    .select(["nr", "document_id", "counterparty", "amount"])
    .where("series_id", "=", row.series_id)
    .orderBy("nr")
    .execute();
  return {
    ...{ seriesId: row.series_id, versionId: row.version_id, listName: row.list_name, listDigest: row.list_digest },
    ...{ state: row.state, root: row.root, total: row.total, currency: row.currency, sum: row.sum_amount },
    ...{ templateInForce: row.ended_at === null, drawn: row.drawn ?? [] },
    lines: new Map(
      lines.map((line) => [
        line.document_id,
        {
          ...{ nr: line.nr, counterparty: line.counterparty },
          amountMinor: line.amount === null ? null : Math.round(Number(line.amount) * 100),
        },
      ]),
    ),
  };
}

/** Why a series cannot be asked for as it stands. */
export function listSeriesRefusals(
  series: LoadedSeries,
  request: { readonly emergency: boolean; readonly standing: boolean; readonly documentIds: readonly string[] },
): Refusal[] {
  const refusals: Refusal[] = [];
  if (series.state !== "ready") refusals.push(refuse("series.not-ready", {}, "C03"));
  if (!series.templateInForce) refusals.push(refuse("series.template-ended", {}, "C03"));
  const whole =
    request.documentIds.length === series.total &&
    request.documentIds.every((id, at) => series.lines.get(id)?.nr === at + 1);
  if (series.state === "ready" && !whole) refusals.push(refuse("series.other-documents", {}, "C17"));
  if (request.emergency) refusals.push(refuse("series.with-emergency", {}, "C02"));
  if (request.standing) refusals.push(refuse("series.with-standing", {}, "C01"));
  return refusals;
}

/**
 * Draws the documents that whoever decides has to open, when the series is submitted: by the seed that was committed to when
 * its list came in. It is drawn once, so that nobody submits again and again until a draw suits him.
 */
export async function drawSample(
  tx: Tx,
  env: Environment,
  series: LoadedSeries,
  requestId: string,
): Promise<readonly number[]> {
  const row = await tx
    .selectFrom("document_series")
    .select(["seed", "drawn"])
    .where("series_id", "=", series.seriesId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.drawn) return row.drawn;
  const digests = await readDigests(tx, series.seriesId);
  const names = digests.map((digest, at) => nameForDraw(at + 1, digest));
  const chosen = drawPieces(row.seed, names, sampleSize(names.length), hexOf);
  const drawn = names.flatMap((name, at) => (chosen.includes(name) ? [at + 1] : []));
  await tx
    .updateTable("document_series")
    .set({ drawn, drawn_at: new Date(env.clock.now()) })
    .where("series_id", "=", series.seriesId)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "SeriesSamplePublished", actorId: null, requestId },
    facts: {
      ...{ series: series.seriesId, seed: row.seed, root: series.root, count: drawn.length },
      ...{ list: hexOf(listForDraw(names)), drawn: drawn.join(" ") },
    },
  });
  return drawn;
}

/** Drawn documents that a person has opened on record for a request. */
export async function readOpened(reader: Reader, requestId: string) {
  return reader
    .selectFrom("series_openings as o")
    .innerJoin("document_series_lines as l", "l.document_id", "o.document_id")
    .select(["o.person_id", "o.document_id", "o.opened_at", "l.nr"])
    .where("o.request_id", "=", requestId)
    .orderBy("o.opened_at")
    .execute();
}

/** How many of the drawn documents a person has still to open before he approves (C03). */
export async function countUnopened(
  reader: Reader,
  { row, series }: { readonly row: { readonly request_id: string }; readonly series: LoadedSeries | null },
  personId: string,
): Promise<number> {
  if (!series) return 0;
  const opened = (await readOpened(reader, row.request_id)).filter((one) => one.person_id === personId);
  return listUnopened(series.drawn, new Set(opened.map(({ nr }) => nr))).length;
}
