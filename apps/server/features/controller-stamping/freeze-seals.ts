import type { ChainState } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readBoxes } from "../controllers/read-box.ts";
import { changeSealState, decideForBodies } from "../seals/service.ts";
import { lockSeal } from "../seals/store.ts";
import { openFinding } from "../tasks/open-finding.ts";

/** Freezes a seal that is not frozen already; somebody who had no part in it unfreezes it. */
export async function freezeSealOf(tx: Tx, env: Environment, sealId: string, reason: string): Promise<void> {
  const decided = await decideForBodies(tx, env, await lockSeal(tx, sealId), "freeze", "");
  if (decided.ok) await changeSealState(tx, env, sealId, "freeze", { actorId: null, reason });
}

/** A box pressed without a right to, or its counter moved without a record: the seals in it are frozen at once (C01, C18). */
export async function freezeMounted(tx: Tx, env: Environment, chain: ChainState, slot: number | null): Promise<void> {
  const [box] = await readBoxes(tx, [chain.dev]);
  if (!box) return;
  const inIt = box.mounted.filter((one) => slot === null || one.slot === slot);
  const rows = await tx
    .selectFrom("seal_bodies")
    .select(["seal_id", "body_id"])
    .where("body_id", "in", ["", ...inIt.map(({ bodyId }) => bodyId)])
    .orderBy("seal_id")
    .execute();
  for (const { seal_id: sealId, body_id: bodyId } of rows) {
    await freezeSealOf(tx, env, sealId, `${box.serial}: without an authorisation / 无授权盖章`);
    await openFinding(tx, env, {
      ...{
        control: "C01",
        source: "stamping.without-authorisation",
        subjectKey: `${chain.dev} ${bodyId} ${chain.last}`,
      },
      ...{
        entityId: box.entityId,
        sealId,
        bodyId,
        actorId: null,
        facts: { serial: box.serial, controller: chain.dev },
      },
    });
  }
}
