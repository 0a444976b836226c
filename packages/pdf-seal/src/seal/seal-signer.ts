import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from "node:crypto";

/**
 * Whoever holds the seal's key. `signAttributes` gets the DER of the signed attributes and their SHA-256, because
 * some key holders hash themselves and others take only the digest; it returns an RSA value or a DER Ecdsa-Sig-Value.
 */
export type SealSigner = {
  /** Certificates in DER, the seal's own first. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: string;
  signAttributes(tbs: Uint8Array, digest: Uint8Array): Promise<Uint8Array> | Uint8Array;
};

/** What depends on the certificates alone, worked out once for each chain. */
export type SignerProfile = {
  readonly key: KeyObject;
  readonly commonName: string;
  /** The signed attributes up to the message digest's value, as a DER SET; the digest follows at `digestAt`. */
  readonly attributes: Buffer;
  readonly digestAt: number;
  /** Version, digest algorithms, content type and certificates. */
  readonly head: Buffer;
  /** SignerInfo: version, issuer and serial, digest algorithm. */
  readonly signerHead: Buffer;
  readonly signatureAlgorithm: Buffer;
  readonly signatureLimit: number;
};

export type SignerProblem = {
  readonly code: "signer.unsupported" | "signer.broken-certificate";
  readonly message: string;
};

const SHA256 = Buffer.from("300b0609608648016503040201", "hex");
const OID_DATA = Buffer.from("06092a864886f70d010701", "hex");
const OID_SIGNED_DATA = Buffer.from("06092a864886f70d010702", "hex");
const OID_CONTENT_TYPE = Buffer.from("06092a864886f70d010903", "hex");
const OID_MESSAGE_DIGEST = Buffer.from("06092a864886f70d010904", "hex");
const OID_SIGNING_CERTIFICATE_V2 = Buffer.from("060b2a864886f70d010910022f", "hex");
const RSA_SHA256 = Buffer.from("300d06092a864886f70d01010b0500", "hex");
const ECDSA_SHA256 = Buffer.from("300a06082a8648ce3d040302", "hex");
const VERSION_1 = Buffer.from("020101", "hex");

const profiles = new WeakMap<Uint8Array, SignerProfile>();

/** The profile of a signer's chain; a problem where a certificate cannot be read or the algorithm is none of ours. */
export function readSignerProfile(signer: SealSigner): SignerProfile | SignerProblem {
  const [leaf] = signer.chain;
  if (leaf === undefined) return { code: "signer.broken-certificate", message: "The seal has no certificate." };
  const known = profiles.get(leaf);
  if (known !== undefined) return known;
  const isRsa = signer.algorithm === "rsa-pkcs1-sha256";
  if (!isRsa && signer.algorithm !== "ecdsa-p256-sha256") {
    return { code: "signer.unsupported", message: `Sealing with ${signer.algorithm} is not supported.` };
  }
  try {
    const certificate = new X509Certificate(leaf);
    const key = createPublicKey(certificate.publicKey.export({ type: "spki", format: "pem" }));
    const profile = makeProfile(signer.chain, leaf, key, isRsa, /(?:^|\n)CN=(.*)/.exec(certificate.subject)?.[1] ?? "");
    profiles.set(leaf, profile);
    return profile;
  } catch {
    return { code: "signer.broken-certificate", message: "The seal's certificate cannot be read." };
  }
}

function makeProfile(
  chain: readonly Uint8Array[],
  leaf: Uint8Array,
  key: KeyObject,
  isRsa: boolean,
  commonName: string,
): SignerProfile {
  const { issuer, serial } = findIssuerAndSerial(leaf);
  const generalName = tagged(0xa4, issuer);
  const certificateId = tagged(
    0x30,
    tagged(0x04, createHash("sha256").update(leaf).digest()),
    tagged(0x30, tagged(0x30, generalName), serial),
  );
  // RFC 5035, 5.4.1; the hash algorithm is left out because SHA-256 is its default.
  const signingCertificate = attribute(OID_SIGNING_CERTIFICATE_V2, tagged(0x30, tagged(0x30, certificateId)));
  const contentType = attribute(OID_CONTENT_TYPE, OID_DATA);
  const messageDigest = attribute(OID_MESSAGE_DIGEST, tagged(0x04, Buffer.alloc(32)));
  // A DER SET OF is sorted by encoding (X.690, 11.6); the digest's value cannot change the order.
  const sorted = [contentType, messageDigest, signingCertificate].sort(Buffer.compare);
  const attributes = tagged(0x31, ...sorted);
  const digestAt = attributes.indexOf(messageDigest) + messageDigest.length - 32;
  return {
    key,
    commonName,
    attributes,
    digestAt,
    head: Buffer.concat([VERSION_1, tagged(0x31, SHA256), tagged(0x30, OID_DATA), tagged(0xa0, ...chain)]),
    signerHead: Buffer.concat([VERSION_1, tagged(0x30, issuer, serial), SHA256]),
    signatureAlgorithm: isRsa ? RSA_SHA256 : ECDSA_SHA256,
    signatureLimit: isRsa ? Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 4096) / 8) : 72,
  };
}

