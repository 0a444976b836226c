import { type BodyToHandOver, listOtherSealRefusals, type Refusal, type SealCommand } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { changeSealState, decideForBodies } from "../seals/service.ts";
import { type BodyRow, lockSeals, readBodies, type SealRow } from "../seals/store.ts";
import { type HeldNow, readHeldNow } from "./postings.ts";

export interface SealsInCustody {
  readonly seals: readonly SealRow[];
  /** Every body of these seals, named or not. */
  readonly bodies: readonly BodyRow[];
  readonly held: (bodyId: string) => HeldNow;
}

/**
 * The seals that these bodies belong to, with every body and who holds it; their rows are held until the transaction
 * ends, so that of two that move the same seal one waits for the other.
 */
export async function lockSealsOfBodies(tx: Tx, bodyIds: readonly string[]): Promise<SealsInCustody> {
  const named =
    bodyIds.length === 0
      ? []
      : await tx
          .selectFrom("seal_bodies")
          .select("seal_id")
          .where("body_id", "in", [...new Set(bodyIds)])
          .execute();
  const seals = await lockSeals(
    tx,
    named.map((row) => row.seal_id),
  );
  const bodies = await readBodies(
    tx,
    seals.map((seal) => seal.seal_id),
  );
  const held = await readHeldNow(
    tx,
    bodies.map((body) => body.body_id),
  );
  return { seals, bodies, held };
}

export function toHandOver({ bodies, held }: SealsInCustody): BodyToHandOver[] {
  return bodies.map((body) => ({
    bodyId: body.body_id,
    sealId: body.seal_id,
    kind: body.kind,
    state: body.state,
    custodians: held(body.body_id).custodian?.to ?? null,
  }));
}

/** Why a matter that moves these bodies may not name the seal it names; bodies nobody knows are refused by their own rule. */
export function listOtherSeals(
  row: { seal_id: string | null; body_id: string | null },
  { bodies }: SealsInCustody,
  bodyIds: readonly string[],
): Refusal[] {
  const moved = bodies.filter((body) => bodyIds.includes(body.body_id));
  if (moved.length === 0) return [];
  return listOtherSealRefusals(
    { sealId: row.seal_id, bodyId: row.body_id },
    moved.map((body) => ({ sealId: body.seal_id, bodyId: body.body_id })),
  );
}

/**
 * Puts a body back in use after a handover or a take-out. Where the rules of a seal's life refuse it now (somebody it
 * needs is no longer named, a certificate ran out), it is frozen instead: what happened to it happened all the same.
 */
export async function putBackInUse(
  tx: Tx,
  env: Environment,
  seal: SealRow,
  body: BodyRow,
  command: Extract<SealCommand, "end-handover" | "return">,
  by: { actorId: string | null; matterId: string; reason: string | null },
): Promise<void> {
  const decided = await decideForBodies(tx, env, seal, command, by.actorId ?? "", body.body_id);
  await changeSealState(tx, env, seal.seal_id, decided.ok ? command : "freeze", by, body.body_id);
}
