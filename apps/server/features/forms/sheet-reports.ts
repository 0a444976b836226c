import {
  decideFormsMove,
  type FormRange,
  type FormsMoved,
  intersectRanges,
  judgeSheetCodes,
  listSheetConfirmerRefusals,
  listSheetDecisionRefusals,
  listSheetReportRefusals,
  mergeRanges,
  refuse,
  type SheetEnd,
  type SheetToReport,
  subtractRanges,
  writeFormRanges,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { listDeparted } from "../organisation/still-here.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { rangeOf, type SheetsRow, sheetsWith } from "./blank-sheets.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { requireKnowsSeries } from "./knows-series.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { readNumbers, requireFree } from "./read-numbers.ts";
import { readSheetCodes } from "./read-sheet-codes.ts";
import { holdSeries, labelOf, type SeriesRow } from "./series.ts";
import { findConfirmers, readConfirmationDue, readConfirmer, readReportToConfirm } from "./sheet-confirmers.ts";
import { listReported } from "./sheets-asked.ts";
import { readUsedRequest } from "./used-request.ts";

const numbersIn = (ranges: readonly FormRange[]): number[] =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at));
const rangesOf = (numbers: readonly number[]): FormRange[] =>
  mergeRanges(numbers.map((number) => ({ first: number, last: number })));

/** The one matter that gave these sheets out; of several each is reported by itself. */
async function readGiven(tx: Tx, series: SeriesRow, ranges: readonly FormRange[]): Promise<SheetsRow> {
  const rows = await sheetsWith(tx).where("b.series_id", "=", series.series_id).execute();
  const of = rows.filter((row) => intersectRanges([rangeOf(row)], ranges).length > 0);
  const [one] = of;
  if (one === undefined)
    throw refusedBy([refuse("forms.not-received", { range: writeFormRanges(series, ranges) }, "C24")]);
  if (of.length > 1 || subtractRanges(ranges, [rangeOf(one)]).length > 0)
    throw refusedBy([refuse("sheets.several-takers", {}, "C05")]);
  return one;
}

/** How each sheet stands; what is none is told as being in stock. */
async function readSheets(reader: Reader, seriesId: string, numbers: readonly number[]): Promise<SheetToReport[]> {
  const held = await reader
    .selectFrom("form_holdings as h")
    .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
    .select(["h.first_no", "h.last_no", "h.state", "h.holder_id", "p.receipt_at"])
    .where("h.series_id", "=", seriesId)
    .where("h.until", "is", null)
    .execute();
  const sealed = await reader
    .selectFrom("blank_sheets_sealed")
    .select("number")
    .where("series_id", "=", seriesId)
    .execute();
  const isSealed = new Set(sealed.map((row) => Number(row.number)));
  const isReported = new Set((await listReported(reader, [seriesId])).map((one) => one.number));
  return numbers.map((number) => {
    const at = held.find((row) => Number(row.first_no) <= number && number <= Number(row.last_no));
    return {
      ...{ number, state: at?.state ?? "in-stock", holderId: at?.holder_id ?? null },
      ...{ received: at?.receipt_at != null, sealed: isSealed.has(number), reported: isReported.has(number) },
    };
  });
}

