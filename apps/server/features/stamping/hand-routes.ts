import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { answerLook } from "../remote-supervision/answer.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { lookAtPhotos } from "./look.ts";
import { readPressPictures } from "./press-pictures.ts";
import { readStampingView } from "./read-model.ts";
import { endStamping, reportImpression } from "./report.ts";
import { ruleImpression } from "./rule-impression.ts";

type Mine =
  | "GET /v1/seal-use-requests/:requestId/stamping"
  | "GET /v1/seal-use-requests/:requestId/press-pictures"
  | "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo"
  | "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report"
  | "POST /v1/seal-use-requests/:requestId/stamping/end"
  | "POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId"
  | "POST /v1/seal-use-requests/:requestId/stamping/photos"
  | "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling";

export function handHandlers(env: Environment): Pick<Handlers, Mine> {
  const sees = (personId: string, requestId: string) => requireMaySee(env.db, personId, requestId, env.clock.now());
  return {
    "GET /v1/seal-use-requests/:requestId/stamping": async ({ params }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return readStampingView(env, personId, params.requestId);
    },
    "GET /v1/seal-use-requests/:requestId/press-pictures": async ({ params }, call) => {
      await sees(call.person().personId, params.requestId);
      return readPressPictures(env, params.requestId);
    },
    "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo": async ({ params, query }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return reportImpression(env, personId, { ...params, ...query }, await call.upload());
    },
    "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return reportImpression(env, personId, { ...params, ...body });
    },
    "POST /v1/seal-use-requests/:requestId/stamping/end": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      await endStamping(env, personId, params.requestId, body.reason, body.unheard);
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/stamping/looks/:lookId": async ({ params, body }, call) => {
      const { personId } = call.person();
      const { requestId, lookId } = params;
      await sees(personId, requestId);
      if (body.verdict === "refuse") {
        await answerLook(env, personId, requestId, lookId, { ...body, digest: "", stepUpId: null });
        return { done: true as const };
      }
      const { digest, presence } = body;
      await verifyPresence(env, call, { act: "remote-press", subjectId: lookId, digest }, presence);
      const given = { verdict: body.verdict, reason: "", digest, stepUpId: presence.stepUpId };
      await answerLook(env, personId, requestId, lookId, given);
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/stamping/photos": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      const { presence, ...seen } = body;
      if (presence)
        await verifyPresence(env, call, { act: "confirm", subjectId: params.requestId, digest: body.digest }, presence);
      await lookAtPhotos(env, personId, params.requestId, seen, presence?.stepUpId ?? null);
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/impressions/:impressionId/ruling": async ({ params, body }, call) => {
      const { personId } = call.person();
      await sees(personId, params.requestId);
      return ruleImpression(env, personId, params, body);
    },
  };
}
