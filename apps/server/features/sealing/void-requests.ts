import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { loadRequest } from "../requests/load-request.ts";
import { takeBack } from "../requests/take-back.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
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
  for (const requestId of [...new Set(requestIds)].toSorted()) {
    if (held === "skip-held" && !(await isFree(tx, requestId))) continue;
    const waiting = await holdRequest(tx, requestId);
    const { row } = await loadRequest(tx, requestId, true);
    if (row.state === "opened") {
      // The seals are held later by whoever ends them: asked for here they would be held in the wrong order.
      const view = await readGateFacts(tx, env, requestId);
      await releaseRest(tx, env, view, waiting, [{ code: "request.ended-with-unit", facts: {} }]);
    } else if (row.state !== "in-review" && row.state !== "authorised") continue;
    await takeBack(tx, env, await loadRequest(tx, requestId), by);
  }
}

async function isFree(tx: Tx, requestId: string): Promise<boolean> {
  const row = await tx
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("request_id", "=", requestId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row !== undefined;
}
