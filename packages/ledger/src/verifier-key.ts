import type { HashPort } from "./merkle-hash.ts";
import type { Outcome } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { encodeBase64, encodeUtf8, hasControlCharacter, parseBase64 } from "./strict-text.ts";

/** The public Ed25519 key of a log or witness under its name; `keyId` is the unsigned 32-bit key ID of C2SP signed-note. */
export type VerifierKey = { readonly name: string; readonly keyId: number; readonly publicKey: Uint8Array };

export type VerifierKeyCode =
  | "verifier-key.name-invalid"
  | "verifier-key.length-invalid"
  | "verifier-key.form-invalid"
  | "verifier-key.type-unsupported"
  | "verifier-key.id-mismatch";

const ed25519Type = 0x01;
const publicKeySize = 32;
const maxNameLength = 255;
const vkeyPattern = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]{1,64})$/;

/**
 * Whether a key name (for a log: its origin) is one that signature lines can carry: not empty, without white space,
 * control characters and plus (C2SP signed-note, 'Format'), at most 255 characters.
 */
export function isKeyName(name: string): boolean {
  if (name.length === 0 || name.length > maxNameLength || !name.isWellFormed()) return false;
  return !/[\p{White_Space}+]/u.test(name) && !hasControlCharacter(name);
}

/** The verifier key of a raw 32-byte Ed25519 public key (RFC 8032, section 5.1.5) under a name. */
export function createVerifierKey(
  hash: HashPort,
  name: string,
  publicKey: Uint8Array,
): Outcome<VerifierKey, VerifierKeyCode> {
  if (!isKeyName(name)) {
    return refuse("verifier-key.name-invalid", "A key name has 1 to 255 characters, no white space and no plus sign.");
  }
  if (publicKey.length !== publicKeySize) {
    return refuse("verifier-key.length-invalid", `An Ed25519 public key has ${publicKeySize} bytes.`);
  }
  // Key ID: the first four bytes of SHA-256(name ‖ newline ‖ type ‖ key), C2SP signed-note, 'Signatures'.
  const digest = hash(joinBytes(encodeUtf8(`${name}\n`), typedKey(publicKey)));
  return succeed({ name, keyId: readUint32(digest), publicKey });
}

/** The text form `name+keyid+base64(type ‖ key)` (C2SP signed-note, 'Verifier keys'), to be handed out by another way than the proofs. */
export function encodeVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.keyId.toString(16).padStart(8, "0")}+${encodeBase64(typedKey(key.publicKey))}`;
}

/** Reads the text form; a key ID that does not belong to name and key is refused, as are keys other than Ed25519. */
export function parseVerifierKey(hash: HashPort, vkey: string): Outcome<VerifierKey, VerifierKeyCode> {
  const [, name, keyId, encoded] = vkeyPattern.exec(vkey) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) {
    return refuse("verifier-key.form-invalid", "A verifier key has the form name+8 hexadecimal digits+base64.");
  }
  const bytes = parseBase64(encoded);
  if (bytes === undefined) return refuse("verifier-key.form-invalid", "The key's base64 is not valid.");
  if (bytes[0] !== ed25519Type) {
    return refuse("verifier-key.type-unsupported", "Only Ed25519 keys (type 1) are supported.");
  }
  const key = createVerifierKey(hash, name, bytes.subarray(1));
  if (key.ok && key.value.keyId !== Number.parseInt(keyId, 16)) {
    return refuse("verifier-key.id-mismatch", "The key ID does not belong to this name and key.");
  }
  return key;
}

export function joinBytes(first: Uint8Array, second: Uint8Array): Uint8Array {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}

/** The first four bytes as an unsigned big-endian number. */
export function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
}

function typedKey(publicKey: Uint8Array): Uint8Array {
  return joinBytes(Uint8Array.of(ed25519Type), publicKey);
}
