import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { listLodgings } from "./read-model.ts";
import { lodgeSpecimen, withdrawSpecimen } from "./service.ts";

type Mine =
  | "GET /v1/specimens-lodged"
  | "POST /v1/specimens-lodged"
  | "POST /v1/specimens-lodged/:lodgingId/withdrawal";

export function lodgingHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/specimens-lodged": ({ query }, call) => listLodgings(env, call.person().personId, query),
    "POST /v1/specimens-lodged": ({ body }, call) => lodgeSpecimen(env, call.person().personId, body),
    "POST /v1/specimens-lodged/:lodgingId/withdrawal": async ({ params, body }, call) => {
      await withdrawSpecimen(env, call.person().personId, params.lodgingId, body);
      return { done: true };
    },
  };
}
