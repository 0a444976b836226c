import { mayOrderEpochAgain } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { saysOf } from "../controllers/journal-view.ts";
import { readControllerReach } from "../controllers/reach.ts";
import { readPeople } from "../requests/read-people.ts";
import { isIncidentOpen, readOpenReset, readOrder } from "./service.ts";

type View = HandlerAnswer<"GET /v1/controllers/:controllerId/epoch">;

/** Where the way out of a quarantine stands. The first reading is shown to nobody before the second person has read himself. */
export async function showEpoch(env: Environment, personId: string, controllerId: string): Promise<View> {
  const reach = await readControllerReach(env.db, personId, env.clock.now());
  const row = await env.db
    .selectFrom("controllers as c")
    .leftJoin("controller_chains as k", "k.controller_id", "c.controller_id")
    .select(["c.entity_id", "c.state", "k.epoch", "k.counters", "k.quarantined", "k.closed"])
    .where("c.controller_id", "=", controllerId)
    .orderBy("k.epoch", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row || !reach.reads.has(row.entity_id)) throw problems.notFound();
  const reset = row.epoch === null ? undefined : await readOpenReset(env.db, controllerId, row.epoch);
  const order = reset ? await readOrder(env.db, reset.reset_id) : null;
  const again = reset !== undefined && mayOrderEpochAgain({ ...reset, order }, env.clock.now());
  const person = await readPeople(env.db, [reset?.asked_by ?? null, reset?.decided_by ?? null]);
  const quarantined = row.quarantined !== null && row.closed === false && row.state === "enrolled";
  const mayManage = reach.manages.has(row.entity_id) && quarantined;
  return {
    ...{ epoch: row.epoch ?? 0, slots: row.counters?.length ?? 0 },
    quarantined: quarantined && row.quarantined !== null ? saysOf(row.quarantined) : null,
    incidentOpen: quarantined && (await isIncidentOpen(env.db, controllerId)),
    reset:
      reset && quarantined
        ? {
            ...{ resetId: reset.reset_id, reason: reset.reason, askedBy: person(reset.asked_by) },
            ...{ askedAt: reset.asked_at.toISOString(), agreedBy: person(reset.decided_by) },
            order:
              reset.state !== "agreed" ? null : again && order?.state === "signed" ? "over" : (order?.state ?? "asked"),
            refusals: (
              (order?.refusals as { list?: Parameters<typeof toRefusalView>[0][] } | null | undefined)?.list ?? []
            ).map(toRefusalView),
            mayAgree: mayManage && reset.state === "waiting" && reset.asked_by !== personId,
            mayDecline: mayManage && reset.state === "waiting",
          }
        : null,
    mayAsk: mayManage && (!reset || again),
  };
}
