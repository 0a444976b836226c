import { createHash, createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { createLocalSealSigner, type SealSigner } from "@chancery/pki";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { MasterKey } from "../../platform/master-key.ts";
import { problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { sealProblems } from "./problems.ts";

export type KeyAlgorithm = "ecdsa-p256" | "rsa-2048" | "rsa-3072";
const generate = promisify(generateKeyPair);

/** A fresh key pair; the numbers are made outside the event loop. */
export async function makeKeyPair(algorithm: KeyAlgorithm): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  switch (algorithm) {
    case "ecdsa-p256":
      return generate("ec", { namedCurve: "P-256" });
    case "rsa-2048":
      return generate("rsa", { modulusLength: 2048 });
    case "rsa-3072":
      return generate("rsa", { modulusLength: 3072 });
  }
}

/** A private key (PKCS #8, RFC 5958) under the master key; the purpose binds it to its one place. */
export function encryptKey(masterKey: MasterKey, key: KeyObject, purpose: string): Buffer {
  const plain = key.export({ format: "der", type: "pkcs8" });
  const encrypted = masterKey.encrypt(plain, purpose);
  plain.fill(0);
  return encrypted;
}

/** The key again; what was decrypted is wiped, the key object keeps its own copy until it is collected. */
export function decryptKey(masterKey: MasterKey, encrypted: Uint8Array, purpose: string): KeyObject {
  const plain = masterKey.decrypt(encrypted, purpose);
  try {
    return createPrivateKey({ key: plain, format: "der", type: "pkcs8" });
  } finally {
    plain.fill(0);
  }
}

const purposeOf = (sealId: string): string => `seal-key:${sealId}`;

/** Keeps a seal's key, encrypted. */
export async function storeSealKey(
  tx: Tx,
  env: Environment,
  sealId: string,
  algorithm: KeyAlgorithm,
  pair: { privateKey: KeyObject; publicKey: KeyObject },
): Promise<void> {
  await tx
    .insertInto("seal_keys")
    .values({
      seal_id: sealId,
      algorithm,
      encrypted_key: encryptKey(env.masterKey, pair.privateKey, purposeOf(sealId)),
      public_key: pair.publicKey.export({ format: "der", type: "spki" }),
      created_at: new Date(env.clock.now()),
    })
    .execute();
}

/**
 * Destroys a seal's key: the encrypted bytes are overwritten, and the ledger says which public key it belonged to. Answers
 * the digest of the public key, null where there was no key any more. Copies in backups end with the backups.
 */
export async function destroySealKey(
  tx: Tx,
  env: Environment,
  by: { sealId: string; actorId: string | null; matterId: string | null },
): Promise<string | null> {
  const row = await tx
    .updateTable("seal_keys")
    .set({ encrypted_key: null, destroyed_at: new Date(env.clock.now()) })
    .where("seal_id", "=", by.sealId)
    .where("encrypted_key", "is not", null)
    .returning("public_key")
    .executeTakeFirst();
  if (!row) return null;
  const keyDigest = createHash("sha256").update(row.public_key).digest("hex");
  await recordEvent(tx, env, { type: "SealKeyDestroyed", ...by, facts: { publicKey: keyDigest } });
  return keyDigest;
}

/** A new key in the place of the destroyed one. */
export async function replaceSealKey(
  tx: Tx,
  env: Environment,
  sealId: string,
  algorithm: KeyAlgorithm,
  pair: { privateKey: KeyObject; publicKey: KeyObject },
): Promise<void> {
  await tx
    .updateTable("seal_keys")
    .set({
      algorithm,
      encrypted_key: encryptKey(env.masterKey, pair.privateKey, purposeOf(sealId)),
      public_key: pair.publicKey.export({ format: "der", type: "spki" }),
      created_at: new Date(env.clock.now()),
      destroyed_at: null,
    })
    .where("seal_id", "=", sealId)
    .where("encrypted_key", "is", null)
    .execute();
}

/**
 * The seal's signer with its chain: the seal's certificate, the issuing one, the root. Only features/sealing may call
 * this, with an authorisation of the gate in its hand. Throws `seal.key-gone` where the key was destroyed.
 */
export async function openSealSigner(env: Environment, sealId: string, reader: Reader = env.db): Promise<SealSigner> {
  const row = await reader
    .selectFrom("seal_keys")
    .select("encrypted_key")
    .where("seal_id", "=", sealId)
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  if (!row.encrypted_key) throw sealProblems.keyGone();
  const certificates = await reader
    .selectFrom("certificates")
    .select(["kind", "der"])
    .where((eb) => eb.or([eb("seal_id", "=", sealId), eb("kind", "in", ["root", "issuing"])]))
    .orderBy("nr", "desc")
    .execute();
  const chain = (["seal", "issuing", "root"] as const).flatMap((kind) => {
    const newest = certificates.find((certificate) => certificate.kind === kind);
    return newest ? [new Uint8Array(newest.der)] : [];
  });
  const signer = createLocalSealSigner({
    key: decryptKey(env.masterKey, row.encrypted_key, purposeOf(sealId)),
    chain,
  });
  if (!signer.ok) throw new Error(`the key of ${sealId} cannot be used: ${signer.code}`);
  return signer.value;
}
