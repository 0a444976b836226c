import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import type { Draft } from "../requests/write-draft.ts";

/**
 * A draft that names a series says of its first document where the seals stand, and why an open place is none: it holds for
 * each of them. Class, other side and amount are the series' own, the strictest line's.
 */
export async function expandSeries<D extends Draft>(
  reader: Reader,
  personId: string,
  draft: D,
  requestId: string,
): Promise<D> {
  const { seriesId } = draft;
  if (seriesId == null) return draft;
  const series = await reader
    .selectFrom("document_series as s")
    .innerJoin("template_versions as v", "v.version_id", "s.version_id")
    .leftJoin("seal_use_requests as r", (join) =>
      join.onRef("r.series_id", "=", "s.series_id").on("r.request_id", "=", requestId),
    )
    .select(["s.state", "s.largest", "s.currency", "s.counterparty", "v.document_class"])
    .where("s.series_id", "=", seriesId)
    .where((eb) => eb.or([eb("s.made_by", "=", personId), eb("r.request_id", "is not", null)]))
    .executeTakeFirst();
  if (series?.state !== "ready")
    throw problems.inputInvalid([
      { path: "seriesId", message: "is unknown, or not made yet", zh: "不存在或尚未制作完成" },
    ]);
  const lines = await reader
    .selectFrom("document_series_lines as l")
    .innerJoin("documents as d", "d.document_id", "l.document_id")
    .select(["l.document_id", "d.unfinished"])
    .where("l.series_id", "=", seriesId)
    .orderBy("l.nr")
    .execute();
  const given = draft.documents.find((one) => one.documentId === lines[0]?.document_id);
  if (draft.documents.length > 1 || (draft.documents.length === 1 && !given))
    throw problems.inputInvalid([
      {
        path: "documents",
        message: "name another document than the first of the series",
        zh: "不是该批次的第一份文件",
      },
    ]);
  const placesOf = (unfinished: unknown): Set<string> =>
    new Set((unfinished as { placeId: string }[]).map(({ placeId }) => placeId));
  return {
    ...draft,
    ...{ counterparty: series.counterparty, amount: series.largest, currency: series.currency },
    documentClass: series.document_class as D["documentClass"],
    documents: lines.map(({ document_id: documentId, unfinished }) => ({
      ...{ documentId, placements: given?.placements ?? [] },
      answers: (given?.answers ?? []).filter(({ placeId }) => placesOf(unfinished).has(placeId)),
    })),
  };
}
