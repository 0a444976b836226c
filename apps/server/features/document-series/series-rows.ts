import type { DocumentClassId, SeriesFault, SeriesLine } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { ShownSize } from "../../platform/page-text.ts";
import type { FormSource } from "./form.ts";

export type SeriesRow = NonNullable<Awaited<ReturnType<typeof readSeriesRow>>>;

export async function readSeriesRow(reader: Reader, seriesId: string) {
  const row = await reader
    .selectFrom("document_series as s")
    .innerJoin("template_versions as v", "v.version_id", "s.version_id")
    .select([
      ...([
        "s.series_id",
        "s.entity_id",
        "s.version_id",
        "s.list_name",
        "s.list_digest",
        "s.currency",
        "s.seed",
      ] as const),
      ...(["s.state", "s.total", "s.faults", "s.root", "s.largest", "s.sum_amount", "s.counterparty"] as const),
      ...(["s.drawn", "s.made_by", "s.begun_at", "v.document_class", "v.name_en", "v.name_zh"] as const),
      ...(["v.template_id", "v.ended_at", "v.number as version_number"] as const),
    ])
    .where("s.series_id", "=", seriesId)
    .executeTakeFirst();
  return row
    ? {
        ...row,
        state: row.state as "making" | "ready" | "faulty",
        document_class: row.document_class as DocumentClassId,
        faults: row.faults as SeriesFault[],
      }
    : undefined;
}

/** The lines as they are to be written; read where documents are made, and nowhere else. */
export async function readLinesToMake(reader: Reader, seriesId: string): Promise<SeriesLine[]> {
  const { lines } = await reader
    .selectFrom("document_series")
    .select("lines")
    .where("series_id", "=", seriesId)
    .executeTakeFirstOrThrow();
  return lines as SeriesLine[];
}

/** A template as it is filled; null where its file is not there any more, byte for byte. */
export async function readFormSource(env: Environment, versionId: string): Promise<FormSource | null> {
  const row = await env.db
    .selectFrom("template_versions")
    .select(["file_digest", "texts", "marks", "pages"])
    .where("version_id", "=", versionId)
    .executeTakeFirst();
  const file = row ? await env.files.read(row.file_digest) : null;
  return row && file?.ok
    ? { bytes: new Uint8Array(file.bytes), texts: row.texts, marks: row.marks, pages: row.pages as ShownSize[] }
    : null;
}

/** The class of the documents that a template makes. */
export async function readSeriesTemplate(
  reader: Reader,
  versionId: string,
): Promise<{ readonly documentClass: DocumentClassId }> {
  const row = await reader
    .selectFrom("template_versions")
    .select("document_class")
    .where("version_id", "=", versionId)
    .executeTakeFirstOrThrow();
  return { documentClass: row.document_class as DocumentClassId };
}
