import {
  type AlarmSpeed,
  type Called,
  climbToSomebody,
  escalatesAt,
  listKeepers,
  refusedPresses,
  speedOfAlarm,
} from "@chancery/domain";
import type { ChainState } from "@chancery/seallink";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { textOfCode } from "../controllers/journal-view.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readAlarmPlace, readSealsInBox } from "./alarm-place.ts";

/** What happened at a box, and how often since it was last looked at. */
export interface AlarmSeen {
  readonly code: string;
  readonly seq: number;
  readonly times: number;
  readonly findingId: string | null;
}

/**
 * Tells people of an alarm (C18): those whom it concerns, and as many higher ones as it needs for somebody who may end it. One
 * that is open already is counted once more and told to nobody again.
 */
export async function raiseAlarm(tx: Tx, env: Environment, chain: ChainState, seen: AlarmSeen): Promise<void> {
  const now = env.clock.now();
  const { code, seq, findingId } = seen;
  const { told, speed: usual } = textOfCode(code);
  const refusedLately = code === "PRESS_REFUSED" ? await countRefusedLately(tx, chain.dev, now) : 0;
  const speedWith = (important: boolean): AlarmSpeed => speedOfAlarm(code, usual, { important, refusedLately });
  // What comes again and again is counted without looking into the box, wherever its seals do not matter.
  const known = speedWith(false) === speedWith(true) ? speedWith(false) : null;
  if (known === "shown" || (known !== null && (await repeat(tx, chain.dev, seen, known, now)))) return;
  const seals = await readSealsInBox(tx, chain.dev);
  const speed = known ?? speedWith(seals.some(({ important }) => important));
  if (speed === "shown" || (known === null && (await repeat(tx, chain.dev, seen, speed, now)))) return;
  const sealIds = seals.map((row) => row.seal_id);
  const place = await readAlarmPlace(tx, now, { controllerId: chain.dev, sealIds, keepers: [] });
  const steps = climbToSomebody({ code, speed, told, before: [] }, 0, place);
  const level = steps.at(-1)?.level ?? 0;
  const alarmId = newId("alm", now);
  const { alarmEscalatesAfter } = await readSettings(tx, now);
  const due = escalatesAt({ speed, level, at: now }, alarmEscalatesAfter);
  const made = await tx
    .insertInto("alarms")
    .values({
      ...{ alarm_id: alarmId, controller_id: chain.dev, entity_id: place.entityId, epoch: chain.ep, seq, code, speed },
      ...{ finding_id: findingId, keepers: [...listKeepers(place)], level, times: seen.times },
      ...{ raised_at: new Date(now), last_at: new Date(now), escalates_at: due === null ? null : new Date(due) },
    })
    .onConflict((conflict) =>
      conflict.columns(["controller_id", "code", "speed"]).where("state", "=", sql.lit("open")).doNothing(),
    )
    .executeTakeFirst();
  // Another epoch of the same box raised it meanwhile.
  if (made.numInsertedOrUpdatedRows !== 1n) return void (await repeat(tx, chain.dev, seen, speed, now));
  if (sealIds.length > 0)
    await tx
      .insertInto("alarm_seals")
      .values(sealIds.map((sealId) => ({ alarm_id: alarmId, seal_id: sealId })))
      .execute();
  await recordEvent(tx, env, {
    type: "AlarmRaised",
    actorId: null,
    facts: { alarm: alarmId, controller: chain.dev, code, speed, told: countPeople(steps) },
  });
  await tellPeople(tx, env, alarmId, steps);
}

async function repeat(
  tx: Tx,
  controllerId: string,
  { code, times }: AlarmSeen,
  speed: Exclude<AlarmSpeed, "shown">,
  now: number,
): Promise<boolean> {
  const again = await tx
    .updateTable("alarms")
    .set((eb) => ({ times: eb("times", "+", times), last_at: new Date(now) }))
    .where("controller_id", "=", controllerId)
    .where("code", "=", code)
    .where("speed", "=", speed)
    .where("state", "=", "open")
    .executeTakeFirst();
  return again.numUpdatedRows > 0n;
}

async function countRefusedLately(tx: Tx, controllerId: string, now: number): Promise<number> {
  const { count } = await tx
    .selectFrom("controller_findings")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("controller_id", "=", controllerId)
    .where("code", "=", "PRESS_REFUSED")
    .where("found_at", ">", new Date(now - refusedPresses.minutes * 60_000))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const countPeople = (steps: readonly Called[]): number => new Set(steps.flatMap(({ people }) => people)).size;

/** Notes who is told at which level, and has those written to who have a mail address: after the commit, by a job. */
export async function tellPeople(tx: Tx, env: Environment, alarmId: string, steps: readonly Called[]): Promise<void> {
  const rows = steps.flatMap(({ level, people }) => people.map((personId) => ({ level, personId })));
  if (rows.length === 0) return;
  const addressed = new Set(
    env.mailer === undefined
      ? []
      : (
          await tx
            .selectFrom("mail_addresses")
            .select("person_id")
            .where(
              "person_id",
              "in",
              rows.map(({ personId }) => personId),
            )
            .execute()
        ).map((row) => row.person_id),
  );
  await tx
    .insertInto("alarm_told")
    .values(
      rows.map(({ level, personId }) => ({
        ...{ alarm_id: alarmId, level, person_id: personId, told_at: new Date(env.clock.now()) },
        mail: addressed.has(personId) ? ("waiting" as const) : ("none" as const),
      })),
    )
    .execute();
  for (const { level, personId } of rows)
    if (addressed.has(personId))
      await env.enqueue(
        tx,
        "send-alarm-mail",
        { alarmId, level: String(level), personId },
        `send-alarm-mail ${alarmId} ${level} ${personId}`,
      );
}
