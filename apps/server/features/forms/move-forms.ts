import {
  addPeriod,
  type Decision,
  decideFormsMove,
  decideReceipt,
  type FormAct,
  type FormRange,
  type FormsMoved,
  listOwnHandRefusals,
  refuse,
  sizeOf,
  writeFormRange,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { requireKnowsSeries } from "./knows-series.ts";
import { endSettledSearches } from "./missing-forms.ts";
import { postForms, readHoldings } from "./post-forms.ts";
import { readNumbers, requireFree } from "./read-numbers.ts";
import { holdSeries, labelOf, type SeriesRow } from "./series.ts";
import { readUsedRequest } from "./used-request.ts";

function eventsOf(decided: Decision<FormsMoved>): readonly FormsMoved[] {
  if (!decided.ok) throw refusedBy(decided.refusals);
  return decided.events;
}

async function holdKnown(tx: Tx, env: Environment, personId: string, seriesId: string): Promise<SeriesRow> {
  const series = await holdSeries(tx, seriesId);
  await requireKnowsSeries(tx, env, personId, series);
  return series;
}

/** The series for its keeper's acts, held. Who neither keeps nor sees it does not learn that it is there. */
export async function holdAsKeeper(tx: Tx, env: Environment, personId: string, seriesId: string): Promise<SeriesRow> {
  const series = await holdKnown(tx, env, personId, seriesId);
  if (series.keeper_id !== personId) throw refusedBy([refuse("forms.not-keeper", {}, "C11")]);
  return series;
}

async function decideEach(
  tx: Tx,
  series: SeriesRow,
  ranges: readonly FormRange[],
  wanted: { act: Exclude<FormAct, "receive">; holderId?: string; toId?: string },
): Promise<FormsMoved[]> {
  const moves: FormsMoved[] = [];
  for (const range of ranges) {
    const holdings = await readHoldings(tx, series.series_id, range);
    moves.push(...eventsOf(decideFormsMove(holdings, { ...wanted, ...range }, series)));
  }
  return moves;
}

/** Takes in what a printer or a bank delivered, as it was counted. */
export async function receiveForms(
  env: Environment,
  personId: string,
  input: {
    seriesId: string;
    numbers: string;
    count: number;
    from: string;
    receivedOn: string;
    evidenceId: string | null;
  },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdAsKeeper(tx, env, personId, input.seriesId);
    refuseSheets(series);
    const ranges = readNumbers(series, input.numbers);
    const [range] = ranges;
    if (!range || ranges.length > 1) throw refusedBy([refuse("forms.range-unread")]);
    const holdings = await readHoldings(tx, series.series_id, range);
    if (input.evidenceId !== null) await requireOwnFile(tx, personId, input.evidenceId, false);
    const moves = eventsOf(decideReceipt(holdings, { ...range, count: input.count }, series));
    await postForms(tx, env, series, moves, {
      ...{ actorId: personId, event: "FormsReceived", kind: "received", words: input.from },
      ...{ evidenceId: input.evidenceId, receivedOn: input.receivedOn },
      facts: () => ({ receivedFrom: input.from, receivedOn: input.receivedOn, by: personId }),
    });
  });
}

/** Issues forms to somebody, who confirms that he received them. */
export async function issueForms(
  env: Environment,
  personId: string,
  input: { seriesId: string; numbers: string; toId: string; purpose: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdAsKeeper(tx, env, personId, input.seriesId);
    refuseSheets(series);
    if (input.toId === personId) throw refusedBy([refuse("forms.to-oneself", {}, "C11")]);
    const receiver = await tx
      .selectFrom("people")
      .select("entity_id")
      .where("person_id", "=", input.toId)
      .where("state", "=", "active")
      .executeTakeFirst();
    if (receiver?.entity_id !== series.entity_id) throw refusedBy([refuse("forms.person-unknown", {}, "C11")]);
    const moves = await decideEach(tx, series, readNumbers(series, input.numbers), { act: "issue", toId: input.toId });
    const { postingIds } = await postForms(tx, env, series, moves, {
      ...{ actorId: personId, personId: input.toId, event: "FormsIssued", kind: "issued", words: input.purpose },
      facts: () => ({ issuedTo: input.toId, purpose: input.purpose, by: personId }),
    });
    await askForReceipts(tx, env, series, postingIds, { toId: input.toId, actorId: personId });
  });
}

