import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import type { MatterRow } from "../matters/store.ts";
import { openTask } from "../tasks/open-task.ts";
import type { SealRow } from "./store.ts";

/** Once the new one is in use the old one has to go: two seals of one face are never used side by side for long. */
export async function openStopOfReplaced(tx: Tx, env: Environment, row: MatterRow, seal: SealRow): Promise<void> {
  if (seal.replaces_seal_id === null) return;
  const old = await tx
    .selectFrom("seals")
    .select(["seal_id", "number"])
    .where("seal_id", "=", seal.replaces_seal_id)
    .executeTakeFirstOrThrow();
  await openTask(tx, env, {
    ...{ kind: "replaced-stop", subjectKey: old.seal_id, entityId: row.entity_id, sealId: old.seal_id },
    ...{ matterId: row.matter_id, assigneeRole: "seal-administrator", facts: { sealNumber: old.number } },
    ...{ dueAt: null, actorId: null },
  });
  await followLodgings(tx, env, [old.seal_id], { actorId: null, matterId: row.matter_id });
}
