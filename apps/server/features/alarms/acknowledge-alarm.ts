import { isQuietAlarm, judgeAlarmWord, listKeepers, refuse } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { watches } from "../tasks/read-model.ts";
import { readAlarmPlace } from "./alarm-place.ts";
import { holdAlarm, readAlarmSeals, readTold, sendHigher } from "./escalate-alarms.ts";

/**
 * Somebody who was told says by name and with a reason what it was. It ends the alarm, unless he keeps a seal of the box; then
 * it stands beside, and where nobody else was told the next level is (C18).
 */
export async function acknowledgeAlarm(
  env: Environment,
  personId: string,
  alarmId: string,
  reason: string,
): Promise<{ acknowledged: boolean }> {
  return transact(env.db, async (tx) => {
    const row = await holdAlarm(tx, alarmId);
    if (!row) throw problems.notFound();
    const now = env.clock.now();
    const told = await readTold(tx, alarmId);
    const reads =
      told.includes(personId) ||
      (!isQuietAlarm(row.code) && watches(await readGrantsInForce(tx, now, { personId }), row.entity_id));
    if (!reads) throw problems.notFound();
    if (row.state !== "open") throw refusedBy([refuse("alarm.over", {}, "C18")]);
    const sealIds = await readAlarmSeals(tx, alarmId);
    const place = await readAlarmPlace(tx, now, { controllerId: row.controller_id, sealIds, keepers: row.keepers });
    const keepers = [...new Set([...row.keepers, ...listKeepers(place)])];
    const judged = judgeAlarmWord({ code: row.code, speed: row.speed, personId, reason, told, keepers });
    if (!judged.ok) throw refusedBy([judged.refusal]);
    const { count } = await tx
      .selectFrom("alarm_words")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .where("alarm_id", "=", alarmId)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("alarm_words")
      .values({
        ...{ alarm_id: alarmId, nth: Number(count) + 1, person_id: personId, at: new Date(now) },
        ...{ word: reason, ends: judged.ends },
      })
      .execute();
    if (judged.ends)
      await tx
        .updateTable("alarms")
        .set({ state: "acknowledged", acknowledged_at: new Date(now), escalates_at: null })
        .where("alarm_id", "=", alarmId)
        .execute();
    await recordEvent(tx, env, {
      type: judged.ends ? "AlarmAcknowledged" : "AlarmCommented",
      ...{ actorId: personId, comment: reason },
      facts: { alarm: alarmId, controller: row.controller_id, code: row.code, level: row.level },
    });
    if (!judged.ends && told.every((one) => keepers.includes(one))) await sendHigher(tx, env, row);
    return { acknowledged: judged.ends };
  });
}
