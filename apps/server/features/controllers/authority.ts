import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import {
  type Certificate,
  type Issuer,
  issueDeviceCertificate,
  issueRootCertificate,
  type PkiOutcome,
  parseCertificate,
} from "@chancery/pki";
import { type KeyUse, type PublicKey, type Signer, signTrust } from "@chancery/seallink";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { createMasterKey, type MasterKey } from "../../platform/master-key.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { decryptKey, encryptKey, makeKeyPair } from "../seals/keys.ts";

const day = 24 * 60 * 60_000;
const validity = { authority: 20 * 365 * day, controller: 365 * day };
/** Advisory lock under which the controllers' authority is made. */
const authorityLock = 0x4348_4354;

/** Keys of the platform that controllers believe, each for one use (docs/seallink.md, clause 3.1). */
const platformKeys = [
  { kind: "seallink-trust", kid: "trust-1", use: "trust" },
  { kind: "seallink-authority-1", kid: "auz-1", use: "authority" },
  // A second one from the beginning, so that one can be rolled while the other still speaks.
  { kind: "seallink-authority-2", kid: "auz-2", use: "authority" },
  { kind: "seallink-ack", kid: "ack-1", use: "ack" },
] as const satisfies readonly { readonly kind: string; readonly kid: string; readonly use: KeyUse }[];
type PlatformKey = (typeof platformKeys)[number]["kind"];

/** The controllers' authority, its own and not the seals': a box's certificate opens the gateway and nothing else. */
export async function requireControllerAuthority(tx: Tx, env: Environment, actorId: string | null): Promise<Issuer> {
  const there = await openControllerAuthority(tx, env);
  if (there) return there;
  await sql`select pg_advisory_xact_lock(${authorityLock})`.execute(tx);
  return (await openControllerAuthority(tx, env)) ?? makeAuthority(tx, env, actorId);
}

export async function openControllerAuthority(reader: Reader, env: Environment): Promise<Issuer | null> {
  const row = await reader
    .selectFrom("controller_certificates as c")
    .innerJoin("authority_keys as k", (join) => join.on("k.kind", "=", "controller-authority"))
    .select(["c.der", "k.encrypted_key"])
    .where("c.kind", "=", "authority")
    .executeTakeFirst();
  if (!row) return null;
  return {
    certificate: need(parseCertificate(new Uint8Array(row.der))),
    key: decryptKey(env.masterKey, row.encrypted_key, "authority-controllers"),
  };
}

async function makeAuthority(tx: Tx, env: Environment, actorId: string | null): Promise<Issuer> {
  const now = env.clock.now();
  const pair = await makeKeyPair("ecdsa-p256");
  const certificate = need(
    issueRootCertificate({
      subject: { unit: "Seal controllers / 印控仪", commonName: "Chancery Controller CA" },
      ...{ serial: randomBytes(16), notBefore: now, notAfter: now + validity.authority, key: pair.privateKey },
    }),
  );
  await storeKey(tx, env, "controller-authority", "authority-controllers", pair);
  await storeControllerCertificate(tx, "authority", null, certificate);
  for (const { kind, use } of platformKeys)
    await (use === "authority" ? storeAuthorityKey : storeKey)(tx, env, kind, kind, generateKeyPairSync("ed25519"));
  await recordEvent(tx, env, {
    type: "ControllerAuthorityMade",
    actorId,
    facts: { certificate: sha256Of(certificate.raw) },
  });
  return { certificate, key: pair.privateKey };
}

type Kind = PlatformKey | "controller-authority";
type Pair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

async function storeKey(tx: Tx, env: Environment, kind: Kind, purpose: string, pair: Pair): Promise<void> {
  const encrypted = encryptKey(env.masterKey, pair.privateKey, purpose);
  await tx
    .insertInto("authority_keys")
    .values(rowOfKey(env, kind, pair, encrypted))
    .execute();
}

/** What the authority signs with: its private half is put where only the authority's role reads it, under a secret of its own. */
async function storeAuthorityKey(tx: Tx, env: Environment, kind: Kind, purpose: string, pair: Pair): Promise<void> {
  await tx
    .insertInto("authority_keys")
    .values(rowOfKey(env, kind, pair, Buffer.alloc(0)))
    .execute();
  const encrypted = encryptKey(authoritySecret(env.masterKey), pair.privateKey, purpose);
  await tx.insertInto("authority_signing_keys").values({ kind, encrypted_key: encrypted }).execute();
}

const rowOfKey = (env: Environment, kind: Kind, { publicKey }: Pair, encrypted: Buffer) => ({
  ...{ kind, encrypted_key: encrypted, created_at: new Date(env.clock.now()) },
  public_key: publicKey.export({ format: "der", type: "spki" }),
});

/** The secret the authority opens its keys with, hex: it tells nothing of the master key that it is made from. */
export const authoritySecretOf = (masterKey: MasterKey): string => masterKey.derive("controllers' authority");
export const authoritySecret = (masterKey: MasterKey): MasterKey =>
  createMasterKey(Buffer.from(authoritySecretOf(masterKey), "hex"), masterKey.place);

