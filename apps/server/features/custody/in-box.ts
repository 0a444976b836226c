import { type BoxAround, containerOf, isTakenWithoutRecord, listInBoxRefusals, type Refusal } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { findBoxOf, readBoxes, readStandings } from "../controllers/read-box.ts";
import type { BodyRow } from "../seals/store.ts";
import { openCase } from "../tasks/open-case.ts";
import type { HeldNow } from "./postings.ts";

type Box = BoxAround & { readonly controllerId: string; readonly entityId: string };
type Piece = Pick<BodyRow, "body_id" | "seal_id">;

/**
 * The controller that holds a piece as its journal tells: one that is enrolled, wherever the books have the piece; one that was revoked only
 * while the books still have the piece in its container since before, for nothing that leaves it is written into its journal any more.
 */
async function findBoxAround(reader: Reader, bodyId: string, held: HeldNow): Promise<Box | null> {
  const { entity_id: entityId } = await reader
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select("s.entity_id")
    .where("b.body_id", "=", bodyId)
    .executeTakeFirstOrThrow();
  const live = (await findBoxOf(reader, entityId, bodyId))?.box ?? null;
  const box = live ?? (await findRevokedBox(reader, bodyId, held));
  if (box === null) return null;
  const standing = (await readStandings(reader, [box.controllerId])).get(box.controllerId) ?? "offline";
  return { controllerId: box.controllerId, entityId, serial: box.serial, standing };
}

async function findRevokedBox(reader: Reader, bodyId: string, { place }: HeldNow) {
  const containerId = place === null ? null : containerOf(place.to);
  if (place === null || containerId === null) return null;
  const rows = await reader
    .selectFrom("controllers")
    .select("controller_id")
    .where("container_id", "=", containerId)
    .where("state", "=", "revoked")
    .where("revoked_at", ">", new Date(place.at))
    .execute();
  const boxes = await readBoxes(
    reader,
    rows.map((row) => row.controller_id),
  );
  return boxes.find(({ mounted }) => mounted.some((one) => one.bodyId === bodyId)) ?? null;
}

/** Why these pieces may not be taken from where they are: a controller holds one, and an order takes it out (C13). */
export async function listHeldInBox(
  reader: Reader,
  bodyIds: readonly string[],
  held: (bodyId: string) => HeldNow,
): Promise<Refusal[]> {
  const refusals: Refusal[] = [];
  for (const bodyId of bodyIds) refusals.push(...listInBoxRefusals(await findBoxAround(reader, bodyId, held(bodyId))));
  return refusals;
}

/** A piece that is taken out of a box whose word no longer counts: who took it explains it, and somebody else closes the case. */
export async function tellTakenFromBox(
  tx: Tx,
  env: Environment,
  piece: Piece,
  held: HeldNow,
  actorId: string,
): Promise<void> {
  const box = await findBoxAround(tx, piece.body_id, held);
  if (box === null || !isTakenWithoutRecord(box)) return;
  // What a journal in quarantine says of a piece that the books have elsewhere already was asked when it left.
  const { container_id: containerId } = await tx
    .selectFrom("controllers")
    .select("container_id")
    .where("controller_id", "=", box.controllerId)
    .executeTakeFirstOrThrow();
  if (held.place === null || containerOf(held.place.to) !== containerId) return;
  await openCase(tx, env, {
    ...{ control: "C13", source: "custody.out-of-box", subjectKey: `${box.controllerId} ${piece.body_id}` },
    ...{ entityId: box.entityId, sealId: piece.seal_id, bodyId: piece.body_id, personId: actorId },
    ...{ actorId, explainerId: actorId, facts: { serial: box.serial, controller: box.controllerId } },
  });
}
