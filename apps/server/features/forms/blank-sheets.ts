import { type FormRange, intersectRanges, type SheetsOwed, writeFormNumber, writeFormRanges } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks } from "../tasks/open-task.ts";
import { codeOfSheet } from "./code-of-sheet.ts";
import { drawSheets } from "./draw-sheets.ts";
import { readGround } from "./letterhead.ts";
import { labelOf, type SeriesRow } from "./series.ts";

export const sheetsWith = (reader: Reader) =>
  reader
    .selectFrom("blank_sheets as b")
    .innerJoin("form_series as s", "s.series_id", "b.series_id")
    .innerJoin("matters as m", "m.matter_id", "b.matter_id")
    .selectAll("b")
    .select(["s.entity_id", "s.name_en", "s.name_zh", "s.prefix", "s.digits", "s.keeper_id", "m.number", "m.reason"]);
export type SheetsRow = Awaited<ReturnType<ReturnType<typeof sheetsWith>["execute"]>>[number];

export const rangeOf = (row: Pick<SheetsRow, "first_no" | "last_no">): FormRange => ({
  ...{ first: Number(row.first_no), last: Number(row.last_no) },
});

/** The numbers of each that are still in their taker's hand. */
export async function readOut(
  reader: Reader,
  rows: readonly Pick<SheetsRow, "matter_id" | "series_id" | "first_no" | "last_no">[],
): Promise<ReadonlyMap<string, FormRange[]>> {
  const held = await reader
    .selectFrom("form_holdings")
    .select(["series_id", "first_no", "last_no"])
    .where("series_id", "in", ["", ...new Set(rows.map((row) => row.series_id))])
    .where("until", "is", null)
    .where("state", "=", "issued")
    .execute();
  return new Map(
    rows.map((row) => {
      const own = held.filter((one) => one.series_id === row.series_id).map(rangeOf);
      return [row.matter_id, intersectRanges(own, [rangeOf(row)])];
    }),
  );
}

/** Sheets of an entity that should be back by now and are not. */
export async function readOwed(
  reader: Reader,
  entityId: string,
  now: number,
): Promise<(SheetsOwed & { readonly row: SheetsRow })[]> {
  const { timeZone } = await readPlaceInTime(reader, entityId);
  const rows = await sheetsWith(reader)
    .where("s.entity_id", "=", entityId)
    .where("b.back_by", "<", dayIn(timeZone, now))
    .orderBy("b.given_at")
    .execute();
  const out = await readOut(reader, rows);
  return rows.flatMap((row) => {
    const ranges = out.get(row.matter_id) ?? [];
    return ranges.length === 0 ? [] : [{ row, personId: row.taker_id, ranges, writing: row }];
  });
}

/** Sheets that are out past their day are a finding (C05); whoever owes them was reminded by his task. */
export async function tellOverdueSheets(env: Environment): Promise<void> {
  const entities = await env.db
    .selectFrom("form_series")
    .select("entity_id")
    .distinct()
    .where("kind", "=", "blank-sheet")
    .execute();
  for (const { entity_id: entityId } of entities)
    for (const { row, ranges } of await readOwed(env.db, entityId, env.clock.now()))
      await transact(env.db, (tx) =>
        openFinding(tx, env, {
          ...{ control: "C05", source: "sheets.overdue", subjectKey: row.matter_id, entityId, actorId: null },
          personId: row.taker_id,
          facts: { range: writeFormRanges(row, ranges), series: labelOf(row), until: row.back_by },
        }),
      );
}

/** Nobody is reminded any longer of sheets that are all back, settled or void. */
export async function endSettledSheets(
  tx: Tx,
  env: Environment,
  series: SeriesRow,
  actorId: string | null,
): Promise<void> {
  if (series.kind !== "blank-sheet") return;
  const rows = await tx.selectFrom("blank_sheets").selectAll().where("series_id", "=", series.series_id).execute();
  const out = await readOut(tx, rows);
  const subjectKey = rows.flatMap((row) => (out.get(row.matter_id)?.length === 0 ? [row.matter_id] : []));
  await endTasks(tx, env, { kind: "blank-sheets-back", subjectKey }, { state: "done", actorId });
}

