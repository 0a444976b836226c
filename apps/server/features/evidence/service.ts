import { Readable } from "node:stream";
import type { RouteAnswer } from "@chancery/api/client";
import { listPermissions } from "@chancery/domain";
import { sql } from "kysely";
import { cleanFileName } from "../../platform/clean-input.ts";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { forgetFile } from "../../platform/forget-file.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError, problems } from "../../platform/problems.ts";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import { custodiansOf, readHeldNow } from "../custody/postings.ts";
import { seesFormEvidence } from "../forms/sees-form-evidence.ts";
import { seesLodgingEvidence } from "../lodgings/may-see.ts";
import { requireSeesMatter } from "../matters/may-see.ts";
import { getMatter } from "../matters/store.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { seesRequest } from "../requests/may-see.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";
import { evidenceLimit, type InspectedFile, namedAsPicture } from "./inspect-picture.ts";

export type EvidenceView = RouteAnswer<"POST /v1/evidence">;
const inspect = createThreadPool<{ bytes: Uint8Array }, InspectedFile>(
  new URL("./inspect-picture-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 40 },
);

const refusals = {
  "evidence.too-large": {
    en: "The file is larger than 30 MB. Take the picture at a lower resolution, or scan at 300 dpi.",
    zh: "文件超过 30 MB。请降低拍摄分辨率，或以 300 dpi 扫描。",
  },
  "evidence.not-readable": {
    en: "This is no picture (JPEG, PNG, WebP, TIFF) and no PDF that can be read. Take the photo again, or save it as JPEG.",
    zh: "该文件不是可读的图片（JPEG、PNG、WebP、TIFF）或 PDF。请重新拍摄，或另存为 JPEG。",
  },
  "evidence.not-a-picture": {
    en: "The name of the file says that it is a picture, and its content is none. Take the photo again, or give the file its right name.",
    zh: "文件名显示为图片，但内容不是图片。请重新拍摄，或改用正确的文件名。",
  },
  "evidence.too-many-pixels": {
    en: "The picture has more than 120 million pixels. Take it at a lower resolution.",
    zh: "图片超过 1.2 亿像素。请降低分辨率后重新拍摄。",
  },
  "evidence.busy": {
    en: "Many files are being looked at just now. Try again in a minute.",
    zh: "当前正在处理大量文件。请一分钟后重试。",
  },
} as const;
const statusOf: Partial<Record<keyof typeof refusals, number>> = { "evidence.too-large": 413, "evidence.busy": 503 };
const refused = (code: keyof typeof refusals): ProblemError =>
  new ProblemError(statusOf[code] ?? 422, code, refusals[code]);

/** What breaks the thread is a file that cannot be read; that many wait is no fault of the file. */
async function inspectFileApart(bytes: Uint8Array): Promise<InspectedFile | { ok: false; code: "evidence.busy" }> {
  const outcome = await inspect({ bytes });
  if (outcome.ok) return outcome.answer;
  return { ok: false, code: outcome.why === "busy" ? "evidence.busy" : "evidence.not-readable" };
}

/** Who looks for a photo under a picture's name finds one: papers under such a name are not taken. */
const findNameFault = (name: string, mediaType: string): "evidence.not-a-picture" | null =>
  namedAsPicture(name) && !mediaType.startsWith("image/") ? "evidence.not-a-picture" : null;

type Upload = { stream: AsyncIterable<Uint8Array>; fileName: string };
/** A file that was taken in and looked at, and belongs to nothing yet: what no row names is swept away. */
interface TakenIn {
  readonly digest: string;
  readonly sizeBytes: number;
  readonly name: string;
  readonly mediaType: string;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly takenAt: string | null;
  readonly preview: { readonly digest: string; readonly sizeBytes: number } | null;
}

/**
 * A photo that a controller took, taken in as any other file is: null where it is no picture, `later` where too many files are
 * looked at just now and it is to be tried again.
 */
export async function takeInPhoto(env: Environment, bytes: Uint8Array): Promise<TakenIn | null | "later"> {
  try {
    const looked = await takeIn(env, { stream: Readable.from([bytes]), fileName: "controller.jpg" });
    return looked.mediaType.startsWith("image/") ? looked : null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.code === "evidence.busy" ? "later" : null;
  }
}

/** Takes a file in: the original bytes by their digest, and a preview. A refused file leaves nothing. */
export async function takeIn(env: Environment, upload: Upload): Promise<TakenIn> {
  const stored = await env.files.store(upload.stream, evidenceLimit);
  if (!stored.ok) throw refused("evidence.too-large");
  const read = await env.files.read(stored.digest);
  if (!read.ok) throw new Error(`a file just stored can not be read: ${read.code}`);
  const inspected = await inspectFileApart(new Uint8Array(read.bytes));
  const fault = inspected.ok ? findNameFault(upload.fileName, inspected.mediaType) : inspected.code;
  if (!inspected.ok || fault !== null) {
    await forgetFile(env, stored.digest);
    throw refused(fault ?? "evidence.not-readable");
  }
  return {
    ...{ digest: stored.digest, sizeBytes: stored.sizeBytes, name: cleanFileName(upload.fileName, "file") },
    ...{ mediaType: inspected.mediaType, widthPx: inspected.widthPx, heightPx: inspected.heightPx },
    takenAt: inspected.takenAt,
    preview: inspected.preview ? await env.files.storeBytes(inspected.preview) : null,
  };
}

/** Keeps what was taken in, in the caller's transaction: evidence of whoever gave it. */
export async function keepEvidence(tx: Tx, env: Environment, personId: string, file: TakenIn): Promise<string> {
  const now = env.clock.now();
  const evidenceId = newId("ev", now);
  const files = [
    { digest: file.digest, size_bytes: file.sizeBytes, media_type: file.mediaType },
    ...(file.preview
      ? [{ digest: file.preview.digest, size_bytes: file.preview.sizeBytes, media_type: "image/jpeg" }]
      : []),
  ];
  for (const one of files)
    await tx
      .insertInto("files")
      .values({ ...one, stored_at: new Date(now) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await tx
    .insertInto("evidence")
    .values({
      ...{ evidence_id: evidenceId, digest: file.digest, name: file.name, media_type: file.mediaType },
      ...{ size_bytes: file.sizeBytes, width_px: file.widthPx, height_px: file.heightPx },
      preview_digest: file.preview?.digest ?? null,
      // A camera's clock may run ahead; what lies in the future is no time a picture was taken.
      taken_at: file.takenAt && Date.parse(file.takenAt) <= now ? file.takenAt : null,
      ...{ uploaded_by: personId, uploaded_at: new Date(now) },
    })
    .execute();
  return evidenceId;
}

/** Keeps a file given as evidence, before it belongs to anything. */
export async function uploadEvidence(env: Environment, personId: string, upload: Upload): Promise<EvidenceView> {
  const file = await takeIn(env, upload);
  const evidenceId = await transact(env.db, (tx) => keepEvidence(tx, env, personId, file));
  return getEvidenceView(env.db, evidenceId);
}

const strip = createThreadPool<{ bytes: Uint8Array }, Uint8Array>(
  new URL("./strip-picture-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 1, mostWaiting: 40 },
);

const usualLocationDays = 90;
const dayMs = 86_400_000;

/**
 * The bytes of evidence as this reader gets them. Where a photo was taken is shown to inspectors and seal administrators,
 * and to who took it, for as many days as the setting says, and to nobody afterwards; everybody else gets the same picture and nothing of what stands beside it in its file. Papers that are no
 * picture are given as they came.
 */
export async function readEvidenceFile(env: Environment, personId: string, row: EvidenceRow): Promise<Uint8Array> {
  const file = await env.files.read(row.digest);
  if (!file.ok) throw new Error(`a file of evidence cannot be read: ${file.code}`);
  if (!row.media_type.startsWith("image/")) return file.bytes;
  const shownUntil = row.uploaded_at.getTime() + (env.locationDays ?? usualLocationDays) * dayMs;
  if (env.clock.now() < shownUntil && (await maySeeLocation(env, personId, row))) return file.bytes;
  const stripped = await strip({ bytes: new Uint8Array(file.bytes) });
  if (!stripped.ok) throw refused("evidence.busy");
  return stripped.answer;
}

async function maySeeLocation(env: Environment, personId: string, row: EvidenceRow): Promise<boolean> {
  if (row.uploaded_by === personId) return true;
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  return listPermissions(grants.map((grant) => grant.role)).has("evidence.original");
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
  // Papers of a request, and photos of its impressions, are for whoever may read the request.
  const requests = await env.db
    .selectFrom("request_attachments")
    .select("request_id")
    .where("evidence_id", "=", evidenceId)
    .union(env.db.selectFrom("emergency_papers").select("request_id").where("evidence_id", "=", evidenceId))
    .union(env.db.selectFrom("impressions").select("request_id").where("evidence_id", "=", evidenceId))
    .union(
      env.db
        .selectFrom("impression_rulings as r")
        .innerJoin("impressions as i", "i.impression_id", "r.impression_id")
        .select("i.request_id")
        .where("r.evidence_id", "=", evidenceId),
    )
    .union(
      env.db
        .selectFrom("impression_retakes as t")
        .innerJoin("impressions as i", "i.impression_id", "t.impression_id")
        .select("i.request_id")
        .where("t.earlier_id", "=", evidenceId),
    )
    .union(env.db.selectFrom("stamped_copies").select("request_id").where("evidence_id", "=", evidenceId))
    .union(env.db.selectFrom("remote_looks").select("request_id").where("evidence_id", "=", evidenceId))
    .union(
      // What a controller saw before a press, and a further photo after one.
      env.db
        .selectFrom("controller_photos as p")
        .innerJoin("controller_records as r", (join) =>
          join
            .onRef("r.controller_id", "=", "p.controller_id")
            .onRef("r.epoch", "=", "p.epoch")
            .onRef("r.seq", "=", "p.seq"),
        )
        .innerJoin("controller_authorisations as a", (join) =>
          join.onRef("a.jti", "=", "r.jti").onRef("a.controller_id", "=", "p.controller_id"),
        )
        .select("a.request_id")
        .where("p.evidence_id", "=", evidenceId),
    )
    .union(env.db.selectFrom("seal_use_requests").select("request_id").where("make_up_evidence", "=", evidenceId))
    .union(
      env.db
        .selectFrom("final_copy_files as f")
        .innerJoin("final_copies as c", "c.final_copy_id", "f.final_copy_id")
        .select("c.request_id")
        .where("f.evidence_id", "=", evidenceId),
    )
    .execute();
  for (const { request_id: requestId } of requests)
    if (await seesRequest(env.db, personId, requestId, env.clock.now())) return row;
  if (await seesFormEvidence(env, personId, evidenceId)) return row;
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
  if (await isOfCheckRead(env, personId, evidenceId)) return row;
  throw problems.notFound();
}

/**
 * The photo of a check is for whoever reads the check: who watches over the entity, and who keeps the piece today. That of
 * a seal in no register is for who watches.
 */
async function isOfCheckRead(env: Environment, personId: string, evidenceId: string): Promise<boolean> {
  const items = await env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select(["c.entity_id", "i.body_id"])
    .where("i.evidence_id", "=", evidenceId)
    .execute();
  const held = await readHeldNow(
    env.db,
    items.map((item) => item.body_id),
  );
  if (items.some((item) => custodiansOf(held(item.body_id)).includes(personId))) return true;
  const unknown = await env.db
    .selectFrom("unknown_seals")
    .select("entity_id")
    .where("evidence_id", "=", evidenceId)
    .execute();
  const entities = [...items, ...unknown];
  if (entities.length === 0) return false;
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  return entities.some((one) => watches(grants, one.entity_id));
}
