import { addMonths } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { openCheck } from "./open-check.ts";

/** Storage checks begin by the calendar; a piece nobody answered for in time is a finding (C13). */
export async function turnStorageChecks(env: Environment): Promise<void> {
  await openDueChecks(env);
  await tellUnanswered(env);
}

/**
 * A piece is due when it was neither entered nor looked at, in whatever check, within the months set for its importance. All that are due
 * in an entity are asked for together, once the last check that fell due is closed.
 */
async function openDueChecks(env: Environment): Promise<void> {
  const now = env.clock.now();
  const { storageCheckEvery, storageCheckOthersEvery } = await readSettings(env.db, now);
  const rows = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .leftJoin("storage_check_items as i", "i.body_id", "b.body_id")
    .select((eb) => [
      "b.body_id",
      "b.created_at",
      "s.entity_id",
      "s.important",
      "e.time_zone",
      eb.fn.max("i.answered_at").as("seen_at"),
    ])
    .where("b.kind", "=", "physical")
    .where("b.state", "in", ["in-use", "frozen"])
    .groupBy(["b.body_id", "b.created_at", "s.entity_id", "s.important", "e.time_zone"])
    .execute();
  const due = rows.filter((row) => {
    const seen = dayIn(row.time_zone, (row.seen_at ?? row.created_at).getTime());
    return dayIn(row.time_zone, now) >= addMonths(seen, row.important ? storageCheckEvery : storageCheckOthersEvery);
  });
  const open = await env.db
    .selectFrom("storage_checks")
    .select("entity_id")
    .where("kind", "=", "storage")
    .where("closed_at", "is", null)
    .execute();
  for (const [entityId, pieces] of Map.groupBy(due, (row) => row.entity_id)) {
    if (open.some((one) => one.entity_id === entityId)) continue;
    const only = pieces.map((row) => row.body_id);
    await openCheck(env, { entityId, kind: "storage", count: only.length, openedBy: null, only });
  }
}

async function tellUnanswered(env: Environment): Promise<void> {
  const late = await env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select(["i.check_id", "i.body_id", "i.seal_id", "c.entity_id"])
    .where("i.answered_at", "is", null)
    .where("c.due_at", "<", new Date(env.clock.now()))
    .execute();
  for (const row of late) {
    const subjectKey = `${row.check_id} ${row.body_id}`;
    const told = await env.db
      .selectFrom("findings")
      .select("finding_id")
      .where("source", "=", "check.unanswered")
      .where("subject_key", "=", subjectKey)
      .executeTakeFirst();
    if (told) continue;
    await transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ control: "C13", source: "check.unanswered", subjectKey, entityId: row.entity_id },
        ...{ sealId: row.seal_id, bodyId: row.body_id, facts: { check: row.check_id }, actorId: null },
      }),
    );
  }
}
