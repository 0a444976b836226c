import { createHash, X509Certificate } from "node:crypto";
import type { SealState, SealType } from "@chancery/domain";
import { hashLeaf, listInclusionTiles, openCheckpoint, proveInclusion, verifyInclusion } from "@chancery/ledger";
import type { PdfVerification, SealFinding, Verdict } from "@chancery/pdf-seal/verify";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyEd25519 } from "../ledger/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { findEntry, findSealedFileLeaf, namesSealedFile } from "../ledger/read-model.ts";
import { findNewestCheckpoint, readTiles } from "../ledger/read-tiles.ts";
import { sha256 } from "../ledger/record-event.ts";
import { getTrust } from "../seals/authority.ts";
import { drawSvg, type StoredFace } from "../seals/face.ts";
import { decideAnswer, type Origin } from "./answer.ts";
import { type LedgerPlace, listFindings } from "./findings.ts";
import {
  findHalfSealed,
  findOwnSeal,
  findSealedFile,
  findSealingBefore,
  findSealingOfOriginal,
  findSealingOfSeal,
  listSealsOf,
  type OwnSeal,
  readApprovals,
  type SealedFile,
} from "./read-model.ts";
import { verifyInWorker } from "./verify-in-worker.ts";
import { describeAnswer } from "./wording.ts";

type VerificationView = HandlerAnswer<"POST /v1/verifications">;

/**
 * Answers what a file is: looked up by its digest, verified as a PDF, compared with what was sealed here, and put into
 * plain words. Nothing of the file is kept. Never throws for what is in the file.
 */
export async function verifyFile(
  env: Environment,
  ledger: Ledger,
  file: { name: string; bytes: Uint8Array },
): Promise<VerificationView> {
  const digest = digestOf(file.bytes);
  const exact = await findSealedFile(env.db, digest);
  const trust = await getTrust(env.db);
  const pdf = await verifyInWorker({
    bytes: file.bytes,
    ...(trust ? { roots: [trust.root], intermediates: [trust.issuing], crls: trust.revocationLists } : {}),
    // For what was sealed here the time is on record; for anything else nobody but the seal itself says when.
    ...(exact ? { at: exact.sealedAt.getTime() } : {}),
  });
  const traced = await trace(env, file.bytes, digest, exact, pdf);
  const { sealed, origin, verdict } = traced;
  const before = sealed ? await findSealingBefore(env.db, sealed) : null;
  const half = sealed && !before && origin !== "original" ? await findHalfSealed(env.db, sealed) : null;
  const seals = sealed
    ? [...(before ? await listSealsOf(env.db, before) : []), ...(await listSealsOf(env.db, sealed))]
    : traced.unrecorded
      ? [traced.unrecorded]
      : [];
  const place = sealed ? await proveSealing(env, ledger, sealed) : null;
  const answer = decideAnswer(origin, verdict, pdf.trust);
  const [last] = pdf.seals.filter((seal) => !seal.isTimestamp).slice(-1);
  const told = {
    ...{ sealed, half },
    unrecorded: traced.unrecorded,
    signer: last?.signer?.organisation ?? last?.signer?.commonName ?? null,
    signedAt: last?.signedAt ? new Date(last.signedAt) : null,
    code: pdf.code,
  };
  const holds = answer === "as-sealed" || answer === "as-sealed-changed-allowed";
  const shown = holds && half !== null ? "half-sealed" : answer;
  const approvals = sealed ? await readApprovals(env.db, sealed) : null;
  const approvalsBefore = before ? await readApprovals(env.db, before) : null;
  const holdsSealed = origin === "exact" || origin === "carries-contained";
  return {
    file: { name: file.name, digest, sizeBytes: file.bytes.length, pages: sealed?.pages ?? null },
    checkedAt: new Date(env.clock.now()).toISOString(),
    answer: shown,
    ...describeAnswer(shown, told),
    findings: listFindings({
      answer,
      verdict,
      trust: pdf.trust,
      ...{ sealed, half },
      seals,
      approvals: approvals && approvalsBefore ? addApprovals(approvalsBefore, approvals) : approvals,
      otherNumber: before?.requestNumber ?? null,
      place,
      pages: { covered: listCoveredPages(pdf), signed: listSignedPages(pdf) },
    }),
    known: sealed
      ? {
          requestNumber: sealed.requestNumber,
          otherSide: before && { requestNumber: before.requestNumber, name: before.entity.name },
          sealedAt: sealed.sealedAt.toISOString(),
          entity: { name: sealed.entity.name, code: sealed.entity.code },
          timeZone: sealed.entity.timeZone,
          seals: await Promise.all(seals.map((seal) => showSeal(env, seal))),
          sealedDigest: holdsSealed ? sealed.sealedDigest : null,
          sealedDigestHint: `${sealed.sealedDigest.slice(7, 15)}…${sealed.sealedDigest.slice(-8)}`,
          leaf: place?.leaf ?? null,
          // The proof brings the entry only to who holds the sealed bytes and so knows their digest.
          proofUrl:
            holdsSealed && place?.leaf != null && place.leaf < place.size
              ? `/v1/ledger/leaves/${place.leaf}/proof?file=${encodeURIComponent(sealed.sealedDigest)}`
              : null,
        }
      : null,
    verdict: pdf.verdict,
    trust: pdf.trust,
    covers: pdf.covers,
    level: pdf.level,
    code: pdf.code,
    seals: pdf.seals.map(showFinding),
  };
}

