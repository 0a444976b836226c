import { Readable } from "node:stream";
import type { MatterKind } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { uploadEvidence } from "../../evidence/service.ts";
import { recordSamplePresence } from "../../identity/step-up.ts";
import { addMatterEvidence, beginMatter, submitMatter } from "../../matters/ask-matter.ts";
import { confirmMatter, decideMatterStepOf } from "../../matters/decide-matter.ts";
import { getMatter, readSteps } from "../../matters/store.ts";
import { drawPng, type StoredFace } from "../../seals/face.ts";

/** Where matters of the sample are asked for. */
export interface SampleForMatters {
  readonly env: Environment;
  readonly entityId: string;
}

/** Asks for a matter and submits it. */
export async function ask(
  { env, entityId }: SampleForMatters,
  kind: MatterKind,
  asker: string,
  input: {
    sealId: string | null;
    unitId?: string | null;
    personId?: string | null;
    effectiveOn?: string | null;
    title: string;
    reason: string;
    data: Record<string, unknown>;
    /** Slots that are filled before it is submitted. */
    photos?: readonly string[];
    /** A picture that is there already, for all of them. */
    evidenceId?: string;
  },
): Promise<string> {
  const { photos = [], evidenceId, sealId, ...words } = input;
  const { matterId } = await beginMatter(env, asker, kind, {
    ...{ entityId, unitId: null, personId: null, effectiveOn: null, bodyId: null, sealId },
    ...words,
  });
  for (const slot of photos)
    if (evidenceId) await addMatterEvidence(env, asker, { matterId, slot, evidenceId });
    else await photograph({ env, entityId }, asker, matterId, slot, sealId ?? "");
  await submitMatter(env, asker, matterId);
  return matterId;
}

/** Approves its current step as the first who may. */
export async function approve({ env }: SampleForMatters, matterId: string): Promise<void> {
  const row = await getMatter(env.db, matterId);
  const step = (await readSteps(env.db, row)).find((one) => one.state === "current");
  const digest = row.digest ?? "";
  const decider = step?.candidates[0] ?? "";
  const stepUpId = await recordSamplePresence(env, decider, "matter-approve", matterId, digest);
  await decideMatterStepOf(env, decider, {
    ...{ matterId, stepId: step?.step_id ?? "", decision: "approve", comment: "", digest },
    presence: { stepUpId, method: "sample" },
  });
}

/** Confirms a part of it. */
export async function confirm(
  { env }: SampleForMatters,
  personId: string,
  matterId: string,
  part: string,
  facts: Record<string, unknown>,
): Promise<void> {
  const digest = (await getMatter(env.db, matterId)).digest ?? "";
  const stepUpId = await recordSamplePresence(env, personId, "matter-confirm", matterId, digest);
  await confirmMatter(env, personId, { matterId, part, digest, facts, presence: { stepUpId, method: "sample" } });
}

/** The face of the seal stands in for a photo of its impression. */
export async function photograph(
  { env }: SampleForMatters,
  personId: string,
  matterId: string,
  slot: string,
  sealId: string,
): Promise<void> {
  const evidenceId = await uploadFace({ env }, personId, sealId);
  await addMatterEvidence(env, personId, { matterId, slot, evidenceId });
}

/** The face of a seal as a picture that somebody took. */
export async function uploadFace(
  { env }: Pick<SampleForMatters, "env">,
  personId: string,
  sealId: string,
  fileName = "impression.png",
): Promise<string> {
  const stream = Readable.from([await drawSealPicture(env, sealId)]);
  return (await uploadEvidence(env, personId, { stream, fileName })).evidenceId;
}

/** The face of a seal as a PNG. */
export async function drawSealPicture(env: Environment, sealId: string): Promise<Buffer> {
  const row = await env.db.selectFrom("seals").select("face").where("seal_id", "=", sealId).executeTakeFirstOrThrow();
  return Buffer.from(await drawPng(env.files, row.face as unknown as StoredFace));
}
