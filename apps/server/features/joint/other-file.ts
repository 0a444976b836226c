import { createHash } from "node:crypto";
import type { Reader } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { LoadedDocument, LoadedRequest } from "../requests/load-request.ts";
import { getTrust } from "../seals/authority.ts";
import { verifyInWorker } from "../verification/verify-in-worker.ts";

type Joint = Pick<LoadedRequest, "joint">;

/** The file of a document that the other side has sealed; null while it has not. */
async function findOtherFile(
  reader: Reader,
  { joint }: Joint,
  { documentId }: LoadedDocument,
): Promise<{ digest: string; at: Date; impressions: number } | null> {
  if (joint === null) return null;
  const row = await reader
    .selectFrom("request_documents as rd")
    .select(["sealed_digest", "sealed_at", "placements"])
    .where("request_id", "=", joint.other.requestId)
    .where("document_id", "=", documentId)
    .executeTakeFirst();
  return row?.sealed_digest && row.sealed_at
    ? { digest: row.sealed_digest, at: row.sealed_at, impressions: (row.placements as unknown[]).length }
    : null;
}

/** What a side seals: the approved document, or that with the seals of the other side, which came first. */
export async function readFileToSeal(
  reader: Reader,
  env: Environment,
  request: Joint,
  document: LoadedDocument,
): Promise<Buffer | null> {
  const other = await findOtherFile(reader, request, document);
  const file = await env.files.read(other?.digest ?? document.digest);
  return file.ok ? file.bytes : null;
}

/**
 * Whether every file that the other side has sealed is the approved document, byte for byte, with the seals that were
 * approved there added to it and nothing besides (C17). True while it has sealed none.
 */
export async function isOtherFileFit(
  reader: Reader,
  env: Environment,
  request: Pick<LoadedRequest, "joint" | "documents">,
): Promise<boolean> {
  if (request.joint === null) return true;
  for (const document of request.documents) {
    const other = await findOtherFile(reader, request, document);
    if (other !== null && !(await isApprovedWithSeals(reader, env, document, other))) return false;
  }
  return true;
}

/** Files never change, so that what was found once of these two is found again. */
const judged = new Map<string, boolean>();
const mostJudged = 500;

async function isApprovedWithSeals(
  reader: Reader,
  env: Environment,
  document: LoadedDocument,
  other: { readonly digest: string; readonly at: Date; readonly impressions: number },
): Promise<boolean> {
  const file = await env.files.read(other.digest);
  if (!file.ok) return false;
  const key = `${document.digest} ${other.digest} ${other.impressions}`;
  const known = judged.get(key);
  if (known !== undefined) return known;
  const { sizeBytes: approvedSize } = document;
  const begins = createHash("sha256").update(file.bytes.subarray(0, approvedSize)).digest("hex");
  if (document.digest !== `sha256:${begins}`) return false;
  const trust = await getTrust(reader);
  const found = await verifyInWorker({
    ...{ bytes: file.bytes, approvedSize, at: other.at.getTime() },
    ...(trust ? { roots: [trust.root], intermediates: [trust.issuing] } : {}),
  });
  const seals = found.seals.filter((seal) => !seal.isTimestamp);
  const added = seals.slice(document.signatures);
  const fits =
    ["valid", "valid-allowed"].includes(found.verdict) &&
    found.covers === true &&
    found.sinceApproved?.length === 0 &&
    added.length === other.impressions &&
    added.every((seal) => seal.trust === "trusted");
  if (judged.size >= mostJudged) judged.clear();
  judged.set(key, fits);
  return fits;
}
