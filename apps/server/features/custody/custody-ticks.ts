import { findOutAlarm } from "@chancery/domain";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { openTask } from "../tasks/open-task.ts";

/** Pieces in use that are in somebody's hand now, with the session that is open for each. */
function piecesInHand(env: Environment) {
  return env.db
    .selectFrom("custody_postings as p")
    .innerJoin("seal_bodies as b", "b.body_id", "p.body_id")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .leftJoin("custody_sessions as c", (join) =>
      join.onRef("c.body_id", "=", "p.body_id").on("c.closed_at", "is", null),
    )
    .select(["p.body_id", "p.at", "p.to_people", "b.seal_id", "s.entity_id", "c.until_at"])
    .where("p.book", "=", "place")
    .where("b.state", "in", ["in-use", "frozen"])
    .where(sql<number>`cardinality(p.to_people)`, "=", 1)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("custody_postings as next")
            .select(sql`1`.as("one"))
            .whereRef("next.body_id", "=", "p.body_id")
            .where("next.book", "=", "place")
            .whereRef("next.prev_seq", "=", "p.seq"),
        ),
      ),
    )
    .execute();
}

/** A piece out of its container beyond the minutes set, or with no session open, alarms: finding and task (C13). */
export async function alarmPiecesOut(env: Environment): Promise<void> {
  const now = env.clock.now();
  const { outOfContainerMost: minutes } = await readSettings(env.db, now);
  for (const row of await piecesInHand(env)) {
    const source = findOutAlarm(
      { outSince: row.at.getTime(), sessionUntil: row.until_at?.getTime() ?? null },
      now,
      minutes,
    );
    const holder = row.to_people[0];
    if (source === null || holder === undefined) continue;
    // One finding for each time it was out, however often the clock looks.
    const subjectKey = `${row.body_id} ${row.at.toISOString()}`;
    const told = await env.db
      .selectFrom("findings")
      .select("finding_id")
      .where("source", "=", source)
      .where("subject_key", "=", subjectKey)
      .executeTakeFirst();
    if (told) continue;
    await transact(env.db, async (tx) => {
      const about = { entityId: row.entity_id, sealId: row.seal_id, bodyId: row.body_id, personId: holder };
      await openFinding(tx, env, {
        ...{ control: "C13", source, subjectKey, ...about, facts: { minutes }, actorId: null },
      });
      await openTask(tx, env, {
        ...{ kind: "lock-away", subjectKey: row.body_id, ...about, assigneeId: holder, dueAt: now, actorId: null },
      });
    });
  }
}

/** A short handover past its last day opens a finding (C14), a take-out past its due time another (C13). */
export async function alarmOverdueReturns(env: Environment): Promise<void> {
  const now = new Date(env.clock.now());
  const short = await env.db
    .selectFrom("short_handovers as h")
    .innerJoin("matters as m", "m.matter_id", "h.matter_id")
    .select(["h.matter_id", "h.entity_id", "h.deputy_id", "m.seal_id"])
    .where("h.ended_at", "is", null)
    .where("h.due_at", "<", now)
    .execute();
  const away = await env.db
    .selectFrom("take_outs")
    .select(["matter_id", "entity_id", "seal_id", "body_id", "keeper_id", "due_at"])
    .where("ended_at", "is", null)
    .where("due_at", "<", now)
    .execute();
  const findings = [
    ...short.map((row) => ({
      ...{ control: "C14" as const, source: "short-handover.overdue", subjectKey: row.matter_id, bodyId: null },
      ...{ entityId: row.entity_id, sealId: row.seal_id, personId: row.deputy_id },
    })),
    ...away.map((row) => ({
      ...{ control: "C13" as const, source: "take-out.overdue", bodyId: row.body_id },
      // An extension that ran out as well is a new question.
      subjectKey: `${row.matter_id} ${row.due_at.toISOString()}`,
      ...{ entityId: row.entity_id, sealId: row.seal_id, personId: row.keeper_id },
    })),
  ];
  for (const finding of findings) {
    const told = await env.db
      .selectFrom("findings")
      .select("finding_id")
      .where("source", "=", finding.source)
      .where("subject_key", "=", finding.subjectKey)
      .executeTakeFirst();
    if (!told) await transact(env.db, (tx) => openFinding(tx, env, { ...finding, actorId: null }));
  }
}
