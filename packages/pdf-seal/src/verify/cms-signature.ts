import {
  type Certificate,
  computeDigest,
  type DigestName,
  findSignatureTimeStamp,
  findSigningTime,
  type PkiFinding,
  parseSignedData,
  parseTimeStampInfo,
  type SignedData,
  type SignerInfo,
  timeStampContent,
  verifySignerInfo,
} from "@chancery/pki";
import type { Reason } from "./verification.ts";

/** The digest of what is sealed; null where it cannot be had. */
export type DigestOf = (name: DigestName) => Uint8Array | null;

export type CmsFinding = {
  /** intact: signature and digest hold. broken: they do not. undecidable: an algorithm or certificate is missing. */
  readonly outcome: "intact" | "broken" | "undecidable";
  readonly reasons: readonly Reason[];
  readonly certificate: Certificate | null;
  /** All certificates the structure carries, as candidates for the path. */
  readonly certificates: readonly Certificate[];
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: string | null;
  /** Milliseconds; for a time-stamp token its genTime. */
  readonly signingTime: number | null;
  readonly hasSigningCertificate: boolean;
  /** The signature time-stamp (RFC 3161 token) among the unsigned attributes. */
  readonly timestamp: CmsFinding | null;
};

type CmsKind = "detached" | "sha1-content" | "time-stamp";

/** What was found before the signer could be looked at. */
export function undecided(outcome: CmsFinding["outcome"], code: string, detail = ""): CmsFinding {
  return {
    outcome,
    reasons: [{ code, detail }],
    certificate: null,
    certificates: [],
    digestAlgorithm: null,
    signatureAlgorithm: null,
    signingTime: null,
    hasSigningCertificate: false,
    timestamp: null,
  };
}

/**
 * Verifies a CMS signature (RFC 5652) as PDF carries it: one signer, nothing but zero bytes after it. `extra` are
 * certificates kept elsewhere, as a security store does. For "time-stamp" the token's imprint is compared with what is
 * sealed (RFC 3161, 2.4.2).
 */
export function verifyCms(
  bytes: Uint8Array,
  kind: CmsKind,
  digestOf: DigestOf,
  extra: readonly Certificate[] = [],
  isNested = false,
): CmsFinding {
  if (bytes.every((byte) => byte === 0))
    return undecided("broken", "cms.empty", "The field was prepared but never sealed.");
  const parsed = parseSignedData(bytes, { trailing: "zeros" });
  if (!parsed.ok) {
    return undecided(
      "broken",
      parsed.code === "der.trailing-bytes" ? "cms.trailing-bytes" : "cms.malformed",
      parsed.code,
    );
  }
  const data = parsed.value;
  const [signer] = data.signers;
  if (signer === undefined || data.signers.length !== 1) {
    return undecided("broken", "cms.signers", `${data.signers.length} signers`);
  }
  const content = checkContent(kind, data, digestOf);
  const [verified] = verifySignerInfo(data, { contentDigest: digestOf, certificates: extra });
  if (verified === undefined) return undecided("broken", "cms.signers");
  const findings = [...content.findings, ...verified.findings];
  const timestamp = isNested || verified.verdict === "invalid" ? null : verifySignatureTimeStamp(signer, extra);
  if (timestamp?.outcome === "broken") {
    const detail = timestamp.reasons[0]?.code ?? "";
    findings.push({ severity: "failure", code: "time-stamp.broken", detail });
  }
  const isBroken = findings.some(({ severity }) => severity === "failure");
  const isOpen = findings.some(({ severity }) => severity === "undecided");
  return {
    outcome: isBroken ? "broken" : isOpen ? "undecidable" : "intact",
    reasons: sortByGravity(findings).map(toReason),
    certificate: verified.certificate,
    certificates: data.certificates,
    digestAlgorithm: verified.digestAlgorithm,
    signatureAlgorithm: verified.signatureAlgorithm,
    signingTime: content.genTime ?? findSigningTime(signer) ?? null,
    hasSigningCertificate: verified.signingCertificate === "matches",
    timestamp,
  };
}

function verifySignatureTimeStamp(signer: SignerInfo, extra: readonly Certificate[]): CmsFinding | null {
  const token = findSignatureTimeStamp(signer);
  if (token === undefined) return null;
  return verifyCms(token, "time-stamp", (name) => computeDigest(name, signer.signature), extra, true);
}

type ContentFinding = { readonly findings: readonly PkiFinding[]; readonly genTime: number | null };

/** Whether the CMS holds the content its kind asks for, and whether that speaks of what is sealed. */
function checkContent(kind: CmsKind, data: SignedData, digestOf: DigestOf): ContentFinding {
  const failure = (code: string): ContentFinding => ({
    findings: [{ severity: "failure", code, detail: "" }],
    genTime: null,
  });
  if (kind === "detached") {
    return data.content === null ? { findings: [], genTime: null } : failure("cms.encapsulated-content");
  }
  if (data.content === null) return failure("cms.content-missing");
  if (kind === "sha1-content") return compare(digestOf("sha1"), data.content, null);
  if (data.contentType !== timeStampContent) return failure("time-stamp.malformed");
  const info = parseTimeStampInfo(data.content);
  if (info.ok) return compare(digestOf(info.value.digestAlgorithm), info.value.imprint, info.value.at);
  const severity = info.code === "algorithm.unknown" ? "undecided" : "failure";
  return { findings: [{ severity, code: info.code, detail: info.detail }], genTime: null };
}

function compare(sealed: Uint8Array | null, stated: Uint8Array, genTime: number | null): ContentFinding {
  if (sealed === null) {
    const detail = "The digest of what is sealed cannot be had.";
    return { findings: [{ severity: "undecided", code: "cms.digest-unavailable", detail }], genTime };
  }
  const same = Buffer.compare(sealed, stated) === 0;
  const mismatch: PkiFinding = {
    severity: "failure",
    code: "cms.message-digest-mismatch",
    detail: "The sealed bytes were changed.",
  };
  return { findings: same ? [] : [mismatch], genTime };
}

function sortByGravity(findings: readonly PkiFinding[]): PkiFinding[] {
  const order: readonly PkiFinding["severity"][] = ["failure", "undecided", "note"];
  return order.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** The words of this package for what a reader of the file asks first. */
const codes: Readonly<Record<string, string>> = {
  "cms.message-digest-mismatch": "digest.mismatch",
  "cms.signature-invalid": "signature.wrong",
  "cms.signing-certificate-mismatch": "certificate.substituted",
  "cms.certificate-missing": "certificate.missing",
  "cms.digest-algorithm-mismatch": "algorithm.mismatch",
  "cms.digest-unavailable": "algorithm.unavailable",
};

function toReason({ code, detail }: PkiFinding): Reason {
  return { code: codes[code] ?? code, detail };
}
