import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { writeName } from "./certification-authority.ts";
import { childrenOf, isContext, octetsOf, oidOf, readDer, smallIntegerOf } from "./der.ts";
import { derBitString, derContext, derInteger, derOid, derSequence } from "./der-writer.ts";
import { nameOf } from "./distinguished-name.ts";
import { attempt, fail, type PkiOutcome, unwrap } from "./outcome.ts";

/** Keys that a device may have, with the signature algorithm of its request and the digest node:crypto wants with it. */
const algorithms = {
  ed25519: { oid: "1.3.101.112", digest: null },
  ec: { oid: "1.2.840.10045.4.3.2", digest: "sha256" },
} as const;

function algorithmOf(key: KeyObject): (typeof algorithms)[keyof typeof algorithms] {
  if (key.asymmetricKeyType === "ed25519") return algorithms.ed25519;
  if (key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1") return algorithms.ec;
  return fail("request.key-unsupported", "A request is made with an Ed25519 key or one on P-256.");
}

/**
 * Reads a certification request (PKCS #10, RFC 2986) whose signature holds: whoever sent it has the key. The
 * common name is the sender's wish, null where it says none or several; attributes are left alone. Codes: those of DER, `request.malformed`,
 * `request.key-unsupported`, `request.signature-wrong`.
 */
export function parseCertificateRequest(der: Uint8Array): PkiOutcome<{
  readonly publicKey: KeyObject;
  readonly commonName: string | null;
}> {
  return attempt(() => {
    const parts = childrenOf(unwrap(readDer(der)));
    const [info, algorithm, signature] = parts;
    const [version, subject, spki, attributes] = childrenOf(info);
    if (parts.length !== 3 || info === undefined || spki === undefined || !isContext(attributes, 0))
      return fail("request.malformed", "This is no certification request.");
    if (smallIntegerOf(version) !== 0) fail("request.malformed", "The request has another version.");
    const publicKey = readKey(spki.raw);
    const { oid, digest } = algorithmOf(publicKey);
    if (oidOf(childrenOf(algorithm)[0]) !== oid)
      fail("request.signature-wrong", "The request is not signed with its own key.");
    if (!verify(digest, info.raw, publicKey, octetsOf(signature)))
      fail("request.signature-wrong", "The signature of the request does not hold.");
    const names = nameOf(subject)
      .relativeNames.flat()
      .filter(({ type }) => type === "2.5.4.3");
    return { publicKey, commonName: names.length === 1 ? (names[0]?.value ?? null) : null };
  });
}

function readKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
  } catch {
    return fail("request.key-unsupported", "The key of the request cannot be read.");
  }
}

/** A certification request, DER, as a device makes it with its own key. */
export function makeCertificateRequest(options: {
  readonly commonName: string;
  readonly key: KeyObject;
}): PkiOutcome<Uint8Array> {
  return attempt(() => {
    const { oid, digest } = algorithmOf(options.key);
    const spki = createPublicKey(options.key).export({ type: "spki", format: "der" });
    const info = derSequence(derInteger(0), writeName({ commonName: options.commonName }), spki, derContext(0));
    return derSequence(info, derSequence(derOid(oid)), derBitString(sign(digest, info, options.key)));
  });
}
