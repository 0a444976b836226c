import { listSpecimenRefusals, mayReadSpecimen, type Refusal, refuse } from "@chancery/domain";
import { z } from "zod";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { type MatterRow, readMatterEvidence } from "../matters/store.ts";
import type { CleanedSpecimen } from "./clean-specimen.ts";
import type { StoredFace } from "./face.ts";
import { readViewer, type Viewer } from "./visible-seals.ts";

const cleanInThread = createThreadPool<{ bytes: Uint8Array }, CleanedSpecimen>(
  new URL("./clean-specimen-worker.ts", import.meta.url),
  { timeMs: 30_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 40 },
);

/** What breaks the thread is a picture that cannot be read. */
async function cleanInWorker(bytes: Uint8Array): Promise<CleanedSpecimen> {
  const outcome = await cleanInThread({ bytes });
  return outcome.ok ? outcome.answer : { ok: false };
}

export type Specimen =
  | { readonly ok: true; readonly evidenceId: string; readonly mmPerPx: number; readonly png: Uint8Array }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * The specimen of a matter as it would be kept: the newest picture of the slot, cleaned, with its scale, if the impression
 * is as large as the face that was approved. `widthMm` is how wide the whole picture is on paper.
 */
export async function readSpecimen(
  reader: Reader,
  env: Environment,
  row: MatterRow,
  slot: "impression" | "specimen",
  widthMm: number,
): Promise<Specimen> {
  const file = (await readMatterEvidence(reader, row.matter_id)).findLast((one) => one.slot === slot);
  if (!file) return { ok: false, refusals: [refuse("matter.evidence-missing", { slot }, "C09")] };
  const read = await env.files.read(file.digest);
  const cleaned = read.ok ? await cleanInWorker(new Uint8Array(read.bytes)) : { ok: false as const };
  if (!cleaned.ok) return { ok: false, refusals: [refuse("seal.specimen-not-readable", {}, "C23")] };
  const seal = await reader
    .selectFrom("seals")
    .select(["width_mm", "height_mm", "face"])
    .where("seal_id", "=", row.seal_id)
    .executeTakeFirstOrThrow();
  const mmPerPx = widthMm / cleaned.widthPx;
  const face = seal.face as unknown as StoredFace;
  const refusals = listSpecimenRefusals(
    {
      widthMm: seal.width_mm,
      heightMm: seal.height_mm,
      round: face.kind === "generated" && face.spec.shape === "circle",
    },
    { widthMm: cleaned.inkWidthPx * mmPerPx, heightMm: cleaned.inkHeightPx * mmPerPx },
  );
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, evidenceId: file.evidence_id, mmPerPx, png: cleaned.png };
}

/** Keeps it with the piece, for ever: everything that is compared later is compared with it. */
export async function keepSpecimen(
  tx: Tx,
  env: Environment,
  specimen: Extract<Specimen, { ok: true }>,
  bodyId: string,
): Promise<void> {
  const { digest, sizeBytes } = await env.files.storeBytes(specimen.png);
  await tx
    .insertInto("files")
    .values({ digest, size_bytes: sizeBytes, media_type: "image/png", stored_at: new Date(env.clock.now()) })
    .onConflict((conflict) => conflict.column("digest").doNothing())
    .execute();
  await tx
    .updateTable("seal_bodies")
    .set({
      specimen_evidence_id: specimen.evidenceId,
      specimen_mm_per_px: specimen.mmPerPx,
      specimen_digest: digest,
    })
    .where("body_id", "=", bodyId)
    .execute();
}

/**
 * Which of these pieces' kept specimens a person reads. Who is named in a handover compares once it was approved: before,
 * anybody could name himself. So a witness from outside reads it too, who otherwise does not see the seal.
 */
export async function readSpecimensShown(
  reader: Reader,
  viewer: Viewer,
  seal: { readonly sealId: string; readonly entityId: string },
  bodyIds: readonly string[],
): Promise<(bodyId: string) => boolean> {
  const held = await readHeldNow(reader, bodyIds);
  const handovers = await reader
    .selectFrom("matter_reservations as r")
    .innerJoin("matters as m", "m.matter_id", "r.matter_id")
    .select(["r.subject", "m.data"])
    .where("r.subject", "in", ["", ...bodyIds.map((bodyId) => `custody:${bodyId}`)])
    .where("m.kind", "=", "handover")
    .where("m.state", "=", "approved")
    .execute();
  return (bodyId) => {
    const named = handovers
      .filter((row) => row.subject === `custody:${bodyId}`)
      .map((row) => Comparers.parse(row.data));
    return mayReadSpecimen(viewer, {
      ...{ sealId: seal.sealId, entityId: seal.entityId, custodians: custodiansOf(held(bodyId)) },
      comparers: named.flatMap((one) => [one.receiverId, one.witnessId]),
    });
  };
}
const Comparers = z.object({ receiverId: z.string(), witnessId: z.string() });

/** The kept specimen of a piece; whoever may not read it is told the same as where there is none (C23). */
export async function getSpecimen(env: Environment, personId: string, bodyId: string): Promise<Uint8Array> {
  const row = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.specimen_digest", "s.seal_id", "s.entity_id"])
    .where("b.body_id", "=", bodyId)
    .executeTakeFirst();
  if (!row?.specimen_digest) throw problems.notFound();
  const viewer = await readViewer(env.db, personId, env.clock.now());
  const place = { sealId: row.seal_id, entityId: row.entity_id };
  if (!(await readSpecimensShown(env.db, viewer, place, [bodyId]))(bodyId)) throw problems.notFound();
  const file = await env.files.read(row.specimen_digest);
  if (!file.ok) throw new Error(`a specimen cannot be read: ${file.code}`);
  return file.bytes;
}
