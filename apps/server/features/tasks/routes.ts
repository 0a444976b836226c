import { refuse, TASKS_OF_AN_ACT, TASKS_WITH_EVIDENCE } from "@chancery/domain";
import type { Handlers } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { withdrawalKind } from "../lodgings/open-withdrawals.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { endTasks } from "./open-task.ts";
import { listFindings, listTasks, requireMayDo, watches } from "./read-model.ts";

type Mine = "GET /v1/tasks" | "POST /v1/tasks/:taskId/done" | "GET /v1/findings" | "POST /v1/findings/:findingId/close";

export function taskHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/tasks": ({ query }, call) => listTasks(env, call.person().personId, query),
    "POST /v1/tasks/:taskId/done": async ({ params, body }, call) => {
      const { personId } = call.person();
      if (body.evidenceId) await requireSeesEvidence(env, personId, body.evidenceId);
      await transact(env.db, async (tx) => {
        const row = await tx
          .selectFrom("tasks")
          .selectAll()
          .where("task_id", "=", params.taskId)
          .forUpdate()
          .executeTakeFirst();
        if (!row || !(await requireMayDo(env, personId, row))) throw problems.notFound();
        if (row.state !== "open") throw problems.changedMeanwhile();
        // A lodged specimen is withdrawn where it is recorded, and its task with it.
        if (row.kind === withdrawalKind) throw refusedBy([refuse("lodging.withdraw-there", {}, "C10")]);
        if (TASKS_OF_AN_ACT.includes(row.kind)) throw refusedBy([refuse("task.of-an-act", {})]);
        if (body.evidenceId === null && TASKS_WITH_EVIDENCE.includes(row.kind))
          throw refusedBy([refuse("task.evidence-wanted", {}, "C09")]);
        await endTasks(
          tx,
          env,
          { kind: row.kind, subjectKey: row.subject_key },
          { state: "done", actorId: personId, note: body.note, evidenceId: body.evidenceId },
        );
      });
      return { done: true };
    },
    "GET /v1/findings": ({ query }, call) => listFindings(env, call.person().personId, query),
    "POST /v1/findings/:findingId/close": async ({ params, body }, call) => {
      const { personId } = call.person();
      await transact(env.db, async (tx) => {
        const row = await tx
          .selectFrom("findings")
          .selectAll()
          .where("finding_id", "=", params.findingId)
          .forUpdate()
          .executeTakeFirst();
        const grants = await readGrantsInForce(tx, env.clock.now(), { personId });
        if (!row || !watches(grants, row.entity_id)) throw problems.notFound();
        if (row.state !== "open") throw problems.changedMeanwhile();
        // Nobody closes what was found about himself or a seal he holds.
        const own =
          row.person_id === personId ||
          (row.seal_id !== null &&
            grants.some((grant) => grant.scope.kind === "seal" && grant.scope.id === row.seal_id));
        if (own) throw refusedBy([refuse("finding.own", {}, "C11")]);
        await tx
          .updateTable("findings")
          .set({ state: "closed", closed_at: new Date(env.clock.now()), closed_by: personId, closing_note: body.note })
          .where("finding_id", "=", params.findingId)
          .execute();
        await recordEvent(tx, env, {
          type: "FindingClosed",
          actorId: personId,
          sealId: row.seal_id,
          personId: row.person_id,
          facts: { finding: row.finding_id, control: row.control },
          comment: body.note,
        });
      });
      return { done: true };
    },
  };
}
