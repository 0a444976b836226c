import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { type LedgerFacts, recordEvents } from "../ledger/record-event.ts";

export interface TaskToOpen {
  /** A key of the domain's messages under `task.`: what is to be done, and how. */
  kind: string;
  /** What makes the task one of a kind: a second one for the same subject is not opened while the first is open. */
  subjectKey: string;
  entityId?: string | null;
  unitId?: string | null;
  sealId?: string | null;
  bodyId?: string | null;
  personId?: string | null;
  matterId?: string | null;
  assigneeId?: string | null;
  assigneeRole?: string | null;
  facts?: LedgerFacts;
  /** When its clock runs out, epoch milliseconds. */
  dueAt: number | null;
  actorId: string | null;
}

/** Opens a task with its clock; answers null where the same task is open already. */
export async function openTask(tx: Tx, env: Environment, task: TaskToOpen): Promise<{ taskId: string } | null> {
  const [taskId] = await openTasks(tx, env, [task]);
  return taskId === undefined ? null : { taskId };
}

/** Opens several tasks; answers those that were not open already. */
export async function openTasks(tx: Tx, env: Environment, tasks: readonly TaskToOpen[]): Promise<string[]> {
  if (tasks.length === 0) return [];
  const now = env.clock.now();
  const wanted = tasks.map((task) => ({ task, taskId: newId("task", now) }));
  const made = await tx
    .insertInto("tasks")
    .values(
      wanted.map(({ task, taskId }) => ({
        task_id: taskId,
        kind: task.kind,
        state: "open" as const,
        entity_id: task.entityId ?? null,
        unit_id: task.unitId ?? null,
        seal_id: task.sealId ?? null,
        body_id: task.bodyId ?? null,
        person_id: task.personId ?? null,
        matter_id: task.matterId ?? null,
        assignee_id: task.assigneeId ?? null,
        assignee_role: task.assigneeRole ?? null,
        subject_key: task.subjectKey,
        facts: JSON.stringify(task.facts ?? {}),
        due_at: task.dueAt === null ? null : new Date(task.dueAt),
        opened_at: new Date(now),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["kind", "subject_key"]).where("state", "=", sql.lit("open")).doNothing(),
    )
    .returning("task_id")
    .execute();
  const opened = new Set(made.map((row) => row.task_id));
  const fresh = wanted.filter(({ taskId }) => opened.has(taskId));
  await recordEvents(
    tx,
    env,
    fresh.map(({ task, taskId }) => ({
      type: "TaskOpened",
      actorId: task.actorId,
      sealId: task.sealId ?? null,
      personId: task.personId ?? null,
      matterId: task.matterId ?? null,
      facts: { task: taskId, kind: task.kind, dueAt: task.dueAt === null ? null : new Date(task.dueAt).toISOString() },
    })),
  );
  return fresh.map(({ taskId }) => taskId);
}

/** Ends what was asked of one piece: it can not be done any more. */
export async function endTasksOfPiece(
  tx: Tx,
  env: Environment,
  kind: string,
  bodyId: string,
  actorId: string,
): Promise<void> {
  const open = await tx
    .selectFrom("tasks")
    .select("subject_key")
    .where("kind", "=", kind)
    .where("body_id", "=", bodyId)
    .where("state", "=", "open")
    .execute();
  const subjectKey = open.map((row) => row.subject_key);
  await endTasks(tx, env, { kind, subjectKey }, { state: "cancelled", actorId });
}

/** Ends open tasks of a kind on a subject: done by a person, or no longer needed. */
export async function endTasks(
  tx: Tx,
  env: Environment,
  which: { kind: string; subjectKey: string | readonly string[] },
  end: { state: "done" | "cancelled"; actorId: string | null; note?: string; evidenceId?: string | null },
): Promise<number> {
  const keys = typeof which.subjectKey === "string" ? [which.subjectKey] : which.subjectKey;
  if (keys.length === 0) return 0;
  const rows = await tx
    .updateTable("tasks")
    .set({
      state: end.state,
      ended_at: new Date(env.clock.now()),
      ended_by: end.actorId,
      note: end.note ?? null,
      evidence_id: end.evidenceId ?? null,
    })
    .where("kind", "=", which.kind)
    .where("subject_key", "in", keys)
    .where("state", "=", "open")
    .returning(["task_id", "seal_id", "person_id", "matter_id"])
    .execute();
  await recordEvents(
    tx,
    env,
    rows.map((row) => ({
      type: end.state === "done" ? ("TaskCompleted" as const) : ("TaskCancelled" as const),
      actorId: end.actorId,
      sealId: row.seal_id,
      personId: row.person_id,
      matterId: row.matter_id,
      facts: { task: row.task_id, kind: which.kind, evidence: end.evidenceId ?? null },
      comment: end.note ?? null,
    })),
  );
  return rows.length;
}