/** Whoever was handed forms counts them within a working day. */
export async function askForReceipts(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  postingIds: readonly string[],
  { toId, actorId }: { readonly toId: string; readonly actorId: string | null },
): Promise<void> {
  const place = await readPlaceInTime(tx, series.entity_id);
  const dueAt = addPeriod(env.clock.now(), { unit: "working-days", count: 1 }, place);
  for (const postingId of postingIds) {
    const { range } = await readPosting(tx, series, postingId);
    await openTask(tx, env, {
      ...{ kind: "form-receipt", subjectKey: postingId, entityId: series.entity_id, assigneeId: toId },
      ...{ facts: { range: writeFormRange(series, range), series: labelOf(series) }, dueAt, actorId },
    });
  }
}

/** Blank sheets come and go out by their matter alone. */
function refuseSheets(series: SeriesRow): void {
  if (series.kind === "blank-sheet") throw refusedBy([refuse("forms.sheets-by-matter", {}, "C05")]);
}

async function readPosting(tx: Tx, series: SeriesRow, postingId: string) {
  const row = await tx
    .selectFrom("form_postings")
    .selectAll()
    .where("posting_id", "=", postingId)
    .where("series_id", "=", series.series_id)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  return { row, range: { first: Number(row.first_no), last: Number(row.last_no) } };
}

/** The receiver counted what was handed to him. */
export async function confirmFormReceipt(
  env: Environment,
  personId: string,
  input: { seriesId: string; postingId: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdSeries(tx, input.seriesId);
    const { row, range } = await readPosting(tx, series, input.postingId);
    if (row.act !== "issue" || row.person_id !== personId) throw problems.notFound();
    if (row.receipt_at !== null) throw problems.changedMeanwhile();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "FormsReceiptConfirmed", actorId: personId },
      facts: { series: series.series_id, posting: row.posting_id, first: range.first, last: range.last },
    });
    await tx
      .updateTable("form_postings")
      .set({ receipt_at: new Date(env.clock.now()), receipt_event_id: eventId })
      .where("posting_id", "=", row.posting_id)
      .execute();
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "acknowledged", entityId: series.entity_id, eventId },
      personIds: [personId, series.keeper_id],
      facts: {
        ...{ series: labelOf(series), seriesId: series.series_id, range: writeFormRange(series, range) },
        ...{ count: sizeOf(range), issuedTo: personId },
      },
      words: [series.prefix, writeFormRange(series, range)],
    });
    const which = { kind: "form-receipt", subjectKey: row.posting_id };
    await endTasks(tx, env, which, { state: "done", actorId: personId });
  });
}

/** Refuses numbers of a person whose receipt he has not confirmed. */
export async function listUnreceipted(
  reader: Reader,
  series: SeriesRow,
  ranges: readonly FormRange[],
): Promise<ReturnType<typeof refuse>[]> {
  const refusals: ReturnType<typeof refuse>[] = [];
  for (const { first, last } of ranges) {
    const open = await reader
      .selectFrom("form_holdings as h")
      .innerJoin("form_postings as p", "p.posting_id", "h.posting_id")
      .select(["h.first_no", "h.last_no"])
      .where("h.series_id", "=", series.series_id)
      .where("h.until", "is", null)
      .where("h.state", "=", "issued")
      .where("h.first_no", "<=", String(last))
      .where("h.last_no", ">=", String(first))
      .where("p.receipt_at", "is", null)
      .execute();
    for (const row of open) {
      const part = { first: Math.max(first, Number(row.first_no)), last: Math.min(last, Number(row.last_no)) };
      refusals.push(refuse("forms.receipt-missing", { range: writeFormRange(series, part) }, "C24"));
    }
  }
  return refusals;
}

