import {
  type FormRange,
  type FormWriting,
  intersectRanges,
  mergeRanges,
  readFormRanges,
  refuse,
  writeFormRange,
  writeFormRanges,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { listReported, listSheetsAsked, requestsUnderWay } from "./sheets-asked.ts";

/** Numbers as somebody typed them. Throws the refusal `forms.range-unread`. */
export function readNumbers(writing: FormWriting, typed: string): FormRange[] {
  const ranges = readFormRanges(writing, typed);
  if (ranges === null) throw refusedBy([refuse("forms.range-unread")]);
  return ranges;
}

/** Refuses numbers that a request under way is to use, or whose end waits for its confirmation. The series is held by the caller. */
export async function requireFree(
  reader: Reader,
  series: FormWriting & { readonly series_id: string },
  ranges: readonly FormRange[],
): Promise<void> {
  const refusals = await listSpokenFor(reader, series, ranges, null);
  if (refusals.length > 0) throw refusedBy(refusals);
}

/** Numbers that other requests under way are to use, and sheets whose end waits for its confirmation. */
export async function listSpokenFor(
  reader: Reader,
  series: FormWriting & { readonly series_id: string },
  ranges: readonly FormRange[],
  exceptRequestId: string | null,
) {
  const named = await reader
    .selectFrom("request_forms as f")
    .innerJoin("seal_use_requests as r", "r.request_id", "f.request_id")
    .select(["f.first_no", "f.last_no", "r.number", "r.request_id"])
    .where("f.series_id", "=", series.series_id)
    .where("r.state", "in", [...requestsUnderWay])
    .execute();
  const asked = (await listSheetsAsked(reader, [series.series_id], exceptRequestId)).filter(({ number }) =>
    ranges.some(({ first, last }) => first <= number && number <= last),
  );
  const sheets = [...Map.groupBy(asked, ({ request }) => request)].map(([request, of]) => {
    const numbers = mergeRanges(of.map(({ number }) => ({ first: number, last: number })));
    return refuse("forms.held-by-request", { range: writeFormRanges(series, numbers), request }, "C05");
  });
  const others = named
    .filter((row) => row.request_id !== exceptRequestId)
    .flatMap((row) =>
      intersectRanges([{ first: Number(row.first_no), last: Number(row.last_no) }], ranges).map((range) =>
        refuse("forms.held-by-request", { range: writeFormRange(series, range), request: row.number }, "C05"),
      ),
    );
  const reported = (await listReported(reader, [series.series_id])).map(({ number }) => ({
    first: number,
    last: number,
  }));
  const waiting = intersectRanges(mergeRanges(reported), ranges);
  return [
    ...others,
    ...sheets,
    ...(waiting.length > 0
      ? [refuse("sheets.report-waiting", { range: writeFormRanges(series, waiting) }, "C05")]
      : []),
  ];
}
