import { createHash } from "node:crypto";
import type { SealFinding } from "@chancery/pdf-seal/verify";
import type { Reader } from "../../platform/db.ts";

/** A file that was sealed here, as far as the public may know it. */
export interface SealedFile {
  requestId: string;
  documentId: string;
  sealedDigest: string;
  sealedSize: number;
  sealedAt: Date;
  requestNumber: string;
  entity: { name: { en: string; zh: string }; code: string; timeZone: string };
  pages: number;
}

/** A seal of ours with its certificate, as it is today. */
export interface OwnSeal {
  sealId: string;
  name: { en: string; zh: string };
  entity: { en: string; zh: string };
  type: string;
  state: string;
  face: unknown;
  widthMm: number;
  heightMm: number;
  certificate: { from: Date; until: Date; revokedAt: Date | null } | null;
}

const sealedFiles = (reader: Reader) =>
  reader
    .selectFrom("request_documents as d")
    .innerJoin("seal_use_requests as r", "r.request_id", "d.request_id")
    .innerJoin("entities as e", "e.entity_id", "r.entity_id")
    .innerJoin("documents as o", "o.document_id", "d.document_id")
    .select([
      "d.request_id",
      "d.document_id",
      "d.sealed_digest",
      "d.sealed_size",
      "d.sealed_at",
      "r.number",
      "e.name_en",
      "e.name_zh",
      "e.code",
      "e.time_zone",
      "o.pages",
    ])
    .where("d.sealed_digest", "is not", null)
    .where("d.sealed_at", "is not", null)
    .orderBy("d.sealed_at", "desc")
    .limit(1);

type SealedRow = Awaited<ReturnType<ReturnType<typeof sealedFiles>["execute"]>>[number];

const toSealedFile = (row: SealedRow | undefined): SealedFile | null =>
  row?.sealed_digest && row.sealed_at && row.number
    ? {
        requestId: row.request_id,
        documentId: row.document_id,
        sealedDigest: row.sealed_digest,
        sealedSize: Number(row.sealed_size),
        sealedAt: row.sealed_at,
        requestNumber: row.number,
        entity: { name: { en: row.name_en, zh: row.name_zh }, code: row.code, timeZone: row.time_zone },
        pages: row.pages.length,
      }
    : null;

/** The sealing that made the file with this digest, or null. */
export async function findSealedFile(reader: Reader, digest: string): Promise<SealedFile | null> {
  return toSealedFile(await sealedFiles(reader).where("d.sealed_digest", "=", digest).executeTakeFirst());
}

/** The newest sealing of the document whose unsealed bytes have this digest, or null: what was never sealed stays unknown. */
export async function findSealingOfOriginal(reader: Reader, digest: string): Promise<SealedFile | null> {
  return toSealedFile(await sealedFiles(reader).where("o.digest", "=", digest).executeTakeFirst());
}

/**
 * The sealing that an embedded seal comes from: one of our certificates, and the very signature that was made then,
 * wherever its bytes stand now. Null where the certificate is not ours or no such impression was settled.
 */
export async function findSealingOfSeal(
  reader: Reader,
  bytes: Uint8Array,
  finding: SealFinding,
): Promise<{ own: OwnSeal; sealed: SealedFile | null } | null> {
  if (!finding.certificate) return null;
  const sha256 = createHash("sha256").update(finding.certificate).digest("hex");
  const certificate = await reader
    .selectFrom("certificates")
    .select("seal_id")
    .where("sha256", "=", sha256)
    .where("kind", "=", "seal")
    .executeTakeFirst();
  if (!certificate?.seal_id) return null;
  const [own] = await listOwnSeals(reader, [certificate.seal_id], sha256);
  if (!own) return null;
  const contents = readContents(bytes, finding.byteRange);
  const at = finding.signedAt === null ? Number.NaN : Date.parse(finding.signedAt);
  if (contents === null || Number.isNaN(at)) return { own, sealed: null };
  const candidates = await reader
    .selectFrom("impressions")
    .select(["request_id", "document_id", "signature"])
    .where("seal_id", "=", own.sealId)
    .where("state", "=", "settled")
    // CMS tells the time to the second.
    .where("prepared_at", ">", new Date(at - 1000))
    .where("prepared_at", "<", new Date(at + 1000))
    .limit(200)
    .execute();
  const made = candidates.find((row) => row.signature !== null && contents.includes(row.signature.toString("hex")));
  if (!made) return { own, sealed: null };
  const sealed = await sealedFiles(reader)
    .where("d.request_id", "=", made.request_id)
    .where("d.document_id", "=", made.document_id)
    .executeTakeFirst();
  return { own, sealed: toSealedFile(sealed) };
}

