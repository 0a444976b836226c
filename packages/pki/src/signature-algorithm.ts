import { constants, createHash, type KeyObject, publicDecrypt, verify } from "node:crypto";
import { childrenOf, type DerNode, isContext, isUniversal, oidOf, smallIntegerOf } from "./der.ts";
import { derNull, derOctetString, derOid, derSequence } from "./der-writer.ts";
import { fail } from "./outcome.ts";

/** A digest by the name node:crypto gives it. */
export type DigestName =
  | "sha1"
  | "sha224"
  | "sha256"
  | "sha384"
  | "sha512"
  | "sha3-224"
  | "sha3-256"
  | "sha3-384"
  | "sha3-512"
  | "shake256";

export type SignatureAlgorithm =
  | { readonly kind: "rsa-pkcs1" | "ecdsa"; readonly digest: DigestName }
  | { readonly kind: "rsa-pss"; readonly digest: DigestName; readonly saltLength: number }
  | { readonly kind: "ed25519" | "ed448" };

const digests: Readonly<Record<string, DigestName>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.7": "sha3-224",
  "2.16.840.1.101.3.4.2.8": "sha3-256",
  "2.16.840.1.101.3.4.2.9": "sha3-384",
  "2.16.840.1.101.3.4.2.10": "sha3-512",
  "2.16.840.1.101.3.4.2.12": "shake256",
};

const signatures: Readonly<Record<string, SignatureAlgorithm>> = {
  "1.2.840.113549.1.1.5": { kind: "rsa-pkcs1", digest: "sha1" },
  "1.3.14.3.2.29": { kind: "rsa-pkcs1", digest: "sha1" },
  "1.2.840.113549.1.1.14": { kind: "rsa-pkcs1", digest: "sha224" },
  "1.2.840.113549.1.1.11": { kind: "rsa-pkcs1", digest: "sha256" },
  "1.2.840.113549.1.1.12": { kind: "rsa-pkcs1", digest: "sha384" },
  "1.2.840.113549.1.1.13": { kind: "rsa-pkcs1", digest: "sha512" },
  "1.2.840.10045.4.1": { kind: "ecdsa", digest: "sha1" },
  "1.2.840.10045.4.3.1": { kind: "ecdsa", digest: "sha224" },
  "1.2.840.10045.4.3.2": { kind: "ecdsa", digest: "sha256" },
  "1.2.840.10045.4.3.3": { kind: "ecdsa", digest: "sha384" },
  "1.2.840.10045.4.3.4": { kind: "ecdsa", digest: "sha512" },
  "2.16.840.1.101.3.4.3.10": { kind: "ecdsa", digest: "sha3-256" },
  "2.16.840.1.101.3.4.3.11": { kind: "ecdsa", digest: "sha3-384" },
  "2.16.840.1.101.3.4.3.12": { kind: "ecdsa", digest: "sha3-512" },
  "2.16.840.1.101.3.4.3.13": { kind: "rsa-pkcs1", digest: "sha3-224" },
  "2.16.840.1.101.3.4.3.14": { kind: "rsa-pkcs1", digest: "sha3-256" },
  "2.16.840.1.101.3.4.3.15": { kind: "rsa-pkcs1", digest: "sha3-384" },
  "2.16.840.1.101.3.4.3.16": { kind: "rsa-pkcs1", digest: "sha3-512" },
  "1.3.101.112": { kind: "ed25519" },
  "1.3.101.113": { kind: "ed448" },
};

const rsaEncryption = "1.2.840.113549.1.1.1";
const rsaPss = "1.2.840.113549.1.1.10";
const ecPublicKey = "1.2.840.10045.2.1";
const mgf1 = "1.2.840.113549.1.1.8";

/** The digest an AlgorithmIdentifier names; refused with `algorithm.unknown`. */
export function digestOf(node: DerNode | undefined): DigestName {
  const [oid] = childrenOf(node);
  return digests[oidOf(oid)] ?? fail("algorithm.unknown", `The digest ${oidOf(oid)} is not known.`);
}

