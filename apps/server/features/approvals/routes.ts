import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { approveSeveral } from "./batch.ts";
import { addReviewer, readStepPeople, transferStep } from "./change-step.ts";
import { readDecisionEvidence } from "./decision-evidence.ts";
import { ruleFact } from "./rule-fact.ts";
import { decideStep } from "./service.ts";

type Deciding =
  | "POST /v1/seal-use-requests/:requestId/decisions"
  | "GET /v1/seal-use-requests/:requestId/decision-evidence"
  | "POST /v1/seal-use-requests/approve-several"
  | "POST /v1/seal-use-requests/:requestId/facts"
  | "GET /v1/seal-use-requests/:requestId/steps/:stepId/people"
  | "POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers"
  | "POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer";

export function approvalHandlers(env: Environment): Pick<Handlers, Deciding> {
  const see = (personId: string, requestId: string) => requireMaySee(env.db, personId, requestId, env.clock.now());
  return {
    "POST /v1/seal-use-requests/:requestId/decisions": async ({ params, body }, call) => {
      const { personId } = call.person();
      await see(personId, params.requestId);
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
        backTo: body.backTo,
        presence,
      });
    },
    "GET /v1/seal-use-requests/:requestId/decision-evidence": async ({ params, query }, call) => {
      await see(call.person().personId, params.requestId);
      return readDecisionEvidence(env, params.requestId, query.round);
    },
    "POST /v1/seal-use-requests/:requestId/facts": async ({ params, body }, call) => {
      const { personId } = call.person();
      await see(personId, params.requestId);
      await ruleFact(env, personId, { ...params, ...body });
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/approve-several": async ({ body }, call) => ({
      results: await approveSeveral(env, call.person().personId, body.items),
    }),
    "GET /v1/seal-use-requests/:requestId/steps/:stepId/people": async ({ params }, call) => {
      const { personId } = call.person();
      await see(personId, params.requestId);
      return readStepPeople(env, personId, params);
    },
    "POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers": async ({ params, body }, call) => {
      const { personId } = call.person();
      await see(personId, params.requestId);
      return addReviewer(env, personId, { ...params, ...body });
    },
    "POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer": async ({ params, body }, call) => {
      const { personId } = call.person();
      await see(personId, params.requestId);
      await transferStep(env, personId, { ...params, ...body });
      return { done: true as const };
    },
  };
}
