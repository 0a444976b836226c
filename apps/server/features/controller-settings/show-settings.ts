import {
  BOX_NUMBERS,
  BOX_SETTINGS,
  type BoxSetting,
  boxSettingDefinitions,
  listSettingDifferences,
} from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readControllerReach } from "../controllers/reach.ts";
import { readPeople } from "../requests/read-people.ts";
import { readDesired, settingsOf } from "./read-settings.ts";

type View = HandlerAnswer<"GET /v1/controllers/:controllerId/settings">;

/** What a controller is to be set to, what it says it is set to, since when they differ, and what waits for a second person. */
export async function showBoxSettings(env: Environment, personId: string, controllerId: string): Promise<View> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const row = await env.db
    .selectFrom("controllers as c")
    .leftJoin("controller_twins as t", "t.controller_id", "c.controller_id")
    .select(["c.entity_id", "c.state", "t.version", "t.reported", "t.reported_at", "t.differs_since"])
    .where("c.controller_id", "=", controllerId)
    .executeTakeFirst();
  if (!row || !reach.reads.has(row.entity_id)) throw problems.notFound();
  const desired = await readDesired(env.db, controllerId);
  const waiting = await env.db
    .selectFrom("controller_setting_changes")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("state", "=", "waiting")
    .executeTakeFirst();
  const applied = await env.db
    .selectFrom("controller_records")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .where("controller_id", "=", controllerId)
    .where("type", "=", "cfg.apply")
    .executeTakeFirst();
  const person = await readPeople(env.db, [waiting?.asked_by ?? null]);
  const reported = row.reported === null ? null : settingsOf(row.reported);
  const differing =
    reported === null
      ? desired.version === 0
        ? []
        : [...BOX_SETTINGS]
      : listSettingDifferences(desired.settings, reported);
  const mayManage = reach.manages.has(row.entity_id) && row.state === "enrolled";
  return {
    ...{ version: desired.version, desired: toView(desired.settings) },
    reported:
      reported === null
        ? null
        : {
            ...{ version: row.version ?? 0, settings: toView(reported), at: row.reported_at?.toISOString() ?? "" },
            signed: Number(applied?.n ?? 0) > 0,
          },
    differing,
    differsSince: differing.length === 0 ? null : ((row.differs_since ?? desired.at)?.toISOString() ?? null),
    waiting: waiting
      ? {
          ...{ changeId: waiting.change_id, settings: toView(settingsOf(waiting.desired)), reason: waiting.reason },
          changed: waiting.changed as BoxSetting[],
          ...{ askedBy: person(waiting.asked_by), askedAt: waiting.asked_at.toISOString() },
          ...{ mayAgree: mayManage && waiting.asked_by !== personId, mayDecline: mayManage },
        }
      : null,
    bounds: BOX_NUMBERS.map((name) => ({ name, ...boxSettingDefinitions[name] })),
    mayChange: mayManage && !waiting,
  };
}

const toView = (settings: ReturnType<typeof settingsOf>) => ({
  ...settings,
  fence: settings.fence.map(({ c, r }) => ({ latitude: c[0], longitude: c[1], radius: r })),
});
