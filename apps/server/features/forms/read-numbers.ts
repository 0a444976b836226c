import {
  type FormRange,
  type FormWriting,
  intersectRanges,
  readFormRanges,
  refuse,
  writeFormRange,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { refusedBy } from "../../platform/refusals.ts";

/** States of a request that is under way: the forms it names are spoken for. */
export const requestsUnderWay = ["in-review", "authorised", "opened", "frozen", "closed"] as const;

/** Numbers as somebody typed them. Throws the refusal `forms.range-unread`. */
export function readNumbers(writing: FormWriting, typed: string): FormRange[] {
  const ranges = readFormRanges(writing, typed);
  if (ranges === null) throw refusedBy([refuse("forms.range-unread")]);
  return ranges;
}

/** Refuses numbers that a request under way is to use. The series is held by the caller. */
export async function requireFree(
  reader: Reader,
  series: FormWriting & { readonly series_id: string },
  ranges: readonly FormRange[],
): Promise<void> {
  const refusals = await listSpokenFor(reader, series, ranges, null);
  if (refusals.length > 0) throw refusedBy(refusals);
}

/** Numbers that other requests under way are to use. */
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
  return named
    .filter((row) => row.request_id !== exceptRequestId)
    .flatMap((row) =>
      intersectRanges([{ first: Number(row.first_no), last: Number(row.last_no) }], ranges).map((range) =>
        refuse("forms.held-by-request", { range: writeFormRange(series, range), request: row.number }, "C05"),
      ),
    );
}
