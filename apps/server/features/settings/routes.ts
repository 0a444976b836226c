import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { replaceCalendar, showCalendar } from "./calendar.ts";
import { askSettingChange, decideSetting, listSettings } from "./service.ts";

type Mine =
  | "GET /v1/settings"
  | "POST /v1/setting-changes"
  | "POST /v1/setting-changes/:settingChangeId/decide"
  | "GET /v1/calendars/:entityId"
  | "PUT /v1/calendars/:entityId";

export function settingHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/settings": async (_, call) => {
      const { personId, permissions } = call.person();
      return { items: await listSettings(env, personId, permissions.has("settings.confirm")) };
    },
    "POST /v1/setting-changes": ({ body }, call) => askSettingChange(env, call.person().personId, body),
    "POST /v1/setting-changes/:settingChangeId/decide": async ({ params, body }, call) => {
      await decideSetting(env, call.person().personId, params.settingChangeId, body.confirm);
      return { done: true };
    },
    "GET /v1/calendars/:entityId": ({ params }) => showCalendar(env.db, params.entityId),
    "PUT /v1/calendars/:entityId": async ({ params, body }, call) => {
      await replaceCalendar(env, call.person().personId, params.entityId, body);
      return { done: true };
    },
  };
}
