import type { Reader } from "../../platform/db.ts";

/** States of a request that is under way: the forms it names are spoken for. */
export const requestsUnderWay = ["in-review", "authorised", "opened", "frozen", "closed"] as const;

/** Sheets that requests under way ask for. */
export async function listSheetsAsked(
  reader: Reader,
  seriesIds: readonly string[],
  exceptRequestId: string | null,
): Promise<{ seriesId: string; number: number; request: string }[]> {
  const rows = await reader
    .selectFrom("blank_sheet_files as f")
    .innerJoin("blank_sheets as b", "b.matter_id", "f.matter_id")
    .innerJoin("documents as d", "d.digest", "f.digest")
    .innerJoin("request_documents as r", "r.document_id", "d.document_id")
    .innerJoin("seal_use_requests as q", "q.request_id", "r.request_id")
    .select(["b.series_id", "f.numbers", "q.request_id", "q.number"])
    .where("b.series_id", "in", ["", ...seriesIds])
    .where("q.state", "in", [...requestsUnderWay])
    .execute();
  return rows
    .filter((row) => row.request_id !== exceptRequestId)
    .flatMap((row) =>
      row.numbers.map((number) => ({
        ...{ seriesId: row.series_id, number: Number(number), request: row.number ?? "" },
      })),
    );
}

/** Sheets whose end is reported and not confirmed: until it is they are nobody's to move, to seal, or to print again. */
export async function listReported(
  reader: Reader,
  seriesIds: readonly string[],
): Promise<{ seriesId: string; number: number }[]> {
  const rows = await reader
    .selectFrom("sheet_reports")
    .select(["series_id", "numbers"])
    .where("series_id", "in", ["", ...seriesIds])
    .where("state", "=", "waiting")
    .execute();
  return rows.flatMap((row) => row.numbers.map((number) => ({ seriesId: row.series_id, number: Number(number) })));
}
