import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { issueConfirmed } from "../seals/issue-confirmed.ts";
import { confirmPositions } from "./confirm.ts";
import { listBySeal } from "./list-by-seal.ts";
import { readMyPositions } from "./read-model.ts";

type Mine = "GET /v1/positions/mine" | "POST /v1/positions/confirmations" | "GET /v1/positions";

export function positionHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/positions/mine": (_, call) => readMyPositions(env, call.person().personId),
    "POST /v1/positions/confirmations": async ({ body }, call) => {
      const { personId } = call.person();
      const { grantIds, digest, presence } = body;
      const method = await verifyPresence(env, call, { act: "position", subjectId: personId, digest }, presence);
      await confirmPositions(env, personId, {
        ...{ grantIds, digest },
        presence: { stepUpId: presence.stepUpId, method },
      });
      // What was confirmed stays so: a seal that cannot go in use now is asked for again by the clock.
      await issueConfirmed(env).catch((err: unknown) => env.logger.error({ err }, "a seal did not go in use"));
      return { done: true };
    },
    "GET /v1/positions": ({ query }, call) => listBySeal(env, call.person().personId, query),
  };
}
