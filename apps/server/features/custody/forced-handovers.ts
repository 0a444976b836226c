import { causeOfPersonEvent, planRotation, type RotationMove, type RotationWanted } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { openMatterByItself } from "../matters/ask-matter.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { forcedHandoverKinds, nobodyFit } from "./forced-handover-tasks.ts";
import { prepareHandover } from "./prepare-handover.ts";
import { readRotationPlace } from "./rotation.ts";

/**
 * A seal whose custodian has gone is handed over by itself (C12, C14): the planner names a fit receiver and a witness, and
 * the handover stands open, waiting for its people. Where nobody is fit the task says so, and is looked at again each time.
 */
export async function openForcedHandovers(env: Environment): Promise<void> {
  const open = await env.db
    .selectFrom("tasks")
    .select("task_id")
    .where("kind", "in", [...forcedHandoverKinds])
    .where("state", "=", "open")
    .orderBy("task_id")
    .execute();
  for (const { task_id } of open) {
    try {
      await transact(env.db, (tx) => openForTask(tx, env, task_id));
    } catch (error) {
      // What the rules of a handover refuse now stays a task with its form.
      if (!(error instanceof ProblemError) || error.refusals.length === 0) throw error;
    }
  }
}

async function openForTask(tx: Tx, env: Environment, taskId: string): Promise<void> {
  const task = await tx
    .selectFrom("tasks as t")
    .leftJoin("matters as m", "m.matter_id", "t.matter_id")
    .select([
      "t.kind",
      "t.subject_key",
      "t.entity_id",
      "t.seal_id",
      "t.person_id",
      "t.matter_id",
      "t.facts",
      "t.due_at",
    ])
    .select(["m.kind as event", "m.asked_by"])
    .where("t.task_id", "=", taskId)
    .where("t.state", "=", "open")
    .forUpdate("t")
    .executeTakeFirst();
  if (!task?.entity_id || !task.seal_id || !task.person_id || (await isUnderWay(tx, task.seal_id))) return;
  // One that came to nothing was decided by people; the next one is theirs to ask for.
  if (task.facts.tried !== undefined) return;
  const about = { entityId: task.entity_id, sealId: task.seal_id, personId: task.person_id };
  const move = await findMove(tx, env, about.entityId, { ...about, dueOn: "" });
  const which = { kind: task.kind, subjectKey: task.subject_key };
  if (move === undefined) {
    if (task.kind === nobodyFit) return;
    await endTasks(tx, env, which, { state: "cancelled", actorId: null });
    await openTask(tx, env, {
      ...{ kind: nobodyFit, subjectKey: task.subject_key, ...about, matterId: task.matter_id },
      ...{ assigneeRole: "seal-administrator", facts: task.facts as { sealNumber: string } },
      ...{ dueAt: task.due_at?.getTime() ?? null, actorId: null },
    });
    return;
  }
  const asker = await findAsker(tx, env, about.entityId, task.asked_by, move);
  if (asker === undefined) return;
  const input = await prepareHandover(tx, about.entityId, move, {
    cause: causeOfPersonEvent(task.event),
    title: { en: "Custodian away", zh: "保管人离岗" },
    reason:
      "The custodian is away and the seal is frozen; the platform proposes who takes it over. Rule C14. · 保管人已离岗，印章已冻结；接收人由系统提出。规则 C14。",
  });
  const { number } = await openMatterByItself(tx, env, asker, "handover", input);
  await endTasks(tx, env, which, { state: "done", actorId: null, note: number });
}

/** Somebody opened one already, or something else holds a body of the seal. */
async function isUnderWay(tx: Tx, sealId: string): Promise<boolean> {
  const bodies = await tx.selectFrom("seal_bodies").select("body_id").where("seal_id", "=", sealId).execute();
  const row = await tx
    .selectFrom("matter_reservations")
    .select("matter_id")
    .where("subject", "in", ["", ...bodies.map((body) => `custody:${body.body_id}`)])
    .executeTakeFirst();
  return row !== undefined;
}

async function findMove(
  tx: Tx,
  env: Environment,
  entityId: string,
  wanted: RotationWanted,
): Promise<RotationMove | undefined> {
  const place = await readRotationPlace(tx, env, entityId);
  return planRotation({ ...place, wanted: [wanted] }).moves[0];
}

/** In whose name it is asked for: who asked for the leave or departure, else another seal administrator; none of the three. */
async function findAsker(
  tx: Tx,
  env: Environment,
  entityId: string,
  first: string | null,
  { leavingId, comingId, witnessId }: RotationMove,
): Promise<string | undefined> {
  const grants = await readGrantsInForce(tx, env.clock.now(), { entityId });
  const office = grants
    .filter(({ role, scope }) => role === "seal-administrator" && scope.kind === "entity")
    .map((grant) => grant.personId)
    .filter((one) => ![leavingId, comingId, witnessId].includes(one));
  return office.find((one) => one === first) ?? office[0];
}