/** What was given out of a series, the newest first: each with what is still out and until when. */
export async function listSheetsGiven(env: Environment, seriesId: string, takerId: string | null) {
  let query = sheetsWith(env.db).where("b.series_id", "=", seriesId).orderBy("b.given_at", "desc").limit(60);
  if (takerId !== null) query = query.where("b.taker_id", "=", takerId);
  const rows = await query.execute();
  const out = await readOut(env.db, rows);
  const [first] = rows;
  const today = first ? dayIn((await readPlaceInTime(env.db, first.entity_id)).timeZone, env.clock.now()) : "";
  return rows.map((row) => {
    const left = out.get(row.matter_id) ?? [];
    return {
      ...{ row, left, written: writeFormRanges(row, [rangeOf(row)]), out: writeFormRanges(row, left) },
      overdue: left.length > 0 && row.back_by < today,
    };
  });
}

/**
 * The numbered sheets as a file, for the keeper to print and hand over. Each time stands in ledger and book; a second time is
 * a question to people, for there may be two sheets of one number (C05).
 */
export async function printSheets(
  env: Environment,
  personId: string,
  { seriesId, matterId }: { seriesId: string; matterId: string },
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const row = await transact(env.db, async (tx) => {
    const found = await sheetsWith(tx)
      .where("b.matter_id", "=", matterId)
      .where("b.series_id", "=", seriesId)
      .forUpdate("b")
      .executeTakeFirst();
    if (found?.keeper_id !== personId) throw problems.notFound();
    const range = rangeOf(found);
    const written = writeFormRanges(found, [range]);
    await tx
      .updateTable("blank_sheets")
      .set({ printed: found.printed + 1 })
      .where("matter_id", "=", matterId)
      .execute();
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "BlankSheetsPrinted", actorId: personId, matterId },
      facts: { series: seriesId, first: range.first, last: range.last, times: found.printed + 1 },
    });
    await writeRegisterLine(tx, env, {
      ...{ register: "controlled-forms", kind: "printed", entityId: found.entity_id, eventId, matterId },
      personIds: [personId, found.taker_id],
      facts: { series: labelOf(found), seriesId, range: written, count: range.last - range.first + 1, by: personId },
      words: [found.prefix, written],
    });
    const sealed = await tx
      .selectFrom("blank_sheets_sealed")
      .select("number")
      .where("series_id", "=", seriesId)
      .where("number", ">=", String(range.first))
      .where("number", "<=", String(range.last))
      .where("downloads", ">", 0)
      .limit(1)
      .executeTakeFirst();
    if (found.printed > 0 || sealed)
      await askWhetherTwice(tx, env, found, { personId, time: `${found.printed + 1}`, range: written });
    return found;
  });
  const { first, last } = rangeOf(row);
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const bytes = await drawNumbers(env, row, numbers);
  return { bytes, fileName: `${writeFormNumber(row, first)}-${writeFormNumber(row, last)}.pdf` };
}

/** There may be two sheets of one number: a question to people. */
export async function askWhetherTwice(
  tx: Tx,
  env: Environment,
  row: SheetsRow,
  { personId, time, range }: { personId: string; time: string; range: string },
): Promise<void> {
  await openFinding(tx, env, {
    ...{ control: "C05", source: "sheets.printed-again", subjectKey: `${row.matter_id} ${time}` },
    ...{ entityId: row.entity_id, personId, actorId: personId, facts: { range, series: labelOf(row) } },
  });
}

/** Sheets as they are printed and as they are sealed: the same numbers on the same ground give the same bytes. */
export async function drawNumbers(
  env: Environment,
  row: SheetsRow,
  numbers: readonly number[],
  view = false,
): Promise<Uint8Array> {
  const sheets = numbers.map((number) => ({
    number: writeFormNumber(row, number),
    code: codeOfSheet(row.matter_id, number),
    matter: row.number ?? "",
    backBy: row.back_by,
  }));
  return drawSheets(sheets, { ground: await readGround(env, row.letterhead_digest), at: row.given_at, view });
}
