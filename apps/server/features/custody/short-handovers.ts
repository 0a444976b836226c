import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { endTasks } from "../tasks/open-task.ts";

/** Short handovers that have not come back, of these bodies. */
export async function readOpenShortHandovers(reader: Reader, bodyIds: readonly string[]) {
  if (bodyIds.length === 0) return [];
  const rows = await reader.selectFrom("short_handovers").selectAll().where("ended_at", "is", null).execute();
  return rows.filter((row) => row.body_ids.some((bodyId) => bodyIds.includes(bodyId)));
}

/** The tag under which each of these bodies lies for a short handover; null for one that lies under none. */
export async function readTags(
  reader: Reader,
  bodyIds: readonly string[],
): Promise<(bodyId: string | null) => string | null> {
  const open = await readOpenShortHandovers(reader, bodyIds);
  return (bodyId) => open.find((row) => row.body_ids.includes(bodyId ?? ""))?.tag ?? null;
}

/** Ends one: it came back, or custody went on in full. */
export async function endShortHandover(
  tx: Tx,
  env: Environment,
  matterId: string,
  by: { matterId: string; actorId: string | null },
): Promise<void> {
  await tx
    .updateTable("short_handovers")
    .set({ ended_at: new Date(env.clock.now()), ended_by_matter: by.matterId })
    .where("matter_id", "=", matterId)
    .where("ended_at", "is", null)
    .execute();
  await endTasks(tx, env, { kind: "short-return", subjectKey: matterId }, { state: "done", actorId: by.actorId });
  // It is over: what its witness heard at the beginning is asked no more.
  const witness = { kind: "witness-short-handover", subjectKey: matterId };
  await endTasks(tx, env, witness, { state: "cancelled", actorId: by.actorId });
}

/** A full handover settles what a short one left open for the same bodies. */
export async function endShortHandoversOf(
  tx: Tx,
  env: Environment,
  bodyIds: readonly string[],
  matterId: string,
  actorId: string | null,
): Promise<void> {
  for (const row of await readOpenShortHandovers(tx, bodyIds))
    await endShortHandover(tx, env, row.matter_id, { matterId, actorId });
}
