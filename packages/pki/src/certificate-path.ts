import { type Certificate, sameCertificate } from "./certificate.ts";
import type { KeyUsage } from "./certificate-extensions.ts";
import { type PolicyInputs, satisfiesPolicies } from "./certificate-policies.ts";
import { nameKey, sameName } from "./distinguished-name.ts";
import { satisfiesNameConstraints } from "./name-constraints.ts";
import { attempt, type PkiFinding } from "./outcome.ts";
import { findRevocation } from "./revocation.ts";
import type { RevocationList } from "./revocation-list.ts";
import { findKeyWeakness, isWeakDigest, signatureAlgorithmOf, verifySignature } from "./signature-algorithm.ts";

/** `unknown`: no path to the given roots (or not decidable); `not-trusted`: a path that breaks a rule. */
export type CertificateTrust = "trusted" | "unknown" | "expired" | "revoked" | "not-trusted";

export type PathOptions = {
  readonly intermediates: readonly Certificate[];
  /** Trust anchors. A leaf that is itself one of them is trusted directly. */
  readonly roots: readonly Certificate[];
  /** The time the path is judged at, milliseconds since 1970. */
  readonly at: number;
  readonly crls?: readonly RevocationList[];
  /** "required": without a usable, current list for each certificate the trust is unknown. Default "if-known". */
  readonly revocation?: "required" | "if-known";
  /** Any one of these must be allowed to the leaf, where it has the keyUsage extension. */
  readonly keyUsage?: readonly KeyUsage[];
  readonly policies?: PolicyInputs;
};

export type PathVerification = {
  readonly trust: CertificateTrust;
  /** The path that decided, leaf first, anchor last; the leaf alone when there is none. */
  readonly path: readonly Certificate[];
  readonly findings: readonly PkiFinding[];
};

const maxLength = 12;
/** What a hostile bag of certificates may cost: checks of signatures, and complete paths judged. */
const maxSignatureChecks = 300;
const maxPaths = 32;
const preference: readonly CertificateTrust[] = ["trusted", "revoked", "expired", "not-trusted", "unknown"];

/**
 * Builds and validates certification paths (RFC 5280, 6.1; building by name with key identifiers as a hint, RFC 4158) and
 * answers with the best. Every alternative is tried within fixed limits. Codes: `path.no-issuer`, `path.signature-invalid`,
 * `path.too-complex`, `path.expired`, `path.not-yet-valid`, `path.not-a-ca`, `path.length-exceeded`, `path.key-usage`,
 * `path.critical-extension-unknown`, `path.name-constraint`, `path.policy`, `algorithm.*`, `revocation.*`.
 */
export function verifyCertificatePath(leaf: Certificate, options: PathOptions): PathVerification {
  const search: Search = {
    options,
    bySubject: indexBySubject(options),
    budget: maxSignatureChecks,
    judged: [],
    notes: [],
  };
  extend(search, [leaf]);
  const best = preference
    .map((trust) => search.judged.find((candidate) => candidate.trust === trust))
    .find((candidate) => candidate !== undefined);
  if (best !== undefined) return best;
  const forged = search.notes.some((note) => note.severity === "failure");
  const none: PkiFinding = {
    severity: "undecided",
    code: "path.no-issuer",
    detail: "No path leads to a certificate that is trusted here.",
  };
  return { trust: forged ? "not-trusted" : "unknown", path: [leaf], findings: [...search.notes, none] };
}

type Search = {
  readonly options: PathOptions;
  readonly bySubject: ReadonlyMap<string, readonly Certificate[]>;
  budget: number;
  readonly judged: PathVerification[];
  readonly notes: PkiFinding[];
};

function indexBySubject(options: PathOptions): Map<string, Certificate[]> {
  const index = new Map<string, Certificate[]>();
  for (const certificate of [...options.roots, ...options.intermediates]) {
    const key = nameKey(certificate.subject);
    const listed = index.get(key) ?? [];
    if (!listed.some((other) => sameCertificate(other, certificate))) listed.push(certificate);
    index.set(key, listed);
  }
  return index;
}

function extend(search: Search, path: readonly Certificate[]): void {
  const tip = path.at(-1);
  if (tip === undefined || search.judged.some((done) => done.trust === "trusted")) return;
  if (search.options.roots.some((root) => sameCertificate(root, tip))) {
    if (search.judged.length < maxPaths) search.judged.push(judge(path, search));
    return;
  }
  if (path.length >= maxLength) return;
  const candidates = (search.bySubject.get(nameKey(tip.issuer)) ?? []).filter(
    (candidate) => !path.some((member) => isSameSubject(member, candidate)),
  );
  candidates.sort((left, right) => rank(tip, right) - rank(tip, left));
  for (const issuer of candidates) {
    if (search.budget === 0) {
      if (!search.notes.some((note) => note.code === "path.too-complex"))
        search.notes.push({ severity: "undecided", code: "path.too-complex", detail: "Too many certificates to try." });
      return;
    }
    search.budget -= 1;
    const note = checkSignature(tip, issuer);
    if (note === null) extend(search, [...path, issuer]);
    else if (note.severity === "undecided" || rank(tip, issuer) >= 1) search.notes.push(note);
  }
}

