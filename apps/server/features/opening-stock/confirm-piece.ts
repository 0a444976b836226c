import { waitsForConfirmations } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { changeSealState, decideForBodies } from "../seals/service.ts";
import { letGoInUse, lockSeal, readBodies } from "../seals/store.ts";

/**
 * A check found a piece where the book says it is: if it came with the opening stock, it is confirmed, and put in use
 * where everybody it needs is named and fit, or with the last who confirms his position; else it waits for its issue as every new piece does, and its page says why.
 */
export async function confirmPiece(
  tx: Tx,
  env: Environment,
  found: { bodyId: string; sealId: string; actorId: string },
): Promise<void> {
  const seal = await lockSeal(tx, found.sealId);
  const body = (await readBodies(tx, [found.sealId])).find((one) => one.body_id === found.bodyId);
  if (!body?.to_confirm) return;
  await tx.updateTable("seal_bodies").set({ to_confirm: false }).where("body_id", "=", found.bodyId).execute();
  const about = { actorId: found.actorId, sealId: found.sealId, matterId: body.matter_id };
  const { eventId } = await recordEvent(tx, env, {
    ...{ type: "OpeningStockConfirmed", ...about },
    facts: { body: found.bodyId, state: body.state },
  });
  const line = { register: "life", entityId: seal.entity_id, sealId: found.sealId, bodyId: found.bodyId } as const;
  await writeRegisterLine(tx, env, {
    ...{ ...line, kind: "confirmed", eventId, matterId: body.matter_id, personIds: [found.actorId] },
    facts: { body: body.number, by: found.actorId },
  });
  if (body.state !== "awaiting-issue") return;
  const decided = await decideForBodies(tx, env, seal, "put-in-use", found.actorId, found.bodyId);
  if (!decided.ok && waitsForConfirmations(decided.refusals)) await letGoInUse(tx, found.bodyId);
  if (!decided.ok) return;
  const by = { actorId: found.actorId, reason: null, matterId: body.matter_id };
  const issued = await changeSealState(tx, env, found.sealId, "put-in-use", by, found.bodyId);
  await writeRegisterLine(tx, env, {
    ...{ ...line, kind: "issued", eventId: issued.eventId, matterId: body.matter_id, personIds: [found.actorId] },
    facts: { body: body.number },
  });
}
