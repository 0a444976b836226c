import { listSheetConfirmerRefusals, mergeRanges, writeFormRanges } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { titleForAll } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import type { SeriesRow } from "./series.ts";
import { readConfirmer, readReportToConfirm } from "./sheet-confirmers.ts";

type Shown = HandlerAnswer<"GET /v1/form-series/:seriesId">["reports"];
type Kept = Pick<
  SeriesRow,
  "series_id" | "entity_id" | "keeper_id" | "seal_id" | "name_en" | "name_zh" | "prefix" | "digits"
>;
const lastReports = 40;

/** What takers reported of a series' sheets, as far as it is the reader's. */
export async function showSheetReports(
  env: Environment,
  series: Kept,
  { personId, whole }: { personId: string; whole: boolean },
): Promise<Shown> {
  let query = env.db
    .selectFrom("sheet_reports as w")
    .innerJoin("blank_sheets as b", "b.matter_id", "w.matter_id")
    .leftJoin("seal_use_requests as r", "r.request_id", "w.request_id")
    .selectAll("w")
    .select(["r.number as request_number", titleForAll.as("request_title"), "b.taker_id"])
    .where("w.series_id", "=", series.series_id)
    .orderBy((eb) => eb("w.state", "=", "waiting"), "desc")
    .orderBy("w.reported_at", "desc")
    .limit(lastReports);
  if (!whole) query = query.where((eb) => eb.or([eb("b.taker_id", "=", personId), eb("w.reported_by", "=", personId)]));
  const rows = await query.execute();
  const person = await readPeople(
    env.db,
    rows.flatMap((row) => [row.reported_by, row.decided_by]),
  );
  const reader = await readConfirmer(env.db, env, series, personId);
  return Promise.all(
    rows.map(async (row) => {
      const waits = row.state === "waiting" ? await readReportToConfirm(env.db, env, series, row) : null;
      const write = (numbers: readonly string[]): string =>
        writeFormRanges(
          series,
          mergeRanges(numbers.map((number) => ({ first: Number(number), last: Number(number) }))),
        );
      return {
        ...{ reportId: row.report_id, written: write(row.numbers), size: row.numbers.length, end: row.outcome },
        ...{ state: row.state, reportedBy: person(row.reported_by), reportedAt: row.reported_at.toISOString() },
        request: row.request_id
          ? { requestId: row.request_id, number: row.request_number, title: row.request_title ?? "" }
          : null,
        ...{ words: row.words, evidenceId: whole || row.reported_by === personId ? row.evidence_id : null },
        unread: row.outcome === "returned" ? write(row.unread) : "",
        waitsFor: waits === null ? null : waits.isKeepersTurn ? ("keeper" as const) : ("watchers" as const),
        ...{ decidedBy: person(row.decided_by), decidedAt: row.decided_at?.toISOString() ?? null },
        ...{
          reason: row.reason ?? "",
          mayDecide: waits !== null && listSheetConfirmerRefusals(reader, waits).length === 0,
        },
      };
    }),
  );
}
