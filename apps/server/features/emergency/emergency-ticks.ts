import { decideRequest, endEmergency } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { endAtController } from "../controller-stamping/end-at-controller.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { closeRequest } from "../requests/close-request.ts";
import { listPlaces } from "../requests/list-places.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { finishStamping } from "../stamping/follow-stamping.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";

/**
 * Emergencies whose hours are over end: unused ones expire, of the others what was sealed stays and the rest is free. Of a stamping
 * on paper that nobody ended the rest is not known, and two people decide; a controller says itself what it pressed.
 */
export async function endEmergencies(env: Environment): Promise<void> {
  const over = await env.db
    .selectFrom("seal_use_requests")
    .select("request_id")
    .where("emergency_until", "<", new Date(env.clock.now()))
    .where((eb) =>
      eb.or([
        eb("state", "in", ["in-review", "authorised"]),
        eb.and([eb("state", "=", "opened"), eb("use_mode", "=", "by-hand")]),
      ]),
    )
    .execute();
  for (const { request_id } of over)
    await transact(env.db, async (tx) => endOne(tx, env, await readGateFacts(tx, env, request_id, { lock: true })));
}

async function endOne(tx: Tx, env: Environment, view: GateView): Promise<void> {
  const { loaded } = view;
  const { row } = loaded;
  const now = env.clock.now();
  const { count } = await tx
    .selectFrom("impressions")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("request_id", "=", row.request_id)
    .where("state", "=", "settled")
    .executeTakeFirstOrThrow();
  const settled = Number(count);
  const until = row.emergency_until?.getTime() ?? now;
  const end = endEmergency({ state: row.state, useMode: row.use_mode, until, now, settled });
  if (end === null) return undefined;
  if (end === "stop") return stop(tx, env, view);
  if (end === "end") {
    const authorised = listPlaces(loaded).length;
    return closeRequest(tx, env, row, { actorId: null, comment: null, settled, authorised });
  }
  return expire(tx, env, loaded);
}

/** A stamping that nobody ended in time: its gate is closed since the end of its hours. */
async function stop(tx: Tx, env: Environment, view: GateView): Promise<void> {
  const stamping = await readStamping(tx, view.loaded.row.request_id);
  if (!stamping || stamping.ended_at !== null || stamping.end_asked_at !== null) return;
  const byTheClock = { actorId: null, comment: null };
  if (stamping.by_controller) await endAtController(tx, env, view, stamping, { ...byTheClock, unheard: false });
  else await finishStamping(tx, env, view, stamping, byTheClock);
}

async function expire(tx: Tx, env: Environment, { row }: LoadedRequest): Promise<void> {
  const now = env.clock.now();
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
}
