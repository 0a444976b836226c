import { addPeriod } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { lockTaskKey, readLocksOf } from "../custody/locks.ts";
import { listFormsInHand } from "../forms/forms-in-hand.ts";
import type { MatterRow } from "../matters/store.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTasks, type TaskToOpen } from "../tasks/open-task.ts";

/**
 * What somebody who leaves his post takes along in his head or his bag (C13, C24): each key and code he has is changed,
 * each seal he has out and each form in his hand is brought back; the office that runs the seals sees to it.
 */
export async function openTasksOfLeaver(tx: Tx, env: Environment, row: MatterRow): Promise<void> {
  const personId = row.person_id ?? "";
  const now = env.clock.now();
  const { custodianChangeReportWithin: count } = await readSettings(tx, now);
  const dueAt = addPeriod(now, { unit: "working-days", count }, await readPlaceInTime(tx, row.entity_id));
  const of = {
    ...{ personId, matterId: row.matter_id, assigneeRole: "seal-administrator", dueAt, actorId: null },
  };
  await openTasks(tx, env, [
    ...(await listLocks(tx, personId)).map((lock): TaskToOpen => ({ ...of, ...lock, kind: "change-lock" })),
    ...(await listTakeOuts(tx, personId)).map((out): TaskToOpen => ({ ...of, ...out, kind: "bring-back" })),
    ...(await listFormsInHand(tx, personId)).map((forms): TaskToOpen => ({ ...of, ...forms, kind: "take-back-forms" })),
  ]);
}

async function listLocks(tx: Tx, personId: string) {
  const locks = await readLocksOf(tx, personId);
  if (locks.length === 0) return [];
  const containers = await tx
    .selectFrom("containers")
    .select(["container_id", "entity_id", "name_en", "name_zh"])
    .where(
      "container_id",
      "in",
      locks.map((lock) => lock.containerId),
    )
    .execute();
  return locks.flatMap((lock) => {
    const container = containers.find((one) => one.container_id === lock.containerId);
    if (!container) return [];
    const name = [...new Set([container.name_en, container.name_zh])].join(" · ");
    return [
      {
        ...{ subjectKey: lockTaskKey(lock.lockId, personId), entityId: container.entity_id },
        facts: { lock: lock.label, container: name },
      },
    ];
  });
}

async function listTakeOuts(tx: Tx, personId: string) {
  const rows = await tx
    .selectFrom("take_outs")
    .select(["matter_id", "entity_id", "seal_id", "body_id"])
    .where("returned_at", "is", null)
    .where(sql<boolean>`${personId} = any(escort)`)
    .execute();
  return rows.map((out) => ({
    ...{ subjectKey: out.matter_id, entityId: out.entity_id, sealId: out.seal_id, bodyId: out.body_id },
  }));
}
