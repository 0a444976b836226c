import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { answerCheck, reportUnknownSeal } from "./answer-check.ts";
import { openCheck } from "./open-check.ts";
import { listChecks } from "./read-model.ts";

type Mine =
  | "GET /v1/storage-checks"
  | "POST /v1/storage-checks"
  | "POST /v1/storage-checks/:checkId/answers"
  | "POST /v1/unknown-seals";

export function checkHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/storage-checks": (_, call) => listChecks(env, call.person().personId),
    "POST /v1/storage-checks": async ({ body }, call) => {
      const { personId } = call.person();
      const grants = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId: body.entityId });
      if (!grants.some((grant) => grant.role === "seal-administrator" || grant.role === "inspector"))
        throw problems.notFound();
      return openCheck(env, { ...body, openedBy: personId });
    },
    "POST /v1/storage-checks/:checkId/answers": ({ params, body }, call) =>
      answerCheck(env, call.person().personId, { ...params, ...body }),
    "POST /v1/unknown-seals": async ({ body }, call) => {
      await reportUnknownSeal(env, call.person().personId, body);
      return { done: true };
    },
  };
}
