import { decideRequest } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { RequestRow } from "./request-row.ts";
import { voidOpenSteps } from "./steps.ts";

/**
 * Brings a request that is held back to its applicant, from outside its own steps. What was agreed to on it stays agreed to, so
 * that it stands where the next round changes nothing of it.
 */
export async function bringBack(
  tx: Tx,
  env: Environment,
  row: RequestRow,
  command: "return" | "return-with-other",
): Promise<void> {
  const changed = decideRequest(row.state, command);
  if (!changed.ok) throw refusedBy(changed.refusals);
  await voidOpenSteps(tx, row.request_id, row.round);
  await tx
    .updateTable("seal_use_requests")
    .set({
      state: changed.events[0]?.to ?? row.state,
      ...{ updated_at: new Date(env.clock.now()), version: row.version + 1, authorised_at: null },
      ...{ released_by: null, released_at: null, release_step_up: null },
      ...{ confirmed_by: null, confirmed_at: null, confirm_step_up: null },
    })
    .where("request_id", "=", row.request_id)
    .execute();
}
