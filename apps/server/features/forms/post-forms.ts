import {
  type FormHolding,
  type FormsMoved,
  type LedgerEventType,
  type LineKindOf,
  mergeRanges,
  sizeOf,
  writeFormRange,
} from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type LedgerFacts, recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { endTasks } from "../tasks/open-task.ts";
import { endSettledSheets } from "./blank-sheets.ts";
import { endTasksOfForms } from "./forms-in-hand.ts";
import { labelOf, type SeriesRow } from "./series.ts";

/** A holding as it is kept, with the posting that put the numbers there. */
export interface KeptHolding extends FormHolding {
  readonly holdingId: string;
  readonly postingId: string;
}

/** Where the numbers of a series are now, of a stretch or of all. */
export async function readHoldings(
  reader: Reader,
  seriesId: string,
  stretch?: { readonly first: number; readonly last: number },
): Promise<KeptHolding[]> {
  let query = reader
    .selectFrom("form_holdings")
    .select(["holding_id", "posting_id", "first_no", "last_no", "state", "holder_id"])
    .select(
      // A posting takes numbers from one state alone; what it declared void while it was missing has no sheet.
      sql<boolean>`state = 'voided' and exists (
        select from form_postings p join form_holdings h on h.series_id = p.series_id and h.until = p.nr
        where p.posting_id = form_holdings.posting_id and h.state = 'missing'
          and h.first_no <= p.last_no and h.last_no >= p.first_no)`.as("without_sheet"),
    )
    .select(
      sql<string[]>`array(select z.number from blank_sheets_sealed z where z.series_id = form_holdings.series_id
        and z.number between form_holdings.first_no and form_holdings.last_no order by z.number)`.as("sealed"),
    )
    .where("series_id", "=", seriesId)
    .where("until", "is", null)
    .orderBy("first_no");
  if (stretch)
    query = query.where("first_no", "<=", String(stretch.last)).where("last_no", ">=", String(stretch.first));
  return (await query.execute()).map(({ without_sheet, sealed, ...row }) => ({
    ...(without_sheet ? { withoutSheet: true } : {}),
    ...(sealed.length > 0
      ? { sealed: mergeRanges(sealed.map((number) => ({ first: Number(number), last: Number(number) }))) }
      : {}),
    ...{ holdingId: row.holding_id, postingId: row.posting_id, state: row.state, holderId: row.holder_id },
    ...{ first: Number(row.first_no), last: Number(row.last_no) },
  }));
}

/** What is known of an act besides the numbers. */
export interface ActToPost {
  readonly actorId: string | null;
  readonly event: LedgerEventType;
  readonly kind: LineKindOf<"controlled-forms">;
  readonly personId?: string | null;
  readonly requestId?: string | null;
  readonly matterId?: string | null;
  readonly countId?: string | null;
  readonly evidenceId?: string | null;
  /** Of blank sheets: the report that was confirmed. */
  readonly reportId?: string | null;
  readonly receivedOn?: string | null;
  /** Purpose or reason, in somebody's words. */
  readonly words?: string;
  /** What the register's line says besides series, numbers and count. */
  readonly facts?: (moved: FormsMoved) => LedgerFacts;
  readonly people?: readonly (string | null)[];
}

/**
 * Posts moves that the domain decided, the series being held: an event, a posting, the holdings it ends and begins, and
 * a line of the register for each run of numbers that came from the same place.
 */
export async function postForms(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  moves: readonly FormsMoved[],
  act: ActToPost,
): Promise<{ postingIds: string[] }> {
  const postingIds: string[] = [];
  for (const moved of joinMoves(moves)) postingIds.push(await postOne(tx, env, series, moved, act));
  const holders = moves.map((moved) => moved.from?.holderId);
  await endTasksOfForms(tx, env, series, holders, act.actorId);
  await endSettledSheets(tx, env, series, act.actorId);
  await endReceipts(tx, env, series, act.actorId);
  return { postingIds };
}

