import { listEpochDecisionRefusals, listEpochRefusals, mayOrderEpochAgain, refuse } from "@chancery/domain";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askAuthority } from "../authority/ask.ts";
import { lockChain, readEpoch } from "../controllers/chain-rows.ts";
import { type Box, handlesOf, readBoxes } from "../controllers/read-box.ts";
import { lockController } from "../controllers/service.ts";
import { recordEvent } from "../ledger/record-event.ts";

/**
 * Asks for the new epoch of a box in quarantine, with the counters as they were read off it; once more where an order was signed and nobody was
 * heard to have carried it out in its time. That one lapses, and yet the box may turn up having begun by it in time: then it counts (`beginEpoch`).
 */
export async function askEpoch(
  env: Environment,
  personId: string,
  controllerId: string,
  { readings, reason }: { readonly readings: readonly number[]; readonly reason: string },
): Promise<{ resetId: string }> {
  return transact(env.db, async (tx) => {
    const { chain } = await lockBox(tx, env, personId, controllerId);
    const open = await readOpenReset(tx, controllerId, chain.ep);
    const quarantined = chain.quarantined !== null && !chain.closed;
    const now = env.clock.now();
    const again = open !== undefined && mayOrderEpochAgain({ ...open, order: await readOrder(tx, open.reset_id) }, now);
    const waits = open !== undefined && !again;
    const refusals = listEpochRefusals({ quarantined, waits, readings, known: chain.imp });
    if (refusals.length > 0) throw refusedBy(refusals);
    if (again) await letLapse(tx, controllerId, chain.ep);
    const resetId = newId("epr", now);
    await tx
      .insertInto("controller_epoch_resets")
      .values({
        ...{ reset_id: resetId, controller_id: controllerId, epoch: chain.ep, readings: [...readings], reason },
        ...{ state: "waiting", asked_by: personId, asked_at: new Date(now) },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "ControllerEpochAsked", actorId: personId, comment: reason },
      facts: {
        ...{ controller: controllerId, reset: resetId, epoch: chain.ep, quarantined: chain.quarantined },
        ...{ readings: readings.join(" "), known: chain.imp.join(" ") },
        ...(again ? { insteadOf: open.reset_id } : {}),
      },
    });
    return { resetId };
  });
}

/** The second person agrees with his own reading, and has the order signed; or declines. */
export async function decideEpoch(
  env: Environment,
  personId: string,
  controllerId: string,
  given: { readonly resetId: string; readonly confirm: boolean; readonly readings: readonly number[] },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const { box, chain } = await lockBox(tx, env, personId, controllerId);
    const reset = await readOpenReset(tx, controllerId, chain.ep);
    if (reset?.reset_id !== given.resetId) throw problems.changedMeanwhile();
    // What was agreed to is not taken back: the box may have begun by it already.
    if (reset.state !== "waiting") throw refusedBy([refuse("epoch.waits", {}, "C18")]);
    if (given.confirm) {
      const first = reset.readings.map(Number);
      const incidentOpen = await isIncidentOpen(tx, controllerId);
      const refusals = [
        ...listEpochDecisionRefusals({
          personId,
          askedBy: reset.asked_by,
          incidentOpen,
          first,
          second: given.readings,
        }),
        ...([personId, reset.asked_by].every((one) => handlesOf(box, one).length > 0)
          ? []
          : [refuse("order.no-finger", {}, "C18")]),
      ];
      if (refusals.length > 0) throw refusedBy(refusals);
    }
    await tx
      .updateTable("controller_epoch_resets")
      .set({
        state: given.confirm ? "agreed" : "declined",
        decided_by: personId,
        decided_at: new Date(env.clock.now()),
      })
      .where("reset_id", "=", reset.reset_id)
      .execute();
    await recordEvent(tx, env, {
      ...{ type: given.confirm ? "ControllerEpochAgreed" : "ControllerEpochDeclined", actorId: personId },
      facts: { controller: controllerId, reset: reset.reset_id, epoch: chain.ep },
    });
    if (!given.confirm) return;
    const order = { kind: "reset-epoch" as const, by: [reset.asked_by, personId] as const, resetId: reset.reset_id };
    await askAuthority(tx, env, { kind: "order", order, controllerId, askedBy: personId });
  });
}

/** A box with its chain, held, for somebody who manages it. */
async function lockBox(tx: Tx, env: Environment, personId: string, controllerId: string): Promise<Locked> {
  await lockController(tx, env, personId, controllerId, "manages");
  const [box] = await readBoxes(tx, [controllerId]);
  const epoch = await readEpoch(tx, controllerId);
  const chain = epoch === null ? null : await lockChain(tx, controllerId, epoch);
  if (!box || chain === null) throw refusedBy([refuse("epoch.not-quarantined", {}, "C18")]);
  return { box, chain };
}
interface Locked {
  readonly box: Box;
  readonly chain: NonNullable<Awaited<ReturnType<typeof lockChain>>>;
}

export const readOpenReset = (reader: Reader, controllerId: string, epoch: number) =>
  reader
    .selectFrom("controller_epoch_resets")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("epoch", "=", epoch)
    .where("state", "in", ["waiting", "agreed", "done"])
    .executeTakeFirst();

/** The order that was asked for with it: how it stands, and until when it may be carried out at the box. */
export async function readOrder(reader: Reader, resetId: string) {
  const order = await reader
    .selectFrom("controller_asks as a")
    .leftJoin("controller_signatures as s", "s.ask_id", "a.ask_id")
    .select(["a.state", "a.refusals", "s.exp"])
    .where("a.kind", "=", "order")
    .where(sql<boolean>`a.body->'order'->>'resetId' = ${resetId}`)
    .executeTakeFirst();
  return order ? { state: order.state, until: order.exp?.getTime() ?? null, refusals: order.refusals } : null;
}

/** Whatever else was asked for the same epoch is over with it. */
export async function letLapse(tx: Tx, controllerId: string, epoch: number): Promise<void> {
  await tx
    .updateTable("controller_epoch_resets")
    .set({ state: "lapsed" })
    .where("controller_id", "=", controllerId)
    .where("epoch", "=", epoch)
    .where("state", "in", ["waiting", "agreed"])
    .execute();
}

/** Whether what led to the quarantine is still being looked into. */
export async function isIncidentOpen(reader: Reader, controllerId: string): Promise<boolean> {
  const open = await reader
    .selectFrom("findings")
    .select("finding_id")
    .where("source", "=", "controller.quarantined")
    .where("subject_key", "like", `${controllerId} %`)
    .where("state", "=", "open")
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}
