import { decideRequest } from "@chancery/domain";
import type { ChainState } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { readBoxes } from "../controllers/read-box.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { changeSealState, decideForBodies } from "../seals/service.ts";
import { lockSeal } from "../seals/store.ts";
import { openFinding } from "../tasks/open-finding.ts";

/** Freezes a seal that is not frozen already; somebody who had no part in it unfreezes it. */
export async function freezeSealOf(tx: Tx, env: Environment, sealId: string, reason: string): Promise<void> {
  const decided = await decideForBodies(tx, env, await lockSeal(tx, sealId), "freeze", "");
  if (decided.ok) await changeSealState(tx, env, sealId, "freeze", { actorId: null, reason });
}

/** Freezes the request that more was pressed for than was authorised: people say what there is on paper. */
export async function freezeRequest(
  tx: Tx,
  env: Environment,
  row: {
    readonly request_id: string;
    readonly state: Parameters<typeof decideRequest>[0];
    readonly number: string | null;
    readonly version: number;
  },
): Promise<void> {
  const frozen = decideRequest(row.state, "freeze");
  if (!frozen.ok) return;
  await recordEvent(tx, env, {
    ...{ type: "SealUseFrozen", actorId: null, requestId: row.request_id, facts: { number: row.number } },
  });
  await tx
    .updateTable("seal_use_requests")
    .set({ state: frozen.events[0]?.to ?? "frozen", updated_at: new Date(env.clock.now()), version: row.version + 1 })
    .where("request_id", "=", row.request_id)
    .execute();
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
