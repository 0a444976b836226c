import { refuse, TASKS_ENDED_BY_WORD, TASKS_WITH_EVIDENCE, TASKS_WITH_WORDS } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { withdrawalKind } from "../lodgings/open-withdrawals.ts";
import { endTasks } from "./open-task.ts";
import { requireMayDo } from "./read-model.ts";

/** Somebody says that a task of his is done, where nothing here can see that it is. */
export async function completeTask(
  env: Environment,
  personId: string,
  done: { readonly taskId: string; readonly note: string; readonly evidenceId: string | null },
): Promise<void> {
  const { taskId, note, evidenceId } = done;
  if (evidenceId) await requireSeesEvidence(env, personId, evidenceId);
  await transact(env.db, async (tx) => {
    const row = await tx.selectFrom("tasks").selectAll().where("task_id", "=", taskId).forUpdate().executeTakeFirst();
    if (!row || !(await requireMayDo(env, personId, row))) throw problems.notFound();
    if (row.state !== "open") throw problems.changedMeanwhile();
    // A lodged specimen is withdrawn where it is recorded, and its task with it.
    if (row.kind === withdrawalKind) throw refusedBy([refuse("lodging.withdraw-there", {}, "C10")]);
    if (!TASKS_ENDED_BY_WORD.includes(row.kind)) throw refusedBy([refuse("task.of-an-act", {})]);
    if (evidenceId === null && TASKS_WITH_EVIDENCE.includes(row.kind))
      throw refusedBy([refuse("task.evidence-wanted", {}, "C09")]);
    if (note === "" && TASKS_WITH_WORDS.includes(row.kind)) throw refusedBy([refuse("task.words-wanted", {}, "C09")]);
    await endTasks(
      tx,
      env,
      { kind: row.kind, subjectKey: row.subject_key },
      { state: "done", actorId: personId, note, evidenceId },
    );
  });
}
