import { createPrivateKey, type KeyObject } from "node:crypto";
import { type PkiOutcome, refuse, succeed } from "./outcome.ts";

/**
 * Loads a private key in PEM form (PKCS #8, plain or encrypted; PKCS #1; SEC 1). Codes: `key.not-pem`, `key.encrypted`
 * (no passphrase given), `key.passphrase-wrong`, `key.unreadable`, `key.unsupported` (RSA from 2048 bits and P-256 seal).
 */
export function loadSigningKey(pem: string, passphrase?: string): PkiOutcome<KeyObject> {
  if (!/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/.test(pem))
    return refuse("key.not-pem", "The text holds no private key in PEM form.");
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----/.test(pem) || /^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (encrypted && passphrase === undefined)
    return refuse("key.encrypted", "The key is encrypted and no passphrase was given.");
  let key: KeyObject;
  try {
    key = createPrivateKey(encrypted && passphrase !== undefined ? { key: pem, passphrase } : { key: pem });
  } catch {
    return encrypted
      ? refuse("key.passphrase-wrong", "The passphrase does not open the key, or the key is damaged.")
      : refuse("key.unreadable", "The private key cannot be read.");
  }
  const details = key.asymmetricKeyDetails;
  const usable =
    (key.asymmetricKeyType === "rsa" && (details?.modulusLength ?? 0) >= 2048) ||
    (key.asymmetricKeyType === "ec" && details?.namedCurve === "prime256v1");
  return usable ? succeed(key) : refuse("key.unsupported", "A seal needs an RSA key from 2048 bits or a P-256 key.");
}
