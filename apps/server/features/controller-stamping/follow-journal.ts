import { isVendorLiving } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { isLiving, readAuthorisations } from "../authority/authorisation-rows.ts";
import { finishStamping } from "../stamping/follow-stamping.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { readVendorAuthorisations } from "../vendor-clouds/stop-authorisations.ts";

/**
 * Ends a stamping by a controller when its journal, or its maker's cloud, says that nothing more comes: every impression was told of, or who opened it
 * has ended it and no authorisation is left.
 */
export async function followJournal(tx: Tx, env: Environment, requestId: string): Promise<void> {
  const stamping = await readStamping(tx, requestId);
  if (!stamping?.by_controller || stamping.ended_at !== null) return;
  const left = (await readHandImpressions(tx, requestId)).some(({ state }) => state === "reserved");
  const living =
    (await readAuthorisations(tx, requestId)).some(({ state }) => isLiving(state)) ||
    (await readVendorAuthorisations(tx, requestId)).some(({ state }) => isVendorLiving(state));
  if (left && (living || stamping.end_asked_at === null)) return;
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  if (view.loaded.row.state !== "opened" && view.loaded.row.state !== "frozen") return;
  const byTheClock = stamping.end_asked_at !== null && stamping.end_asked_by === null;
  await finishStamping(tx, env, view, stamping, {
    ...{ actorId: byTheClock ? null : (stamping.end_asked_by ?? stamping.opened_by), comment: null },
    ...(byTheClock ? { rest: "release" as const } : {}),
  });
}
