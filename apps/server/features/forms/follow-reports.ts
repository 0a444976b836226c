import { mergeRanges, writeFormRanges } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";
import { holdSeries, labelOf } from "./series.ts";
import { findConfirmers, readConfirmationDue } from "./sheet-confirmers.ts";

/**
 * A report that waits is a task of whoever confirms it now: of another keeper once there is one, and of those who watch the forms once
 * the keeper cannot, or has let the time pass (C05).
 */
export async function handOnReports(env: Environment): Promise<void> {
  const waiting = await env.db.selectFrom("sheet_reports").selectAll().where("state", "=", "waiting").execute();
  for (const { report_id: reportId, series_id: seriesId } of waiting)
    await transact(env.db, async (tx) => {
      const series = await holdSeries(tx, seriesId);
      const report = await tx
        .selectFrom("sheet_reports")
        .selectAll()
        .where("report_id", "=", reportId)
        .where("state", "=", "waiting")
        .executeTakeFirst();
      const task = await tx
        .selectFrom("tasks")
        .select(["assignee_id", "assignee_role"])
        .where("kind", "=", "confirm-sheets")
        .where("subject_key", "=", reportId)
        .where("state", "=", "open")
        .executeTakeFirst();
      if (!report) return;
      const asked = await findConfirmers(tx, env, series, report);
      const is = task && ("assigneeId" in asked ? task.assignee_id === asked.assigneeId : task.assignee_id === null);
      if (is) return;
      await endTasks(tx, env, { kind: "confirm-sheets", subjectKey: reportId }, { state: "cancelled", actorId: null });
      const ranges = report.numbers.map((number) => ({ first: Number(number), last: Number(number) }));
      await openTask(tx, env, {
        ...{ kind: "confirm-sheets", subjectKey: reportId, entityId: series.entity_id, actorId: null, ...asked },
        facts: { range: writeFormRanges(series, mergeRanges(ranges)), series: labelOf(series) },
        dueAt: await readConfirmationDue(tx, series.entity_id, new Date(env.clock.now())),
      });
    });
}