/** The hexadecimal text of /Contents, which stands between the two ranges. */
function readContents(bytes: Uint8Array, range: readonly number[] | null): string | null {
  const [, length = -1, second = -1] = range ?? [];
  if (length < 0 || second <= length || second - length > 4_000_000 || second > bytes.length) return null;
  return Buffer.from(bytes.subarray(length, second)).toString("latin1").toLowerCase();
}

/** The seals that were set on a document, in order. */
export async function listSealsOf(reader: Reader, sealed: SealedFile): Promise<OwnSeal[]> {
  const rows = await reader
    .selectFrom("impressions")
    .select("seal_id")
    .where("request_id", "=", sealed.requestId)
    .where("document_id", "=", sealed.documentId)
    .where("state", "=", "settled")
    .orderBy("position")
    .execute();
  const ids = [...new Set(rows.map((row) => row.seal_id))];
  const seals = await listOwnSeals(reader, ids, null, sealed.sealedAt);
  return ids.flatMap((id) => seals.find((seal) => seal.sealId === id) ?? []);
}

async function listOwnSeals(
  reader: Reader,
  ids: string[],
  sha256: string | null,
  at: Date = new Date(0),
): Promise<OwnSeal[]> {
  if (ids.length === 0) return [];
  const rows = await reader
    .selectFrom("seals as s")
    .innerJoin("entities as e", "e.entity_id", "s.entity_id")
    .selectAll("s")
    .select(["e.name_en as entity_en", "e.name_zh as entity_zh"])
    .where("s.seal_id", "in", ids)
    .execute();
  const certificates = await reader
    .selectFrom("certificates")
    .select(["seal_id", "sha256", "not_before", "not_after", "revoked_at"])
    .where("seal_id", "in", ids)
    .orderBy("not_before", "desc")
    .execute();
  return rows.map((row) => {
    const own = certificates.filter((one) => one.seal_id === row.seal_id);
    const certificate = own.find((one) => (sha256 === null ? one.not_before <= at : one.sha256 === sha256));
    return {
      sealId: row.seal_id,
      name: { en: row.name_en, zh: row.name_zh },
      entity: { en: row.entity_en, zh: row.entity_zh },
      type: row.type,
      state: row.state,
      face: row.face,
      widthMm: row.width_mm,
      heightMm: row.height_mm,
      certificate: certificate
        ? { from: certificate.not_before, until: certificate.not_after, revokedAt: certificate.revoked_at }
        : null,
    };
  });
}

/** How many steps of the newest round were approved, of how many; and whether all of them before the sealing. */
export async function readApprovals(
  reader: Reader,
  sealed: SealedFile,
): Promise<{ approved: number; of: number; before: boolean }> {
  const steps = await reader
    .selectFrom("request_steps as s")
    .innerJoin("seal_use_requests as r", (join) =>
      join.onRef("r.request_id", "=", "s.request_id").onRef("r.round", "=", "s.round"),
    )
    .select(["s.state", "s.decided_at"])
    .where("s.request_id", "=", sealed.requestId)
    .execute();
  const approved = steps.filter((step) => step.state === "approved");
  return {
    approved: approved.length,
    of: steps.filter((step) => step.state !== "voided").length,
    before: approved.every((step) => step.decided_at !== null && step.decided_at <= sealed.sealedAt),
  };
}
