import { Readable } from "node:stream";
import type { MatterKind, MatterState, SealState } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { addMatterEvidence, beginMatter, submitMatter } from "../matters/ask-matter.ts";
import { confirmMatter } from "../matters/decide-matter.ts";
import { getMatter, readSteps } from "../matters/store.ts";
import { approveMatterInTest, presentForMatterInTest } from "../matters/test-matters.ts";
import { confirmPositionsInTest } from "../positions/test-positions.ts";
import type { KeyAlgorithm } from "./keys.ts";
import type { SealToMake } from "./seal-wanted.ts";
import { decideForBodies } from "./service.ts";

/** An electronic seal as a test wants it. */
export interface SealInTest extends Omit<SealToMake, "physical" | "electronic"> {
  actorId: string;
  entityId: string;
  unitId: string | null;
  keyAlgorithm: KeyAlgorithm;
  /** How many pieces are engraved besides; none where left out. */
  pieces?: number;
}

/** Asks for a matter of a seal, with photos in the slots it needs, and has it approved by whoever may. Used by tests. */
export async function askAndApproveInTest(
  env: Environment,
  asked: {
    kind: MatterKind;
    asker: string;
    entityId: string;
    unitId?: string | null;
    sealId?: string | null;
    data?: Record<string, unknown>;
    photos?: readonly string[];
  },
): Promise<{ matterId: string; state: MatterState }> {
  const { matterId } = await beginMatter(env, asked.asker, asked.kind, {
    ...{ entityId: asked.entityId, unitId: asked.unitId ?? null, sealId: asked.sealId ?? null, bodyId: null },
    ...{ personId: null, title: `A test: ${asked.kind}`, reason: "A test", data: asked.data ?? {}, effectiveOn: null },
  });
  for (const slot of asked.photos ?? []) await photographForMatter(env, asked.asker, matterId, slot);
  await submitMatter(env, asked.asker, matterId);
  const row = await getMatter(env.db, matterId);
  const candidates = (await readSteps(env.db, row)).flatMap((step) => step.candidates);
  return { matterId, state: await approveMatterInTest(env, matterId, ...candidates) };
}

/** A photo of the impression of a seal of 42 mm, where the picture is taken as 50.4 mm wide. */
export const photoWidthMm = (faceMm: number): number => (faceMm * 120) / 100;

async function photographForMatter(env: Environment, personId: string, matterId: string, slot: string): Promise<void> {
  const stream = Readable.from([redPicture()]);
  const { evidenceId } = await uploadEvidence(env, personId, { stream, fileName: "photo.png" });
  await addMatterEvidence(env, personId, { matterId, slot, evidenceId });
}

/** Confirms parts of a matter one after the other, each as the person named. */
export async function confirmPartsInTest(
  env: Environment,
  matterId: string,
  parts: readonly (readonly [part: string, personId: string])[],
): Promise<MatterState> {
  for (const [part, personId] of parts) {
    const digest = (await getMatter(env.db, matterId)).digest ?? "";
    const presence = await presentForMatterInTest(env, personId, "matter-confirm", matterId, digest);
    await confirmMatter(env, personId, { matterId, part, digest, facts: {}, presence });
  }
  return (await getMatter(env.db, matterId)).state;
}

/** Has an electronic seal made, by asking and one approval; answers what still keeps it from being used. */
export async function makeSealInTest(
  env: Environment,
  wanted: SealInTest,
): Promise<{ sealId: string; state: SealState; missing: string[]; matterId: string }> {
  const { actorId, entityId, unitId, keyAlgorithm, pieces = 0, ...seal } = wanted;
  const { matterId } = await askAndApproveInTest(env, {
    ...{ kind: "engrave", asker: actorId, entityId, unitId },
    data: {
      ...seal,
      physical: pieces > 0 ? { pieces, material: "rubber" } : null,
      electronic: { keyAlgorithm, filing: false },
    },
  });
  await confirmPositionsInTest(env);
  const row = await env.db.selectFrom("seals").selectAll().where("matter_id", "=", matterId).executeTakeFirstOrThrow();
  const state = row.state as SealState;
  const decided = state === "in-use" ? null : await decideForBodies(env.db, env, row, "put-in-use", actorId);
  const missing = decided === null || decided.ok ? [] : decided.refusals.map((refusal) => refusal.code);
  return { sealId: row.seal_id, state, missing, matterId };
}

/** Enters a piece that was there before, as the seal's administrator and with the signatory's approval. */
export async function enterPieceInTest(env: Environment, sealId: string, holderId?: string): Promise<string> {
  const seal = await env.db.selectFrom("seals").selectAll().where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  const grants = await env.db
    .selectFrom("grants")
    .select(["person_id", "role", "scope_id"])
    .where("scope_id", "in", [seal.entity_id, sealId])
    .where("state", "=", "given")
    .orderBy("granted_at")
    .orderBy("grant_id")
    .execute();
  const holder = (role: string): string => grants.find((grant) => grant.role === role)?.person_id ?? "";
  const { matterId } = await askAndApproveInTest(env, {
    ...{ kind: "enter-piece", asker: holder("seal-administrator"), entityId: seal.entity_id, sealId },
    photos: ["impression"],
    data: {
      ...{ material: "rubber", madeBy: "Old engraver", filingNumber: "", filedOn: null },
      ...{ holderId: holderId ?? holder("custodian"), specimenWidthMm: photoWidthMm(seal.width_mm) },
    },
  });
  const body = await env.db
    .selectFrom("seal_bodies")
    .select("body_id")
    .where("matter_id", "=", matterId)
    .executeTakeFirstOrThrow();
  return body.body_id;
}
