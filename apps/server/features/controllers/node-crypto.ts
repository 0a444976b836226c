import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { CryptoPort, PublicKey } from "@chancery/seallink";

/** Keys as node:crypto reads them, made once each. */
const objects = new WeakMap<PublicKey, KeyObject>();

function objectOf(key: PublicKey): KeyObject {
  const known = objects.get(key);
  if (known) return known;
  const raw = Buffer.from(key.x, "base64url");
  const point = { x: raw.subarray(1, 33).toString("base64url"), y: raw.subarray(33).toString("base64url") };
  const jwk = key.alg === "EdDSA" ? { kty: "OKP", crv: "Ed25519", x: key.x } : { kty: "EC", crv: "P-256", ...point };
  const object = createPublicKey({ key: jwk, format: "jwk" });
  objects.set(key, object);
  return object;
}

/** SealLink's port on node:crypto: at once, where WebCrypto answers later and costs a turn of the loop for each. */
export const nodeCrypto: CryptoPort = {
  sha256: (bytes) => createHash("sha256").update(bytes).digest(),
  verify: (key, message, signature) => {
    try {
      const object = objectOf(key);
      return key.alg === "EdDSA"
        ? verify(null, message, object, signature)
        : verify("sha256", message, { key: object, dsaEncoding: "ieee-p1363" }, signature);
    } catch {
      return false;
    }
  },
};
