import { constants, createPublicKey, type KeyObject, verify } from "node:crypto";
import { bitsOf, type DerNode, isContext, isUniversal, oidOf, readDer, smallIntegerOf, tags } from "./der.ts";

export type HashName = "sha1" | "sha224" | "sha256" | "sha384" | "sha512" | "md5" | "sm3";

const hashOids: Readonly<Record<string, HashName>> = {
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "1.2.840.113549.2.5": "md5",
  "1.2.156.10197.1.401": "sm3",
};
export const hashNameOf = (oid: string | undefined): HashName | undefined =>
  oid === undefined ? undefined : hashOids[oid];

/** Hashes that no longer bind: still computed, always reported. */
export const weakHashes: readonly HashName[] = ["md5", "sha1"];

export interface SignatureAlgorithm {
  readonly kind: "rsa-pkcs1" | "rsa-pss" | "ecdsa" | "eddsa";
  /** Null where the digest algorithm of the signer info decides (plain rsaEncryption), or the scheme has none (EdDSA). */
  readonly hash: HashName | null;
  readonly saltLength?: number;
  readonly name: string;
}

const fixed: Readonly<Record<string, SignatureAlgorithm>> = {
  "1.2.840.113549.1.1.1": { kind: "rsa-pkcs1", hash: null, name: "RSA" },
  "1.2.840.113549.1.1.4": { kind: "rsa-pkcs1", hash: "md5", name: "RSA with MD5" },
  "1.2.840.113549.1.1.5": { kind: "rsa-pkcs1", hash: "sha1", name: "RSA with SHA-1" },
  "1.3.14.3.2.29": { kind: "rsa-pkcs1", hash: "sha1", name: "RSA with SHA-1" },
  "1.2.840.113549.1.1.14": { kind: "rsa-pkcs1", hash: "sha224", name: "RSA with SHA-224" },
  "1.2.840.113549.1.1.11": { kind: "rsa-pkcs1", hash: "sha256", name: "RSA with SHA-256" },
  "1.2.840.113549.1.1.12": { kind: "rsa-pkcs1", hash: "sha384", name: "RSA with SHA-384" },
  "1.2.840.113549.1.1.13": { kind: "rsa-pkcs1", hash: "sha512", name: "RSA with SHA-512" },
  "1.2.840.10045.2.1": { kind: "ecdsa", hash: null, name: "ECDSA" },
  "1.2.840.10045.4.1": { kind: "ecdsa", hash: "sha1", name: "ECDSA with SHA-1" },
  "1.2.840.10045.4.3.1": { kind: "ecdsa", hash: "sha224", name: "ECDSA with SHA-224" },
  "1.2.840.10045.4.3.2": { kind: "ecdsa", hash: "sha256", name: "ECDSA with SHA-256" },
  "1.2.840.10045.4.3.3": { kind: "ecdsa", hash: "sha384", name: "ECDSA with SHA-384" },
  "1.2.840.10045.4.3.4": { kind: "ecdsa", hash: "sha512", name: "ECDSA with SHA-512" },
  "1.3.101.112": { kind: "eddsa", hash: null, name: "Ed25519" },
  "1.3.101.113": { kind: "eddsa", hash: null, name: "Ed448" },
};

/** The algorithm an AlgorithmIdentifier names; undefined where it is unknown, so that the caller can say so. */
export function readSignatureAlgorithm(node: DerNode | undefined): SignatureAlgorithm | undefined {
  const oid = oidOf(node?.children[0]);
  if (oid === "1.2.840.113549.1.1.10") return readPss(node?.children[1]);
  return oid === undefined ? undefined : fixed[oid];
}

/** RSASSA-PSS-params of RFC 4055, 3.1: the mask's hash must be the digest's. */
function readPss(parameters: DerNode | undefined): SignatureAlgorithm | undefined {
  if (!isUniversal(parameters, tags.sequence)) return undefined;
  let hash: HashName | undefined = "sha1";
  let mask: HashName | undefined = "sha1";
  let saltLength: number | undefined = 20;
  for (const part of parameters.children) {
    const inner = part.children[0];
    if (isContext(part, 0)) hash = hashNameOf(oidOf(inner?.children[0]));
    else if (isContext(part, 1))
      mask =
        oidOf(inner?.children[0]) === "1.2.840.113549.1.1.8"
          ? hashNameOf(oidOf(inner?.children[1]?.children[0]))
          : undefined;
    else if (isContext(part, 2)) saltLength = smallIntegerOf(inner);
    else if (!isContext(part, 3) || smallIntegerOf(inner) !== 1) return undefined;
  }
  if (!hash || hash !== mask || saltLength === undefined || saltLength > 512) return undefined;
  return { kind: "rsa-pss", hash, saltLength, name: `RSA-PSS with ${hash.toUpperCase().replace("SHA", "SHA-")}` };
}

export type SignatureCheck = "valid" | "invalid" | "unsupported";

/** Verifies a signature over `data` (hashed here). A key of another kind than the algorithm's is `invalid`. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  hash: HashName | null,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const kinds: Record<SignatureAlgorithm["kind"], readonly string[]> = {
    "rsa-pkcs1": ["rsa"],
    "rsa-pss": ["rsa", "rsa-pss"],
    ecdsa: ["ec"],
    eddsa: ["ed25519", "ed448"],
  };
  if (!kinds[algorithm.kind].includes(key.asymmetricKeyType ?? "")) return "invalid";
  if (hash === "sm3") return "unsupported";
  const digest = algorithm.kind === "eddsa" ? null : (hash ?? algorithm.hash);
  if (digest === null && algorithm.kind !== "eddsa") return "unsupported";
  try {
    const options =
      algorithm.kind === "rsa-pss"
        ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength ?? 20 }
        : algorithm.kind === "ecdsa"
          ? { key, dsaEncoding: "der" as const }
          : { key };
    if (algorithm.kind === "ecdsa" && !readDer(signature).ok) return "invalid";
    return verify(digest, data, options, signature) ? "valid" : "invalid";
  } catch {
    return "unsupported";
  }
}

/** The public key of a SubjectPublicKeyInfo; undefined where Node does not know its kind or it is malformed. */
export function readPublicKey(spki: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** The bits of the key in a SubjectPublicKeyInfo (for key identifiers, RFC 5280, 4.2.1.2). */
export function subjectPublicKeyBits(spki: DerNode): Uint8Array | undefined {
  return bitsOf(spki.children[1]);
}
