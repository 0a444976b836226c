import type { Tx } from "../../platform/db.ts";
/** Stages lie apart, so that a reviewer can be put between two of them. */
export const stageGap = 1000;

/** When a step that begins now is overdue. */
export const dueAt = (hours: number | null, now: number): Date | null =>
  hours === null ? null : new Date(now + hours * 3_600_000);

/** Nobody decides any more on the steps of a round that are still open; what was agreed to stays as it was given. */
export async function voidOpenSteps(tx: Tx, requestId: string, round: number): Promise<void> {
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("request_id", "=", requestId)
    .where("round", "=", round)
    .where("state", "in", ["waiting", "current"])
    .execute();
}
