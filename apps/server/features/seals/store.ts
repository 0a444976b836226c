import {
  type BodyChange,
  formatBodyNumber,
  type PieceCondition,
  type SealBody,
  type SealCommand,
  type SealState,
  type SealType,
  stateOfSeal,
} from "@chancery/domain";
import { sql } from "kysely";
import type { Reader, Tx } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { eventsInOrder } from "../ledger/timeline.ts";
import type { StoredFace } from "./face.ts";

export type SealRow = Awaited<ReturnType<typeof lockSeals>>[number];

/**
 * Holds the rows of these seals until the transaction ends, always in the order of their ids. Every change of a seal's
 * life takes this lock, and so does whoever asks the gate: a stop and a use at the same moment follow one another.
 */
export async function lockSeals(tx: Tx, sealIds: readonly string[]) {
  if (sealIds.length === 0) return [];
  const rows = await tx
    .selectFrom("seals")
    .selectAll()
    .where("seal_id", "in", [...new Set(sealIds)])
    .orderBy("seal_id")
    .forUpdate()
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as SealState, type: row.type as SealType }));
}

export async function lockSeal(tx: Tx, sealId: string): Promise<SealRow> {
  const [row] = await lockSeals(tx, [sealId]);
  if (!row) throw problems.notFound();
  return row;
}

export async function insertSeal(
  tx: Tx,
  seal: {
    sealId: string;
    number: string;
    type: SealType;
    entityId: string;
    unitId: string | null;
    name: { en: string; zh: string };
    external: boolean;
    important: boolean;
    state: SealState;
    face: StoredFace;
    matterId: string;
    replacesSealId: string | null;
    typeVersion: number;
    kindId: string | null;
    at: Date;
  },
): Promise<void> {
  const { widthMm, heightMm } = seal.face.kind === "generated" ? seal.face.outline : seal.face;
  await tx
    .insertInto("seals")
    .values({
      seal_id: seal.sealId,
      number: seal.number,
      type: seal.type,
      entity_id: seal.entityId,
      unit_id: seal.unitId,
      name_en: seal.name.en,
      name_zh: seal.name.zh,
      external: seal.external,
      important: seal.important,
      state: seal.state,
      frozen_reason: null,
      face: JSON.stringify(seal.face),
      width_mm: widthMm,
      height_mm: heightMm,
      registered_at: seal.at,
      matter_id: seal.matterId,
      replaces_seal_id: seal.replacesSealId,
      type_version: seal.typeVersion,
      kind_id: seal.kindId,
    })
    .execute();
}

export type BodyRow = Awaited<ReturnType<typeof readBodies>>[number];

/** The bodies of these seals, in the order of their pieces; read with the seals' rows held, they are held too. */
export async function readBodies(reader: Reader, sealIds: readonly string[]) {
  if (sealIds.length === 0) return [];
  const rows = await reader
    .selectFrom("seal_bodies")
    .selectAll()
    .where("seal_id", "in", [...new Set(sealIds)])
    .orderBy("seal_id")
    .orderBy("kind", "desc")
    .orderBy("piece")
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as SealState }));
}

/** Adds a body to a seal whose row is held; pieces are numbered as they come. */
export async function insertBody(
  tx: Tx,
  seal: { seal_id: string; number: string },
  body: { bodyId: string; kind: SealBody; state: SealState; material: string | null; matterId: string; at: Date },
): Promise<void> {
  const { last } = await tx
    .selectFrom("seal_bodies")
    .select((eb) => eb.fn.coalesce(eb.fn.max("piece"), sql<number>`0`).as("last"))
    .where("seal_id", "=", seal.seal_id)
    .where("kind", "=", body.kind)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("seal_bodies")
    .values({
      body_id: body.bodyId,
      seal_id: seal.seal_id,
      kind: body.kind,
      piece: last + 1,
      number: formatBodyNumber(seal.number, body.kind, last + 1),
      state: body.state,
      material: body.material,
      matter_id: body.matterId,
      created_at: body.at,
    })
    .execute();
  await followBodies(tx, seal.seal_id);
}

/**
 * Moves a body on, and the seal as a whole with it; the seal's `version` rises, so that a proof of presence given for the
 * state before is worth nothing. The seal's row is held by the caller.
 */
export async function updateBodyState(
  tx: Tx,
  body: { body_id: string; seal_id: string },
  state: SealState,
  frozenReason: string | null,
): Promise<void> {
  await tx
    .updateTable("seal_bodies")
    .set((eb) => ({ state, frozen_reason: frozenReason, goes_in_use: false, version: eb("version", "+", 1) }))
    .where("body_id", "=", body.body_id)
    .execute();
  await followBodies(tx, body.seal_id);
}

/** Nothing keeps it from use but people who have to confirm their positions: it goes in use with the last of them. */
export async function letGoInUse(tx: Tx, bodyId: string): Promise<void> {
  await tx.updateTable("seal_bodies").set({ goes_in_use: true }).where("body_id", "=", bodyId).execute();
}

async function followBodies(tx: Tx, sealId: string): Promise<void> {
  const bodies = await readBodies(tx, [sealId]);
  const state = stateOfSeal(bodies);
  const frozen_reason =
    state === "frozen" || state === "lost"
      ? (bodies.find((body) => body.state === state)?.frozen_reason ?? null)
      : null;
  await tx
    .updateTable("seals")
    .set((eb) => ({ state, frozen_reason, version: eb("version", "+", 1) }))
    .where("seal_id", "=", sealId)
    .execute();
}

/** Every change of state of a seal's bodies in its order, with who did it and who asked for the matter it came from. */
export async function readBodyChanges(reader: Reader, sealId: string): Promise<BodyChange[]> {
  const rows = await eventsInOrder(reader)
    .leftJoin("matters as m", "m.matter_id", "e.matter_id")
    .select(["e.facts", "e.actor_id", "m.asked_by"])
    .where("e.seal_id", "=", sealId)
    .where("e.type", "=", "SealStateChanged")
    .execute();
  return rows.map(({ facts, actor_id, asked_by }) => ({
    bodyId: String(facts.body),
    command: facts.command as SealCommand,
    ...{ from: facts.from as SealState, to: facts.to as SealState, actorId: actor_id, askedBy: asked_by },
    byLoss: facts.loss !== undefined,
  }));
}

/** Keeps how a piece was found, for its page and for whoever takes it over next. */
export async function keepCondition(tx: Tx, bodyId: string, condition: PieceCondition): Promise<void> {
  await tx
    .updateTable("seal_bodies")
    .set({ condition })
    .where("body_id", "=", bodyId)
    .where("kind", "=", "physical")
    .execute();
}