/** A file that the person handed in, by which he reports. */
async function readOwnFile(reader: Reader, personId: string, evidenceId: string | null) {
  if (evidenceId === null) return null;
  const row = await reader
    .selectFrom("evidence")
    .select(["evidence_id", "digest", "media_type"])
    .where("evidence_id", "=", evidenceId)
    .where("uploaded_by", "=", personId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return row;
}

/** Whether the same file, by whatever upload, was brought for sheets before: one paper is one sheet's. A report that was rejected kept none. */
async function isFileOfOthers(tx: Tx, digest: string): Promise<boolean> {
  const posted = await tx
    .selectFrom("form_postings as p")
    .innerJoin("evidence as e", "e.evidence_id", "p.evidence_id")
    .select("p.posting_id")
    .where("e.digest", "=", digest)
    .where("p.act", "in", ["use", "destroy"])
    .limit(1)
    .executeTakeFirst();
  const reported = await tx
    .selectFrom("sheet_reports as r")
    .innerJoin("evidence as e", "e.evidence_id", "r.evidence_id")
    .select("r.report_id")
    .where("e.digest", "=", digest)
    .where("r.state", "<>", "rejected")
    .limit(1)
    .executeTakeFirst();
  return posted !== undefined || reported !== undefined;
}

/** The codes of sheets that a matter gave out. */
export const codesOfSheets = (matterId: string, numbers: readonly number[]): ReadonlyMap<number, string> =>
  new Map(numbers.map((number) => [number, codeOfSheet(matterId, number)]));

/** Every code that a sheet of this installation bears. */
async function readKnownCodes(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader.selectFrom("blank_sheets").select(["matter_id", "first_no", "last_no"]).execute();
  return new Set(rows.flatMap((row) => [...codesOfSheets(row.matter_id, numbersIn([rangeOf(row)])).values()]));
}

async function holdSheets(tx: Tx, env: Environment, personId: string, seriesId: string): Promise<SeriesRow> {
  const series = await holdSeries(tx, seriesId);
  await requireKnowsSeries(tx, env, personId, series);
  if (series.kind !== "blank-sheet") throw problems.notFound();
  return series;
}

/** Who took sheets says what became of them. They are out, and owed, until somebody else has confirmed it (C05, C11). */
export async function reportSheets(
  env: Environment,
  personId: string,
  input: {
    seriesId: string;
    numbers: string;
    end: SheetEnd;
    requestId: string | null;
    reason: string;
    evidenceId: string | null;
  },
): Promise<{ reportId: string }> {
  const file = await readOwnFile(env.db, personId, input.evidenceId);
  const read = file ? await readSheetCodes(env, file.digest) : { squares: [], texts: [] };
  return transact(env.db, async (tx) => {
    const series = await holdSheets(tx, env, personId, input.seriesId);
    if (input.requestId === null && input.reason === "") throw refusedBy([refuse("forms.use-unexplained", {}, "C05")]);
    const ranges = readNumbers(series, input.numbers);
    const given = await readGiven(tx, series, ranges);
    const numbers = numbersIn(mergeRanges(ranges));
    const request = input.requestId === null ? null : await readUsedRequest(tx, personId, series, input.requestId);
    const known = await readKnownCodes(tx);
    const { others, unread } = judgeSheetCodes(codesOfSheets(given.matter_id, numbers), read, (code) =>
      known.has(code),
    );
    const refusals = listSheetReportRefusals(
      {
        ...{ end: input.end, reporterId: personId, takerId: given.taker_id, keeperId: series.keeper_id },
        takerLeft: (await listDeparted(tx, [given.taker_id])).length > 0,
        sheets: await readSheets(tx, series.series_id, numbers),
        evidence: file === null ? null : file.media_type.startsWith("image/") ? "picture" : "paper",
        fileOfOthers: file !== null && (await isFileOfOthers(tx, file.digest)),
        otherCodes: others,
      },
      series,
    );
    if (refusals.length > 0 || file === null) throw refusedBy(refusals);
    await requireFree(tx, series, ranges);
    const now = env.clock.now();
    const reportId = newId("shr", now);
    const range = writeFormRanges(series, ranges);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "BlankSheetsReported", actorId: personId, matterId: given.matter_id, requestId: input.requestId },
      facts: { report: reportId, series: series.series_id, numbers: range, end: input.end, evidence: file.evidence_id },
      comment: input.reason === "" ? null : input.reason,
    });
    const row = {
      ...{ report_id: reportId, matter_id: given.matter_id, series_id: series.series_id, numbers: numbers.map(String) },
      ...{ outcome: input.end, reported_by: personId, reported_at: new Date(now), request_id: input.requestId },
      ...{ words: input.reason, evidence_id: file.evidence_id, unread: unread.map(String), event_id: eventId },
    };
    await tx.insertInto("sheet_reports").values(row).execute();
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "reported", entityId: series.entity_id, eventId },
      ...{ matterId: given.matter_id, requestId: input.requestId },
      personIds: [...new Set([series.keeper_id, personId, given.taker_id])],
      facts: {
        ...{ series: labelOf(series), seriesId: series.series_id, range, count: numbers.length },
        ...{ sheetEnd: input.end, request: request?.number ?? null, reason: input.reason, by: personId },
      },
      words: [input.reason, series.prefix, range].filter((word) => word !== ""),
    });
    await openTask(tx, env, {
      ...{ kind: "confirm-sheets", subjectKey: reportId, entityId: series.entity_id, actorId: personId },
      ...(await findConfirmers(tx, env, series, row)),
      facts: { range, series: labelOf(series) },
      dueAt: await readConfirmationDue(tx, series.entity_id, row.reported_at),
    });
    return { reportId };
  });
}

