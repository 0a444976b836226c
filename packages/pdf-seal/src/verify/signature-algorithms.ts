import { constants, type KeyObject, verify } from "node:crypto";
import { type Asn1, oidText } from "./asn1-reader.ts";

/** Digests by object identifier, as node:crypto names them. MD5 is known so that it can be told from the unknown. */
const DIGESTS: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.5": "md5",
  "1.3.14.3.2.26": "sha1",
  "1.3.36.3.2.1": "ripemd160",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.7": "sha3-224",
  "2.16.840.1.101.3.4.2.8": "sha3-256",
  "2.16.840.1.101.3.4.2.9": "sha3-384",
  "2.16.840.1.101.3.4.2.10": "sha3-512",
  "2.16.840.1.101.3.4.2.12": "shake256",
  "2.16.840.1.101.3.4.2.18": "shake256",
};

type Scheme = "rsa" | "pss" | "ecdsa" | "dsa" | "ed25519" | "ed448";

/** `digest` is null where the identifier leaves it to the digest algorithm of the signer. */
const SCHEMES: Readonly<Record<string, { scheme: Scheme; digest: string | null }>> = {
  "1.2.840.113549.1.1.1": { scheme: "rsa", digest: null },
  "1.2.840.113549.1.1.4": { scheme: "rsa", digest: "md5" },
  "1.2.840.113549.1.1.5": { scheme: "rsa", digest: "sha1" },
  "1.3.14.3.2.29": { scheme: "rsa", digest: "sha1" },
  "1.2.840.113549.1.1.14": { scheme: "rsa", digest: "sha224" },
  "1.2.840.113549.1.1.11": { scheme: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { scheme: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { scheme: "rsa", digest: "sha512" },
  "2.16.840.1.101.3.4.3.13": { scheme: "rsa", digest: "sha3-224" },
  "2.16.840.1.101.3.4.3.14": { scheme: "rsa", digest: "sha3-256" },
  "2.16.840.1.101.3.4.3.15": { scheme: "rsa", digest: "sha3-384" },
  "2.16.840.1.101.3.4.3.16": { scheme: "rsa", digest: "sha3-512" },
  "1.2.840.113549.1.1.10": { scheme: "pss", digest: null },
  "1.2.840.10045.2.1": { scheme: "ecdsa", digest: null },
  "1.2.840.10045.4.1": { scheme: "ecdsa", digest: "sha1" },
  "1.2.840.10045.4.3.1": { scheme: "ecdsa", digest: "sha224" },
  "1.2.840.10045.4.3.2": { scheme: "ecdsa", digest: "sha256" },
  "1.2.840.10045.4.3.3": { scheme: "ecdsa", digest: "sha384" },
  "1.2.840.10045.4.3.4": { scheme: "ecdsa", digest: "sha512" },
  "2.16.840.1.101.3.4.3.10": { scheme: "ecdsa", digest: "sha3-256" },
  "2.16.840.1.101.3.4.3.11": { scheme: "ecdsa", digest: "sha3-384" },
  "2.16.840.1.101.3.4.3.12": { scheme: "ecdsa", digest: "sha3-512" },
  "1.2.840.10040.4.1": { scheme: "dsa", digest: null },
  "1.2.840.10040.4.3": { scheme: "dsa", digest: "sha1" },
  "2.16.840.1.101.3.4.3.2": { scheme: "dsa", digest: "sha256" },
  "1.3.101.112": { scheme: "ed25519", digest: null },
  "1.3.101.113": { scheme: "ed448", digest: null },
};

type SignatureAlgorithm = {
  readonly scheme: Scheme;
  readonly digest: string;
  readonly saltLength: number | null;
};

/** The digest an AlgorithmIdentifier names, or null where it is not known here. */
export function findDigestName(node: Asn1 | undefined): string | null {
  return DIGESTS[oidText(node?.children[0])] ?? null;
}

/**
 * How a signer's signature is made. `unknown`: cannot be decided here. `mismatch`: the identifiers contradict each
 * other (RFC 5652, 5.6; RFC 8419, 3.1 for EdDSA), so that none of them can be trusted.
 */
export function readSignatureAlgorithm(
  node: Asn1 | undefined,
  digest: string,
): SignatureAlgorithm | "unknown" | "mismatch" {
  const known = SCHEMES[oidText(node?.children[0])];
  if (known === undefined) return "unknown";
  if (known.scheme === "ed25519") return digest === "sha512" ? { ...known, digest, saltLength: null } : "mismatch";
  if (known.scheme === "ed448") return digest === "shake256" ? { ...known, digest, saltLength: null } : "mismatch";
  if (known.scheme === "pss") return readPss(node?.children[1], digest);
  if (known.digest !== null && known.digest !== digest) return "mismatch";
  return { scheme: known.scheme, digest, saltLength: null };
}

/** RFC 4055, 3.1. The mask's digest must be the message's: node:crypto cannot verify others. */
function readPss(parameters: Asn1 | undefined, digest: string): SignatureAlgorithm | "unknown" | "mismatch" {
  const field = (tag: number): Asn1 | undefined => parameters?.children.find((child) => child.tag === tag)?.children[0];
  const hash = field(0xa0);
  const named = hash === undefined ? "sha1" : findDigestName(hash);
  const mask = field(0xa1);
  const maskDigest = mask === undefined ? "sha1" : findDigestName(mask.children[1]);
  if (named === null || maskDigest !== named) return "unknown";
  const salt = field(0xa2);
  const saltLength = salt === undefined ? 20 : Number.parseInt(Buffer.from(salt.content).toString("hex") || "0", 16);
  return named === digest ? { scheme: "pss", digest, saltLength } : "mismatch";
}

/** True or false; null where this runtime cannot do the arithmetic. */
export function verifySignature(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  signature: Uint8Array,
): boolean | null {
  const types: Readonly<Record<Scheme, readonly string[]>> = {
    rsa: ["rsa"],
    pss: ["rsa", "rsa-pss"],
    ecdsa: ["ec"],
    dsa: ["dsa"],
    ed25519: ["ed25519"],
    ed448: ["ed448"],
  };
  if (!types[algorithm.scheme].includes(key.asymmetricKeyType ?? "")) return false;
  try {
    switch (algorithm.scheme) {
      case "ed25519":
      case "ed448":
        return verify(null, data, key, signature);
      case "pss":
        return verify(
          algorithm.digest,
          data,
          { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltLength ?? 20 },
          signature,
        );
      default:
        return verify(algorithm.digest, data, key, signature);
    }
  } catch {
    return null;
  }
}
