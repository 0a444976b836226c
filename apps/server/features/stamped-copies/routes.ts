import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { beginMakeUp } from "../make-up/begin-make-up.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { moveCopies } from "./move-copies.ts";
import { showCopies } from "./show-copies.ts";

type Mine =
  | "GET /v1/seal-use-requests/:requestId/stamped-copies"
  | "POST /v1/seal-use-requests/:requestId/stamped-copies"
  | "POST /v1/seal-use-requests/:requestId/make-ups";

export function stampedCopiesHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/seal-use-requests/:requestId/stamped-copies": async ({ params }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      return showCopies(env, personId, params.requestId);
    },
    "POST /v1/seal-use-requests/:requestId/stamped-copies": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      const copies = [...new Set(body.copies)].toSorted((a, b) => a - b);
      await moveCopies(env, personId, params.requestId, { ...body, copies });
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/make-ups": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      return beginMakeUp(env, personId, params.requestId, body);
    },
  };
}
