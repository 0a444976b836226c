import { addPeriod, type TAKE_OUT_ENDS } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";

export type TakeOutRow = NonNullable<Awaited<ReturnType<typeof findTakeOut>>>;

export async function findTakeOut(reader: Reader, matterId: string, lock = false) {
  const query = reader.selectFrom("take_outs").selectAll().where("matter_id", "=", matterId);
  return (lock ? query.forUpdate() : query).executeTakeFirst();
}

/** Bodies of these that are away by an approval and not back, whatever state they are in meanwhile. */
export async function readBodiesAway(reader: Reader, bodyIds: readonly string[]): Promise<string[]> {
  if (bodyIds.length === 0) return [];
  const rows = await reader
    .selectFrom("take_outs")
    .select("body_id")
    .where("body_id", "in", [...bodyIds])
    .where("ended_at", "is", null)
    .execute();
  return rows.map((row) => row.body_id);
}

/** How a take-out was over, as it is shown. */
export function showEnd(row: Pick<TakeOutRow, "ended_at" | "ended_as">) {
  return row.ended_at === null
    ? null
    : { at: row.ended_at.toISOString(), as: row.ended_as as (typeof TAKE_OUT_ENDS)[number] };
}

/**
 * The take-out of a piece that is lost, void or destroyed while it is away ends by that fact (C13): it is awaited no longer,
 * and its register says what became of it. Answers which one ended.
 */
export async function endTakeOutWithPiece(
  tx: Tx,
  env: Environment,
  bodyId: string,
  as: Exclude<(typeof TAKE_OUT_ENDS)[number], "returned">,
  by: { actorId: string | null; matterId?: string | null },
): Promise<void> {
  const row = await tx
    .selectFrom("take_outs as t")
    .innerJoin("matters as m", "m.matter_id", "t.matter_id")
    .selectAll("t")
    .select(["m.number", "m.title"])
    .where("t.body_id", "=", bodyId)
    .where("t.ended_at", "is", null)
    .executeTakeFirst();
  if (!row) return;
  await tx
    .updateTable("take_outs")
    .set({ ended_at: new Date(env.clock.now()), ended_as: as })
    .where("matter_id", "=", row.matter_id)
    .execute();
  const matterId = by.matterId ?? row.matter_id;
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "TakeOutChanged", actorId: by.actorId, sealId: row.seal_id, matterId },
    facts: { takeOut: row.matter_id, kind: as },
  });
  for (const which of [
    { kind: "take-out-return", subjectKey: row.matter_id },
    { kind: "bring-back", subjectKey: row.matter_id },
    { kind: "forced-return", subjectKey: bodyId },
  ])
    await endTasks(tx, env, which, { state: "cancelled", actorId: by.actorId });
  await writeRegisterLine(tx, env, {
    ...{ register: "take-out", kind: as, entityId: row.entity_id, eventId, sealId: row.seal_id, bodyId, matterId },
    personIds: row.escort,
    facts: { number: row.number, keeper: row.keeper_id, listed: row.listed_impressions, most: row.most_impressions },
    words: [row.title, row.place],
  });
}

/** Of these people those who travel with a seal whose time is over. */
export async function listOverduePeople(
  reader: Reader,
  env: Environment,
  people: readonly string[],
): Promise<string[]> {
  const rows = await reader
    .selectFrom("take_outs")
    .select("escort")
    .where("ended_at", "is", null)
    .where("due_at", "<", new Date(env.clock.now()))
    .execute();
  const late = new Set(rows.flatMap((row) => row.escort));
  return people.filter((person) => late.has(person));
}

/** How far ahead a return may lie, counted from now in the entity's own days. */
export async function readTakeOutLimits(
  reader: Reader,
  env: Environment,
  entityId: string,
): Promise<{ now: number; latest: number; mostDays: number }> {
  const now = env.clock.now();
  const { takeOutMost: mostDays } = await readSettings(reader, now);
  const place = await readPlaceInTime(reader, entityId);
  return { now, latest: addPeriod(now, { unit: "days", count: mostDays }, place), mostDays };
}

/** The task to bring the seal back, with the due time that holds now; the one before it is no longer needed. */
export async function openReturnTask(
  tx: Tx,
  env: Environment,
  takeOut: { matterId: string; entityId: string; sealId: string; bodyId: string; keeperId: string; dueAt: number },
  actorId: string | null,
): Promise<void> {
  const which = { kind: "take-out-return", subjectKey: takeOut.matterId };
  await endTasks(tx, env, which, { state: "cancelled", actorId });
  await openTask(tx, env, {
    ...which,
    entityId: takeOut.entityId,
    sealId: takeOut.sealId,
    bodyId: takeOut.bodyId,
    matterId: takeOut.matterId,
    assigneeId: takeOut.keeperId,
    dueAt: takeOut.dueAt,
    actorId,
  });
}
