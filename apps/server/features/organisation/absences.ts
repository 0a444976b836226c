import { type Absence, listAbsent } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { dayIn, readDays } from "./read-grants.ts";

/** Leave that was approved, by its matters: from the day it takes effect to the last one that is written in it. */
export async function readAbsences(reader: Reader, personIds?: readonly string[]): Promise<(Absence & Whose)[]> {
  let query = reader
    .selectFrom("matters as m")
    .innerJoin("entities as e", "e.entity_id", "m.entity_id")
    .select(["m.matter_id", "m.person_id", "m.entity_id", "m.data", "m.effective_on", "m.approved_at", "e.time_zone"])
    .where("m.kind", "=", "person-leave")
    .where("m.state", "in", ["approved", "done"]);
  if (personIds) query = query.where("m.person_id", "in", [...personIds, ""]);
  return (await query.execute()).flatMap((row) => {
    const from = row.effective_on ?? (row.approved_at ? dayIn(row.time_zone, row.approved_at.getTime()) : null);
    const to = (row.data as { untilOn?: unknown }).untilOn;
    if (row.person_id === null || from === null || typeof to !== "string") return [];
    return [{ personId: row.person_id, from, to, entityId: row.entity_id, matterId: row.matter_id }];
  });
}
interface Whose {
  readonly entityId: string;
  readonly matterId: string;
  readonly to: string;
}

/** Who is on leave today, each by the day of his entity. */
export async function readAbsentNow(reader: Reader, now: number): Promise<string[]> {
  const absences = await readAbsences(reader);
  if (absences.length === 0) return [];
  const dayOf = await readDays(reader, now);
  return [...new Set(absences.flatMap((one) => listAbsent([one], dayOf(one.entityId))))];
}
