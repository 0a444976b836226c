import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { changeMailAddress, showMailAddress } from "./addresses.ts";

type Mine =
  | "GET /v1/session/mail-address"
  | "POST /v1/session/mail-address"
  | "GET /v1/people/:personId/mail-address"
  | "POST /v1/people/:personId/mail-address";

export function mailHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/session/mail-address": (_, call) => showMailAddress(env, call.person().personId),
    "POST /v1/session/mail-address": async ({ body }, call) => {
      const { personId } = call.person();
      await changeMailAddress(env, personId, personId, body);
      return { done: true };
    },
    "GET /v1/people/:personId/mail-address": ({ params }) => showMailAddress(env, params.personId),
    "POST /v1/people/:personId/mail-address": async ({ params, body }, call) => {
      await changeMailAddress(env, call.person().personId, params.personId, body);
      return { done: true };
    },
  };
}
