import { addPeriod, asksForFinalCopy, classIn } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import type { CopyNow } from "../stamped-copies/copy-rows.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { readFinalCopies } from "./final-copy-rows.ts";

export const bringTask = "bring-final-copy";
export const reviewTask = "review-final-copy";

/**
 * Once its stamping is over, who asked for what makes rights or duties owes the final copy, within the days set (C19). The clock
 * begins with the end of the stamping, however often it is asked for; the task ends with a final copy that is filed.
 */
export async function followFinalCopies(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly endedAt: Date; readonly copies: readonly CopyNow[] },
  actorId: string | null,
): Promise<void> {
  const { requestId } = of;
  const key = { kind: bringTask, subjectKey: requestId };
  if ((await readFinalCopies(tx, requestId)).some(({ state }) => state === "filed")) {
    await endTasks(tx, env, key, { state: "done", actorId });
    return;
  }
  const loaded = await loadRequest(tx, requestId);
  const { row } = loaded;
  const { finalCopyWithin: days } = await readSettings(tx, env.clock.now());
  const makesRights = row.document_class !== null && classIn(loaded.facts.classes, row.document_class).makesRights;
  if (!asksForFinalCopy({ makesRights, days, copies: of.copies })) {
    await endTasks(tx, env, key, { state: "cancelled", actorId });
    return;
  }
  const place = await readPlaceInTime(tx, row.entity_id ?? "");
  await openTask(tx, env, {
    ...{ ...key, entityId: row.entity_id, facts: { subject: row.number }, actorId: null },
    assigneeId: row.handler_id ?? row.applicant_id,
    dueAt: addPeriod(of.endedAt.getTime(), { unit: "days", count: days }, place),
  });
}
