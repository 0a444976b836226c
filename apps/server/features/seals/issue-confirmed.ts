import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { getMatter } from "../matters/store.ts";
import { step } from "./make-seal.ts";
import { openStopOfReplaced } from "./replaced-seal.ts";
import { decideForBodies } from "./service.ts";
import { lockSeal, readBodies } from "./store.ts";

/**
 * Bodies whose approval put them in use as far as it could: they go in use once everybody who is named for them has
 * confirmed his position. Asked after each confirmation, and by the clock for positions that take force by themselves.
 */
export async function issueConfirmed(env: Environment): Promise<void> {
  const rows = await env.db
    .selectFrom("seal_bodies")
    .select(["seal_id", "body_id"])
    .where("goes_in_use", "=", true)
    .orderBy("seal_id")
    .orderBy("body_id")
    .execute();
  for (const { seal_id: sealId, body_id: bodyId } of rows)
    await transact(env.db, async (tx) => {
      const seal = await lockSeal(tx, sealId);
      const body = (await readBodies(tx, [sealId])).find((one) => one.body_id === bodyId);
      if (!body?.goes_in_use || body.matter_id === null) return;
      const decided = await decideForBodies(tx, env, seal, "put-in-use", "", bodyId);
      if (!decided.ok) return;
      const row = await getMatter(tx, body.matter_id);
      await step(tx, env, row, sealId, bodyId, "put-in-use", null);
      await openStopOfReplaced(tx, env, row, seal);
    });
}
