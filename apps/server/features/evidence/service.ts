import { Worker } from "node:worker_threads";
import type { RouteAnswer } from "@chancery/api/client";
import { sql } from "kysely";
import { cleanFileName } from "../../platform/clean-input.ts";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { seesLodgingEvidence } from "../lodgings/may-see.ts";
import { requireSeesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { seesRequest } from "../requests/may-see.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";
import { evidenceLimit, type InspectedFile } from "./inspect-picture.ts";

export type EvidenceView = RouteAnswer<"POST /v1/evidence">;
const inspectionLimit = { ms: 20_000, memoryMb: 512 };

const refusals = {
  "evidence.too-large": {
    en: "The file is larger than 30 MB. Take the picture at a lower resolution, or scan at 300 dpi.",
    zh: "文件超过 30 MB。请降低拍摄分辨率，或以 300 dpi 扫描。",
  },
  "evidence.not-readable": {
    en: "This is no picture (JPEG, PNG, WebP, TIFF) and no PDF that can be read. Take the photo again, or save it as JPEG.",
    zh: "该文件不是可读的图片（JPEG、PNG、WebP、TIFF）或 PDF。请重新拍摄，或另存为 JPEG。",
  },
  "evidence.too-many-pixels": {
    en: "The picture has more than 120 million pixels. Take it at a lower resolution.",
    zh: "图片超过 1.2 亿像素。请降低分辨率后重新拍摄。",
  },
} as const;
const refused = (code: keyof typeof refusals): ProblemError =>
  new ProblemError(code === "evidence.too-large" ? 413 : 422, code, refusals[code]);

/** Looks at the file in a worker with limits of time and memory; what breaks the worker is a file that cannot be read. */
function inspectInWorker(bytes: Uint8Array): Promise<InspectedFile> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL("./inspect-picture-worker.ts", import.meta.url), {
      workerData: { bytes },
      resourceLimits: { maxOldGenerationSizeMb: inspectionLimit.memoryMb },
    });
    const end = (answer: InspectedFile): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end({ ok: false, code: "evidence.not-readable" }), inspectionLimit.ms);
    worker.once("message", (answer: InspectedFile) => end(answer));
    worker.once("error", () => end({ ok: false, code: "evidence.not-readable" }));
    worker.once("exit", () => end({ ok: false, code: "evidence.not-readable" }));
  });
}

