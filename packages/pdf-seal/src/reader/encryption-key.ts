import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { rc4 } from "./rc4.ts";

/** What an encryption dictionary of the standard security handler says (ISO 32000-2, tables 20 and 21). */
export type StandardEncryption = {
  readonly version: number;
  readonly revision: number;
  /** Bytes of the file's key. */
  readonly keyLength: number;
  /** /O, /U and /UE; the last only from revision 5 on. */
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly userKey: Uint8Array;
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** The first part of the file's /ID; empty where there is none. */
  readonly identifier: Uint8Array;
};

/** Stands for what a password lacks in length (algorithm 2, step a). */
const PADDING = Buffer.from("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A", "hex");

const md5 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The file's key where an empty password opens it; null where a password is needed, or nothing fits. */
export function openWithoutPassword(encryption: StandardEncryption): Uint8Array | null {
  return encryption.revision >= 5 ? openModern(encryption) : openClassic(encryption);
}

/** ISO 32000-2, 7.6.4.3.2 (algorithm 2), checked by 7.6.4.4.3 to 7.6.4.4.5 (algorithms 4 to 6). */
function openClassic(encryption: StandardEncryption): Uint8Array | null {
  const { revision, keyLength, owner, user, identifier } = encryption;
  if (owner.length < 32 || user.length < (revision === 2 ? 32 : 16)) return null;
  const permissions = Buffer.alloc(4);
  permissions.writeInt32LE(encryption.permissions | 0);
  const plainMetadata = revision >= 4 && !encryption.encryptMetadata ? Buffer.alloc(4, 255) : Buffer.alloc(0);
  let key: Buffer = md5(PADDING, owner.subarray(0, 32), permissions, identifier, plainMetadata).subarray(0, keyLength);
  if (revision >= 3) for (let i = 0; i < 50; i++) key = md5(key).subarray(0, keyLength);
  if (revision === 2) return Buffer.compare(rc4(key, PADDING), user.subarray(0, 32)) === 0 ? key : null;
  let check: Uint8Array = md5(PADDING, identifier);
  for (let i = 0; i < 20; i++) {
    check = rc4(
      key.map((byte) => byte ^ i),
      check,
    );
  }
  return Buffer.compare(check, user.subarray(0, 16)) === 0 ? key : null;
}

/** ISO 32000-2, 7.6.4.3.3 (algorithm 2.A) for the user password. */
function openModern({ revision, user, userKey }: StandardEncryption): Uint8Array | null {
  if (user.length < 48 || userKey.length < 32) return null;
  const digest = (salt: Uint8Array): Uint8Array =>
    revision === 5 ? createHash("sha256").update(salt).digest() : hardenedHash(salt);
  if (Buffer.compare(digest(user.subarray(32, 40)), user.subarray(0, 32)) !== 0) return null;
  const decipher = createDecipheriv("aes-256-cbc", digest(user.subarray(40, 48)), Buffer.alloc(16));
  decipher.setAutoPadding(false);
  return Buffer.concat([decipher.update(userKey.subarray(0, 32)), decipher.final()]);
}

/** Algorithm 2.B for an empty user password: at least 64 rounds, until the last byte allows an end. */
function hardenedHash(salt: Uint8Array): Uint8Array {
  let key: Buffer = createHash("sha256").update(salt).digest();
  for (let round = 0; ; round++) {
    const cipher = createCipheriv("aes-128-cbc", key.subarray(0, 16), key.subarray(16, 32));
    cipher.setAutoPadding(false);
    const encrypted = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => key)));
    // The first sixteen bytes as a number modulo three; 256 is one modulo three, so the sum of the bytes serves.
    const remainder = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(["sha256", "sha384", "sha512"][remainder] ?? "sha256")
      .update(encrypted)
      .digest();
    if (round >= 63 && (encrypted.at(-1) ?? 0) <= round - 31) return key.subarray(0, 32);
  }
}
