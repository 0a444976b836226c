import type { Certificate } from "@chancery/pki";
import { isWhite } from "./reader/byte-classes.ts";
import { listPages } from "./reader/page-tree.ts";
import { openPdf, type PdfFile } from "./reader/pdf-file.ts";
import { createTrustDecider, readTrustMaterial } from "./verify/certificate-trust.ts";
import { createLaterSeals, type LaterSeals } from "./verify/later-seals.ts";
import { findSecurityStoreRevision, namePadesLevel } from "./verify/pades-level.ts";
import { narrowPermissions, type Permissions, UNRESTRICTED } from "./verify/permissions.ts";
import { createReferenceIndex } from "./verify/reference-index.ts";
import { judgeStep, type StepFinding } from "./verify/revision-step.ts";
import { checkSeal, listStoredCertificates, nameSigner, ownReasons, type SealCheck } from "./verify/seal-check.ts";
import { createRangeDigester } from "./verify/sealed-digest.ts";
import {
  createFormReader,
  createWalkBudget,
  type FormReader,
  listSealPlaces,
  type WalkBudget,
} from "./verify/signature-fields.ts";
import {
  graverVerdict,
  type PadesLevel,
  type PdfVerification,
  type Reason,
  type SealFinding,
  type Trust,
  type Verdict,
  type VerifyOptions,
} from "./verify/verification.ts";

export type {
  PadesLevel,
  PdfVerification,
  Reason,
  SealFinding,
  SignerName,
  Trust,
  Verdict,
  VerifyOptions,
} from "./verify/verification.ts";

const BYTE_RANGE = "/ByteRange";
const SEAL_LIMIT = 2000;
const STEP_LIMIT = 2000;
const TRUST_ORDER: readonly Trust[] = ["trusted", "unknown", "expired", "not-trusted", "revoked"];

/**
 * Verifies every seal of a PDF: its bytes, its signature, what later updates changed (ISO 32000-2, 12.8), and the
 * certificate's path to the roots given. Hostile input gives a verdict, never an exception. `bytes` must not change
 * meanwhile.
 */
export async function verifyPdf(bytes: Uint8Array, options: VerifyOptions = {}): Promise<PdfVerification> {
  try {
    return verifyOpened(bytes, options);
  } catch {
    // Nothing above throws on purpose; a file that finds a way must still not bring down who asked.
    return plain("error", "verify.failed");
  }
}

function verifyOpened(bytes: Uint8Array, options: VerifyOptions): PdfVerification {
  const opened = openPdf(bytes, { rebuild: "never" });
  const usable = opened.ok || opened.problem.code !== "pdf.broken" ? opened : openPdf(bytes, { rebuild: "always" });
  if (!usable.ok) return plain("error", usable.problem.code);
  const { file } = usable;
  if (file.isLocked) return plain("indeterminate", "pdf.encrypted");
  const budget = createWalkBudget();
  const listNodes = createFormReader(file, budget);
  const places = listSealPlaces(file, budget, listNodes);
  if (places === null || places.length > SEAL_LIMIT) return plain("indeterminate", "file.too-complex");
  if (places.length === 0) {
    // A damaged last update hides the seals before it; to say that there are none would be wrong.
    const isHidden = file.isRebuilt && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(BYTE_RANGE);
    return isHidden ? plain("indeterminate", "pdf.broken") : plain("no-signature", null);
  }
  const digest = createRangeDigester(bytes);
  const stored = listStoredCertificates(file);
  const checks = places.map((place) => checkSeal(file, place, digest, stored));
  const trustOf = createTrustReader(stored, options);
  const laterSeals = createLaterSeals(
    file,
    // An expired certificate names its holder still; a revoked one does not.
    checks.map((check) => ({ check, isTrusted: () => ["trusted", "expired"].includes(trustOf(check) ?? "") })),
    listNodes,
  );
  const approved = options.approvedSize === undefined ? undefined : findRevisionEnding(file, options.approvedSize);
  const steps = judgeLaterRevisions(file, checks, budget, listNodes, laterSeals, approved);
  const fileReasons = judgeTail(file);
  const pages = findWidgetPages(file);
  const seals = checks.map((check) => findSeal(file, check, steps, fileReasons, trustOf(check), pages));
  const answer = summarise(file, checks, seals);
  return approved === undefined ? answer : { ...answer, sinceApproved: listSince(file, steps, approved) };
}