/** The holder says what he used them for: a seal use of his own, or why there is none. */
export async function useForms(
  env: Environment,
  personId: string,
  input: {
    seriesId: string;
    numbers: string;
    requestId: string | null;
    reason: string;
    evidenceId?: string | null | undefined;
  },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdKnown(tx, env, personId, input.seriesId);
    const ranges = readNumbers(series, input.numbers);
    if (input.requestId === null && input.reason === "") throw refusedBy([refuse("forms.use-unexplained", {}, "C05")]);
    const request = input.requestId === null ? null : await readUsedRequest(tx, personId, series, input.requestId);
    if (series.kind === "blank-sheet") throw refusedBy([refuse("sheets.report-first", {}, "C05")]);
    const { evidenceId = null } = input;
    if (evidenceId !== null) await requireOwnFile(tx, personId, evidenceId, false);
    await requireFree(tx, series, ranges);
    const moves = await decideEach(tx, series, ranges, { act: "use", holderId: personId });
    const unreceipted = await listUnreceipted(tx, series, ranges);
    if (unreceipted.length > 0) throw refusedBy(unreceipted);
    await postForms(tx, env, series, moves, {
      ...{ actorId: personId, requestId: input.requestId, event: "FormsUsed", kind: "used", words: input.reason },
      evidenceId,
      facts: () => ({ request: request?.number ?? null, reason: input.reason, by: personId }),
    });
  });
}

/** Voids forms, which are kept: the keeper any, a holder his own; shown by a photo. */
export async function voidForms(
  env: Environment,
  personId: string,
  input: { seriesId: string; numbers: string; reason: string; evidenceId: string | null },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdKnown(tx, env, personId, input.seriesId);
    const ranges = readNumbers(series, input.numbers);
    if (input.evidenceId === null) throw refusedBy([refuse("forms.photo-missing", {}, "C24")]);
    await requireOwnFile(tx, personId, input.evidenceId, true);
    await requireFree(tx, series, ranges);
    const keeps = series.keeper_id === personId;
    const isSheets = series.kind === "blank-sheet";
    const moves = await decideEach(tx, series, ranges, { act: "void", ...(keeps ? {} : { holderId: personId }) });
    if (!keeps && (isSheets || moves.some((moved) => moved.from?.state !== "issued")))
      throw refusedBy([refuse(isSheets ? "sheets.void-by-report" : "forms.not-keeper", {}, "C11")]);
    if (isSheets) refuseOwnHand(moves, personId, series);
    await postForms(tx, env, series, moves, {
      ...{ actorId: personId, event: "FormsVoided", kind: "voided", words: input.reason, evidenceId: input.evidenceId },
      facts: (moved) => ({ formState: moved.from?.state ?? null, reason: input.reason, by: personId }),
    });
    await endSettledSearches(tx, env, series, personId);
  });
}

/** The keeper takes forms back that were not used. */
export async function returnForms(
  env: Environment,
  personId: string,
  input: { seriesId: string; numbers: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const series = await holdAsKeeper(tx, env, personId, input.seriesId);
    const ranges = readNumbers(series, input.numbers);
    await requireFree(tx, series, ranges);
    const moves = await decideEach(tx, series, ranges, { act: "return" });
    if (series.kind === "blank-sheet") refuseOwnHand(moves, personId, series);
    await postForms(tx, env, series, moves, {
      ...{ actorId: personId, event: "FormsReturned", kind: "returned" },
      facts: (moved) => ({ returnedBy: moved.from?.holderId ?? null, by: personId }),
    });
  });
}

/** What was taken is not taken back by the same person, though he may keep the series by now. */
function refuseOwnHand(moves: readonly FormsMoved[], personId: string, series: SeriesRow): void {
  const refusals = listOwnHandRefusals(moves, personId, series);
  if (refusals.length > 0) throw refusedBy(refusals);
}

async function requireOwnFile(tx: Tx, personId: string, evidenceId: string, picture: boolean): Promise<void> {
  const row = await tx
    .selectFrom("evidence")
    .select("media_type")
    .where("evidence_id", "=", evidenceId)
    .where("uploaded_by", "=", personId)
    .executeTakeFirst();
  if (!row || (picture && !row.media_type.startsWith("image/"))) throw problems.notFound();
}
