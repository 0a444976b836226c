import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { bringFinalCopy } from "./bring-final-copy.ts";
import { ruleFinalCopy } from "./rule-final-copy.ts";
import { readSheetPicture, showFinalCopies } from "./show-final-copies.ts";

type Mine =
  | "GET /v1/seal-use-requests/:requestId/final-copies"
  | "POST /v1/seal-use-requests/:requestId/final-copies"
  | "POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling"
  | "GET /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/sheets/:sheet";

export function finalCopyHandlers(env: Environment): Pick<Handlers, Mine> {
  const sees = (personId: string, requestId: string) => requireMaySee(env.db, personId, requestId, env.clock.now());
  return {
    "GET /v1/seal-use-requests/:requestId/final-copies": async ({ params }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return showFinalCopies(env, personId, params.requestId);
    },
    "POST /v1/seal-use-requests/:requestId/final-copies": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return bringFinalCopy(env, personId, params.requestId, body);
    },
    "POST /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/ruling": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      await ruleFinalCopy(env, personId, params, body);
      return { done: true as const };
    },
    "GET /v1/seal-use-requests/:requestId/final-copies/:finalCopyId/sheets/:sheet": async ({ params }, call) => {
      await sees(call.person().personId, params.requestId);
      return { contentType: "image/jpeg", body: await readSheetPicture(env, params) };
    },
  };
}
