import { addPeriod } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
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
    .where("returned_at", "is", null)
    .execute();
  return rows.map((row) => row.body_id);
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
