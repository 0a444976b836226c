import type { Certificate } from "./certificate.ts";
import type { CmsAttribute, SignedData, SignerIdentifier, SignerInfo } from "./cms.ts";
import { childrenOf, type DerNode, integerOf, isContext, isUniversal, octetStringOf, oidOf } from "./der.ts";
import { encodeAsDer } from "./der-writer.ts";
import { nameOf, sameName } from "./distinguished-name.ts";
import { attempt, fail, type PkiFinding } from "./outcome.ts";
import {
  computeDigest,
  type DigestName,
  digestOf,
  findKeyWeakness,
  isWeakDigest,
  nameSignatureAlgorithm,
  type SignatureAlgorithm,
  signatureAlgorithmOf,
  verifyRsaDigest,
  verifySignature,
} from "./signature-algorithm.ts";

/** What is known of one signer. `verdict` follows from the findings: any failure is invalid, else any undecided is indeterminate. */
export type SignerVerification = {
  readonly signer: SignerInfo;
  readonly verdict: "valid" | "invalid" | "indeterminate";
  readonly certificate: Certificate | null;
  readonly signatureValid: boolean | null;
  readonly messageDigestMatches: boolean | null;
  /** Whether the signing-certificate attribute (RFC 5035) names the certificate used. */
  readonly signingCertificate: "matches" | "differs" | "absent";
  readonly digestAlgorithm: DigestName | null;
  /** As `nameSignatureAlgorithm` writes it. */
  readonly signatureAlgorithm: string | null;
  readonly findings: readonly PkiFinding[];
};

export type VerifySignerOptions = {
  /** The digest of the detached content, or null where it cannot be had. Not asked where the CMS holds its content. */
  readonly contentDigest: (digest: DigestName) => Uint8Array | null;
  /** The detached content itself; needed only by a signer without signed attributes whose algorithm is not RSA PKCS #1. */
  readonly content?: () => Uint8Array;
  readonly certificates?: readonly Certificate[];
};

const oids = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
} as const;

/**
 * Verifies every signer of a CMS (RFC 5652, 5.4 and 5.6): signature, message digest, content type, signing certificate
 * and algorithm protection (RFC 6211). The path of the certificate is not judged here. Codes of findings: `cms.*`,
 * `algorithm.unknown`, `algorithm.unsupported`, `algorithm.weak`, `algorithm.weak-key`.
 */
export function verifySignerInfo(signedData: SignedData, options: VerifySignerOptions): SignerVerification[] {
  const { content } = signedData;
  const effective: VerifySignerOptions =
    content === null
      ? options
      : { ...options, content: () => content, contentDigest: (digest) => computeDigest(digest, content) };
  const certificates = [...signedData.certificates, ...(options.certificates ?? [])];
  return signedData.signers.map((signer) => verifyOne(signedData, signer, certificates, effective));
}

