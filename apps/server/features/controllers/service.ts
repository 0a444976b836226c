import { createHash, randomBytes } from "node:crypto";
import {
  type ControllerEvent,
  composePairingCode,
  pairing as pairingRule,
  refuse,
  stepController,
} from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { stopAll } from "../vendor-clouds/stop-authorisations.ts";
import { readControllerReach } from "./reach.ts";

export interface ControllerToRegister {
  readonly entityId: string;
  readonly serial: string;
  readonly model: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly containerId: string | null;
}

export interface PairingMade {
  readonly controllerId: string;
  readonly pairingCode: string;
  readonly expiresAt: string;
}

export const hashSecret = (text: string): Buffer => createHash("sha256").update(text).digest();

/** A controller's row, held, for somebody who may do this with it; to others there is nothing there. */
export async function lockController(
  tx: Tx,
  env: Environment,
  personId: string,
  controllerId: string,
  may: "manages" | "revokes",
) {
  const row = await tx
    .selectFrom("controllers")
    .selectAll()
    .where("controller_id", "=", controllerId)
    // Not of its key: who stores records holds the chain, and refers to this row.
    .forNoKeyUpdate()
    .executeTakeFirst();
  const reach = await readControllerReach(tx, personId, env.clock.now());
  if (!row || !reach[may].has(row.entity_id)) throw problems.notFound();
  return row;
}

/** Moves a controller by what happens to it, or refuses. */
export async function moveController(
  tx: Tx,
  row: Awaited<ReturnType<typeof lockController>>,
  event: ControllerEvent,
  also: { revoked_by?: string; revoked_at?: Date; revocation_reason?: string } = {},
): Promise<void> {
  const next = stepController(row.state, event);
  if (!next.ok) throw refusedBy([next.refusal]);
  await tx
    .updateTable("controllers")
    .set({ state: next.state, ...also })
    .where("controller_id", "=", row.controller_id)
    .execute();
}

/** A controller of a maker's cloud has no pairing with us. */
export async function refuseOfCloud(tx: Tx, controllerId: string): Promise<void> {
  const row = await tx
    .selectFrom("vendor_controllers")
    .select("controller_id")
    .where("controller_id", "=", controllerId)
    .executeTakeFirst();
  if (row) throw refusedBy([refuse("controller.of-cloud", {}, "C18")]);
}

/** The pairing that counts now, held. */
export function lockPairing(tx: Tx, controllerId: string) {
  return tx
    .selectFrom("controller_pairings")
    .selectAll()
    .where("controller_id", "=", controllerId)
    .where("state", "in", ["open", "presented", "confirmed"])
    .forUpdate()
    .executeTakeFirst();
}

/** Registers a controller: its row and a pairing code, to be typed at the box. */
export async function registerController(
  env: Environment,
  personId: string,
  wanted: ControllerToRegister,
): Promise<PairingMade> {
  return transact(env.db, async (tx) => {
    const now = env.clock.now();
    const reach = await readControllerReach(tx, personId, now);
    if (!reach.manages.has(wanted.entityId)) throw problems.notFound();
    await requireContainer(tx, wanted);
    const controllerId = newId("ctl", now);
    const made = await tx
      .insertInto("controllers")
      .values({
        ...{ controller_id: controllerId, entity_id: wanted.entityId, serial: wanted.serial, model: wanted.model },
        ...{ name_en: wanted.name.en, name_zh: wanted.name.zh, container_id: wanted.containerId },
        ...{ state: "awaiting-device", registered_by: personId, registered_at: new Date(now) },
      })
      // Two at the same moment: one registers it, the other is told.
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows !== 1n)
      throw refusedBy([refuse("controller.serial-there", { serial: wanted.serial }, "C18")]);
    await recordEvent(tx, env, {
      type: "ControllerRegistered",
      actorId: personId,
      facts: { controller: controllerId, serial: wanted.serial, model: wanted.model, container: wanted.containerId },
    });
    return makePairing(tx, env, personId, controllerId);
  });
}

/** Refuses a container that no controller of the entity can stand for. */
export async function requireContainer(
  tx: Tx,
  { entityId, containerId }: Pick<ControllerToRegister, "entityId" | "containerId">,
): Promise<void> {
  if (containerId === null) return;
  const fit = await tx
    .selectFrom("containers as c")
    .select("c.container_id")
    .where("c.container_id", "=", containerId)
    .where("c.entity_id", "=", entityId)
    .where("c.kind", "=", "controller")
    .where("c.closed_at", "is", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("controllers as o")
            .select("o.controller_id")
            .whereRef("o.container_id", "=", "c.container_id")
            .where("o.state", "<>", "revoked"),
        ),
      ),
    )
    .executeTakeFirst();
  if (!fit) throw refusedBy([refuse("controller.container-unfit", {}, "C13")]);
}

