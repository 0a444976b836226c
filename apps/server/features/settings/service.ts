import {
  addDays,
  decideSettingChange,
  isLooser,
  refuse,
  SETTING_KEYS,
  type SettingKey,
  settingDefinitions,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { settleWaitingPositions } from "../positions/open-position.ts";
import { writeSettingException } from "../registers/write-exception.ts";
import { readPeople } from "../requests/read-people.ts";
import { readSettings } from "./read-settings.ts";

/** Every setting with what holds now and what waits for a second person. */
export async function listSettings(
  env: Environment,
  personId: string,
  mayConfirm: boolean,
): Promise<HandlerAnswer<"GET /v1/settings">["items"]> {
  const values = await readSettings(env.db, env.clock.now());
  const kept = await env.db.selectFrom("settings").select(["key", "ends_on"]).execute();
  const waiting = await env.db.selectFrom("setting_changes").selectAll().where("state", "=", "waiting").execute();
  const person = await readPeople(
    env.db,
    waiting.map((row) => row.asked_by),
  );
  return SETTING_KEYS.map((key) => {
    const definition = settingDefinitions[key];
    const change = waiting.find((row) => row.key === key);
    const loosened = isLooser(key, values[key]);
    return {
      key,
      name: definition.name,
      unit: definition.unit,
      value: values[key],
      default: definition.default,
      least: definition.least,
      most: definition.most,
      control: definition.control,
      looser: definition.looser,
      loosened,
      risk: definition.risk,
      endsOn: loosened ? (kept.find((row) => row.key === key)?.ends_on ?? null) : null,
      waiting: change
        ? {
            settingChangeId: change.setting_change_id,
            value: change.value,
            endsOn: change.ends_on,
            reason: change.reason,
            askedBy: person(change.asked_by),
            mayConfirm: mayConfirm && change.asked_by !== personId,
          }
        : null,
    };
  });
}

/** Asks for a change; one at a time for each setting. */
export async function askSettingChange(
  env: Environment,
  actorId: string,
  change: { key: SettingKey; value: number; endsOn: string | null; reason: string },
): Promise<{ settingChangeId: string }> {
  const now = env.clock.now();
  const today = dayIn("UTC", now);
  const decided = decideSettingChange(change, { today, latestEnd: addDays(today, 366) });
  if (!decided.ok) throw refusedBy(decided.refusals);
  return transact(env.db, async (tx) => {
    await tx.selectFrom("installation").select("profile").forUpdate().executeTakeFirstOrThrow();
    const waiting = await tx
      .selectFrom("setting_changes")
      .select("setting_change_id")
      .where("key", "=", change.key)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (waiting) throw refusedBy([refuse("setting.change-waits", {})]);
    const settingChangeId = newId("set", now);
    await tx
      .insertInto("setting_changes")
      .values({
        setting_change_id: settingChangeId,
        key: change.key,
        value: change.value,
        ends_on: change.endsOn,
        reason: change.reason,
        state: "waiting",
        asked_by: actorId,
        asked_at: new Date(now),
      })
      .execute();
    await recordEvent(tx, env, {
      type: "SettingChangeAsked",
      actorId,
      facts: { key: change.key, value: change.value, endsOn: change.endsOn },
      comment: change.reason,
    });
    return { settingChangeId };
  });
}

/** Confirms or declines a change as the second person. */
export async function decideSetting(
  env: Environment,
  actorId: string,
  settingChangeId: string,
  confirm: boolean,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("setting_changes")
      .selectAll()
      .where("setting_change_id", "=", settingChangeId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw problems.notFound();
    if (row.state !== "waiting") throw problems.changedMeanwhile();
    if (row.asked_by === actorId) throw refusedBy([refuse("setting.second-person", {}, "C11")]);
    const now = new Date(env.clock.now());
    await tx
      .updateTable("setting_changes")
      .set({ state: confirm ? "confirmed" : "declined", decided_by: actorId, decided_at: now })
      .where("setting_change_id", "=", settingChangeId)
      .execute();
    const key = SETTING_KEYS.find((one) => one === row.key);
    if (!key) throw problems.notFound();
    const { [key]: before } = await readSettings(tx, env.clock.now());
    if (confirm) {
      const values = {
        value: row.value,
        ends_on: row.ends_on,
        set_at: now,
        asked_by: row.asked_by,
        confirmed_by: actorId,
      };
      await tx
        .insertInto("settings")
        .values({ key: row.key, ...values })
        .onConflict((conflict) => conflict.column("key").doUpdateSet(values))
        .execute();
    }
    const { positionConfirmation } = await readSettings(tx, env.clock.now());
    if (confirm && key === "positionConfirmation" && positionConfirmation === 0) await settleWaitingPositions(tx, env);
    const { eventId } = await recordEvent(tx, env, {
      type: confirm ? "SettingChanged" : "SettingChangeDeclined",
      actorId,
      facts: { key: row.key, value: row.value, endsOn: row.ends_on },
    });
    if (confirm)
      await writeSettingException(tx, env, {
        ...{ key, before, value: row.value, until: row.ends_on, reason: row.reason, eventId },
        ...{ askedBy: row.asked_by, confirmedBy: actorId },
      });
  });
}
