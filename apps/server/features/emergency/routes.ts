import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { givePaper } from "./papers.ts";
import { requireReviews, reviewEmergency } from "./review.ts";
import { addShift, endShift, readEmergencyPage } from "./roster.ts";
import { answerSlip } from "./slip-answers.ts";
import { enterSlip } from "./slips.ts";

type Mine =
  | "GET /v1/emergency"
  | "POST /v1/duty-shifts"
  | "POST /v1/duty-shifts/:shiftId/end"
  | "POST /v1/emergency-slips"
  | "POST /v1/emergency-slips/:slipId/answer"
  | "POST /v1/emergency-slips/:slipId/review"
  | "POST /v1/seal-use-requests/:requestId/emergency-papers"
  | "POST /v1/seal-use-requests/:requestId/emergency-review";

export function emergencyHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/emergency": ({ query }, call) => readEmergencyPage(env, call.person().personId, query.entityId),
    "POST /v1/duty-shifts": ({ body }, call) => addShift(env, call.person().personId, body),
    "POST /v1/duty-shifts/:shiftId/end": async ({ params }, call) => {
      await endShift(env, call.person().personId, params.shiftId);
      return { done: true };
    },
    "POST /v1/emergency-slips": ({ body }, call) => enterSlip(env, call.person().personId, body),
    "POST /v1/emergency-slips/:slipId/answer": async ({ params, body }, call) => {
      await answerSlip(env, call.person().personId, params.slipId, body);
      return { done: true };
    },
    "POST /v1/emergency-slips/:slipId/review": async ({ params, body }, call) => {
      await requireReviews(env, call.person().personId, params);
      await reviewEmergency(env, call.person().personId, params, body);
      return { done: true };
    },
    "POST /v1/seal-use-requests/:requestId/emergency-papers": async ({ params, body }, call) => {
      await givePaper(env, call.person().personId, params.requestId, body);
      return { done: true };
    },
    "POST /v1/seal-use-requests/:requestId/emergency-review": async ({ params, body }, call) => {
      await requireReviews(env, call.person().personId, params);
      await reviewEmergency(env, call.person().personId, params, body);
      return { done: true };
    },
  };
}
