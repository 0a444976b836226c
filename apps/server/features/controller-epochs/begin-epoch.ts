import { listEpochMissed } from "@chancery/domain";
import { type ChainState, closeChain, type OpenedRecord, startChain } from "@chancery/seallink";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { storeChain, storeNewChain } from "../controllers/chain-rows.ts";
import { storeFindings } from "../controllers/tell-findings.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { letLapse } from "./service.ts";

/**
 * Begins the next epoch of a box whose first record of it came, made from the order that two people had signed and carried out. What the ended
 * journal does not tell is found by that. Null where nothing of the kind came: whoever makes up an epoch begins none.
 */
export async function beginEpoch(
  tx: Tx,
  env: Environment,
  before: ChainState,
  records: readonly OpenedRecord[],
): Promise<ChainState | null> {
  const genesis = records.find(
    ({ record }) =>
      record.dev === before.dev && record.ep === before.ep + 1 && record.seq === 1 && record.ty === "genesis",
  )?.record;
  if (genesis?.ty !== "genesis" || before.closed) return null;
  const order = await tx
    .selectFrom("controller_signatures as s")
    .innerJoin("controller_asks as a", "a.ask_id", "s.ask_id")
    .innerJoin("controller_epoch_resets as r", (join) =>
      join
        .onRef("r.controller_id", "=", "s.controller_id")
        .onRef("r.epoch", "=", "s.epoch")
        .on("r.reset_id", "=", sql<string>`a.body->'order'->>'resetId'`)
        // Ordered again in the meantime or not: it was carried out by two while it counted, and nobody heard of it.
        .on("r.state", "in", ["agreed", "lapsed"])
        .on("r.decided_at", "is not", null),
    )
    .select(["s.jti", "a.ask_id", "r.reset_id", "r.readings", "r.asked_by", "r.decided_by"])
    .where("s.controller_id", "=", before.dev)
    .where("s.epoch", "=", before.ep)
    .where("s.kind", "=", "order")
    .where("s.digest", "=", genesis.prev)
    .executeTakeFirst();
  if (!order) return null;
  const readings = order.readings.map(Number);
  const missed = listEpochMissed({
    ...{ last: before.last, head: before.head, known: before.imp, openStroke: before.open !== null, readings },
    ...{ pending: before.pending.map(({ record }) => record.seq), was: genesis.was ?? null },
  });
  const findings = missed.map(({ code, detail }) => ({ code, detail, seq: before.last }));
  await storeFindings(tx, env, { before, after: before, findings });
  await storeChain(tx, before, closeChain(before));
  const next = startChain({ dev: before.dev, ep: before.ep + 1, from: genesis.prev, imp: readings });
  await storeNewChain(tx, next);
  const now = new Date(env.clock.now());
  await letLapse(tx, before.dev, before.ep);
  await tx
    .updateTable("controller_epoch_resets")
    .set({ state: "done", done_at: now })
    .where("reset_id", "=", order.reset_id)
    .execute();
  await tx.updateTable("controller_asks").set({ done_at: now }).where("ask_id", "=", order.ask_id).execute();
  await recordEvent(tx, env, {
    ...{ type: "ControllerEpochStarted", actorId: null },
    facts: {
      ...{
        controller: before.dev,
        epoch: next.ep,
        order: order.jti,
        reset: order.reset_id,
        readings: readings.join(" "),
      },
      ...{ ended: before.ep, last: before.last, head: before.head, quarantined: before.quarantined },
      ...{ missed: missed.map(({ detail }) => detail).join(" "), by: `${order.asked_by} ${order.decided_by}` },
    },
  });
  return next;
}
