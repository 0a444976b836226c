import { mostSeriesFaults, refuse, type SeriesFault } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readOwnNames } from "../requests/document-reading.ts";
import { isEmptyShelf, readShelfName } from "../templates/shelf.ts";
import { type MadeDocument, madeAtOnce, makeInThread } from "./make-documents.ts";
import { readFormSource, readLinesToMake, readSeriesRow, type SeriesRow } from "./series-rows.ts";
import { digestOfSeries } from "./series-tree.ts";

type Whole = Extract<MadeDocument, { ok: true }>;

/**
 * Makes the documents of a series, some at a time, each lot in one transaction. Run again after a crash it goes on after the
 * last lot: the same line makes the same bytes. An error in any document ends the series, with every error told.
 */
export async function makeSeries(env: Environment, seriesId: string): Promise<void> {
  const series = await readSeriesRow(env.db, seriesId);
  if (series?.state !== "making") return;
  const form = await readFormSource(env, series.version_id);
  const lines = await readLinesToMake(env.db, seriesId);
  const ownNames = await readOwnNames(env.db);
  const classes = await readClassBook(env.db);
  const faults: SeriesFault[] = [];
  for (let from = await countMade(env, seriesId); from < lines.length; from += madeAtOnce) {
    const some = lines.slice(from, from + madeAtOnce);
    const refused = { row: some[0]?.row ?? null, column: null, refusal: refuse("series.document-refused") };
    const { document_class: documentClass, currency } = series;
    const outcome = form && (await makeInThread({ form, lines: some, ownNames, classes, documentClass, currency }));
    // Busy threads are tried again by the job; what took too long, or ended the thread, would do so again.
    if (outcome && !outcome.ok && outcome.why === "busy") throw new Error("documents of a series wait for a thread");
    if (!outcome?.ok) {
      faults.push(refused);
      break;
    }
    faults.push(...outcome.answer.flatMap((one) => (one.ok ? [] : one.faults)));
    if (faults.length >= mostSeriesFaults) break;
    // After the first error nothing is kept: there will be no series.
    if (faults.length === 0)
      await keepDocuments(
        env,
        series,
        outcome.answer.filter((one) => one.ok),
        some,
      );
  }
  await endSeries(env, seriesId, faults.slice(0, mostSeriesFaults));
}

async function countMade(env: Environment, seriesId: string): Promise<number> {
  const { made } = await env.db
    .selectFrom("document_series_lines")
    .select((eb) => eb.fn.countAll<string>().as("made"))
    .where("series_id", "=", seriesId)
    .executeTakeFirstOrThrow();
  return Number(made);
}

async function keepDocuments(
  env: Environment,
  series: SeriesRow,
  made: readonly Whole[],
  lines: readonly { nr: number; name: string; counterparty: string; amountMinor: number | null }[],
): Promise<void> {
  const now = new Date(env.clock.now());
  const stored = await Promise.all(made.map(({ bytes }) => env.files.storeBytes(bytes)));
  const ids = made.map(() => newId("doc", now.getTime()));
  await transact(env.db, async (tx) => {
    // Of two runs at once the second finds the lot kept.
    await tx
      .selectFrom("document_series")
      .select("state")
      .where("series_id", "=", series.series_id)
      .forUpdate()
      .execute();
    const before = await tx
      .selectFrom("document_series_lines")
      .select("nr")
      .where("series_id", "=", series.series_id)
      .where("nr", "=", made[0]?.nr ?? 0)
      .executeTakeFirst();
    if (before) return;
    await tx
      .insertInto("files")
      .values(
        stored.map(({ digest, sizeBytes }) => ({
          ...{ digest, size_bytes: sizeBytes, media_type: "application/pdf", stored_at: now },
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const digits = String(series.total).length;
    await tx
      .insertInto("documents")
      .values(
        made.map((one, at) => {
          const name = lines.find(({ nr }) => nr === one.nr)?.name ?? "";
          return {
            ...{ document_id: ids[at] ?? "", digest: stored[at]?.digest ?? "", size_bytes: stored[at]?.sizeBytes ?? 0 },
            // "Ltd." ends in a dot of its own.
            name: cleanFileName(
              `${String(one.nr).padStart(digits, "0")} ${name.replace(/[\s.]+$/u, "")}.pdf`,
              `${one.nr}.pdf`,
            ),
            ...{ pages: JSON.stringify(one.pages), signatures: one.signatures, unfinished: JSON.stringify(one.places) },
            ...{ uploaded_by: series.made_by, uploaded_at: now },
          };
        }),
      )
      .execute();
    await tx
      .insertInto("document_readings")
      .values(
        made.map(({ reading }, at) => ({
          ...{ document_id: ids[at] ?? "", facts: JSON.stringify(reading.facts), read_at: now },
          ...{ missing: JSON.stringify(reading.missing), page_words: JSON.stringify(reading.pageWords) },
        })),
      )
      .execute();
    await keepComparisons(tx, series, made, ids, now);
    await tx
      .insertInto("document_series_lines")
      .values(
        made.map(({ nr }, at) => {
          const line = lines.find((one) => one.nr === nr);
          const amount = line?.amountMinor == null ? null : (line.amountMinor / 100).toFixed(2);
          const counterparty = line?.counterparty ?? "";
          return { series_id: series.series_id, nr, document_id: ids[at] ?? "", counterparty, amount };
        }),
      )
      .execute();
  });
}

async function keepComparisons(
  tx: Tx,
  series: SeriesRow,
  made: readonly Whole[],
  ids: readonly string[],
  now: Date,
): Promise<void> {
  const shelf = await readShelfName(tx, series.entity_id);
  if (isEmptyShelf(shelf)) return;
  await tx
    .insertInto("document_comparisons")
    .values(
      made.map(({ comparison }, at) => ({
        ...{ document_id: ids[at] ?? "", shelf, version_id: series.version_id, verdict: comparison.verdict },
        ...{ comparison: JSON.stringify(comparison), compared_at: now },
      })),
    )
    .execute();
}

/** The digests of a series' documents in their order. */
export async function readDigests(tx: Pick<Tx, "selectFrom">, seriesId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("document_series_lines as l")
    .innerJoin("documents as d", "d.document_id", "l.document_id")
    .select("d.digest")
    .where("l.series_id", "=", seriesId)
    .orderBy("l.nr")
    .execute();
  return rows.map(({ digest }) => digest);
}

async function endSeries(env: Environment, seriesId: string, faults: readonly SeriesFault[]): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("document_series")
      .select(["state", "made_by"])
      .where("series_id", "=", seriesId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (row.state !== "making") return;
    const digests = await readDigests(tx, seriesId);
    const root = faults.length === 0 ? digestOfSeries(digests) : null;
    await tx
      .updateTable("document_series")
      .set({
        ...{ state: root === null ? "faulty" : "ready", root, faults: JSON.stringify(faults) },
        ended_at: new Date(env.clock.now()),
      })
      .where("series_id", "=", seriesId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: root === null ? "DocumentSeriesRefused" : "DocumentSeriesMade", actorId: null },
      facts: { series: seriesId, ...(root === null ? { faults: faults.length } : { root, documents: digests.length }) },
    });
  });
}
