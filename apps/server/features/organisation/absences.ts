import { cutLeave, type Leave, listAbsent } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { dayIn, readDays } from "./read-grants.ts";

interface ApprovedLeave extends Leave {
  readonly entityId: string;
  readonly matterId: string;
}

/** The matters in which leave was approved or ended early, in the order of their approvals. */
export const leaveRows = (reader: Reader) =>
  reader
    .selectFrom("matters as m")
    .innerJoin("entities as e", "e.entity_id", "m.entity_id")
    .select(["m.kind", "m.matter_id", "m.person_id", "m.entity_id", "m.data", "m.effective_on", "m.approved_at"])
    .select("e.time_zone")
    .where("m.kind", "in", ["person-leave", "leave-end"])
    .where("m.state", "in", ["approved", "done"])
    .orderBy("m.approved_at");

interface LeaveRow {
  readonly kind: string;
  readonly matter_id: string;
  readonly person_id: string | null;
  readonly entity_id: string;
  readonly data: unknown;
  readonly effective_on: string | null;
  readonly approved_at: Date | string | null;
  readonly time_zone: string;
}

/**
 * Leave that was approved, by its matters: from the day it takes effect to the last one that is written in it, or to the
 * day before he came back, where that was asked for since.
 */
export async function readAbsences(reader: Reader, personIds?: readonly string[]): Promise<ApprovedLeave[]> {
  const rows = leaveRows(reader);
  return listLeave(await (personIds ? rows.where("m.person_id", "in", [...personIds, ""]) : rows).execute());
}

function listLeave(rows: readonly LeaveRow[]): ApprovedLeave[] {
  const leaves: ApprovedLeave[] = [];
  for (const row of rows) {
    const from =
      row.effective_on ?? (row.approved_at ? dayIn(row.time_zone, new Date(row.approved_at).getTime()) : null);
    if (row.person_id === null || from === null) continue;
    const to = (row.data as { untilOn?: unknown }).untilOn;
    const of = { personId: row.person_id, from, entityId: row.entity_id, matterId: row.matter_id };
    // In the order of their approvals: a return ends the leave that was there, and none that is asked for afterwards.
    if (row.kind === "leave-end")
      for (const [at, leave] of leaves.entries()) {
        if (leave.personId === row.person_id) leaves[at] = cutLeave(leave, from);
      }
    else if (typeof to === "string") leaves.push({ ...of, to });
  }
  return leaves;
}

/** Who is on leave today, each by the day of his entity. */
export async function readAbsentNow(reader: Reader, now: number): Promise<string[]> {
  return listAbsentNow(reader, await leaveRows(reader).execute(), now);
}

/** Who is on leave today, by the rows of their matters. */
export async function listAbsentNow(reader: Reader, rows: readonly LeaveRow[], now: number): Promise<string[]> {
  const absences = listLeave(rows);
  if (absences.length === 0) return [];
  const dayOf = await readDays(reader, now);
  return [...new Set(absences.flatMap((one) => listAbsent([one], dayOf(one.entityId))))];
}

/** The last day of the leave that a person is on today; null for who is there. */
export async function readAwayUntil(reader: Reader, personId: string, now: number): Promise<string | null> {
  const absences = await readAbsences(reader, [personId]);
  if (absences.length === 0) return null;
  const dayOf = await readDays(reader, now);
  const current = absences.filter((one) => listAbsent([one], dayOf(one.entityId)).length > 0);
  return (
    current
      .map((one) => one.to)
      .toSorted()
      .at(-1) ?? null
  );
}