/** A receipt is waited for only as long as something of what was issued is still in that hand. */
async function endReceipts(tx: Tx, env: Environment, series: SeriesRow, actorId: string | null): Promise<void> {
  const gone = await tx
    .selectFrom("form_postings as p")
    .leftJoin("form_holdings as h", (join) => join.onRef("h.posting_id", "=", "p.posting_id").on("h.until", "is", null))
    .select("p.posting_id")
    .where("p.series_id", "=", series.series_id)
    .where("p.act", "=", "issue")
    .where("p.receipt_at", "is", null)
    .where("h.holding_id", "is", null)
    .execute();
  const subjectKey = gone.map((row) => row.posting_id);
  await endTasks(tx, env, { kind: "form-receipt", subjectKey }, { state: "cancelled", actorId });
}

function joinMoves(moves: readonly FormsMoved[]): FormsMoved[] {
  const joined: FormsMoved[] = [];
  for (const moved of moves.toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    const alike =
      JSON.stringify([before?.act, before?.from, before?.to]) === JSON.stringify([moved.act, moved.from, moved.to]);
    if (before && alike && before.last + 1 === moved.first) joined[joined.length - 1] = { ...before, last: moved.last };
    else joined.push(moved);
  }
  return joined;
}

async function postOne(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  moved: FormsMoved,
  act: ActToPost,
): Promise<string> {
  const now = env.clock.now();
  const { first, last } = moved;
  const personId = act.personId ?? moved.from?.holderId ?? null;
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: act.event, actorId: act.actorId, personId },
    ...{ requestId: act.requestId ?? null, matterId: act.matterId ?? null },
    facts: { series: series.series_id, first, last, from: moved.from?.state ?? null, to: moved.to.state },
    comment: act.words ? act.words : null,
  });
  const postingId = newId("fpo", now);
  const { nr } = await tx
    .insertInto("form_postings")
    .values({
      ...{ posting_id: postingId, series_id: series.series_id, act: moved.act, first_no: first, last_no: last },
      ...{ actor_id: act.actorId, person_id: personId, request_id: act.requestId ?? null },
      ...{ matter_id: act.matterId ?? null, count_id: act.countId ?? null, evidence_id: act.evidenceId ?? null },
      ...{
        report_id: act.reportId ?? null,
        received_on: act.receivedOn ?? null,
        words: act.words ?? "",
        at: new Date(now),
        event_id: eventId,
      },
    })
    .returning("nr")
    .executeTakeFirstOrThrow();
  await moveHoldings(tx, series, moved, { postingId, nr });
  await writeRegisterLine(tx, env, {
    ...{ register: "controlled-forms", kind: act.kind, entityId: series.entity_id, eventId },
    ...{ requestId: act.requestId ?? null, matterId: act.matterId ?? null },
    personIds: [series.keeper_id, act.actorId, personId, ...(act.people ?? [])].filter((id) => typeof id === "string"),
    facts: {
      ...{ series: labelOf(series), seriesId: series.series_id, range: writeFormRange(series, moved) },
      ...{ count: sizeOf(moved), ...act.facts?.(moved) },
    },
    words: [act.words ?? "", series.prefix, writeFormRange(series, moved)].filter((word) => word !== ""),
  });
  return postingId;
}

/** Ends what the numbers were, cuts off what did not move, begins what they are. */
async function moveHoldings(
  tx: Tx,
  series: SeriesRow,
  { first, last, to }: FormsMoved,
  posting: { postingId: string; nr: string },
): Promise<void> {
  const before = await readHoldings(tx, series.series_id, { first, last });
  const at = { series_id: series.series_id, series_nr: series.nr, since: posting.nr };
  const rest = before.flatMap((holding) =>
    [
      { first: holding.first, last: Math.min(holding.last, first - 1) },
      { first: Math.max(holding.first, last + 1), last: holding.last },
    ]
      .filter((range) => range.first <= range.last)
      .map((range) => ({
        ...at,
        ...{ first_no: range.first, last_no: range.last, state: holding.state, holder_id: holding.holderId },
        posting_id: holding.postingId,
      })),
  );
  if (before.length > 0)
    await tx
      .updateTable("form_holdings")
      .set({ until: posting.nr })
      .where(
        "holding_id",
        "in",
        before.map((holding) => holding.holdingId),
      )
      .execute();
  await tx
    .insertInto("form_holdings")
    .values([
      ...rest,
      { ...at, first_no: first, last_no: last, state: to.state, holder_id: to.holderId, posting_id: posting.postingId },
    ])
    .execute();
}