/** Keeps a file given as evidence: the original bytes by their digest, and a preview. A refused file leaves nothing. */
export async function uploadEvidence(
  env: Environment,
  personId: string,
  upload: { stream: AsyncIterable<Uint8Array>; fileName: string },
): Promise<EvidenceView> {
  const stored = await env.files.store(upload.stream, evidenceLimit);
  if (!stored.ok) throw refused("evidence.too-large");
  const read = await env.files.read(stored.digest);
  if (!read.ok) throw new Error(`a file just stored can not be read: ${read.code}`);
  const inspected = await inspectInWorker(new Uint8Array(read.bytes));
  if (!inspected.ok) {
    await forgetFile(env, stored.digest);
    throw refused(inspected.code);
  }
  const preview = inspected.preview ? await env.files.storeBytes(inspected.preview) : null;
  const now = env.clock.now();
  const evidenceId = newId("ev", now);
  await transact(env.db, async (tx) => {
    const files = [
      { digest: stored.digest as string, size_bytes: stored.sizeBytes, media_type: inspected.mediaType },
      ...(preview
        ? [{ digest: preview.digest as string, size_bytes: preview.sizeBytes, media_type: "image/jpeg" }]
        : []),
    ];
    for (const file of files)
      await tx
        .insertInto("files")
        .values({ ...file, stored_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    await tx
      .insertInto("evidence")
      .values({
        evidence_id: evidenceId,
        digest: stored.digest,
        name: cleanFileName(upload.fileName, "file"),
        media_type: inspected.mediaType,
        size_bytes: stored.sizeBytes,
        width_px: inspected.widthPx,
        height_px: inspected.heightPx,
        preview_digest: preview?.digest ?? null,
        // A camera's clock may run ahead; what lies in the future is no time a picture was taken.
        taken_at: inspected.takenAt && Date.parse(inspected.takenAt) <= now ? inspected.takenAt : null,
        uploaded_by: personId,
        uploaded_at: new Date(now),
      })
      .execute();
  });
  return getEvidenceView(env.db, evidenceId);
}

type EvidenceRow = Awaited<ReturnType<typeof getEvidenceRow>>;

async function getEvidenceRow(reader: Reader, evidenceId: string) {
  const row = await reader.selectFrom("evidence").selectAll().where("evidence_id", "=", evidenceId).executeTakeFirst();
  if (!row) throw problems.notFound();
  return row;
}

export function showEvidence(row: EvidenceRow, uploadedBy: PersonRefView | null): EvidenceView {
  return {
    evidenceId: row.evidence_id,
    digest: row.digest,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    widthPx: row.width_px,
    heightPx: row.height_px,
    hasPreview: row.preview_digest !== null,
    takenAt: row.taken_at?.toISOString() ?? null,
    uploadedBy,
    uploadedAt: row.uploaded_at.toISOString(),
  };
}

export async function getEvidenceView(reader: Reader, evidenceId: string): Promise<EvidenceView> {
  const row = await getEvidenceRow(reader, evidenceId);
  return showEvidence(row, (await readPeople(reader, [row.uploaded_by]))(row.uploaded_by));
}

/** The row, for who uploaded the file or may see a matter, task or check it belongs to. Throws `subject.not-found`. */
export async function requireSeesEvidence(
  env: Environment,
  personId: string,
  evidenceId: string,
): Promise<EvidenceRow> {
  const row = await getEvidenceRow(env.db, evidenceId);
  if (row.uploaded_by === personId) return row;
  // What a course gives to read is for everybody who may take it.
  const ofCourse = await env.db
    .selectFrom("course_versions")
    .select("course_id")
    .where(sql<boolean>`${evidenceId} = any (documents)`)
    .executeTakeFirst();
  if (ofCourse) return row;
  // Scans of old books are for whoever watches over the entity.
  const books = await env.db
    .selectFrom("old_book_scans as s")
    .innerJoin("old_books as b", "b.book_id", "s.book_id")
    .select("b.entity_id")
    .where("s.evidence_id", "=", evidenceId)
    .execute();
  const grants = books.length === 0 ? [] : await readGrantsInForce(env.db, env.clock.now(), { personId });
  if (books.some((book) => watches(grants, book.entity_id))) return row;
  // Papers of a request are for whoever may read the request.
  const requests = await env.db
    .selectFrom("request_attachments")
    .select("request_id")
    .where("evidence_id", "=", evidenceId)
    .execute();
  for (const { request_id: requestId } of requests)
    if (await seesRequest(env.db, personId, requestId, env.clock.now())) return row;
  if (await seesLodgingEvidence(env.db, personId, evidenceId, env.clock.now())) return row;
  const matters = await env.db
    .selectFrom("matter_evidence")
    .select("matter_id")
    .where("evidence_id", "=", evidenceId)
    .union(
      env.db
        .selectFrom("tasks")
        .select("matter_id")
        .where("evidence_id", "=", evidenceId)
        .where("matter_id", "is not", null)
        .$narrowType<{ matter_id: string }>(),
    )
    .union(
      // Specimens of an import are looked at by who decides on it; a matter shows none that its asker did not hand in.
      env.db
        .selectFrom("import_files as f")
        .innerJoin("matters as m", (join) =>
          join
            .onRef("m.asked_by", "=", "f.uploaded_by")
            .on(sql<boolean>`m.kind = 'opening-stock' and position('"' || f.file_id || '"' in m.data::text) > 0`),
        )
        .select("m.matter_id")
        .where("f.evidence_id", "=", evidenceId),
    )
    .execute();
  for (const { matter_id } of matters) {
    try {
      await requireSeesMatter(env.db, personId, await getMatter(env.db, matter_id), env.clock.now());
      return row;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 404) throw error;
    }
  }
  if (await isOfWatchedCheck(env, personId, evidenceId)) return row;
  throw problems.notFound();
}

/** Photos of checks, and of seals in no register, are for who watches over the entity. */
async function isOfWatchedCheck(env: Environment, personId: string, evidenceId: string): Promise<boolean> {
  const entities = await env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select("c.entity_id")
    .where("i.evidence_id", "=", evidenceId)
    .union(env.db.selectFrom("unknown_seals").select("entity_id").where("evidence_id", "=", evidenceId))
    .execute();
  if (entities.length === 0) return false;
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  return entities.some((one) => watches(grants, one.entity_id));
}
