import { Worker } from "node:worker_threads";
import { listSpecimenRefusals, type Refusal, refuse } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { type MatterRow, readMatterEvidence } from "../matters/store.ts";
import type { CleanedSpecimen } from "./clean-specimen.ts";
import type { StoredFace } from "./face.ts";
import { maySee, readViewer } from "./visible-seals.ts";

const limit = { ms: 30_000, memoryMb: 512 };

/** Cleans the picture in a thread of its own; what breaks the thread is a picture that cannot be read. */
function cleanInWorker(bytes: Uint8Array): Promise<CleanedSpecimen> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./clean-specimen-worker.ts", import.meta.url), {
      workerData: { bytes },
      resourceLimits: { maxOldGenerationSizeMb: limit.memoryMb },
    });
    const end = (answer: CleanedSpecimen): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ ok: false }), limit.ms);
    worker.once("message", end);
    worker.once("error", () => end({ ok: false }));
    worker.once("exit", () => end({ ok: false }));
  });
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

/** The kept specimen of a piece, for everybody who sees its seal: whoever holds a paper may compare (C23). */
export async function getSpecimen(env: Environment, personId: string, bodyId: string): Promise<Uint8Array> {
  const row = await env.db
    .selectFrom("seal_bodies as b")
    .innerJoin("seals as s", "s.seal_id", "b.seal_id")
    .select(["b.specimen_digest", "s.seal_id", "s.entity_id"])
    .where("b.body_id", "=", bodyId)
    .executeTakeFirst();
  const viewer = await readViewer(env.db, personId, env.clock.now());
  if (!row?.specimen_digest || !maySee(viewer, { sealId: row.seal_id, entityId: row.entity_id }))
    throw problems.notFound();
  const file = await env.files.read(row.specimen_digest);
  if (!file.ok) throw new Error(`a specimen cannot be read: ${file.code}`);
  return file.bytes;
}