/** The revision that a file of this size was, before something was added to it; null where none ends there. */
function findRevisionEnding(file: PdfFile, size: number): number | null {
  const at = file.revisions.findLastIndex(({ end }) => end <= size);
  const end = file.revisions[at]?.end;
  if (end === undefined) return null;
  for (let byte = end; byte < size; byte++) if (!isWhite(file.bytes[byte])) return null;
  return at;
}

/** What an update may bring beside the seal itself; what the standard allows after a seal besides was not approved. */
const WITH_A_SEAL: readonly string[] = [
  "change.seal-added",
  "change.time-stamp-added",
  "change.metadata",
  "change.extensions",
  "change.security-store",
];

function listAgainst(step: StepFinding | undefined): Reason[] {
  if (step === undefined) return [{ code: "file.too-complex", detail: "" }];
  const more = [...step.changes].filter((code) => !WITH_A_SEAL.includes(code));
  return [...step.reasons, ...more.map((code) => ({ code, detail: "" }))];
}

/** What speaks against the updates after the approved revision, the one that brought the first seal among them. */
function listSince(file: PdfFile, steps: ReadonlyMap<number, StepFinding>, approved: number | null): Reason[] {
  if (approved === null) return [{ code: "file.approved-not-found", detail: "" }];
  const reasons: Reason[] = [];
  for (let revision = approved; revision < file.lastRevision; revision++)
    reasons.push(...listAgainst(steps.get(revision)));
  return reasons;
}

function plain(verdict: Verdict, code: string | null): PdfVerification {
  return { verdict, trust: null, covers: null, level: null, code, seals: [] };
}

/** Judges each update after the first sealed revision once; the answers serve all earlier seals. */
function judgeLaterRevisions(
  file: PdfFile,
  checks: readonly SealCheck[],
  budget: WalkBudget,
  listNodes: FormReader,
  laterSeals: LaterSeals,
  approved: number | null | undefined,
): Map<number, StepFinding> {
  const steps = new Map<number, StepFinding>();
  const sealed = checks.flatMap(({ bytes }) => (bytes.revision === null ? [] : [bytes.revision]));
  const first = Math.min(...sealed, approved ?? file.lastRevision, file.lastRevision);
  if (first >= file.lastRevision) return steps;
  const references = createReferenceIndex(file);
  for (let revision = 0; revision <= first; revision++) references.addRevision(revision);
  let permissions: Permissions = UNRESTRICTED;
  for (let revision = first; revision < file.lastRevision; revision++) {
    const raised: Reason[] = [];
    for (const { bytes, place } of checks) {
      if (bytes.revision !== revision) continue;
      const narrowed = narrowPermissions(permissions, file, {
        field: place.field,
        signature: place.signature,
        revision,
      });
      permissions = narrowed.permissions;
      raised.push(...narrowed.reasons);
    }
    const step: StepFinding =
      revision - first > STEP_LIMIT
        ? { reasons: [{ code: "file.too-complex", detail: "" }], changes: new Set() }
        : judgeStep(file, revision, permissions, references, budget, listNodes, laterSeals);
    steps.set(revision, step);
    // What a later seal asks for too much is held against the update that made it.
    const previous = steps.get(revision - 1);
    if (raised.length > 0 && previous !== undefined) {
      steps.set(revision - 1, { ...previous, reasons: [...previous.reasons, ...raised] });
    }
    references.addRevision(revision + 1);
  }
  addRaisedByLast(file, checks, permissions, steps);
  return steps;
}

