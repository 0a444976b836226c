import { type Called, climbToSomebody, escalatesAt } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { textOfCode } from "../controllers/journal-view.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readAlarmPlace } from "./alarm-place.ts";
import { countPeople, tellPeople } from "./raise-alarm.ts";

/** An alarm with its row held: who says something of it and who sends it higher take turns. */
export const holdAlarm = (tx: Tx, alarmId: string) =>
  tx.selectFrom("alarms").selectAll().where("alarm_id", "=", alarmId).forUpdate().executeTakeFirst();
export type AlarmRow = NonNullable<Awaited<ReturnType<typeof holdAlarm>>>;

/** Alarms that nobody has acknowledged in time go up, one level at a time, each once (C18). */
export async function escalateAlarms(env: Environment): Promise<void> {
  const now = env.clock.now();
  const due = await env.db
    .selectFrom("alarms")
    .select("alarm_id")
    .where("escalates_at", "<=", new Date(now))
    .orderBy("escalates_at")
    .execute();
  for (const { alarm_id: alarmId } of due)
    await transact(env.db, async (tx) => {
      const row = await holdAlarm(tx, alarmId);
      // Another tick sent it up, or somebody acknowledged it, while this one waited for the row.
      if (row?.state !== "open" || row.escalates_at === null || row.escalates_at.getTime() > now) return;
      await sendHigher(tx, env, row);
    });
}

/** Tells an alarm to the next level, and the ones above until somebody hears of it who may end it. */
export async function sendHigher(tx: Tx, env: Environment, row: AlarmRow): Promise<void> {
  const now = env.clock.now();
  const { alarm_id: alarmId, code, speed, controller_id: controllerId } = row;
  const place = await readAlarmPlace(tx, now, {
    ...{ controllerId, sealIds: await readAlarmSeals(tx, alarmId), keepers: row.keepers },
  });
  const before = await readTold(tx, alarmId);
  const steps: readonly Called[] = climbToSomebody(
    { code, speed, told: textOfCode(code).told, before },
    row.level + 1,
    place,
  );
  const level = steps.at(-1)?.level ?? row.level + 1;
  const due = escalatesAt({ speed, level, at: now }, (await readSettings(tx, now)).alarmEscalatesAfter);
  await tx
    .updateTable("alarms")
    .set({ level, escalates_at: due === null ? null : new Date(due) })
    .where("alarm_id", "=", alarmId)
    .execute();
  await recordEvent(tx, env, {
    type: "AlarmEscalated",
    actorId: null,
    facts: { alarm: alarmId, controller: controllerId, code, level, told: countPeople(steps) },
  });
  await tellPeople(tx, env, alarmId, steps);
}

export async function readAlarmSeals(tx: Tx, alarmId: string): Promise<string[]> {
  const rows = await tx.selectFrom("alarm_seals").select("seal_id").where("alarm_id", "=", alarmId).execute();
  return rows.map((row) => row.seal_id);
}

/** Everybody who was told of an alarm, at whatever level. */
export async function readTold(tx: Tx, alarmId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom("alarm_told")
    .select("person_id")
    .distinct()
    .where("alarm_id", "=", alarmId)
    .execute();
  return rows.map((row) => row.person_id);
}
