import { decideRequest, type Refusal } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";

/**
 * Freezes a request whose row is held, because what stands on paper is not what was approved: people say what becomes of it.
 * Answers why it cannot be frozen; nothing where it was.
 */
export async function freezeRequest(
  tx: Tx,
  env: Environment,
  row: {
    readonly request_id: string;
    readonly state: Parameters<typeof decideRequest>[0];
    readonly number: string | null;
    readonly version: number;
  },
): Promise<readonly Refusal[]> {
  const frozen = decideRequest(row.state, "freeze");
  if (!frozen.ok) return frozen.refusals;
  await recordEvent(tx, env, {
    ...{ type: "SealUseFrozen", actorId: null, requestId: row.request_id, facts: { number: row.number } },
  });
  await tx
    .updateTable("seal_use_requests")
    .set({ state: frozen.events[0]?.to ?? "frozen", updated_at: new Date(env.clock.now()), version: row.version + 1 })
    .where("request_id", "=", row.request_id)
    .execute();
  return [];
}
