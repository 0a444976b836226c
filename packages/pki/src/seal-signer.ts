import { hash, type KeyObject, sign } from "node:crypto";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { type PkiError, type PkiOutcome, refuse, succeed } from "./outcome.ts";
import { type SignatureAlgorithm, verifySignature } from "./signature-algorithm.ts";

/** Algorithms a seal is made with. The union stays open for further ones; each names its key kind and its digest. */
export type SealAlgorithm = "rsa-pkcs1-sha256" | "ecdsa-p256-sha256";

/**
 * Where the key of a seal is reached: a key in this process, an HSM, a key service. It gets both what is signed and its
 * SHA-256, because PKCS #11 mechanisms want one or the other. It answers the signature value as CMS holds it (RSA: the
 * octets; ECDSA: the DER of r and s, RFC 5753, 2.1.1).
 */
export interface SealSigner {
  /** DER certificates, the seal's own first. */
  readonly chain: readonly Uint8Array[];
  readonly algorithm: SealAlgorithm;
  signAttributes(tbs: Uint8Array, digest: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

/**
 * A signer whose key is in this process. Codes: `signer.chain-empty`, `signer.key-unsupported` (RSA from 2048 bits and
 * P-256 can be used), `signer.key-mismatch` (key and first certificate do not belong together), those of `parseCertificate`.
 */
export function createLocalSealSigner(options: {
  readonly key: KeyObject;
  readonly chain: readonly Uint8Array[];
}): PkiOutcome<SealSigner> {
  const { key, chain } = options;
  const [first] = chain;
  if (first === undefined) return refuse("signer.chain-empty", "The signer has no certificate.");
  const leaf = parseCertificate(first);
  if (!leaf.ok) return leaf;
  const publicKey = leaf.value.publicKey();
  if (publicKey === null) return refuse("signer.key-unsupported", "The certificate's public key cannot be read.");
  if (key.type !== "private") return refuse("signer.key-unsupported", "The key is not a private key.");
  const algorithm = decideAlgorithm(publicKey);
  if (algorithm === null) return refuse("signer.key-unsupported", "A seal needs RSA from 2048 bits, or P-256.");
  const probe = Buffer.from("Do this key and this certificate belong together?");
  if (
    key.asymmetricKeyType !== publicKey.asymmetricKeyType ||
    !verifyValue(algorithm, publicKey, probe, sign("sha256", probe, key))
  )
    return refuse("signer.key-mismatch", "The private key does not belong to the first certificate of the chain.");
  return succeed({ chain, algorithm, signAttributes: (tbs) => sign("sha256", tbs, key) });
}

function decideAlgorithm(publicKey: KeyObject): SealAlgorithm | null {
  const details = publicKey.asymmetricKeyDetails;
  if (publicKey.asymmetricKeyType === "rsa") return (details?.modulusLength ?? 0) >= 2048 ? "rsa-pkcs1-sha256" : null;
  return publicKey.asymmetricKeyType === "ec" && details?.namedCurve === "prime256v1" ? "ecdsa-p256-sha256" : null;
}

const mechanisms: Readonly<Record<SealAlgorithm, SignatureAlgorithm>> = {
  "rsa-pkcs1-sha256": { kind: "rsa-pkcs1", digest: "sha256" },
  "ecdsa-p256-sha256": { kind: "ecdsa", digest: "sha256" },
};

function verifyValue(algorithm: SealAlgorithm, key: KeyObject, tbs: Uint8Array, signature: Uint8Array): boolean {
  return verifySignature(mechanisms[algorithm], key, tbs, signature);
}

/**
 * Checks a signature with the certificate it will be judged by, before it is used: an HSM may hold another key under the
 * same label, or sign with another mechanism. Code: `signer.signature-invalid`.
 */
export function verifyOwnSignature(
  signer: { readonly algorithm: SealAlgorithm; readonly certificate: Certificate },
  tbs: Uint8Array,
  signature: Uint8Array,
): { readonly ok: true } | PkiError {
  const key = signer.certificate.publicKey();
  return key !== null && verifyValue(signer.algorithm, key, tbs, signature)
    ? { ok: true }
    : refuse("signer.signature-invalid", "The signature does not verify with the seal's certificate; it is not used.");
}

/** SHA-256, the digest of every seal algorithm so far. */
export function digestForSeal(bytes: Uint8Array): Uint8Array {
  return hash("sha256", bytes, "buffer");
}