function verifyOne(
  signedData: SignedData,
  signer: SignerInfo,
  certificates: readonly Certificate[],
  options: VerifySignerOptions,
): SignerVerification {
  const findings: PkiFinding[] = [];
  const add = (severity: PkiFinding["severity"], code: string, detail: string): void => {
    findings.push({ severity, code, detail });
  };
  const digest = attempt(() => digestOf(signer.digestAlgorithm));
  if (!digest.ok) add("undecided", digest.code, digest.detail);
  else if (!signedData.digestAlgorithms.includes(digest.value))
    add("failure", "cms.digest-not-listed", "The signer's digest is not among those the CMS lists (RFC 5652, 5.1).");
  const algorithm = attempt(() =>
    signatureAlgorithmOf(signer.signatureAlgorithm, digest.ok ? digest.value : undefined),
  );
  if (!algorithm.ok) add("undecided", algorithm.code, algorithm.detail);
  const certificate = certificates.find((candidate) => isNamedBy(candidate, signer.identifier)) ?? null;
  if (certificate === null) add("undecided", "cms.certificate-missing", "The signer's certificate is not there.");

  let messageDigestMatches: boolean | null = null;
  let signingCertificate: SignerVerification["signingCertificate"] = "absent";
  if (signer.signedAttributes !== null) {
    const attributes = signer.signedAttributes;
    const repeated = attributes.find((one, index) => attributes.findIndex((other) => other.oid === one.oid) !== index);
    if (repeated !== undefined)
      add("failure", "cms.attribute-duplicate", `The attribute ${repeated.oid} stands twice.`);
    const expected = digest.ok ? options.contentDigest(digest.value) : null;
    if (expected !== null) messageDigestMatches = checkMessageDigest(attributes, expected);
    else if (digest.ok) add("undecided", "cms.digest-unavailable", "The digest of the content cannot be had.");
    if (messageDigestMatches === false)
      add("failure", "cms.message-digest-mismatch", "The content is not what was signed.");
    const contentType = findSingle(attributes, oids.contentType);
    const namedType = attempt(() => oidOf(contentType));
    if (!namedType.ok || namedType.value !== signedData.contentType)
      add("failure", "cms.content-type-mismatch", "The signed content type is missing or another one.");
    checkAlgorithmProtection(attributes, signer, add);
    if (certificate !== null) signingCertificate = checkSigningCertificate(attributes, certificate, add);
  }

  let signatureValid: boolean | null = null;
  if (certificate !== null && algorithm.ok && digest.ok) {
    if (digestFor(algorithm.value) !== digest.value)
      add("failure", "cms.digest-algorithm-mismatch", "The digest named and the digest of the signature differ.");
    if ("digest" in algorithm.value) {
      if (isWeakDigest(algorithm.value.digest)) add("note", "algorithm.weak", "The signature rests on SHA-1.");
    }
    signatureValid = checkSignature(
      { signer, certificate, algorithm: algorithm.value, digest: digest.value },
      options,
      add,
    );
  }
  return {
    signer,
    verdict: decideVerdict(findings),
    certificate,
    signatureValid,
    messageDigestMatches,
    signingCertificate,
    digestAlgorithm: digest.ok ? digest.value : null,
    signatureAlgorithm: algorithm.ok ? nameSignatureAlgorithm(algorithm.value) : null,
    findings,
  };
}

/** The digest that goes with a signature algorithm; for the Edwards curves RFC 8419, 3.1 fixes it. */
function digestFor(algorithm: SignatureAlgorithm): DigestName {
  if ("digest" in algorithm) return algorithm.digest;
  return algorithm.kind === "ed25519" ? "sha512" : "shake256";
}

type Add = (severity: PkiFinding["severity"], code: string, detail: string) => void;

function decideVerdict(findings: readonly PkiFinding[]): SignerVerification["verdict"] {
  if (findings.some((finding) => finding.severity === "failure")) return "invalid";
  return findings.some((finding) => finding.severity === "undecided") ? "indeterminate" : "valid";
}

function isNamedBy(certificate: Certificate, identifier: SignerIdentifier): boolean {
  if (identifier.kind === "key-id")
    return certificate.subjectKeyId !== null && Buffer.compare(certificate.subjectKeyId, identifier.keyId) === 0;
  return Buffer.compare(certificate.serial, identifier.serial) === 0 && sameName(certificate.issuer, identifier.issuer);
}

function findSingle(attributes: readonly CmsAttribute[], oid: string): DerNode | undefined {
  const values = attributes.find((attribute) => attribute.oid === oid)?.values;
  return values?.length === 1 ? values[0] : undefined;
}

/** A missing or repeated message-digest is a mismatch: the attribute is mandatory (RFC 5652, 11.2). */
function checkMessageDigest(attributes: readonly CmsAttribute[], expected: Uint8Array): boolean {
  const stated = attempt(() => octetStringOf(findSingle(attributes, oids.messageDigest)));
  return stated.ok && Buffer.compare(stated.value, expected) === 0;
}

/** RFC 6211: the protected algorithms are those used. */
function checkAlgorithmProtection(attributes: readonly CmsAttribute[], signer: SignerInfo, add: Add): void {
  if (!attributes.some((attribute) => attribute.oid === oids.algorithmProtection)) return;
  const same = attempt(() => {
    const [digest, signature] = childrenOf(findSingle(attributes, oids.algorithmProtection));
    const equal = (stated: DerNode | undefined, used: DerNode): boolean => oidOf(stated) === oidOf(used.children[0]);
    return (
      equal(childrenOf(digest)[0], signer.digestAlgorithm) &&
      isContext(signature, 1) &&
      equal(signature.children[0], signer.signatureAlgorithm) &&
      (signature.children[1] === undefined ||
        signer.signatureAlgorithm.children[1] === undefined ||
        Buffer.compare(encodeAsDer(signature.children[1]), encodeAsDer(signer.signatureAlgorithm.children[1])) === 0)
    );
  });
  if (!same.ok || !same.value)
    add("failure", "cms.algorithm-protection-mismatch", "The algorithms used are not the protected ones.");
}

