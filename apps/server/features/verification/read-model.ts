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

/** Of a paper that two entities sealed: the sealing of the other, in whose file this one stands; null for any other. */
export async function findSealingBefore(reader: Reader, sealed: SealedFile): Promise<SealedFile | null> {
  const own = await reader
    .selectFrom("seal_use_requests")
    .select(["joint_id", "joint_side"])
    .where("request_id", "=", sealed.requestId)
    .executeTakeFirstOrThrow();
  if (own.joint_id === null || own.joint_side === null) return null;
  const before = await sealedFiles(reader)
    .where("r.joint_id", "=", own.joint_id)
    .where("r.joint_side", "<>", own.joint_side)
    .where("d.document_id", "=", sealed.documentId)
    .where("d.sealed_size", "<", String(sealed.sealedSize))
    .executeTakeFirst();
  return toSealedFile(before);
}

/** Of a file that only one entity of a joint paper sealed: whose seal it lacks, and whether that one still seals it. */
export interface HalfSealed {
  readonly number: string;
  readonly name: { readonly en: string; readonly zh: string };
  /** `waits`: it is still to come; `ended`: it never will; `done`: another file carries both. */
  readonly other: "waits" | "ended" | "done";
}

/** What a file lacks that one side of a joint request sealed first; null for any other, and for the one with both seals. */
export async function findHalfSealed(reader: Reader, sealed: SealedFile): Promise<HalfSealed | null> {
  const own = await reader
    .selectFrom("seal_use_requests")
    .select(["joint_id", "joint_side"])
    .where("request_id", "=", sealed.requestId)
    .executeTakeFirstOrThrow();
  if (own.joint_id === null || own.joint_side === null) return null;
  const other = await reader
    .selectFrom("seal_use_requests as r")
    .innerJoin("entities as e", "e.entity_id", "r.entity_id")
    .innerJoin("request_documents as d", (join) =>
      join.onRef("d.request_id", "=", "r.request_id").on("d.document_id", "=", sealed.documentId),
    )
    .select(["r.number", "r.state", "e.name_en", "e.name_zh", "d.sealed_digest"])
    .where("r.joint_id", "=", own.joint_id)
    .where("r.joint_side", "<>", own.joint_side)
    .where("r.state", "not in", ["rejected", "cancelled", "expired"])
    .executeTakeFirst();
  if (!other) return null;
  const ended = other.state === "closed" || other.state === "registered";
  return {
    number: other.number ?? "",
    name: { en: other.name_en, zh: other.name_zh },
    other: other.sealed_digest === null ? (ended ? "ended" : "waits") : "done",
  };
}

/** The newest sealing of the document whose unsealed bytes have this digest, or null: what was never sealed stays unknown. */
export async function findSealingOfOriginal(reader: Reader, digest: string): Promise<SealedFile | null> {
  return toSealedFile(await sealedFiles(reader).where("o.digest", "=", digest).executeTakeFirst());
}

/**
 * The sealing that an embedded seal comes from: the very signature value that was made then, wherever it stands now and
 * whatever became of the bytes around it. Null where no settled impression has it.
 */
export async function findSealingOfSeal(
  reader: Reader,
  bytes: Uint8Array,
  finding: SealFinding,
): Promise<SealedFile | null> {
  const signatures = listSignatureValues(readContents(bytes, finding.byteRange));
  if (signatures.length === 0) return null;
  const made = await reader
    .selectFrom("impressions")
    .select(["request_id", "document_id"])
    .where("signature", "in", signatures)
    .where("state", "=", "settled")
    .limit(1)
    .executeTakeFirst();
  if (!made) return null;
  const sealed = await sealedFiles(reader)
    .where("d.request_id", "=", made.request_id)
    .where("d.document_id", "=", made.document_id)
    .executeTakeFirst();
  return toSealedFile(sealed);
}

/** The seal of ours that a certificate belongs to, or null. A certificate alone can be copied into any file. */
export async function findOwnSeal(reader: Reader, certificate: Uint8Array | null): Promise<OwnSeal | null> {
  if (!certificate) return null;
  const sha256 = createHash("sha256").update(certificate).digest("hex");
  const row = await reader
    .selectFrom("certificates")
    .select("seal_id")
    .where("sha256", "=", sha256)
    .where("kind", "=", "seal")
    .executeTakeFirst();
  if (!row?.seal_id) return null;
  return (await listOwnSeals(reader, [row.seal_id], sha256))[0] ?? null;
}

/** What /Contents holds, as hexadecimal text between the two ranges; empty where there is no such place. */
function readContents(bytes: Uint8Array, range: readonly number[] | null): Buffer {
  const [, length = -1, second = -1] = range ?? [];
  if (length < 0 || second <= length || second - length > 1_000_000 || second > bytes.length) return Buffer.alloc(0);
  const text = Buffer.from(bytes.subarray(length, second)).toString("latin1");
  return Buffer.from(text.replaceAll(/[^0-9a-fA-F]/g, ""), "hex");
}

/** Every octet string in a CMS that has the length of a signature: P-256 (DER of r and s), RSA of 2048 to 4096 bits. */
function listSignatureValues(cms: Buffer): Buffer[] {
  const values: Buffer[] = [];
  for (let at = cms.indexOf(0x04); at >= 0 && values.length < 100; at = cms.indexOf(0x04, at + 1)) {
    const short = cms[at + 1] ?? 0;
    const long = cms.length > at + 3 ? cms.readUInt16BE(at + 2) : 0;
    if (short >= 0x44 && short <= 0x48 && cms[at + 2] === 0x30) values.push(cms.subarray(at + 2, at + 2 + short));
    else if (short === 0x82 && [256, 384, 512].includes(long)) values.push(cms.subarray(at + 4, at + 4 + long));
  }
  return values;
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
    .orderBy("nr", "desc")
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
    of: steps.filter((step) => !["voided", "returned"].includes(step.state)).length,
    before: approved.every((step) => step.decided_at !== null && step.decided_at <= sealed.sealedAt),
  };
}
