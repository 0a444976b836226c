import { createHash, X509Certificate } from "node:crypto";
import { type Asn1, octets, oidText, readAsn1, timeOf } from "./asn1-reader.ts";
import { findDigestName, readSignatureAlgorithm, verifySignature } from "./signature-algorithms.ts";
import type { Reason } from "./verification.ts";

const OID_SIGNED_DATA = "1.2.840.113549.1.7.2";
const OID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const OID_CONTENT_TYPE = "1.2.840.113549.1.9.3";
const OID_SIGNING_TIME = "1.2.840.113549.1.9.5";
const OID_ESS_V1 = "1.2.840.113549.1.9.16.2.12";
const OID_ESS_V2 = "1.2.840.113549.1.9.16.2.47";
const OID_TIME_STAMP = "1.2.840.113549.1.9.16.2.14";
const OID_TST_INFO = "1.2.840.113549.1.9.16.1.4";

/** The digest of what is signed, by the name of the digest in node:crypto; null where it is not available. */
type DigestOf = (name: string) => Uint8Array | null;

export type CmsFinding = {
  /** intact: signature and digest hold. broken: they do not. undecidable: an algorithm or certificate is missing. */
  readonly outcome: "intact" | "broken" | "undecidable";
  readonly reasons: readonly Reason[];
  readonly certificate: X509Certificate | null;
  /** All certificates the structure carries, as candidates for the path. */
  readonly certificates: readonly X509Certificate[];
  readonly digestAlgorithm: string | null;
  readonly signatureAlgorithm: string | null;
  /** Milliseconds; for a time-stamp token its genTime. */
  readonly signingTime: number | null;
  readonly hasSigningCertificate: boolean;
  /** The signature time-stamp (RFC 3161 token) among the unsigned attributes. */
  readonly timestamp: CmsFinding | null;
};

type CmsKind = "detached" | "sha1-content" | "time-stamp";

/** A digest of bytes, or null for a digest this runtime lacks. */
export function digestBytes(name: string, ...parts: readonly Uint8Array[]): Uint8Array | null {
  try {
    const hash = name === "shake256" ? createHash(name, { outputLength: 64 }) : createHash(name);
    for (const part of parts) hash.update(part);
    return hash.digest();
  } catch {
    return null;
  }
}

/**
 * Verifies a CMS signature (RFC 5652) as PDF carries it: one signer, nothing but zero bytes after it. `digestOf` gives
 * the digest of the sealed bytes; `extra` are certificates kept elsewhere, as a security store does. For "time-stamp" the token's imprint is compared with it (RFC 3161, 2.4.2).
 */
