import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { askBoxSettings, decideBoxSettingsChange } from "./service.ts";
import { showBoxSettings } from "./show-settings.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/controllers/:controllerId/settings${string}`>;

export function controllerSettingsHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/controllers/:controllerId/settings": ({ params }, call) =>
      showBoxSettings(env, call.person().personId, params.controllerId),
    "POST /v1/controllers/:controllerId/settings": ({ params, body }, call) => {
      const { fence, ...rest } = body.boxSettings;
      const fences = fence.map(({ latitude, longitude, radius }) => ({ c: [latitude, longitude] as const, r: radius }));
      const wanted = { ...rest, fence: fences };
      return askBoxSettings(env, call.person().personId, params.controllerId, { wanted, reason: body.reason });
    },
    "POST /v1/controllers/:controllerId/settings-decision": async ({ params, body }, call) => {
      await decideBoxSettingsChange(env, call.person().personId, params.controllerId, body);
      return { done: true };
    },
  };
}
