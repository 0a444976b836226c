import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import type { Algorithm, CryptoPort, PublicKey, Signer } from "./wire/crypto.ts";

/**
 * The ports on node:crypto instead of WebCrypto: another implementation to compare with, and at once instead of later,
 * which the long tests need.
 */
const objects = new WeakMap<PublicKey, KeyObject>();

function objectOf(key: PublicKey): KeyObject {
  const known = objects.get(key);
  if (known !== undefined) return known;
  const raw = Buffer.from(key.x, "base64url");
  const jwk =
    key.alg === "EdDSA"
      ? { kty: "OKP", crv: "Ed25519", x: key.x }
      : {
          kty: "EC",
          crv: "P-256",
          x: raw.subarray(1, 33).toString("base64url"),
          y: raw.subarray(33).toString("base64url"),
        };
  const object = createPublicKey({ key: jwk, format: "jwk" });
  objects.set(key, object);
  return object;
}

function verifyAtOnce(key: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  const object = objectOf(key);
  return key.alg === "EdDSA"
    ? verify(null, message, object, signature)
    : verify("sha256", message, { key: object, dsaEncoding: "ieee-p1363" }, signature);
}

/** What was verified once: the same text comes again and again where everything is doubled and sent anew. */
const verified = new Map<string, boolean>();
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");

export const nodeCrypto: CryptoPort = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest(),
  verify(key, message, signature) {
    const question = `${key.alg} ${key.x} ${latin1(signature)}${latin1(message)}`;
    const known = verified.get(question);
    if (known !== undefined) return known;
    const answer = verifyAtOnce(key, message, signature);
    if (verified.size > 2000) verified.clear();
    verified.set(question, answer);
    return answer;
  },
};

/** A key pair of node:crypto as our ports have it, with the public key in the form that programs such as openssl read. */
export function makeNodeKey(
  kid: string,
  alg: Algorithm = "EdDSA",
): { readonly signer: Signer; readonly publicKey: PublicKey; readonly pem: string; readonly privatePem: string } {
  const pair =
    alg === "EdDSA" ? generateKeyPairSync("ed25519") : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const jwk = pair.publicKey.export({ format: "jwk" });
  const part = (text: string | undefined): Buffer => Buffer.from(text ?? "", "base64url");
  const x = alg === "EdDSA" ? part(jwk.x) : Buffer.concat([Buffer.of(4), part(jwk.x), part(jwk.y)]);
  return {
    publicKey: { kid, alg, x: x.toString("base64url") },
    pem: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
    privatePem: pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    signer: {
      kid,
      alg,
      sign: (message) =>
        alg === "EdDSA"
          ? sign(null, message, pair.privateKey)
          : sign("sha256", message, { key: pair.privateKey, dsaEncoding: "ieee-p1363" }),
    },
  };
}
