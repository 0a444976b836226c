import { endOfDay } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";

const kinds = ["stay-fit", "custodian-fitness-ends"] as const;

/**
 * Ends what reminds of a person's fitness: he has just done something for it, or has left. What is still missing is
 * reminded of anew by the next round of the clockwork.
 */
export async function endFitnessTasks(
  tx: Tx,
  env: Environment,
  personId: string,
  end: { state: "done" | "cancelled"; actorId: string | null } = { state: "done", actorId: personId },
): Promise<void> {
  const open = await tx
    .selectFrom("tasks")
    .select(["kind", "subject_key"])
    .where("kind", "in", [...kinds])
    .where("person_id", "=", personId)
    .where("state", "=", "open")
    .execute();
  for (const { kind, subject_key } of open) await endTasks(tx, env, { kind, subjectKey: subject_key }, end);
}

/** Reminds of the last day on which a custodian is fit: himself, or who runs the seals of the entity. */
export async function openFitnessTask(
  tx: Tx,
  env: Environment,
  kind: (typeof kinds)[number],
  about: { personId: string; entityId: string; lastFitDay: string },
): Promise<void> {
  const { personId, entityId, lastFitDay } = about;
  const { timeZone } = await readPlaceInTime(tx, entityId);
  await openTask(tx, env, {
    ...{ kind, subjectKey: `${personId} ${entityId} ${lastFitDay}`, entityId, personId },
    ...(kind === "stay-fit" ? { assigneeId: personId } : { assigneeRole: "seal-administrator" }),
    ...{ facts: { until: lastFitDay }, dueAt: endOfDay(lastFitDay, timeZone), actorId: null },
  });
}
