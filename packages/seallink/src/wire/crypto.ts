import { decodeBase64Url, encodeBase64Url, encodeHex, encodeUtf8 } from "./bytes.ts";

/** Ed25519 or ECDSA on P-256 with SHA-256; which one a key uses is fixed with the key (clause 3.4). */
export const algorithms = ["EdDSA", "ES256"] as const;
export type Algorithm = (typeof algorithms)[number];

/** A public key: 32 bytes for Ed25519, the uncompressed point of 65 bytes for P-256, as base64url. */
export interface PublicKey {
  readonly kid: string;
  readonly alg: Algorithm;
  readonly x: string;
}

/** A key that signs, behind a port: a browser's key store, a secure element, a module. Answers 64 bytes. */
export interface Signer {
  readonly kid: string;
  readonly alg: Algorithm;
  readonly sign: (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

/** The two operations everybody needs. May answer at once or later; `webCrypto` serves Node and browsers alike. */
export interface CryptoPort {
  readonly sha256: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
  /** Whether the signature of 64 bytes is the key's. Answers false, and does not throw, for bytes that are no key. */
  readonly verify: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
}

const subtle = globalThis.crypto.subtle;
const keyParameters = { EdDSA: { name: "Ed25519" }, ES256: { name: "ECDSA", namedCurve: "P-256" } } as const;
const signParameters = { EdDSA: { name: "Ed25519" }, ES256: { name: "ECDSA", hash: "SHA-256" } } as const;
const imported = new WeakMap<PublicKey, Promise<CryptoKey>>();

function importKey(key: PublicKey): Promise<CryptoKey> {
  const known = imported.get(key);
  if (known !== undefined) return known;
  const raw = decodeBase64Url(key.x) ?? new Uint8Array();
  const promise = subtle.importKey("raw", own(raw), keyParameters[key.alg], false, ["verify"]);
  imported.set(key, promise);
  return promise;
}

/** WebCrypto wants bytes of an ArrayBuffer of their own, not of shared memory. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}

export const webCrypto: CryptoPort = {
  async sha256(bytes) {
    return new Uint8Array(await subtle.digest("SHA-256", own(bytes)));
  },
  async verify(key, message, signature) {
    try {
      return await subtle.verify(signParameters[key.alg], await importKey(key), own(signature), own(message));
    } catch {
      return false;
    }
  },
};

/** A signer from a private key of WebCrypto, which may be one that cannot be exported. */
export function createSigner(kid: string, alg: Algorithm, key: CryptoKey): Signer {
  return {
    kid,
    alg,
    sign: async (message) => new Uint8Array(await subtle.sign(signParameters[alg], key, own(message))),
  };
}

/** As WebCrypto makes it; not every runtime's types name it. */
interface KeyPair {
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

/** Makes a key pair. The private key cannot be exported unless asked for; a browser may keep it in IndexedDB. */
export async function generateKey(
  kid: string,
  alg: Algorithm,
  extractable = false,
): Promise<{ readonly signer: Signer; readonly publicKey: PublicKey; readonly pair: KeyPair }> {
  const pair = (await subtle.generateKey(keyParameters[alg], extractable, ["sign", "verify"])) as KeyPair;
  const raw = new Uint8Array(await subtle.exportKey("raw", pair.publicKey));
  return {
    signer: createSigner(kid, alg, pair.privateKey),
    publicKey: { kid, alg, x: encodeBase64Url(raw) },
    pair,
  };
}

/** Algorithm that this runtime can make keys of: Ed25519 where it has it, else P-256 (browsers of before 2025). */
export async function chooseAlgorithm(): Promise<Algorithm> {
  try {
    await subtle.generateKey(keyParameters.EdDSA, false, ["sign", "verify"]);
    return "EdDSA";
  } catch {
    return "ES256";
  }
}

/** `sha256:` and 64 hexadecimal digits of bytes, or of a text's UTF-8 (clause 3.4). */
export async function digest(crypto: CryptoPort, content: Uint8Array | string): Promise<string> {
  const bytes = typeof content === "string" ? encodeUtf8(content) : content;
  return `sha256:${encodeHex(await crypto.sha256(bytes))}`;
}