export function verifyCms(
  bytes: Uint8Array,
  kind: CmsKind,
  digestOf: DigestOf,
  extra: readonly X509Certificate[] = [],
  isNested = false,
): CmsFinding {
  const state: { -readonly [Key in keyof CmsFinding]: CmsFinding[Key] } & { reasons: Reason[] } = {
    outcome: "broken",
    reasons: [],
    certificate: null,
    certificates: [],
    digestAlgorithm: null,
    signatureAlgorithm: null,
    signingTime: null,
    hasSigningCertificate: false,
    timestamp: null,
  };
  const end = (outcome: CmsFinding["outcome"], code: string, detail = ""): CmsFinding => {
    state.reasons.push({ code, detail });
    return { ...state, outcome };
  };
  if (bytes.every((byte) => byte === 0)) return end("broken", "cms.empty", "The field was prepared but never sealed.");
  const root = readAsn1(bytes);
  const data = root?.children[1]?.children[0];
  if (root === null || oidText(root.children[0]) !== OID_SIGNED_DATA || data === undefined)
    return end("broken", "cms.malformed");
  if (bytes.subarray(root.raw.length).some((byte) => byte !== 0)) return end("broken", "cms.trailing-bytes");
  if (!isSignedData(root, data)) return end("broken", "cms.malformed");
  const content = data.children[2];
  const carried = octets(content?.children[1]?.children[0]);
  state.certificates = readCertificates(data.children.find((child) => child.tag === 0xa0));
  const signers = data.children.at(-1)?.tag === 0x31 ? (data.children.at(-1)?.children ?? []) : [];
  const [signer] = signers;
  if (signer === undefined || signers.length !== 1) return end("broken", "cms.signers", `${signers.length} signers`);
  const fields = [...signer.children];
  const [, identifier, digestNode, ...rest] = fields;
  const attributes = rest[0]?.tag === 0xa0 ? rest.shift() : undefined;
  const [algorithmNode, signatureNode, unsigned] = rest;
  const signature = octets(signatureNode);
  const digestName = findDigestName(digestNode);
  if (signature === null || !isSignerInfo(signer, unsigned)) return end("broken", "cms.malformed");
  if (digestName === null) return end("undecidable", "algorithm.unknown", `digest ${oidText(digestNode?.children[0])}`);
  // RFC 5652, 5.1 lets a verifier refuse a digest that the structure does not list.
  if (!data.children[1]?.children.some((item) => findDigestName(item) === digestName)) {
    return end("broken", "cms.digest-not-listed", digestName);
  }
  state.digestAlgorithm = digestName;
  const algorithm = readSignatureAlgorithm(algorithmNode, digestName);
  if (algorithm === "unknown") return end("undecidable", "algorithm.unknown", oidText(algorithmNode?.children[0]));
  if (algorithm === "mismatch")
    return end("undecidable", "algorithm.mismatch", `${oidText(algorithmNode?.children[0])} with ${digestName}`);
  state.signatureAlgorithm = `${algorithm.scheme}-${algorithm.digest}`;

  const expected = contentDigest(kind, digestName, carried, oidText(content?.children[0]), digestOf);
  if (typeof expected === "string")
    return end(expected === "algorithm.unavailable" ? "undecidable" : "broken", expected);
  if (expected.genTime !== null) state.signingTime = expected.genTime;

  const find = (oid: string): Asn1 | undefined =>
    attributes?.children.find((attribute) => oidText(attribute.children[0]) === oid)?.children[1]?.children[0];
  let message = expected.message;
  if (attributes !== undefined) {
    const claimed = octets(find(OID_MESSAGE_DIGEST));
    const twice = attributes.children.filter((item) => oidText(item.children[0]) === OID_MESSAGE_DIGEST).length !== 1;
    if (claimed === null || twice) return end("broken", "cms.message-digest-missing");
    if (Buffer.compare(claimed, expected.digest) !== 0)
      return end("broken", "digest.mismatch", "The sealed bytes were changed.");
    if (oidText(find(OID_CONTENT_TYPE)) !== oidText(content?.children[0])) return end("broken", "cms.content-type");
    if (attributes.isIndefinite) return end("undecidable", "cms.attributes-not-der");
    message = Buffer.concat([Uint8Array.of(0x31), attributes.raw.subarray(1)]);
    state.signingTime ??= timeOf(find(OID_SIGNING_TIME));
  }
  const leaf = findSigner([...state.certificates, ...extra], identifier);
  if (leaf === null) return end("undecidable", "certificate.missing", "The sealer's certificate is not in the file.");
  state.certificate = leaf;
  const key = publicKeyOf(leaf);
  const ok = key === null || message === null ? null : verifySignature(algorithm, key, message, signature);
  if (ok === null) return end("undecidable", "algorithm.unavailable", state.signatureAlgorithm);
  if (!ok) return end("broken", "signature.wrong", "The signature does not fit the certificate's key.");
  const ess = checkSigningCertificate(find(OID_ESS_V2), find(OID_ESS_V1), leaf);
  if (ess === false)
    return end("broken", "certificate.substituted", "The certificate is not the one that was sealed in.");
  state.hasSigningCertificate = ess === true;
  if (digestName === "md5") return end("undecidable", "algorithm.weak", "MD5");
  if (digestName === "sha1") state.reasons.push({ code: "algorithm.weak", detail: "SHA-1" });
  const token = unsigned?.children.find((attribute) => oidText(attribute.children[0]) === OID_TIME_STAMP)?.children[1]
    ?.children[0];
  if (token !== undefined && !isNested) {
    state.timestamp = verifyCms(token.raw, "time-stamp", (name) => digestBytes(name, signature), extra, true);
    if (state.timestamp.outcome === "broken") {
      const [reason] = state.timestamp.reasons;
      return end("broken", "time-stamp.broken", reason?.code ?? "");
    }
  }
  return { ...state, outcome: "intact" };
}

/** The digest the signature must speak of; `message` is what is signed where there are no signed attributes. */
function contentDigest(
  kind: CmsKind,
  digestName: string,
  carried: Uint8Array | null,
  contentType: string,
  digestOf: DigestOf,
): { digest: Uint8Array; message: Uint8Array | null; genTime: number | null } | string {
  if (kind === "detached") {
    if (carried !== null) return "cms.encapsulated-content";
    const digest = digestOf(digestName);
    return digest === null ? "algorithm.unavailable" : { digest, message: null, genTime: null };
  }
  if (carried === null) return "cms.content-missing";
  const digest = digestBytes(digestName, carried);
  if (digest === null) return "algorithm.unavailable";
  if (kind === "sha1-content") {
    const sealed = digestOf("sha1");
    return sealed !== null && Buffer.compare(sealed, carried) === 0
      ? { digest, message: carried, genTime: null }
      : "digest.mismatch";
  }
  const info = readAsn1(carried);
  if (contentType !== OID_TST_INFO || info === null) return "time-stamp.malformed";
  const imprint = info.children[2];
  const imprintName = findDigestName(imprint?.children[0]);
  const imprinted = octets(imprint?.children[1]);
  const sealed = imprintName === null ? null : digestOf(imprintName);
  if (sealed === null || imprinted === null) return "algorithm.unavailable";
  if (Buffer.compare(sealed, imprinted) !== 0) return "digest.mismatch";
  return { digest, message: carried, genTime: timeOf(info.children[4]) };
}

