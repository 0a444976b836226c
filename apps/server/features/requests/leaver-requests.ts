import { isUseOver } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { listGone } from "../rules/named-people.ts";
import { endTasks, type TaskToOpen } from "../tasks/open-task.ts";

const kind = "applicant-left";

/**
 * What somebody who leaves asked for goes on, and nobody stands behind it any more (C09): his handler, or where there is none
 * the office that runs the seals, finds out whether each use is still wanted.
 */
export async function listTasksOfRequests(
  tx: Tx,
  personId: string,
): Promise<Pick<TaskToOpen, "kind" | "subjectKey" | "entityId" | "assigneeId" | "assigneeRole" | "facts">[]> {
  const rows = await tx
    .selectFrom("seal_use_requests")
    .select(["request_id", "number", "state", "entity_id", "handler_id"])
    .where("applicant_id", "=", personId)
    .where("number", "is not", null)
    .execute();
  const live = rows.filter(({ state }) => !isUseOver(state));
  const handlers = live.flatMap(({ handler_id }) => handler_id ?? []);
  const gone = new Set([personId, ...(await listGone(tx, handlers))]);
  return live.map(({ request_id, number, entity_id, handler_id }) => ({
    ...{ kind, subjectKey: request_id, entityId: entity_id, facts: { request: number } },
    ...(handler_id === null || gone.has(handler_id)
      ? { assigneeRole: "seal-administrator" }
      : { assigneeId: handler_id, assigneeRole: null }),
  }));
}

/** A use that was taken back or is done needs no word any more. */
export async function endTasksOfOverRequests(env: Environment): Promise<void> {
  const open = await env.db
    .selectFrom("tasks as t")
    .innerJoin("seal_use_requests as r", "r.request_id", "t.subject_key")
    .select(["r.request_id", "r.state"])
    .where("t.kind", "=", kind)
    .where("t.state", "=", "open")
    .execute();
  const subjectKey = open.flatMap(({ request_id, state }) => (isUseOver(state) ? [request_id] : []));
  if (subjectKey.length === 0) return;
  await transact(env.db, (tx) => endTasks(tx, env, { kind, subjectKey }, { state: "done", actorId: null }));
}