function addRaisedByLast(
  file: PdfFile,
  checks: readonly SealCheck[],
  before: Permissions,
  steps: Map<number, StepFinding>,
): void {
  const last = file.lastRevision;
  const step = steps.get(last - 1);
  if (step === undefined) return;
  const raised = checks.flatMap(({ bytes, place }) =>
    bytes.revision === last
      ? narrowPermissions(before, file, { field: place.field, signature: place.signature, revision: last }).reasons
      : [],
  );
  if (raised.length > 0) steps.set(last - 1, { ...step, reasons: [...step.reasons, ...raised] });
}

/** Bytes after the last revision belong to nobody's view of the file, or to that of a reader that repairs. */
function judgeTail(file: PdfFile): Reason[] {
  const end = file.revisions.at(-1)?.end ?? 0;
  for (let at = end; at < file.bytes.length; at++) {
    if (!isWhite(file.bytes[at]))
      return [{ code: "file.trailing-bytes", detail: `${file.bytes.length - end} bytes after the end` }];
  }
  return [];
}

function findWidgetPages(file: PdfFile): Map<number, number> {
  const pages = new Map<number, number>();
  for (const page of listPages(file)) {
    const annotations = file.get(page.dictionary, "Annots");
    for (const item of annotations?.kind === "array" ? annotations.items : []) {
      if (item.kind === "reference" && !pages.has(item.number)) pages.set(item.number, page.index + 1);
    }
  }
  return pages;
}

/** The path of each seal's certificate, looked at once and only where somebody asks. */
function createTrustReader(stored: readonly Certificate[], options: VerifyOptions): (check: SealCheck) => Trust | null {
  const decide = createTrustDecider(readTrustMaterial(options));
  const now = Date.now();
  const known = new Map<SealCheck, Trust | null>();
  const read = ({ cms, isTimestamp }: SealCheck): Trust | null => {
    const carried = [...cms.certificates, ...(cms.timestamp?.certificates ?? []), ...stored];
    const trustAt = (certificate: Certificate | null, at: number, asTimestamp: boolean): Trust | null =>
      certificate === null ? null : decide(certificate, carried, { at, isTimestamp: asTimestamp });
    const stamp = findStampTime(cms);
    // A time-stamp proves when the seal existed only if its own path is trusted.
    const stampTrust = stamp === null ? null : trustAt(cms.timestamp?.certificate ?? null, stamp, true);
    const at = options.at ?? (stampTrust === "trusted" && stamp !== null ? stamp : now);
    return trustAt(cms.certificate, at, isTimestamp);
  };
  return (check) => {
    const trust = known.has(check) ? (known.get(check) ?? null) : read(check);
    known.set(check, trust);
    return trust;
  };
}

const findStampTime = ({ timestamp }: SealCheck["cms"]): number | null =>
  timestamp?.outcome === "intact" ? timestamp.signingTime : null;

function findSeal(
  file: PdfFile,
  check: SealCheck,
  steps: ReadonlyMap<number, StepFinding>,
  fileReasons: readonly Reason[],
  trust: Trust | null,
  pages: ReadonlyMap<number, number>,
): SealFinding {
  const { cms, bytes, place } = check;
  const { verdict, reasons } = judgeSeal(file, check, steps, fileReasons);
  const signedAt = findStampTime(cms) ?? cms.signingTime ?? check.claimedAt;
  const rect = readRectangle(file, check);
  const page = rect === null || place.fieldNumber === null ? null : (pages.get(place.fieldNumber) ?? null);
  return {
    fieldName: place.fieldName,
    signer: cms.certificate === null ? null : nameSigner(cms.certificate),
    certificate: cms.certificate === null ? null : new Uint8Array(cms.certificate.raw),
    verdict,
    trust,
    reasons,
    signedAt: signedAt === null ? null : new Date(signedAt).toISOString(),
    byteRange: bytes.range,
    coversWholeFile: bytes.coversWholeFile,
    revision: bytes.revision,
    page,
    rect,
    digestAlgorithm: cms.digestAlgorithm,
    signatureAlgorithm: cms.signatureAlgorithm,
    subFilter: check.subFilter,
    isTimestamp: check.isTimestamp,
  };
}

