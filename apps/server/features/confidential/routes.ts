import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { takeAccess } from "./access.ts";
import { addReader, removeReader } from "./readers.ts";

type Mine =
  | "POST /v1/seal-use-requests/:requestId/accesses"
  | "POST /v1/seal-use-requests/:requestId/readers"
  | "DELETE /v1/seal-use-requests/:requestId/readers/:personId";

export function confidentialHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "POST /v1/seal-use-requests/:requestId/accesses": ({ params, body }, call) =>
      takeAccess(env, call.person().personId, params.requestId, body.reason),
    "POST /v1/seal-use-requests/:requestId/readers": async ({ params, body }, call) => {
      await addReader(env, call.person().personId, params.requestId, body.personId);
      return { done: true };
    },
    "DELETE /v1/seal-use-requests/:requestId/readers/:personId": async ({ params }, call) => {
      await removeReader(env, call.person().personId, params.requestId, params.personId);
      return { done: true };
    },
  };
}