function readCertificates(set: Asn1 | undefined): X509Certificate[] {
  const certificates: X509Certificate[] = [];
  for (const child of (set?.children ?? []).slice(0, 200)) {
    const certificate = child.tag === 0x30 ? parseX509(child.raw) : null;
    if (certificate !== null) certificates.push(certificate);
  }
  return certificates;
}

/** Null where OpenSSL cannot read it. */
export function parseX509(der: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(der);
  } catch {
    return null;
  }
}

function publicKeyOf(certificate: X509Certificate): X509Certificate["publicKey"] | null {
  try {
    return certificate.publicKey;
  } catch {
    return null;
  }
}

/** SignerIdentifier (RFC 5652, 5.3): issuer and serial number, or the subject key identifier. */
function findSigner(certificates: readonly X509Certificate[], identifier: Asn1 | undefined): X509Certificate | null {
  for (const certificate of certificates) {
    const body = readAsn1(certificate.raw)?.children[0];
    const fields = body?.children[0]?.tag === 0xa0 ? body.children.slice(1) : (body?.children ?? []);
    if (identifier?.tag === 0x30) {
      const [issuer, serial] = identifier.children;
      const [ownSerial, , ownIssuer] = fields;
      if (issuer === undefined || serial === undefined || ownSerial === undefined || ownIssuer === undefined) continue;
      if (Buffer.compare(issuer.raw, ownIssuer.raw) === 0 && Buffer.compare(serial.raw, ownSerial.raw) === 0)
        return certificate;
    } else if (identifier !== undefined) {
      const extensions = fields.find((field) => field.tag === 0xa3)?.children[0]?.children ?? [];
      const own = extensions.find((extension) => oidText(extension.children[0]) === "2.5.29.14")?.children.at(-1);
      const key = own === undefined ? null : octets(readAsn1(own.content) ?? undefined);
      if (key !== null && Buffer.compare(key, identifier.content) === 0) return certificate;
    }
  }
  return null;
}

/** ESS signing-certificate (RFC 2634, 5.4; RFC 5035, 3): null where absent, else whether it names this certificate. */
function checkSigningCertificate(v2: Asn1 | undefined, v1: Asn1 | undefined, leaf: X509Certificate): boolean | null {
  if (v2 !== undefined) {
    const first = v2.children[0]?.children[0];
    const named = first?.children[0]?.tag === 0x30;
    const name = named ? findDigestName(first?.children[0]) : "sha256";
    const hash = octets(first?.children[named ? 1 : 0]);
    const own = name === null ? null : digestBytes(name, leaf.raw);
    return hash !== null && own !== null && Buffer.compare(hash, own) === 0;
  }
  if (v1 === undefined) return null;
  const hash = octets(v1.children[0]?.children[0]?.children[0]);
  const own = digestBytes("sha1", leaf.raw);
  return hash !== null && own !== null && Buffer.compare(hash, own) === 0;
}

/** The frame of ContentInfo and SignedData (RFC 5652, 3 and 5.1), which no signature protects. */
function isSignedData(root: Asn1, data: Asn1): boolean {
  const [version, digests, content, ...rest] = data.children;
  const isVersion = version?.tag === 2 && version.content.length === 1 && (version.content[0] ?? 0) <= 5;
  const tags = [root.tag, root.children[1]?.tag, data.tag, digests?.tag, content?.tag];
  const isFramed = [0x30, 0xa0, 0x30, 0x31, 0x30].every((tag, i) => tags[i] === tag);
  return (
    isVersion &&
    isFramed &&
    root.children.length === 2 &&
    rest.every(({ tag }) => tag === 0xa0 || tag === 0xa1 || tag === 0x31)
  );
}

/** RFC 5652, 5.3: version 1 names the signer by issuer and serial number, 3 by key identifier. */
function isSignerInfo(signer: Asn1, unsigned: Asn1 | undefined): boolean {
  const [version, identifier] = signer.children;
  const number = version?.tag === 2 && version.content.length === 1 ? version.content[0] : null;
  const isIdentified =
    identifier?.tag === 0x30 ? number === 1 : number === 3 && (identifier?.tag === 0x80 || identifier?.tag === 0xa0);
  return signer.tag === 0x30 && isIdentified && (unsigned === undefined || unsigned.tag === 0xa1);
}
