import { addPeriod, listUnaccounted } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followFinalCopies } from "../final-copies/follow-final-copy.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { readCopies } from "./copy-rows.ts";

/** Working days in which who asked for stamped copies says where each went. */
const accountedWithinDays = 3;

/** Once its stamping is over, who asked for the copies owes where each went; the task ends with the last of them (C19).
 * Of what makes rights or duties the final copy is owed besides. */
export async function followCopies(tx: Tx, env: Environment, requestId: string, actorId: string | null): Promise<void> {
  const stamping = await readStamping(tx, requestId);
  if (!stamping?.ended_at) return;
  const copies = await readCopies(tx, requestId);
  await followFinalCopies(tx, env, { requestId, endedAt: stamping.ended_at, copies }, actorId);
  if (listUnaccounted(copies).length === 0) {
    await endTasks(tx, env, { kind: "account-copies", subjectKey: requestId }, { state: "done", actorId });
    return;
  }
  const row = await tx
    .selectFrom("seal_use_requests")
    .select(["number", "applicant_id", "handler_id", "entity_id"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const place = await readPlaceInTime(tx, row.entity_id ?? "");
  await openTask(tx, env, {
    ...{ kind: "account-copies", subjectKey: requestId, entityId: row.entity_id, facts: { subject: row.number } },
    ...{ assigneeId: row.handler_id ?? row.applicant_id, actorId: null },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count: accountedWithinDays }, place),
  });
}