function judgeSeal(
  file: PdfFile,
  check: SealCheck,
  steps: ReadonlyMap<number, StepFinding>,
  fileReasons: readonly Reason[],
): { verdict: Verdict; reasons: Reason[] } {
  const own = ownReasons(check);
  if (check.cms.outcome === "broken") return { verdict: "invalid", reasons: own };
  // What a reader gave up on may look removed or changed and is not.
  if (file.isExhausted)
    return { verdict: "indeterminate", reasons: [{ code: "file.too-complex", detail: "" }, ...own] };
  const against: Reason[] = [...check.bytes.reasons, ...fileReasons];
  const allowed = new Set<string>();
  if (!check.place.isStillThere) against.push({ code: "seal.removed", detail: check.place.fieldName });
  if (check.bytes.revision !== null) {
    for (let revision = check.bytes.revision; revision < file.lastRevision; revision++) {
      against.push(...(steps.get(revision)?.reasons ?? []));
      for (const change of steps.get(revision)?.changes ?? []) allowed.add(change);
    }
  }
  const changes = [...allowed].map((code) => ({ code, detail: "" }));
  if (against.length > 0) return { verdict: "modified", reasons: [...against, ...check.cms.reasons, ...changes] };
  if (check.cms.outcome === "undecidable") return { verdict: "indeterminate", reasons: [...own, ...changes] };
  return {
    verdict: check.bytes.coversWholeFile || check.bytes.revision === file.lastRevision ? "valid" : "valid-allowed",
    reasons: [...own, ...changes],
  };
}

function readRectangle(file: PdfFile, check: SealCheck): number[] | null {
  const rect = file.get(check.place.field, "Rect");
  if (rect?.kind !== "array" || rect.items.length !== 4) return null;
  const numbers = rect.items.map((item) => {
    const value = file.resolve(item);
    return value?.kind === "number" ? value.value : 0;
  });
  const [x0, y0, x1, y1] = numbers;
  return x0 === x1 || y0 === y1 ? null : numbers;
}

function summarise(file: PdfFile, checks: readonly SealCheck[], seals: readonly SealFinding[]): PdfVerification {
  const verdict = seals.map((seal) => seal.verdict).reduce(graverVerdict, "valid");
  const documents = seals.filter((seal) => !seal.isTimestamp);
  const trusts = (documents.length > 0 ? documents : seals).map((seal) => seal.trust ?? "unknown");
  const trust = TRUST_ORDER[Math.max(...trusts.map((item) => TRUST_ORDER.indexOf(item)))] ?? null;
  const code =
    verdict === "valid" || verdict === "valid-allowed"
      ? null
      : (seals.find((seal) => seal.verdict === verdict)?.reasons[0]?.code ?? null);
  return {
    verdict,
    trust,
    covers: seals.some((seal) => seal.coversWholeFile),
    level: nameLevel(file, checks),
    code,
    seals,
  };
}

/** The lowest level among the seals that are not time-stamps. */
function nameLevel(file: PdfFile, checks: readonly SealCheck[]): PadesLevel | null {
  const store = findSecurityStoreRevision(file);
  const order: readonly PadesLevel[] = ["legacy", "B-B", "B-T", "B-LT", "B-LTA"];
  const stamps = checks.flatMap((check) =>
    check.isTimestamp && check.cms.outcome === "intact" && check.bytes.revision !== null ? [check.bytes.revision] : [],
  );
  const levels = checks
    .filter((check) => !check.isTimestamp)
    .map((check) => {
      const revision = check.bytes.revision ?? file.lastRevision;
      return namePadesLevel({
        subFilter: check.subFilter,
        hasSigningCertificate: check.cms.hasSigningCertificate,
        hasTimestamp: check.cms.timestamp?.outcome === "intact" || stamps.some((stamp) => stamp > revision),
        hasSecurityStore: store !== null,
        hasArchiveTimestamp: store !== null && stamps.some((stamp) => stamp >= store && stamp > revision),
      });
    });
  return levels.length === 0 ? null : (order[Math.min(...levels.map((level) => order.indexOf(level)))] ?? null);
}
