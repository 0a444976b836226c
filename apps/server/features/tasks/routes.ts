import { refuse } from "@chancery/domain";
import type { Handlers } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { readAlarmHindrances } from "../alarms/finding-hindrance.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { followClosedCase } from "../stamping/rule-impression.ts";
import { completeTask } from "./complete-task.ts";
import { endExplanation, hindranceOf, readExplanations } from "./open-case.ts";
import { listFindings, listTasks, sealsHeld, watches } from "./read-model.ts";

type Mine = "GET /v1/tasks" | "POST /v1/tasks/:taskId/done" | "GET /v1/findings" | "POST /v1/findings/:findingId/close";

export function taskHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/tasks": ({ query }, call) => listTasks(env, call.person().personId, query),
    "POST /v1/tasks/:taskId/done": async ({ params, body }, call) => {
      await completeTask(env, call.person().personId, { ...params, ...body });
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
        const own = row.person_id === personId || (row.seal_id !== null && sealsHeld(grants).has(row.seal_id));
        const explanation = (await readExplanations(tx, [row.finding_id])).get(row.finding_id);
        const alarmed = await readAlarmHindrances(tx, [row.finding_id]);
        const hindrance = own
          ? "own"
          : (alarmed(row.finding_id, personId, sealsHeld(grants)) ??
            hindranceOf(explanation, personId, env.clock.now()));
        if (hindrance !== null) throw refusedBy([refuse(`finding.${hindrance}`, {}, "C11")]);
        await endExplanation(tx, env, row.finding_id, personId);
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
        await followClosedCase(tx, env, row, personId);
      });
      return { done: true };
    },
  };
}
