import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { askEpoch, decideEpoch } from "./service.ts";
import { showEpoch } from "./show-epoch.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/controllers/:controllerId/epoch${string}`>;

export function controllerEpochHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/controllers/:controllerId/epoch": ({ params }, call) =>
      showEpoch(env, call.person().personId, params.controllerId),
    "POST /v1/controllers/:controllerId/epoch": ({ params, body }, call) =>
      askEpoch(env, call.person().personId, params.controllerId, body),
    "POST /v1/controllers/:controllerId/epoch-decision": async ({ params, body }, call) => {
      await decideEpoch(env, call.person().personId, params.controllerId, body);
      return { done: true };
    },
  };
}