/** Keys of the authority that were made before it had a role of its own go to where only it reads them. */
export async function moveAuthorityKeys(env: Environment): Promise<void> {
  await transact(env.db, async (tx) => {
    for (const { kind, use } of platformKeys) {
      if (use !== "authority") continue;
      const row = await tx
        .selectFrom("authority_keys")
        .select(["encrypted_key", "public_key"])
        .where("kind", "=", kind)
        .forUpdate()
        .executeTakeFirst();
      if (!row || row.encrypted_key.length === 0) continue;
      const key = decryptKey(env.masterKey, row.encrypted_key, kind);
      const encrypted = encryptKey(authoritySecret(env.masterKey), key, kind);
      await tx.insertInto("authority_signing_keys").values({ kind, encrypted_key: encrypted }).execute();
      await tx
        .updateTable("authority_keys")
        .set({ encrypted_key: Buffer.alloc(0) })
        .where("kind", "=", kind)
        .execute();
    }
  });
}

async function storeControllerCertificate(
  tx: Tx,
  kind: "authority" | "controller",
  controllerId: string | null,
  certificate: Certificate,
): Promise<void> {
  await tx
    .insertInto("controller_certificates")
    .values({
      ...{ serial: Buffer.from(certificate.serial).toString("hex"), kind, controller_id: controllerId },
      ...{ der: Buffer.from(certificate.raw), sha256: sha256Of(certificate.raw) },
      ...{ not_before: new Date(certificate.notBefore), not_after: new Date(certificate.notAfter) },
    })
    .execute();
}

/** Issues and keeps the certificate of a controller: its common name is the controller's id, its client id and topic. */
export async function issueControllerCertificate(
  tx: Tx,
  env: Environment,
  wanted: { readonly controllerId: string; readonly publicKey: KeyObject; readonly actorId: string | null },
): Promise<Certificate> {
  const issuer = await requireControllerAuthority(tx, env, wanted.actorId);
  const now = env.clock.now();
  const certificate = need(
    issueDeviceCertificate({
      ...{ subject: { commonName: wanted.controllerId }, serial: randomBytes(16), issuer },
      ...{ publicKey: wanted.publicKey, notBefore: now, notAfter: now + validity.controller },
    }),
  );
  await storeControllerCertificate(tx, "controller", wanted.controllerId, certificate);
  return certificate;
}

/** One of the platform's keys, to sign what controllers read; the authority's own are opened by the authority alone. */
export async function openPlatformSigner(
  reader: Reader,
  env: Environment,
  kind: PlatformKey,
  from: "authority_keys" | "authority_signing_keys" = "authority_keys",
): Promise<Signer> {
  const row = await reader.selectFrom(from).select("encrypted_key").where("kind", "=", kind).executeTakeFirstOrThrow();
  const key = decryptKey(env.masterKey, row.encrypted_key, kind);
  const kid = platformKeys.find((one) => one.kind === kind)?.kid ?? "";
  return { kid, alg: "EdDSA", sign: (message) => sign(null, message, key) };
}

/** Who signs, in every text: the organisation's own name on the wire. */
export async function readIssuerName(reader: Reader): Promise<string> {
  const { organisation_id: id } = await reader
    .selectFrom("installation")
    .select("organisation_id")
    .executeTakeFirstOrThrow();
  return `urn:chancery:${id ?? "none"}`;
}

/** The list of the platform's keys that a controller pins at its enrolment, signed. */
export async function composeTrustList(reader: Reader, env: Environment): Promise<string> {
  const rows = await reader
    .selectFrom("authority_keys")
    .select(["kind", "public_key", "created_at"])
    .where(
      "kind",
      "in",
      platformKeys.map(({ kind }) => kind),
    )
    .execute();
  const keys = platformKeys.map(({ kind, kid, use }) => {
    const row = rows.find((one) => one.kind === kind);
    if (!row) throw new Error(`the key ${kind} is gone from the database: restore it`);
    return { ...publicKeyOf(kid, createPublicKey({ key: row.public_key, format: "der", type: "spki" })), use };
  });
  const iat = Math.floor((rows[0]?.created_at.getTime() ?? 0) / 1000);
  const signed = await signTrust(
    { v: 1, iss: await readIssuerName(reader), ver: 1, iat, keys },
    await openPlatformSigner(reader, env, "seallink-trust"),
  );
  if (!signed.ok) throw new Error(`the trust list is refused: ${signed.detail}`);
  return signed.value;
}

/** A key as SealLink names it: the raw public key, an uncompressed point on P-256. */
export function publicKeyOf(kid: string, key: KeyObject): PublicKey {
  const { crv, x = "", y = "" } = key.export({ format: "jwk" });
  if (crv === "Ed25519") return { kid, alg: "EdDSA", x };
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, "base64url"), Buffer.from(y, "base64url")]);
  return { kid, alg: "ES256", x: point.toString("base64url") };
}

export const sha256Of = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

/** Our own input to the authority is right, or there is a fault in it. */
function need<T>(outcome: PkiOutcome<T>): T {
  if (!outcome.ok) throw new Error(`the controllers' authority refused: ${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}
