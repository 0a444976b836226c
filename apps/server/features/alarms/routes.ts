import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { acknowledgeAlarm } from "./acknowledge-alarm.ts";
import { listAlarms, listUrgentAlarms } from "./read-model.ts";

type Mine = "GET /v1/alarms" | "GET /v1/alarms/urgent" | "POST /v1/alarms/:alarmId/acknowledgement";

export function alarmHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/alarms": ({ query }, call) => listAlarms(env, call.person().personId, query),
    "GET /v1/alarms/urgent": (_, call) => listUrgentAlarms(env, call.person().personId),
    "POST /v1/alarms/:alarmId/acknowledgement": ({ params, body }, call) =>
      acknowledgeAlarm(env, call.person().personId, params.alarmId, body.reason),
  };
}
