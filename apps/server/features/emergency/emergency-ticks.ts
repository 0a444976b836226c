import { decideRequest, endEmergency } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { closeRequest } from "../requests/close-request.ts";
import { type LoadedRequest, loadRequest } from "../requests/load-request.ts";

/** Emergencies whose hours are over end: unused ones expire, of the others what was sealed stays and the rest is free. */
export async function endEmergencies(env: Environment): Promise<void> {
  const over = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("emergency_until", "<", new Date(env.clock.now()))
    .where("state", "in", ["in-review", "authorised"])
    .execute();
  for (const { request_id } of over)
    await transact(env.db, async (tx) => endOne(tx, env, await loadRequest(tx, request_id, true)));
}

async function endOne(tx: Tx, env: Environment, { row, documents }: LoadedRequest): Promise<void> {
  const now = env.clock.now();
  const { count } = await tx
    .selectFrom("impressions")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("request_id", "=", row.request_id)
    .where("state", "=", "settled")
    .executeTakeFirstOrThrow();
  const settled = Number(count);
  const end = endEmergency({ state: row.state, until: row.emergency_until?.getTime() ?? now, now, settled });
  if (end === null) return;
  if (end === "end") {
    const authorised = documents.reduce((sum, document) => sum + document.placements.length, 0);
    return closeRequest(tx, env, row, { actorId: null, comment: null, settled, authorised });
  }
  const decided = decideRequest(row.state, "expire");
  if (!decided.ok) throw refusedBy(decided.refusals);
  await tx
    .updateTable("request_steps")
    .set({ state: "voided" })
    .where("request_id", "=", row.request_id)
    .where("state", "in", ["waiting", "current"])
    .execute();
  await tx
    .updateTable("seal_use_requests")
    .set({ state: "expired", updated_at: new Date(now), version: row.version + 1 })
    .where("request_id", "=", row.request_id)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "SealUseRequestExpired", actorId: null, requestId: row.request_id },
    facts: { number: row.number },
  });
  return undefined;
}
