import { listSettingDifferences } from "@chancery/domain";
import { parseTwinReport } from "@chancery/seallink";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { lockChain, readEpoch } from "../controllers/chain-rows.ts";
import { isEnrolled } from "../controllers/read-box.ts";
import { storeFindings } from "../controllers/tell-findings.ts";
import { readDesired, settingsOf } from "./read-settings.ts";

const mostBytes = 8192;

/**
 * What a box says of the settings in force. What cannot be read changes nothing; a version that nobody signed is found, for such settings
 * did not come from here.
 */
export async function takeReport(env: Environment, controllerId: string, payload: Uint8Array): Promise<void> {
  if (payload.length > mostBytes) return;
  const said = parseTwinReport(Buffer.from(payload).toString());
  if (!said.ok) return;
  const { ver, reported } = said.value;
  await transact(env.db, async (tx) => {
    if (!(await isEnrolled(tx, controllerId))) return;
    const desired = await readDesired(tx, controllerId);
    if (ver > desired.version) {
      const epoch = await readEpoch(tx, controllerId);
      const chain = epoch === null ? null : await lockChain(tx, controllerId, epoch);
      const detail = `It follows settings ${ver}, and the newest that were signed are ${desired.version}.`;
      const finding = { code: "SETTINGS_UNKNOWN" as const, seq: chain?.last ?? 0, detail };
      if (chain !== null) await storeFindings(tx, env, { before: chain, after: chain, findings: [finding] });
      return;
    }
    const before = await tx
      .selectFrom("controller_twins")
      .select("differs_since")
      .where("controller_id", "=", controllerId)
      .forUpdate()
      .executeTakeFirst();
    const now = new Date(env.clock.now());
    const differs = listSettingDifferences(desired.settings, settingsOf(reported)).length > 0;
    const row = {
      ...{ version: ver, reported: JSON.stringify(reported), reported_at: now },
      // From when it was asked for, where it is an older version; else from when the box first said so.
      differs_since: differs ? (before?.differs_since ?? (ver < desired.version ? desired.at : now)) : null,
    };
    await tx
      .insertInto("controller_twins")
      .values({ controller_id: controllerId, ...row })
      .onConflict((conflict) => conflict.column("controller_id").doUpdateSet(row))
      .execute();
  });
}
