import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from "node:crypto";
import { createVerifierKey, type Ed25519Verify, encodeVerifierKey, type NoteSigner } from "@chancery/ledger";
import type { Environment } from "../../platform/environment.ts";
import { organisationLog, sha256 } from "./record-event.ts";

/** The log's key: its origin (the key's name), the C2SP vkey to hand out, and the port that makes its signatures. */
export interface LedgerKey extends NoteSigner {
  readonly origin: string;
  readonly vkey: string;
}

const purpose = "ledger-key";
/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410, section 4). */
const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");

/**
 * The log's Ed25519 key, made at the first start; its private half lies in the database encrypted with the master key.
 * A log that has signed checkpoints never gets another key by itself: with the row gone, or another master key, this
 * throws, because new signatures under a new name would hide what happened.
 */
export async function openLedgerKey(env: Pick<Environment, "db" | "masterKey" | "clock">): Promise<LedgerKey> {
  const stored = (await findKey(env)) ?? (await makeKey(env));
  const publicKey = new Uint8Array(stored.public_key);
  const origin = `chancery.ledger/${hash("sha256", publicKey, "hex").slice(0, 8)}`;
  const key = createVerifierKey(sha256, origin, publicKey);
  if (!key.ok) throw new Error(`the ledger's key cannot be used: ${key.code}`);
  const privateKey = createPrivateKey({ key: decryptKey(env, stored.encrypted_key), format: "der", type: "pkcs8" });
  const derived = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  if (!derived.equals(Buffer.concat([spkiPrefix, publicKey])))
    throw new Error("the ledger's private key does not belong to its public key");
  return {
    origin,
    vkey: encodeVerifierKey(key.value),
    key: key.value,
    sign: (message) => sign(null, message, privateKey),
  };
}

/** Checks Ed25519 signatures; false, never an exception, for bytes that are no key or no signature. */
export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  try {
    const key = createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
};

const findKey = async (
  env: Pick<Environment, "db">,
): Promise<{ encrypted_key: Buffer; public_key: Buffer } | undefined> =>
  env.db
    .selectFrom("authority_keys")
    .select(["encrypted_key", "public_key"])
    .where("kind", "=", "ledger")
    .executeTakeFirst();

async function makeKey(
  env: Pick<Environment, "db" | "masterKey" | "clock">,
): Promise<{ encrypted_key: Buffer; public_key: Buffer }> {
  const signed = await env.db
    .selectFrom("ledger_checkpoints")
    .select("size")
    .where("log_id", "=", organisationLog)
    .limit(1)
    .executeTakeFirst();
  if (signed) throw new Error("the ledger has signed checkpoints, but its key is gone from the database: restore it");
  const pair = generateKeyPairSync("ed25519");
  await env.db
    .insertInto("authority_keys")
    .values({
      kind: "ledger",
      encrypted_key: env.masterKey.encrypt(pair.privateKey.export({ format: "der", type: "pkcs8" }), purpose),
      public_key: pair.publicKey.export({ format: "der", type: "spki" }).subarray(spkiPrefix.length),
      created_at: new Date(env.clock.now()),
    })
    // Two first starts at once: one key wins, both read it.
    .onConflict((conflict) => conflict.column("kind").doNothing())
    .execute();
  const stored = await findKey(env);
  if (!stored) throw new Error("the ledger's key was not stored");
  return stored;
}

function decryptKey(env: Pick<Environment, "masterKey">, sealed: Buffer): Buffer {
  try {
    return env.masterKey.decrypt(sealed, purpose);
  } catch {
    throw new Error(
      `the ledger's key cannot be read with the master key of ${env.masterKey.place}; start with the master key this database was made with`,
    );
  }
}