/** Somebody without a part in it confirms that he has the used copy or saw the destruction, or rejects the report with a reason. */
export async function decideSheetReport(
  env: Environment,
  personId: string,
  input: { seriesId: string; reportId: string; confirmed: boolean; codes: string; reason: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdSheets(tx, env, personId, input.seriesId);
    const report = await tx
      .selectFrom("sheet_reports")
      .selectAll()
      .where("report_id", "=", input.reportId)
      .where("series_id", "=", series.series_id)
      .executeTakeFirst();
    if (!report) throw problems.notFound();
    if (report.state !== "waiting") throw problems.changedMeanwhile();
    const { confirmed, reason } = input;
    const numbers = report.numbers.map(Number);
    const barred = listSheetConfirmerRefusals(
      await readConfirmer(tx, env, series, personId),
      await readReportToConfirm(tx, env, series, report),
    );
    if (barred.length > 0) throw refusedBy(barred);
    const missing = listSheetDecisionRefusals(
      {
        ...{ confirmed, end: report.outcome, unread: report.unread.map(Number), typed: input.codes, reason },
        own: codesOfSheets(report.matter_id, numbers),
      },
      series,
    );
    if (missing.length > 0) throw refusedBy(missing);
    const range = writeFormRanges(series, rangesOf(numbers));
    const { eventId } = await recordEvent(tx, env, {
      type: confirmed ? "BlankSheetsReportConfirmed" : "BlankSheetsReportRejected",
      ...{ actorId: personId, matterId: report.matter_id, requestId: report.request_id, personId: report.reported_by },
      facts: { report: report.report_id, series: series.series_id, numbers: range, end: report.outcome },
      comment: reason === "" ? null : reason,
    });
    await tx
      .updateTable("sheet_reports")
      .set({
        ...{ state: confirmed ? ("confirmed" as const) : ("rejected" as const), decided_by: personId },
        ...{ decided_at: new Date(env.clock.now()), reason, decided_event_id: eventId },
      })
      .where("report_id", "=", report.report_id)
      .execute();
    if (confirmed) await settle(tx, env, { series, report, numbers, personId, reason });
    else
      await writeRegisterLine(tx, env, {
        ...{ register: "controlled-forms", kind: "report-rejected", entityId: series.entity_id, eventId },
        ...{ matterId: report.matter_id, requestId: report.request_id, personIds: [personId, report.reported_by] },
        facts: {
          ...{ series: labelOf(series), seriesId: series.series_id, range, count: numbers.length },
          ...{ sheetEnd: report.outcome, reportedBy: report.reported_by, reason, by: personId },
        },
        words: [reason, series.prefix, range],
      });
    await endTasks(
      tx,
      env,
      { kind: "confirm-sheets", subjectKey: report.report_id },
      { state: "done", actorId: personId },
    );
  });
}

type ReportRow = Awaited<ReturnType<typeof readReport>>;
const readReport = (tx: Tx, reportId: string) =>
  tx.selectFrom("sheet_reports").selectAll().where("report_id", "=", reportId).executeTakeFirstOrThrow();

/** Posts the end that was confirmed; the register names who reported it and who confirmed it. */
async function settle(
  tx: Tx,
  env: Environment,
  about: { series: SeriesRow; report: ReportRow; numbers: readonly number[]; personId: string; reason: string },
): Promise<void> {
  const { series, report, numbers, personId, reason } = about;
  const returned = report.outcome === "returned";
  const moves: FormsMoved[] = [];
  for (const range of rangesOf(numbers)) {
    const wanted = returned ? ({ act: "use" } as const) : ({ act: "destroy", seen: true } as const);
    const decided = decideFormsMove(await readHoldings(tx, series.series_id, range), { ...wanted, ...range }, series);
    if (!decided.ok) throw refusedBy(decided.refusals);
    moves.push(...decided.events);
  }
  const request = report.request_id
    ? await tx
        .selectFrom("seal_use_requests")
        .select("number")
        .where("request_id", "=", report.request_id)
        .executeTakeFirst()
    : undefined;
  await postForms(tx, env, series, moves, {
    ...{ actorId: personId, requestId: report.request_id, matterId: report.matter_id, words: report.words },
    ...(returned
      ? ({ event: "FormsUsed", kind: "used" } as const)
      : ({ event: "FormsDestroyed", kind: "destroyed" } as const)),
    ...{ evidenceId: report.evidence_id, reportId: report.report_id, people: [report.reported_by] },
    facts: (moved) => ({
      ...{
        request: request?.number ?? null,
        reason: report.words,
        reportedBy: report.reported_by,
        confirmedBy: personId,
      },
      ...(returned ? {} : { formState: moved.from?.state ?? null }),
      ...(returned && report.unread.length > 0 && reason !== "" ? { codeUnread: reason } : {}),
    }),
  });
}
