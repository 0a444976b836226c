import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { endStanding, listStanding } from "./read-model.ts";

type Mine = "GET /v1/standing-authorisations" | "POST /v1/standing-authorisations/:standingId/end";

export function standingHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/standing-authorisations": ({ query }, call) => listStanding(env, call.person().personId, query.entityId),
    "POST /v1/standing-authorisations/:standingId/end": async ({ params, body }, call) => {
      await endStanding(env, call.person().personId, params.standingId, body.reason);
      return { done: true };
    },
  };
}
