import { createHash, randomBytes } from "node:crypto";
import { refuse, type SeriesFault, type SeriesLine, sumSeries } from "@chancery/domain";
import { cleanFileName } from "../../platform/clean-input.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readSheetsOf } from "../opening-stock/files.ts";
import { importProblem } from "../opening-stock/problems.ts";
import { judgeList } from "./judge-list.ts";
import { readFormSource } from "./series-rows.ts";

/** Most bytes of a list as it is sent. */
const listLimit = 10 * 1024 * 1024;

/**
 * Takes a list for a template in force: every line is read as it would be written, and either the documents are made or
 * every error is told with its line and column. Of a list with an error nothing is kept. The seed of the lot is committed to
 * now, in the ledger, when nobody knows the documents' order by it and nothing is made yet.
 */
export async function beginSeries(
  env: Environment,
  personId: string,
  wanted: { readonly versionId: string; readonly currency: string },
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<{ seriesId: string | null; faults: readonly SeriesFault[] }> {
  const stored = await env.files.store(upload.stream, listLimit);
  if (!stored.ok) throw importProblem("import.too-large");
  try {
    const listName = cleanFileName(upload.fileName, "list.xlsx");
    const lines = await readLines(env, wanted.versionId, { digest: stored.digest, name: listName });
    if (!("lines" in lines)) {
      await forgetFile(env, stored.digest);
      return { seriesId: null, faults: lines.faults };
    }
    const list = { name: listName, digest: stored.digest, sizeBytes: stored.sizeBytes };
    return { seriesId: await keepSeries(env, personId, wanted, list, lines.lines), faults: [] };
  } catch (error) {
    await forgetFile(env, stored.digest);
    throw error;
  }
}

/** The template in force that documents are made from. */
async function readTemplateInForce(env: Environment, versionId: string) {
  const row = await env.db
    .selectFrom("template_versions")
    .select(["entity_id", "in_force_at", "ended_at"])
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  if (!row || row.in_force_at === null) throw problems.notFound();
  if (row.ended_at !== null) throw refusedBy([refuse("series.template-ended", {}, "C03")]);
  return row;
}

async function readLines(
  env: Environment,
  versionId: string,
  list: { digest: string; name: string },
): Promise<{ lines: readonly SeriesLine[] } | { faults: readonly SeriesFault[] }> {
  await readTemplateInForce(env, versionId);
  const form = await readFormSource(env, versionId);
  const sheets = await readSheetsOf(env, list);
  if (!form || !sheets) throw problems.notFound();
  const whole = (refusal: SeriesFault["refusal"]) => ({ faults: [{ row: null, column: null, refusal }] });
  const filled = sheets.filter(({ rows }) => rows.length > 0);
  if (filled.length > 1 && filled.filter(({ title }) => !isAbout(title)).length > 1)
    return whole(refuse("series.several-sheets"));
  const rows = (filled.find(({ title }) => !isAbout(title)) ?? filled[0])?.rows ?? [];
  const judged = await judgeList({ form, rows });
  if (!judged.ok)
    return whole(
      judged.unfit === null
        ? refuse("series.document-refused")
        : refuse("series.template-unfit", { field: judged.unfit }),
    );
  return judged.faults.length > 0 ? { faults: judged.faults } : { lines: judged.lines };
}

/** The sheet of the downloaded list that explains its columns. */
export const aboutTitles = { en: "About the columns", zh: "填写说明" } as const;
const isAbout = (title: string): boolean => Object.values(aboutTitles).some((about) => about === title);

async function keepSeries(
  env: Environment,
  personId: string,
  { versionId, currency }: { readonly versionId: string; readonly currency: string },
  list: { readonly name: string; readonly digest: string; readonly sizeBytes: number },
  lines: readonly SeriesLine[],
): Promise<string> {
  const now = env.clock.now();
  const seriesId = newId("dsr", now);
  const seed = randomBytes(32).toString("hex");
  const sums = sumSeries(lines);
  const { entity_id: entityId } = await readTemplateInForce(env, versionId);
  const inUnits = (minor: number | null): string | null => (minor === null ? null : (minor / 100).toFixed(2));
  await transact(env.db, async (tx) => {
    await tx
      .insertInto("files")
      .values({
        ...{ digest: list.digest, size_bytes: list.sizeBytes, media_type: "application/octet-stream" },
        stored_at: new Date(now),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "DocumentSeriesAdded", actorId: personId },
      facts: {
        ...{ series: seriesId, template: versionId, listDigest: list.digest, documents: lines.length },
        seedDigest: `sha256:${createHash("sha256").update(seed).digest("hex")}`,
      },
    });
    await tx
      .insertInto("document_series")
      .values({
        ...{ series_id: seriesId, entity_id: entityId, version_id: versionId, list_name: list.name },
        ...{ list_digest: list.digest, currency, seed, state: "making", total: lines.length, faults: "[]" },
        ...{ lines: JSON.stringify(lines), largest: inUnits(sums.largest), sum_amount: inUnits(sums.sum) },
        ...{ counterparty: sums.counterparty, made_by: personId, begun_at: new Date(now), event_id: eventId },
      })
      .execute();
    await env.enqueue(tx, "make-series", { seriesId }, `make-series ${seriesId}`);
  });
  return seriesId;
}
