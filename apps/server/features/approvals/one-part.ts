import { type ApprovalFacts, hasPartElsewhere } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { type LoadedRequest, type LoadedStep, loadRequest } from "../requests/load-request.ts";
import { entitledNow, principalOf, type RouteNow, readRouteNow } from "./entitled.ts";

/** Who decided the steps so far, and who had them decided in his place. */
export const listDecided = (steps: readonly LoadedStep[]): ApprovalFacts["decidedBefore"] =>
  steps.flatMap(({ kind, groupId: group, decidedBy, decidedFor }) => [
    ...(decidedBy ? [{ kind, group, personId: decidedBy, inPlaceOf: decidedFor }] : []),
    ...(decidedFor ? [{ kind, group, personId: decidedFor }] : []),
  ]);

/**
 * Takes out of the open steps whoever would decide in somebody's place and has his one part in the request by now. Where nobody
 * would be left, those are asked who hold the role, on leave or not: a step is never left to nobody.
 */
export async function leaveToOthers(tx: Tx, { steps }: Pick<LoadedRequest, "steps">, route: RouteNow): Promise<void> {
  const decidedBefore = listDecided(steps);
  if (decidedBefore.length === 0) return;
  const isFree = (step: LoadedStep, actorId: string): boolean =>
    !hasPartElsewhere({
      ...{ actorId, decidedBefore, step: { group: step.groupId } },
      standsFor: principalOf(step, route, actorId)?.delegatedBy ?? null,
    });
  for (const step of steps) {
    if (step.state !== "current" && step.state !== "waiting") continue;
    const free = step.candidates.filter((one) => isFree(step, one));
    if (free.length === step.candidates.length) continue;
    const left = free.length > 0 ? free : (await entitledNow(tx, route, step)).filter((one) => isFree(step, one));
    if (left.length > 0)
      await tx.updateTable("request_steps").set({ candidates: left }).where("step_id", "=", step.stepId).execute();
  }
}

/** The same for a round that begins with agreements of the one before. */
export async function leaveToOthersOf(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const loaded = await loadRequest(tx, requestId);
  const route = await readRouteNow(tx, env, loaded);
  if (route) await leaveToOthers(tx, loaded, route);
}