/** signing-certificate (SHA-1) and signing-certificate-v2: the first identifier names the signer (RFC 5035, 3 and 4). */
function checkSigningCertificate(
  attributes: readonly CmsAttribute[],
  certificate: Certificate,
  add: Add,
): SignerVerification["signingCertificate"] {
  let result: SignerVerification["signingCertificate"] = "absent";
  for (const oid of [oids.signingCertificateV2, oids.signingCertificate]) {
    if (!attributes.some((attribute) => attribute.oid === oid)) continue;
    const same = attempt(() => matchesIdentifier(findSingle(attributes, oid), oid, certificate));
    if (!same.ok && same.code === "algorithm.unknown") {
      add("undecided", same.code, same.detail);
      continue;
    }
    if (!same.ok || !same.value) {
      add("failure", "cms.signing-certificate-mismatch", "The signer signed for another certificate.");
      return "differs";
    }
    result = "matches";
  }
  return result;
}

function matchesIdentifier(value: DerNode | undefined, oid: string, certificate: Certificate): boolean {
  const [identifiers] = childrenOf(value);
  const fields = [...childrenOf(childrenOf(identifiers)[0])];
  let digest: DigestName = oid === oids.signingCertificate ? "sha1" : "sha256";
  if (oid === oids.signingCertificateV2 && isUniversal(fields[0], 16)) digest = digestOf(fields.shift());
  const [hash, issuerSerial] = fields;
  const expected = computeDigest(digest, certificate.raw);
  if (Buffer.compare(octetStringOf(hash), expected) !== 0) return false;
  if (issuerSerial === undefined) return true;
  const [names, serial] = childrenOf(issuerSerial);
  const [issuer, ...others] = childrenOf(names);
  if (!isContext(issuer, 4) || others.length > 0)
    fail("cms.malformed", "The issuer of a certificate identifier is malformed.");
  return (
    sameName(nameOf(issuer?.children[0]), certificate.issuer) &&
    Buffer.compare(integerOf(serial), certificate.serial) === 0
  );
}

type Check = {
  readonly signer: SignerInfo;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
  readonly digest: DigestName;
};

function checkSignature(check: Check, options: VerifySignerOptions, add: Add): boolean | null {
  const { signer, certificate, algorithm, digest } = check;
  const key = certificate.publicKey();
  if (key === null) {
    add("undecided", "algorithm.unsupported", "The kind of public key is not supported.");
    return null;
  }
  const weakness = findKeyWeakness(key);
  if (weakness !== null) add(weakness.severity, "algorithm.weak-key", weakness.detail);
  let valid: boolean;
  if (signer.signedAttributesNode !== null) {
    const standing = Uint8Array.from(signer.signedAttributesNode.raw);
    standing[0] = 0x31;
    valid = verifySignature(algorithm, key, standing, signer.signature);
    if (!valid) {
      // RFC 5652, 5.4: the DER form is hashed even where BER is transmitted.
      const canonical = encodeAsDer(signer.signedAttributesNode, true);
      valid = Buffer.compare(canonical, standing) !== 0 && verifySignature(algorithm, key, canonical, signer.signature);
    } else if (Buffer.compare(encodeAsDer(signer.signedAttributesNode, true), standing) !== 0)
      add("note", "cms.attributes-not-der", "The signed attributes are hashed in a form that is not DER.");
  } else if (options.content !== undefined) {
    valid = verifySignature(algorithm, key, options.content(), signer.signature);
  } else if (algorithm.kind === "rsa-pkcs1") {
    const expected = options.contentDigest(digest);
    if (expected === null) {
      add("undecided", "cms.digest-unavailable", "The digest of the content cannot be had.");
      return null;
    }
    valid = verifyRsaDigest(key, digest, expected, signer.signature);
  } else {
    add("undecided", "cms.content-needed", "Without signed attributes this algorithm needs the content itself.");
    return null;
  }
  if (!valid) add("failure", "cms.signature-invalid", "The signature does not verify with the signer's certificate.");
  return valid;
}
