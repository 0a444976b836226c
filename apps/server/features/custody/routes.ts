import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { listContainers } from "./container-view.ts";
import { addContainer, changeContainer, changeLockHolder } from "./containers.ts";
import { listTakeOuts } from "./list-take-outs.ts";
import { bringOut, confirmOpening, lockAway } from "./move-piece.ts";
import { readCustodyHistory, readHoldings, readOwnCustody } from "./read-model.ts";

type Mine =
  | "GET /v1/seals/:sealId/custody"
  | "GET /v1/custody/mine"
  | "GET /v1/custody/holdings"
  | "POST /v1/custody/bodies/:bodyId/lock-away"
  | "POST /v1/custody/bodies/:bodyId/bring-out"
  | "POST /v1/custody/openings/:openingId/confirm"
  | "GET /v1/containers"
  | "POST /v1/containers"
  | "PUT /v1/containers/:containerId"
  | "PUT /v1/containers/:containerId/locks/:lockId/holder"
  | "GET /v1/take-outs";

export function custodyHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/seals/:sealId/custody": ({ params, query }, call) =>
      readCustodyHistory(env, call.person().personId, { ...params, ...query }),
    "GET /v1/custody/mine": (_, call) => readOwnCustody(env, call.person().personId),
    "GET /v1/custody/holdings": ({ query }, call) => readHoldings(env, call.person().personId, query.personId),
    "POST /v1/custody/bodies/:bodyId/lock-away": async ({ params, body }, call) => {
      await lockAway(env, call.person().personId, { ...params, ...body });
      return { done: true };
    },
    "POST /v1/custody/bodies/:bodyId/bring-out": ({ params, body }, call) =>
      bringOut(env, call.person().personId, { ...params, ...body }),
    "POST /v1/custody/openings/:openingId/confirm": ({ params }, call) =>
      confirmOpening(env, call.person().personId, params.openingId),
    "GET /v1/containers": async (_, call) => ({ items: await listContainers(env, call.person().personId) }),
    "POST /v1/containers": ({ body }, call) => addContainer(env, call.person().personId, body),
    "PUT /v1/containers/:containerId": async ({ params, body }, call) => {
      await changeContainer(env, call.person().personId, params.containerId, body);
      return { done: true };
    },
    "PUT /v1/containers/:containerId/locks/:lockId/holder": async ({ params, body }, call) => {
      await changeLockHolder(env, call.person().personId, { ...params, ...body });
      return { done: true };
    },
    "GET /v1/take-outs": async ({ query }, call) => ({
      items: await listTakeOuts(env, call.person().personId, query.away === "yes"),
    }),
  };
}