/** A digest over some bytes; SHAKE256 with the 512 bits that RFC 8419, 2.3 gives it. */
export function computeDigest(name: DigestName, ...parts: readonly Uint8Array[]): Buffer {
  const hash = name === "shake256" ? createHash(name, { outputLength: 64 }) : createHash(name);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/**
 * A signature AlgorithmIdentifier (RFC 4055, RFC 5758, RFC 8410). CMS may name only the key's algorithm (RFC 3370, 3.2);
 * then `digest` says with which digest. Refused: `algorithm.unknown`, and RSA-PSS with unequal digests as
 * `algorithm.unsupported`, because node:crypto cannot check it.
 */
export function signatureAlgorithmOf(node: DerNode | undefined, digest?: DigestName): SignatureAlgorithm {
  const [first, parameters] = childrenOf(node);
  const oid = oidOf(first);
  const known = signatures[oid];
  if (known !== undefined) return known;
  if (oid === rsaPss) return pssOf(parameters);
  if (digest !== undefined && oid === rsaEncryption) return { kind: "rsa-pkcs1", digest };
  if (digest !== undefined && oid === ecPublicKey) return { kind: "ecdsa", digest };
  return fail("algorithm.unknown", `The signature algorithm ${oid} is not known.`);
}

/** RSASSA-PSS-params (RFC 4055, 3.1); every field has a default. */
function pssOf(parameters: DerNode | undefined): SignatureAlgorithm {
  let digest: DigestName = "sha1";
  let maskDigest: DigestName = "sha1";
  let saltLength = 20;
  for (const field of parameters === undefined || isUniversal(parameters, 5) ? [] : childrenOf(parameters)) {
    const [value] = field.children;
    if (isContext(field, 0)) digest = digestOf(value);
    else if (isContext(field, 1)) {
      const [mask, maskParameters] = childrenOf(value);
      if (oidOf(mask) !== mgf1) fail("algorithm.unknown", "The mask generation function is not known.");
      maskDigest = digestOf(maskParameters);
    } else if (isContext(field, 2)) saltLength = smallIntegerOf(value);
    else if (!isContext(field, 3) || smallIntegerOf(value) !== 1)
      fail("algorithm.unsupported", "RSA-PSS parameters are not as expected.");
  }
  if (digest !== maskDigest) fail("algorithm.unsupported", "RSA-PSS with two different digests cannot be checked.");
  return { kind: "rsa-pss", digest, saltLength };
}

/** A short name for people and reports: "rsa-pkcs1-sha256", "ed25519". */
export function nameSignatureAlgorithm(algorithm: SignatureAlgorithm): string {
  return "digest" in algorithm ? `${algorithm.kind}-${algorithm.digest}` : algorithm.kind;
}

/** Whether forging is within known reach, so that a signature is reported as weak. */
export function isWeakDigest(digest: DigestName): boolean {
  return digest === "sha1";
}

/** RSA below 1024 bits can be factored by anyone, below 2048 by few; null where nothing speaks against the key. */
export function findKeyWeakness(
  key: KeyObject,
): { readonly severity: "undecided" | "note"; readonly detail: string } | null {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  if (bits === undefined || bits >= 2048) return null;
  return { severity: bits < 1024 ? "undecided" : "note", detail: `The key has ${bits} bits only.` };
}

function fitsKey(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  const type = key.asymmetricKeyType;
  if (algorithm.kind === "rsa-pkcs1") return type === "rsa";
  if (algorithm.kind === "rsa-pss") return type === "rsa" || type === "rsa-pss";
  return algorithm.kind === "ecdsa" ? type === "ec" : type === algorithm.kind;
}

/** Verifies `signature` over `data`. False also when key and algorithm do not fit or the signature is malformed. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (!fitsKey(algorithm, key)) return false;
  try {
    switch (algorithm.kind) {
      case "rsa-pkcs1":
        return verify(algorithm.digest, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature);
      case "rsa-pss": {
        const { saltLength } = algorithm;
        return verify(algorithm.digest, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature);
      }
      case "ecdsa":
        return verify(algorithm.digest, data, { key, dsaEncoding: "der" }, signature);
      case "ed25519":
      case "ed448":
        return verify(null, data, key, signature);
    }
  } catch {
    // OpenSSL throws on some malformed signatures and on keys it holds too weak; neither verifies anything.
    return false;
  }
}

/** Verifies an RSA PKCS #1 v1.5 signature when only the digest is known (RFC 8017, 8.2.2; the DigestInfo is compared whole). */
export function verifyRsaDigest(
  key: KeyObject,
  digestName: DigestName,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (key.asymmetricKeyType !== "rsa") return false;
  const oid = Object.keys(digests).find((candidate) => digests[candidate] === digestName);
  if (oid === undefined) return false;
  const expected = derSequence(derSequence(derOid(oid), derNull()), derOctetString(digest));
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature).equals(expected);
  } catch {
    return false;
  }
}
