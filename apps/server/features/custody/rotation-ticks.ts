import { endOfDay } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { type RotationStand, readRotation } from "./rotation.ts";

/** A rotation that falls due is a task for who runs the seals; one that is overdue opens a finding (C15). Each once. */
export async function tellDueRotations(env: Environment): Promise<void> {
  const due = (await readRotation(env.db, env)).filter((stand) => stand.state !== "fine");
  await endRelieved(env, new Set(due.map(keyOf)));
  for (const stand of due) {
    await openOnce(env, "tasks", "plan-rotation", stand);
    if (stand.state === "overdue") await openOnce(env, "findings", "rotation.overdue", stand);
  }
}

const keyOf = ({ seal, personId, dueOn }: RotationStand): string => `${seal.seal_id} ${personId} ${dueOn}`;

/** The task ends by what it asks for, and by nobody's word: the custodian was relieved, or nothing is due any more. */
async function endRelieved(env: Environment, due: ReadonlySet<string>): Promise<void> {
  const open = await env.db
    .selectFrom("tasks")
    .select("subject_key")
    .where("kind", "=", "plan-rotation")
    .where("state", "=", "open")
    .execute();
  const over = open.map((one) => one.subject_key).filter((key) => !due.has(key));
  if (over.length === 0) return;
  await transact(env.db, (tx) =>
    endTasks(tx, env, { kind: "plan-rotation", subjectKey: over }, { state: "done", actorId: null }),
  );
}

async function openOnce(
  env: Environment,
  table: "tasks" | "findings",
  kind: "plan-rotation" | "rotation.overdue",
  stand: RotationStand,
): Promise<void> {
  const { seal, personId, dueOn } = stand;
  const subjectKey = keyOf(stand);
  const told =
    table === "tasks"
      ? env.db
          .selectFrom("tasks")
          .select("task_id as id")
          .where("kind", "=", kind)
          .where("subject_key", "=", subjectKey)
      : env.db
          .selectFrom("findings")
          .select("finding_id as id")
          .where("source", "=", kind)
          .where("subject_key", "=", subjectKey);
  if (await told.executeTakeFirst()) return;
  const about = { entityId: seal.entity_id, sealId: seal.seal_id, personId, facts: { dueOn }, actorId: null };
  await transact(env.db, async (tx) => {
    const { timeZone } = await readPlaceInTime(tx, seal.entity_id);
    const dueAt = endOfDay(dueOn, timeZone);
    if (table === "tasks")
      await openTask(tx, env, { kind, subjectKey, ...about, assigneeRole: "seal-administrator", dueAt });
    else await openFinding(tx, env, { control: "C15", source: kind, subjectKey, ...about });
  });
}