async function makePairing(tx: Tx, env: Environment, personId: string, controllerId: string): Promise<PairingMade> {
  const now = env.clock.now();
  const pairingCode = composePairingCode(randomBytes(pairingRule.length));
  const expiresAt = new Date(now + pairingRule.minutes * 60_000);
  await tx
    .insertInto("controller_pairings")
    .values({
      ...{ pairing_id: newId("pair", now), controller_id: controllerId, code_hash: hashSecret(pairingCode) },
      ...{ made_by: personId, made_at: new Date(now), expires_at: expiresAt, tries_left: pairingRule.tries },
      state: "open",
    })
    .execute();
  return { controllerId, pairingCode, expiresAt: expiresAt.toISOString() };
}

/** A new code in place of the old one, whatever a box presented meanwhile. */
export async function renewPairing(env: Environment, personId: string, controllerId: string): Promise<PairingMade> {
  return transact(env.db, async (tx) => {
    const row = await lockController(tx, env, personId, controllerId, "manages");
    await refuseOfCloud(tx, controllerId);
    await moveController(tx, row, "renew");
    await giveUpPairing(tx, controllerId);
    await recordEvent(tx, env, {
      type: "ControllerPairingRenewed",
      actorId: personId,
      facts: { controller: controllerId },
    });
    return makePairing(tx, env, personId, controllerId);
  });
}

async function giveUpPairing(tx: Tx, controllerId: string): Promise<void> {
  await tx
    .updateTable("controller_pairings")
    .set({ state: "given-up" })
    .where("controller_id", "=", controllerId)
    .where("state", "in", ["open", "presented"])
    .execute();
}

/** The box is not ours, or its digits are others: it gets nothing, and the code is spent. */
export async function declineController(
  env: Environment,
  personId: string,
  controllerId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const row = await lockController(tx, env, personId, controllerId, "manages");
    await refuseOfCloud(tx, controllerId);
    await moveController(tx, row, "decline");
    await closeDeclined(tx, env, { controllerId, actorId: personId, reason });
  });
}

export async function closeDeclined(
  tx: Tx,
  env: Environment,
  { controllerId, actorId, reason }: { controllerId: string; actorId: string; reason: string | null },
): Promise<void> {
  await tx
    .updateTable("controller_pairings")
    .set({ state: "declined" })
    .where("controller_id", "=", controllerId)
    .where("state", "=", "presented")
    .execute();
  await recordEvent(tx, env, {
    type: "ControllerDeclined",
    actorId,
    facts: { controller: controllerId, digitsDiffered: reason === null },
    comment: reason,
  });
}

/** Ends a controller at once: stopping has to be quick, so one person does it. */
export async function revokeController(
  env: Environment,
  personId: string,
  controllerId: string,
  reason: string,
): Promise<void> {
  await transact(env.db, async (tx) => {
    const now = new Date(env.clock.now());
    const row = await lockController(tx, env, personId, controllerId, "revokes");
    await giveUpPairing(tx, controllerId);
    await moveController(tx, row, "revoke", { revoked_by: personId, revoked_at: now, revocation_reason: reason });
    // Nothing new is taken from it from here on, whatever it still has to say.
    await tx.updateTable("controller_chains").set({ closed: true }).where("controller_id", "=", controllerId).execute();
    await tx.deleteFrom("controller_records_pending").where("controller_id", "=", controllerId).execute();
    await stopAll(tx, env, { controllerId });
    // Its session is cut, and its last word on being there is heard no more.
    await tx
      .updateTable("controller_presence")
      .set({ online: false, changed_at: now })
      .where("controller_id", "=", controllerId)
      .where("online", "=", true)
      .execute();
    const ended = await tx
      .updateTable("controller_certificates")
      .set({ revoked_at: now })
      .where("controller_id", "=", controllerId)
      .where("revoked_at", "is", null)
      .returning("serial")
      .execute();
    await recordEvent(tx, env, {
      type: "ControllerRevoked",
      actorId: personId,
      facts: { controller: controllerId, was: row.state, certificate: ended[0]?.serial ?? null },
      comment: reason,
    });
  });
}