/**
 * The answer for a file that the caller names and does not send. What was sealed here, and its original, are read from
 * our own store, so the answer is that for these very bytes. Null for anything else: such a file has to be sent.
 */
export async function verifyKnownFile(
  env: Environment,
  ledger: Ledger,
  digest: string,
): Promise<VerificationView | null> {
  const known = (await findSealedFile(env.db, digest)) ?? (await findSealingOfOriginal(env.db, digest));
  if (!known) return null;
  const stored = await env.files.read(digest);
  return stored.ok ? verifyFile(env, ledger, { name: "", bytes: stored.bytes }) : null;
}

const inOrder = (pages: readonly number[]): number[] => [...new Set(pages)].sort((a, b) => a - b);

/** Pages that a later change put something on which speaks against a seal. */
const listCoveredPages = ({ seals }: PdfVerification): number[] =>
  inOrder(seals.flatMap(({ reasons }) => reasons.flatMap(({ page }) => (page === undefined ? [] : [page]))));

/** Pages with a visible signature whose signer has no path to our roots. */
const listSignedPages = ({ seals }: PdfVerification): number[] =>
  inOrder(seals.flatMap(({ page, trust }) => (page === null || trust === "trusted" ? [] : [page])));

type Approvals = Awaited<ReturnType<typeof readApprovals>>;
const addApprovals = (a: Approvals, b: Approvals): Approvals => ({
  ...{ approved: a.approved + b.approved, of: a.of + b.of, before: a.before && b.before },
});

interface Traced {
  origin: Origin;
  sealed: SealedFile | null;
  unrecorded: OwnSeal | null;
  /** Of our seals in the file where it carries any, else of the whole file. */
  verdict: Verdict;
}

const gravity: readonly Verdict[] = [
  "valid",
  "valid-allowed",
  "no-signature",
  "indeterminate",
  "modified",
  "invalid",
  "error",
];
const replacedValue = "change.form-value-replaced";
/** More seals of ours than this are in no file; a file can name any number. */
const mostTraced = 50;

async function trace(
  env: Environment,
  bytes: Uint8Array,
  digest: string,
  exact: SealedFile | null,
  pdf: PdfVerification,
): Promise<Traced> {
  if (exact) return { origin: "exact", sealed: exact, unrecorded: null, verdict: pdf.verdict };
  let unrecorded: OwnSeal | null = null;
  const ours: { sealed: SealedFile; verdict: Verdict }[] = [];
  for (const finding of pdf.seals.slice(0, mostTraced)) {
    const sealed = await findSealingOfSeal(env.db, bytes, finding);
    if (sealed) ours.push({ sealed, verdict: judgeFilling(finding) });
    else if (finding.verdict !== "invalid") unrecorded ??= await findOwnSeal(env.db, finding.certificate);
  }
  // A seal made with our key outside the platform outweighs every recorded one beside it.
  if (unrecorded) return { origin: "unrecorded", sealed: null, unrecorded, verdict: pdf.verdict };
  const newest = ours.at(-1)?.sealed;
  if (newest) {
    const own = ours.filter((one) => one.sealed.sealedDigest === newest.sealedDigest);
    const verdict = own.map((one) => one.verdict).sort((a, b) => gravity.indexOf(b) - gravity.indexOf(a))[0];
    const contained =
      bytes.length > newest.sealedSize && digestOf(bytes.subarray(0, newest.sealedSize)) === newest.sealedDigest;
    return {
      origin: contained ? "carries-contained" : "carries",
      sealed: newest,
      unrecorded: null,
      verdict: verdict ?? pdf.verdict,
    };
  }
  const original = await findSealingOfOriginal(env.db, digest);
  if (original) return { origin: "original", sealed: original, unrecorded: null, verdict: pdf.verdict };
  return { origin: "foreign", sealed: null, unrecorded: null, verdict: pdf.verdict };
}

