import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { SealRow } from "../seals/store.ts";
import { endTasks, openTask } from "../tasks/open-task.ts";

/** The seal of somebody who is away is to be handed over; and the same where nobody is fit to take it. */
export const forcedHandover = "forced-handover";
export const nobodyFit = "forced-handover-nobody-fit";
export const forcedHandoverKinds = [forcedHandover, nobodyFit] as const;
export const forcedHandoverKey = (sealId: string, personId: string): string => `${sealId} ${personId}`;
/** A frozen seal that is kept again by somebody who is there. */
export const unfreezeTask = "unfreeze-seal";

/** Ends the tasks for these seals of one person, however they stand; answers how many there were. */
export async function endForcedHandovers(
  tx: Tx,
  env: Environment,
  of: { personId: string; sealIds: readonly string[] },
  end: { state: "done" | "cancelled"; actorId: string | null; note?: string },
): Promise<void> {
  const subjectKey = of.sealIds.map((sealId) => forcedHandoverKey(sealId, of.personId));
  for (const kind of forcedHandoverKinds) await endTasks(tx, env, { kind, subjectKey }, end);
}

/** Of these seals those whose handover was forced, by a task that is open or that ended in the matter of this number. */
export async function listForced(
  reader: Reader,
  personId: string,
  sealIds: readonly string[],
  number: string | null,
): Promise<string[]> {
  const rows = await reader
    .selectFrom("tasks")
    .select("seal_id")
    .where("kind", "in", [...forcedHandoverKinds])
    .where("subject_key", "in", ["", ...sealIds.map((sealId) => forcedHandoverKey(sealId, personId))])
    .where((eb) => eb.or([eb("state", "=", "open"), eb("note", "=", number ?? "")]))
    .execute();
  return [...new Set(rows.flatMap((row) => row.seal_id ?? []))];
}

/** Opens the task again for a handover that came to nothing; `tried` is its number. */
export async function reopenForcedHandovers(
  tx: Tx,
  env: Environment,
  personId: string,
  seals: readonly SealRow[],
  tried: string,
): Promise<void> {
  const former = await tx
    .selectFrom("tasks")
    .select(["seal_id", "matter_id", "due_at"])
    .where("kind", "in", [...forcedHandoverKinds])
    .where("person_id", "=", personId)
    .where("note", "=", tried)
    .execute();
  for (const seal of seals) {
    const task = former.find((one) => one.seal_id === seal.seal_id);
    if (!task) continue;
    await openTask(tx, env, {
      ...{ kind: forcedHandover, subjectKey: forcedHandoverKey(seal.seal_id, personId), entityId: seal.entity_id },
      ...{ sealId: seal.seal_id, personId, matterId: task.matter_id, assigneeRole: "seal-administrator" },
      ...{ facts: { sealNumber: seal.number, tried }, dueAt: task.due_at?.getTime() ?? null, actorId: null },
    });
  }
}

/** Asks for these seals to be looked at and unfrozen, as far as they are frozen. */
export async function askToUnfreeze(
  tx: Tx,
  env: Environment,
  seals: readonly SealRow[],
  by: { matterId: string; actorId: string | null },
): Promise<void> {
  for (const seal of seals.filter((one) => one.state === "frozen"))
    await openTask(tx, env, {
      ...{ kind: unfreezeTask, subjectKey: seal.seal_id, entityId: seal.entity_id, sealId: seal.seal_id },
      ...{ matterId: by.matterId, assigneeRole: "seal-administrator", facts: { sealNumber: seal.number } },
      ...{ dueAt: null, actorId: by.actorId },
    });
}
