import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { decideStep } from "./service.ts";

export function approvalHandlers(env: Environment): Pick<Handlers, "POST /v1/seal-use-requests/:requestId/decisions"> {
  return {
    "POST /v1/seal-use-requests/:requestId/decisions": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      const presence = body.presence
        ? {
            stepUpId: body.presence.stepUpId,
            method: await verifyPresence(
              env,
              call,
              { act: body.decision, subjectId: params.requestId, digest: body.digest },
              body.presence,
            ),
          }
        : null;
      return decideStep(env, personId, {
        requestId: params.requestId,
        stepId: body.stepId,
        decision: body.decision,
        comment: body.comment,
        digest: body.digest,
        presence,
      });
    },
  };
}