/**
 * The standard lets a form be filled after it was sealed, also where something else stood before. What was approved and
 * sealed here was read with what stood there, so another value is another document.
 */
function judgeFilling({ verdict, reasons }: SealFinding): Verdict {
  const isReplaced = reasons.some(({ code }) => code === replacedValue);
  return isReplaced && verdict === "valid-allowed" ? "modified" : verdict;
}

/** Proves the sealing's leaf under the newest checkpoint, here and now, as anybody outside could. */
async function proveSealing(env: Environment, ledger: Ledger, sealed: SealedFile): Promise<LedgerPlace> {
  const leaf = await findSealedFileLeaf(env.db, sealed.requestId, sealed.sealedDigest);
  const newest = await findNewestCheckpoint(env.db);
  const size = newest?.size ?? 0;
  if (leaf === null || newest === null || leaf >= size) return { leaf, size, proved: false };
  const entry = await findEntry(env.db, leaf);
  const opened = await openCheckpoint(newest.note, [ledger.key.key], verifyEd25519);
  const tiles = await readTiles(env.db, listInclusionTiles(leaf, size));
  const proof = await proveInclusion(sha256, tiles, leaf, size);
  if (!entry || !opened.ok || !proof.ok || !namesSealedFile(entry.body, sealed.sealedDigest))
    return { leaf, size, proved: false };
  const { checkpoint } = opened.value;
  const claim = {
    index: leaf,
    size: checkpoint.size,
    leafHash: hashLeaf(sha256, entry.body),
    proof: proof.value,
    root: checkpoint.root,
  };
  return { leaf, size, proved: verifyInclusion(sha256, claim).ok };
}

async function showSeal(
  env: Environment,
  seal: OwnSeal,
): Promise<NonNullable<VerificationView["known"]>["seals"][number]> {
  return {
    name: seal.name,
    type: seal.type as SealType,
    state: seal.state as SealState,
    faceSvg: await drawSvg(env.files, seal.face as StoredFace, seal.name.en),
    widthMm: seal.widthMm,
    heightMm: seal.heightMm,
  };
}

function showFinding(seal: SealFinding): VerificationView["seals"][number] {
  const certificate = readCertificate(seal.certificate);
  const algorithm = [seal.signatureAlgorithm, seal.digestAlgorithm].filter((part) => part !== null).join(", ");
  return {
    signer: seal.signer?.commonName ?? null,
    organisation: seal.signer?.organisation ?? null,
    verdict: seal.verdict,
    trust: seal.trust ?? "unknown",
    reasons: seal.reasons.map(({ code, detail }) => ({ code, detail })),
    signedAt: seal.signedAt,
    fieldName: seal.fieldName,
    algorithm: algorithm === "" ? null : algorithm,
    subFilter: seal.subFilter,
    certificateFrom: certificate?.from ?? null,
    certificateUntil: certificate?.until ?? null,
    certificateSha256: seal.certificate ? createHash("sha256").update(seal.certificate).digest("hex") : null,
    coversWholeFile: seal.coversWholeFile,
    revision: seal.revision,
    page: seal.page,
    isTimestamp: seal.isTimestamp,
  };
}

/** Validity of a certificate that anybody may have written; null where it says none. */
function readCertificate(der: Uint8Array | null): { from: string; until: string } | null {
  if (!der) return null;
  try {
    const { validFromDate, validToDate } = new X509Certificate(der);
    return { from: validFromDate.toISOString(), until: validToDate.toISOString() };
  } catch {
    return null;
  }
}

const digestOf = (bytes: Uint8Array): `sha256:${string}` =>
  `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