/** The DER of the signed attributes for a document's digest: contentType, messageDigest, signing-certificate-v2. */
export function signedAttributes(profile: SignerProfile, documentDigest: Uint8Array): Buffer {
  const attributes = Buffer.from(profile.attributes);
  attributes.set(documentDigest, profile.digestAt);
  return attributes;
}

/** A detached CMS SignedData (RFC 5652, 5.1) as PAdES B-B asks for (ETSI EN 319 142-1, 5.3 and 6.2). */
export function assembleSignedData(profile: SignerProfile, attributes: Buffer, signature: Uint8Array): Buffer {
  const implicit = Buffer.from(attributes);
  implicit[0] = 0xa0;
  const signerInfo = tagged(0x30, profile.signerHead, implicit, profile.signatureAlgorithm, tagged(0x04, signature));
  return tagged(0x30, OID_SIGNED_DATA, tagged(0xa0, tagged(0x30, profile.head, tagged(0x31, signerInfo))));
}

/** The most bytes the SignedData of this profile can take. */
export function signedDataLimit(profile: SignerProfile): number {
  return assembleSignedData(profile, profile.attributes, new Uint8Array(profile.signatureLimit)).length;
}

/** True when the certificate's key accepts the signature; false for anything else, a wrong key's answer included. */
export function verifyOwnSignature(profile: SignerProfile, tbs: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify("sha256", tbs, profile.key, signature);
  } catch {
    return false;
  }
}

function attribute(oid: Buffer, value: Buffer): Buffer {
  return tagged(0x30, oid, tagged(0x31, value));
}

function tagged(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  const head = length < 128 ? [tag, length] : [tag, ...longLength(length)];
  return Buffer.concat([Uint8Array.from(head), ...content]);
}

function longLength(length: number): number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 255);
  return [0x80 | bytes.length, ...bytes];
}

/** The raw issuer name and serial number of a certificate (RFC 5280, 4.1) that node has already accepted. */
function findIssuerAndSerial(certificate: Uint8Array): { issuer: Uint8Array; serial: Uint8Array } {
  const outer = element(certificate, 0);
  const body = element(certificate, outer.content);
  let at = body.content;
  if (certificate[at] === 0xa0) at = element(certificate, at).end;
  const serial = element(certificate, at);
  const algorithm = element(certificate, serial.end);
  const issuer = element(certificate, algorithm.end);
  return { serial: certificate.subarray(at, serial.end), issuer: certificate.subarray(algorithm.end, issuer.end) };
}

function element(bytes: Uint8Array, at: number): { content: number; end: number } {
  const first = bytes[at + 1] ?? 0;
  if (first < 128) return { content: at + 2, end: at + 2 + first };
  let length = 0;
  for (let i = 0; i < (first & 127); i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const content = at + 2 + (first & 127);
  return { content, end: content + length };
}
