import { findGap, gapWait } from "@chancery/seallink";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { lockChain, storeChain } from "./chain-rows.ts";
import { storeFindings } from "./tell-findings.ts";

/** Records that have waited too long for an earlier one, while the box is there: told once for each gap (clause 3.6). */
export async function tellMissingRecords(env: Environment): Promise<void> {
  const now = env.clock.now();
  const chains = await env.db
    .selectFrom("controller_records_pending as w")
    .innerJoin("controller_chains as c", (join) =>
      join.onRef("c.controller_id", "=", "w.controller_id").onRef("c.epoch", "=", "w.epoch"),
    )
    .innerJoin("controller_presence as p", "p.controller_id", "w.controller_id")
    .select(["w.controller_id", "w.epoch"])
    .distinct()
    .where("w.received_at", "<=", new Date(now - gapWait))
    .where("c.gap_told", "=", false)
    .where("p.online", "=", true)
    .execute();
  for (const { controller_id: controllerId, epoch } of chains)
    await transact(env.db, async (tx) => {
      const before = await lockChain(tx, controllerId, epoch);
      if (before === null) return;
      const { chain: after, finding } = findGap(before, now);
      if (finding === undefined) return;
      await storeChain(tx, before, after);
      await storeFindings(tx, env, { before, after, findings: [finding] });
    });
}
