import type { ControlId } from "@chancery/domain";
import { sql } from "kysely";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { openFinding } from "../tasks/open-finding.ts";

const sourceOf: Readonly<Record<string, { readonly control: ControlId; readonly source: string }>> = {
  "finish-stamping": { control: "C09", source: "stamping.open-late" },
  "confirm-stamping": { control: "C04", source: "stamping.confirmation-late" },
  "look-at-photos": { control: "C04", source: "stamping.confirmation-late" },
  "rule-impression": { control: "C09", source: "stamping.unknown-late" },
  "review-emergency": { control: "C02", source: "emergency.review-late" },
  "account-copies": { control: "C19", source: "copies.unaccounted" },
  "bring-final-copy": { control: "C19", source: "final-copy.late" },
  "review-final-copy": { control: "C17", source: "final-copy.review-late" },
};

/**
 * A stamping that stays open, photos that nobody has looked at in time, impressions that two people have not decided, stamped
 * copies of which nobody says where they went, emergencies that nobody reviews, and final copies that do not come back or that nobody reviews open a finding each
 * (C02, C04, C09, C17, C19).
 */
export async function alarmLateStampings(env: Environment): Promise<void> {
  const now = env.clock.now();
  const late = await env.db
    .selectFrom("tasks as t")
    .select(["t.kind", "t.subject_key", "t.entity_id", "t.seal_id", "t.assignee_id", "t.facts"])
    .where("t.kind", "in", Object.keys(sourceOf))
    .where("t.state", "=", "open")
    .where("t.due_at", "<", new Date(now))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("findings as f")
            .select("f.finding_id")
            .where(
              "f.source",
              "in",
              Object.values(sourceOf).map(({ source }) => source),
            )
            .where(sql<boolean>`f.subject_key = t.kind || ' ' || t.subject_key`),
        ),
      ),
    )
    .execute();
  for (const task of late) {
    const of = sourceOf[task.kind];
    if (!of) continue;
    await transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ ...of, subjectKey: `${task.kind} ${task.subject_key}`, entityId: task.entity_id, sealId: task.seal_id },
        ...{ personId: task.assignee_id, actorId: null },
        facts: { subject: String((task.facts as { subject?: unknown }).subject ?? "") },
      }),
    );
  }
}
