import { listLetterheadRefusals } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { documentBusy, readUpload } from "../requests/read-upload.ts";
import { requireKnowsSeries } from "./knows-series.ts";
import { holdSeries, requireAdministers } from "./series.ts";

const draw = createThreadPool<{ bytes: Uint8Array }, Uint8Array>(new URL("./draw-ground-worker.ts", import.meta.url), {
  ...{ timeMs: 20_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 10 },
});

/**
 * A letterhead as it lies under the sheets: a picture, so that nothing of somebody's file but what it shows gets into a file that
 * is sealed. Null for plain paper.
 */
export async function readGround(env: Environment, digest: string | null): Promise<Uint8Array | null> {
  if (digest === null) return null;
  const file = await env.files.read(digest);
  if (!file.ok) throw new Error(`the letterhead of blank sheets can not be read: ${file.code}`);
  const drawn = await draw({ bytes: file.bytes });
  if (drawn.ok) return drawn.answer;
  if (drawn.why === "busy") throw documentBusy();
  throw new Error(`the letterhead of blank sheets can not be drawn: ${drawn.why}`);
}

/** Gives a series its letterhead: a PDF of one page, checked as every upload is. What was given out before keeps its own. */
export async function giveLetterhead(
  env: Environment,
  personId: string,
  seriesId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    await requireAdministers(tx, env, personId, (await holdSeries(tx, seriesId)).entity_id);
  });
  const { digest, sizeBytes, inspected } = await readUpload(env, upload.stream);
  const name = cleanFileName(upload.fileName, "letterhead.pdf");
  try {
    await transact(env.db, async (tx) => {
      const series = await holdSeries(tx, seriesId);
      await requireAdministers(tx, env, personId, series.entity_id);
      const refusals = listLetterheadRefusals({ ...inspected, kind: series.kind });
      if (refusals.length > 0) throw refusedBy(refusals);
      const now = new Date(env.clock.now());
      await tx
        .insertInto("files")
        .values({ digest, size_bytes: sizeBytes, media_type: "application/pdf", stored_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      await tx
        .updateTable("form_series")
        .set({ letterhead_digest: digest, letterhead_name: name })
        .where("series_id", "=", seriesId)
        .execute();
      await recordEvent(tx, env, {
        ...{ type: "BlankSheetsLetterheadChanged", actorId: personId },
        facts: { series: seriesId, digest, before: series.letterhead_digest },
      });
    });
  } catch (error) {
    await forgetFile(env, digest);
    throw error;
  }
}

/** Takes the letterhead away: later sheets are plain. */
export async function endLetterhead(env: Environment, personId: string, seriesId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdSeries(tx, seriesId);
    await requireAdministers(tx, env, personId, series.entity_id);
    if (series.letterhead_digest === null) return;
    await tx
      .updateTable("form_series")
      .set({ letterhead_digest: null, letterhead_name: null })
      .where("series_id", "=", seriesId)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "BlankSheetsLetterheadChanged", actorId: personId },
      facts: { series: seriesId, digest: null, before: series.letterhead_digest },
    });
  });
}

/** The letterhead as it was given, for whoever knows the series. */
export async function readLetterhead(
  env: Environment,
  personId: string,
  seriesId: string,
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const series = await env.db
    .selectFrom("form_series")
    .selectAll()
    .where("series_id", "=", seriesId)
    .executeTakeFirst();
  if (!series) throw problems.notFound();
  await requireKnowsSeries(env.db, env, personId, series);
  const file = series.letterhead_digest === null ? null : await env.files.read(series.letterhead_digest);
  if (!file?.ok) throw problems.notFound();
  return { bytes: file.bytes, fileName: series.letterhead_name ?? "letterhead.pdf" };
}
