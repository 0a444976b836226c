import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The one secret outside the database: it encrypts private keys at rest and derives the roles' passwords. */
export interface MasterKey {
  /** Where it came from, for the line at start and the settings page; never the key itself. */
  readonly place: string;
  /** AES-256-GCM; `purpose` is authenticated, so that an encrypted value cannot be moved to another use. */
  encrypt(plain: Uint8Array, purpose: string): Buffer;
  /** Throws when the value was changed, was made for another purpose, or under another master key. */
  decrypt(sealed: Uint8Array, purpose: string): Buffer;
  /** A stable secret for one purpose (HKDF-SHA-256, RFC 5869), hex. */
  derive(purpose: string): string;
}

export type MasterKeyAnswer = { ok: true; key: MasterKey } | { ok: false; message: string };

/**
 * CHANCERY_MASTER_KEY (64 hex digits or base64 of 32 bytes), else the file CHANCERY_MASTER_KEY_FILE, else a key made at
 * the first start in `<data>/keys/master.key` with mode 0600.
 */
export async function openMasterKey(settings: {
  dataDir: string;
  masterKey?: string | undefined;
  masterKeyFile?: string | undefined;
}): Promise<MasterKeyAnswer> {
  if (settings.masterKey !== undefined) return fromText(settings.masterKey, "CHANCERY_MASTER_KEY");
  if (settings.masterKeyFile !== undefined) {
    const text = await readFile(settings.masterKeyFile, "utf8").catch(() => null);
    if (text === null)
      return { ok: false, message: `CHANCERY_MASTER_KEY_FILE cannot be read: ${settings.masterKeyFile}` };
    return fromText(text, settings.masterKeyFile);
  }
  const folder = join(settings.dataDir, "keys");
  const path = join(folder, "master.key");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there = await readFile(path, "utf8").catch(() => null);
  if (there !== null) return fromText(there, path);
  // Written beside and linked into place: two starts at once end with one key, and a kill leaves no half key.
  const fresh = join(folder, `.master-${process.pid}-${randomBytes(6).toString("hex")}`);
  await writeFile(fresh, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx", flush: true });
  await link(fresh, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  await unlink(fresh);
  await chmod(path, 0o600);
  return fromText(await readFile(path, "utf8"), path);
}

function fromText(text: string, place: string): MasterKeyAnswer {
  const trimmed = text.trim();
  const bytes = /^[0-9a-fA-F]{64}$/.test(trimmed) ? Buffer.from(trimmed, "hex") : Buffer.from(trimmed, "base64");
  if (bytes.length !== 32)
    return { ok: false, message: `The master key in ${place} is not 32 bytes (64 hex digits, or base64).` };
  return { ok: true, key: createMasterKey(bytes, place) };
}

export function createMasterKey(secret: Buffer, place: string): MasterKey {
  const subkey = (purpose: string, length: number): Buffer =>
    Buffer.from(hkdfSync("sha256", secret, "chancery", purpose, length));
  return {
    place,
    encrypt: (plain, purpose) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", subkey("encrypt", 32), iv);
      cipher.setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), body]);
    },
    decrypt: (sealed, purpose) => {
      const all = Buffer.from(sealed);
      if (all[0] !== 1 || all.length < 29) throw new Error("an encrypted value has an unknown form");
      const decipher = createDecipheriv("aes-256-gcm", subkey("encrypt", 32), all.subarray(1, 13));
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(all.subarray(13, 29));
      return Buffer.concat([decipher.update(all.subarray(29)), decipher.final()]);
    },
    derive: (purpose) => subkey(`derive:${purpose}`, 32).toString("hex"),
  };
}
