import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { holdingInOrder, holdWithOtherSides, withOtherSides } from "../joint/joint-rows.ts";
import { loadRequest } from "../requests/load-request.ts";
import { takeBack } from "../requests/take-back.ts";
import { finishStamping } from "../stamping/follow-stamping.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { requireStamping } from "../stamping/report.ts";
import { releaseRest } from "./release-rest.ts";
import { holdRequest } from "./settle.ts";

/**
 * Takes requests under way back from outside: what was approved is void, what is being sealed and is not out yet is
 * released. Each is held first, in the order of their ids; one that ended meanwhile is left. With `skip-held` one that
 * somebody else holds is left too: he will see what changed.
 */
export async function voidRequests(
  tx: Tx,
  env: Environment,
  requestIds: readonly string[],
  by: { actorId: string | null; matterId: string; comment: string | null },
  held: "wait" | "skip-held" = "wait",
): Promise<void> {
  if (held === "wait") await holdWithOtherSides(tx, requestIds);
  for (const requestId of [...new Set(requestIds)].toSorted()) {
    if (held === "skip-held" && !(await areFree(tx, await withOtherSides(tx, [requestId])))) continue;
    const { row, joint } = await loadRequest(tx, requestId, true);
    if (row.state === "opened" && row.use_mode === "by-hand") {
      await endStampingFromOutside(tx, env, requestId, by);
      continue;
    }
    if (row.state === "opened") await stopSealing(tx, env, requestId);
    else if (row.state !== "in-review" && row.state !== "authorised") continue;
    // Nothing is sealed on one side of a joint request when the other is taken back.
    if (joint?.other.state === "opened") await stopSealing(tx, env, joint.other.requestId);
    await takeBack(tx, env, await loadRequest(tx, requestId), by);
  }
}

async function stopSealing(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const waiting = await holdRequest(tx, requestId);
  // The seals are held later by whoever ends them: asked for here they would be held in the wrong order.
  const view = await readGateFacts(tx, env, requestId);
  await releaseRest(tx, env, view, waiting, [{ code: "request.ended-with-unit", facts: {} }]);
}

/** Paper that was stamped stays stamped, and of the rest nobody but the stamper can tell: people decide what it was. */
async function endStampingFromOutside(
  tx: Tx,
  env: Environment,
  requestId: string,
  { comment }: { comment: string | null },
): Promise<void> {
  const view = await readGateFacts(tx, env, requestId);
  await finishStamping(tx, env, view, await requireStamping(tx, view), { actorId: null, comment });
}

async function areFree(tx: Tx, requestIds: readonly string[]): Promise<boolean> {
  return (await holdingInOrder(tx, requestIds).skipLocked().execute()).length === requestIds.length;
}