/** The same name and key twice in a path is a loop (RFC 4158, 2.4.2). */
function isSameSubject(left: Certificate, right: Certificate): boolean {
  return Buffer.compare(left.spki, right.spki) === 0 && sameName(left.subject, right.subject);
}

/** 2: the key identifiers agree; 1: one is absent; 0: they differ. A hint for the order only. */
function rank(certificate: Certificate, issuer: Certificate): number {
  if (certificate.authorityKeyId === null || issuer.subjectKeyId === null) return 1;
  return Buffer.compare(certificate.authorityKeyId, issuer.subjectKeyId) === 0 ? 2 : 0;
}

function checkSignature(certificate: Certificate, issuer: Certificate): PkiFinding | null {
  const algorithm = attempt(() => signatureAlgorithmOf(certificate.signatureAlgorithm));
  if (!algorithm.ok) return { severity: "undecided", code: algorithm.code, detail: algorithm.detail };
  const key = issuer.publicKey();
  if (key === null)
    return {
      severity: "undecided",
      code: "algorithm.unsupported",
      detail: "An issuer's kind of key is not supported.",
    };
  const weakness = findKeyWeakness(key);
  if (weakness?.severity === "undecided")
    return { severity: "undecided", code: "algorithm.weak-key", detail: "An issuer's key can be factored by anyone." };
  return verifySignature(algorithm.value, key, certificate.tbs, certificate.signature)
    ? null
    : {
        severity: "failure",
        code: "path.signature-invalid",
        detail: "A certificate is not signed by the issuer it names.",
      };
}

/** RFC 5280, 6.1.3 to 6.1.5 over one complete path, leaf first. */
function judge(path: readonly Certificate[], search: Search): PathVerification {
  const { options } = search;
  const findings: PkiFinding[] = [];
  const failure = (code: string, detail: string): void => {
    findings.push({ severity: "failure", code, detail });
  };
  const constraints: NonNullable<Certificate["nameConstraints"]>[] = [];
  let remaining = Number.POSITIVE_INFINITY;
  for (let index = path.length - 1; index >= 0; index -= 1) {
    const certificate = path[index];
    if (certificate === undefined) continue;
    const anchor = index === path.length - 1;
    const isLeaf = index === 0;
    const selfIssued = sameName(certificate.issuer, certificate.subject);
    if (options.at < certificate.notBefore)
      failure("path.not-yet-valid", "A certificate was not yet valid at that time.");
    if (options.at > certificate.notAfter) failure("path.expired", "A certificate had expired at that time.");
    if (certificate.unknownCritical.length > 0)
      failure("path.critical-extension-unknown", `Not understood: ${certificate.unknownCritical.join(", ")}.`);
    const weak = attempt(() => signatureAlgorithmOf(certificate.signatureAlgorithm));
    if (!anchor && weak.ok && "digest" in weak.value && isWeakDigest(weak.value.digest))
      findings.push({ severity: "note", code: "algorithm.weak", detail: "A certificate is signed over SHA-1." });
    // Self-issued certificates inside the path are free of name constraints (RFC 5280, 6.1.3 (b)).
    if ((!selfIssued || isLeaf) && !satisfiesNameConstraints(certificate, constraints))
      failure("path.name-constraint", "A name lies outside what a certificate above it allows.");
    if (isLeaf) break;
    if (!anchor && certificate.basicConstraints?.ca !== true)
      failure("path.not-a-ca", "An issuer is no certification authority.");
    if (anchor && certificate.version === 3 && certificate.basicConstraints?.ca === false)
      failure("path.not-a-ca", "The anchor is no certification authority.");
    if (certificate.keyUsage !== null && !certificate.keyUsage.has("keyCertSign"))
      failure("path.key-usage", "An issuer's key may not sign certificates.");
    if (!anchor && !selfIssued) {
      if (remaining <= 0) failure("path.length-exceeded", "The path is longer than an issuer allows.");
      remaining -= 1;
    }
    remaining = Math.min(remaining, certificate.basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY);
    if (certificate.nameConstraints !== null) constraints.push(certificate.nameConstraints);
  }
  const [leaf] = path;
  const wanted = options.keyUsage ?? [];
  const allowed = leaf?.keyUsage ?? null;
  if (allowed !== null && wanted.length > 0 && !wanted.some((bit) => allowed.has(bit)))
    failure("path.key-usage", "The certificate's key may not be used for this.");
  if (path.length > 1 && !satisfiesPolicies(path.slice(0, -1).reverse(), options.policies ?? {}))
    failure("path.policy", "The certificate policies of the path do not satisfy what is asked.");
  findings.push(...findRevocation(path, options));
  return { trust: decideTrust(findings), path, findings };
}

function decideTrust(findings: readonly PkiFinding[]): CertificateTrust {
  const codes = findings.filter((finding) => finding.severity === "failure").map((finding) => finding.code);
  const isTime = (code: string): boolean => code === "path.expired" || code === "path.not-yet-valid";
  if (codes.some((code) => code !== "revocation.revoked" && !isTime(code))) return "not-trusted";
  if (codes.includes("revocation.revoked")) return "revoked";
  if (codes.includes("path.expired")) return "expired";
  if (codes.includes("path.not-yet-valid")) return "not-trusted";
  return findings.some((finding) => finding.severity === "undecided") ? "unknown" : "trusted";
}
