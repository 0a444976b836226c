import { addPeriod, joinHalves } from "@chancery/domain";
import { sql } from "kysely";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { lockTaskKey, readLocksOf } from "../custody/locks.ts";
import { listFormsInHand } from "../forms/forms-in-hand.ts";
import type { MatterRow } from "../matters/store.ts";
import { listTasksOfRequests } from "../requests/leaver-requests.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { endTasks, openTasks, type TaskToOpen } from "../tasks/open-task.ts";
import { readAbsentNow } from "./absences.ts";

/** What of an absence asks for: its locks and seals come to others meanwhile, and are his again when he is back. */
const ofAbsence = ["change-lock", "bring-back"];

/**
 * What somebody who leaves his post takes along in his head or his bag (C13, C24): each key and code he has is changed or
 * given to another, each seal he has out and, where he goes for good, each form in his hand is brought back; the office
 * that runs the seals sees to it.
 */
export async function openTasksOfLeaver(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  goes: "for-good" | "keeps-forms",
): Promise<void> {
  const personId = row.person_id ?? "";
  const now = env.clock.now();
  const { custodianChangeReportWithin: count } = await readSettings(tx, now);
  const dueAt = addPeriod(now, { unit: "working-days", count }, await readPlaceInTime(tx, row.entity_id));
  const of = {
    ...{ personId, matterId: row.matter_id, assigneeRole: "seal-administrator", dueAt, actorId: null },
  };
  // What was asked for while he was on leave is asked for anew, by what takes him away now.
  await endOfAbsence(tx, env, personId);
  const isGone = goes === "for-good";
  const forms = isGone ? await listFormsInHand(tx, personId) : [];
  const requests = isGone && row.kind === "person-departure" ? await listTasksOfRequests(tx, personId) : [];
  await openTasks(tx, env, [
    ...(await listLocks(tx, personId)).map((lock): TaskToOpen => ({ ...of, ...lock, kind: "change-lock" })),
    ...(await listTakeOuts(tx, personId)).map((out): TaskToOpen => ({ ...of, ...out, kind: "bring-back" })),
    ...forms.map((held): TaskToOpen => ({ ...of, ...held, kind: "take-back-forms" })),
    ...requests.map((asked): TaskToOpen => ({ ...of, ...asked })),
  ]);
}

/** Tasks that a leave opened, of this person. */
async function endOfAbsence(tx: Tx, env: Environment, personId: string): Promise<void> {
  const open = await tx
    .selectFrom("tasks as t")
    .innerJoin("matters as m", "m.matter_id", "t.matter_id")
    .select(["t.kind", "t.subject_key"])
    .where("t.kind", "in", ofAbsence)
    .where("t.state", "=", "open")
    .where("t.person_id", "=", personId)
    .where("m.kind", "=", "person-leave")
    .execute();
  for (const { kind, subject_key: subjectKey } of open)
    await endTasks(tx, env, { kind, subjectKey }, { state: "cancelled", actorId: null });
}

/** Who is back from leave holds his keys and seals himself again: nobody is asked for them any more. */
export async function endTasksOfTheReturned(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("tasks as t")
    .innerJoin("matters as m", "m.matter_id", "t.matter_id")
    .select("t.person_id")
    .distinct()
    .where("t.kind", "in", ofAbsence)
    .where("t.state", "=", "open")
    .where("m.kind", "=", "person-leave")
    .execute();
  if (rows.length === 0) return;
  const away = await readAbsentNow(env.db, env.clock.now());
  for (const { person_id: personId } of rows)
    if (personId !== null && !away.includes(personId)) await transact(env.db, (tx) => endOfAbsence(tx, env, personId));
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
    const name = joinHalves({ en: container.name_en, zh: container.name_zh });
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
    .where("ended_at", "is", null)
    .where(sql<boolean>`${personId} = any(escort)`)
    .execute();
  return rows.map((out) => ({
    ...{ subjectKey: out.matter_id, entityId: out.entity_id, sealId: out.seal_id, bodyId: out.body_id },
  }));
}
