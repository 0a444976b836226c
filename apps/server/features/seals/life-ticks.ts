import { LOSS_TASKS } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { withdrawalKind } from "../lodgings/open-withdrawals.ts";
import { openFinding } from "../tasks/open-finding.ts";

/** Clocks of a seal's end whose running out is a finding: a dead seal that lies about, its card at a bank, a loss not reported. */
const sources: Readonly<Record<string, string>> = {
  surrender: "life.surrender-overdue",
  [withdrawalKind]: "life.specimen-overdue",
  ...Object.fromEntries(LOSS_TASKS.map((kind) => [kind, "life.loss-overdue"])),
};

/** A stopped seal not handed in by its day, a card not withdrawn, or a step of a loss not taken, opens a finding once (C10). */
export async function alarmOverdueEnds(env: Environment): Promise<void> {
  const late = await env.db
    .selectFrom("tasks")
    .select(["task_id", "kind", "entity_id", "seal_id", "body_id"])
    .where("state", "=", "open")
    .where("kind", "in", Object.keys(sources))
    .where("due_at", "<", new Date(env.clock.now()))
    .execute();
  for (const row of late) {
    const source = sources[row.kind] ?? "life.loss-overdue";
    const told = await env.db
      .selectFrom("findings")
      .select("finding_id")
      .where("source", "=", source)
      .where("subject_key", "=", row.task_id)
      .executeTakeFirst();
    if (told) continue;
    await transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ control: "C10", source, subjectKey: row.task_id, entityId: row.entity_id, sealId: row.seal_id },
        ...{ bodyId: row.body_id, facts: { task: row.kind }, actorId: null },
      }),
    );
  }
}
