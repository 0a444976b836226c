import { createHash, type KeyObject, randomBytes } from "node:crypto";
import {
  type Certificate,
  describeName,
  encodePem,
  type Issuer,
  issueIntermediateCertificate,
  issueRevocationList,
  issueRootCertificate,
  issueSealCertificate,
  type PkiOutcome,
  parseCertificate,
} from "@chancery/pki";
import { sql } from "kysely";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { decryptKey, encryptKey, makeKeyPair } from "./keys.ts";

type LocalName = { en: string; zh: string };
const day = 24 * 60 * 60_000;
const validity = { root: 20 * 365 * day, issuing: 10 * 365 * day, seal: 3 * 365 * day };
/** A list is good for a week and made anew each day, so that a day without the server does no harm. */
const listLife = 7 * day;
const listRenewal = day;
/** Advisory lock under which the authority is made and lists are numbered. */
const authorityLock = 0x4348_4341;

/** What a verifier needs of this installation: DER of both authorities and the newest revocation list. */
export interface Trust {
  root: Uint8Array;
  issuing: Uint8Array;
  revocationLists: Uint8Array[];
}

/** The trust material, or null before the authority is made. */
export async function getTrust(reader: Reader): Promise<Trust | null> {
  const rows = await reader
    .selectFrom("certificates")
    .select(["kind", "der"])
    .where("kind", "in", ["root", "issuing"])
    .execute();
  const root = rows.find((row) => row.kind === "root");
  const issuing = rows.find((row) => row.kind === "issuing");
  if (!root || !issuing) return null;
  const list = await reader
    .selectFrom("revocation_lists")
    .select("der")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return {
    root: new Uint8Array(root.der),
    issuing: new Uint8Array(issuing.der),
    revocationLists: list ? [new Uint8Array(list.der)] : [],
  };
}

/** One certificate as PEM (RFC 7468). */
export function toPem(der: Uint8Array): string {
  return encodePem("CERTIFICATE", der);
}

/**
 * The issuing authority, made with its root when there is none yet; the names are the organisation's. Both keys are
 * P-256 and lie in the database under the master key.
 */
export async function requireAuthority(tx: Tx, env: Environment, actorId: string | null): Promise<Issuer> {
  const there = await openIssuer(tx, env);
  if (there) return there;
  await sql`select pg_advisory_xact_lock(${authorityLock})`.execute(tx);
  return (await openIssuer(tx, env)) ?? makeAuthority(tx, env, actorId);
}

async function openIssuer(tx: Reader, env: Environment): Promise<Issuer | null> {
  const row = await tx
    .selectFrom("certificates as c")
    .innerJoin("authority_keys as k", (join) => join.onRef("k.kind", "=", "c.kind"))
    .select(["c.der", "k.encrypted_key"])
    .where("c.kind", "=", "issuing")
    .executeTakeFirst();
  if (!row) return null;
  return {
    certificate: need(parseCertificate(new Uint8Array(row.der))),
    key: decryptKey(env.masterKey, row.encrypted_key, "authority-issuing"),
  };
}

async function makeAuthority(tx: Tx, env: Environment, actorId: string | null): Promise<Issuer> {
  const now = env.clock.now();
  const organisation = bothNames(await readOrganisationName(tx));
  const rootPair = await makeKeyPair("ecdsa-p256");
  const issuingPair = await makeKeyPair("ecdsa-p256");
  const subject = (commonName: string) => ({ organisation, unit: "Seal certificates / 印章证书", commonName });
  const root = need(
    issueRootCertificate({
      subject: subject("Chancery Root CA"),
      serial: randomBytes(16),
      notBefore: now,
      notAfter: now + validity.root,
      key: rootPair.privateKey,
    }),
  );
  const issuing = need(
    issueIntermediateCertificate({
      subject: subject("Chancery Issuing CA"),
      serial: randomBytes(16),
      notBefore: now,
      notAfter: now + validity.issuing,
      publicKey: issuingPair.publicKey,
      issuer: { certificate: root, key: rootPair.privateKey },
    }),
  );
  await storeAuthority(tx, env, "root", root, rootPair);
  await storeAuthority(tx, env, "issuing", issuing, issuingPair);
  await recordEvent(tx, env, {
    type: "CertificationAuthorityMade",
    actorId,
    facts: { root: sha256Of(root.raw), issuing: sha256Of(issuing.raw) },
  });
  const issuer = { certificate: issuing, key: issuingPair.privateKey };
  await writeList(tx, env, issuer);
  return issuer;
}

async function storeAuthority(
  tx: Tx,
  env: Environment,
  kind: "root" | "issuing",
  certificate: Certificate,
  pair: { privateKey: KeyObject; publicKey: KeyObject },
): Promise<void> {
  await tx
    .insertInto("authority_keys")
    .values({
      kind,
      encrypted_key: encryptKey(env.masterKey, pair.privateKey, `authority-${kind}`),
      public_key: pair.publicKey.export({ format: "der", type: "spki" }),
      created_at: new Date(env.clock.now()),
    })
    .execute();
  await storeCertificate(tx, kind, null, certificate);
}

async function storeCertificate(
  tx: Tx,
  kind: "root" | "issuing" | "seal",
  sealId: string | null,
  certificate: Certificate,
): Promise<void> {
  await tx
    .insertInto("certificates")
    .values({
      serial: Buffer.from(certificate.serial).toString("hex"),
      kind,
      seal_id: sealId,
      subject: describeName(certificate.subject),
      der: Buffer.from(certificate.raw),
      sha256: sha256Of(certificate.raw),
      not_before: new Date(certificate.notBefore),
      not_after: new Date(certificate.notAfter),
    })
    .execute();
}

/**
 * Issues and keeps a seal's certificate: O and CN name the entity, OU the seal, serialNumber its number. The list's
 * address stands in it where the server has one that others can reach.
 */
export async function issueSealCertificateFor(
  tx: Tx,
  env: Environment,
  wanted: {
    sealId: string;
    /** Null for the platform itself. */
    actorId: string | null;
    matterId: string | null;
    publicKey: KeyObject;
    organisation: LocalName;
    seal: { name: LocalName; number: string };
  },
): Promise<{ eventId: string }> {
  const now = env.clock.now();
  const issuer = await requireAuthority(tx, env, wanted.actorId);
  const organisation = bothNames(wanted.organisation);
  const address = revocationAddress(env.origin);
  const certificate = need(
    issueSealCertificate({
      subject: {
        organisation,
        unit: bothNames(wanted.seal.name),
        // PrintableString by its definition; a number in other letters is known by the seal's id alone.
        ...(/^[A-Za-z0-9 '()+,./:=?-]{1,64}$/.test(wanted.seal.number) ? { serialNumber: wanted.seal.number } : {}),
        commonName: organisation,
      },
      serial: randomBytes(16),
      notBefore: now,
      notAfter: Math.min(now + validity.seal, issuer.certificate.notAfter),
      publicKey: wanted.publicKey,
      issuer,
      ...(address ? { crlAddress: address } : {}),
    }),
  );
  await storeCertificate(tx, "seal", wanted.sealId, certificate);
  return recordEvent(tx, env, {
    type: "SealCertificateIssued",
    actorId: wanted.actorId,
    sealId: wanted.sealId,
    matterId: wanted.matterId,
    facts: {
      serial: Buffer.from(certificate.serial).toString("hex"),
      sha256: sha256Of(certificate.raw),
      notAfter: new Date(certificate.notAfter).toISOString(),
    },
  });
}

/** Revokes what is in force of a seal and answers how many that was; the caller issues a new list in the same transaction. */
export async function revokeSealCertificates(
  tx: Tx,
  env: Environment,
  sealId: string,
  actorId: string | null,
  reason: "cessationOfOperation" | "keyCompromise",
  matterId: string | null = null,
): Promise<number> {
  const revoked = await tx
    .updateTable("certificates")
    .set({ revoked_at: new Date(env.clock.now()), revocation_reason: reason })
    .where("seal_id", "=", sealId)
    .where("revoked_at", "is", null)
    .returning("serial")
    .execute();
  for (const { serial } of revoked)
    await recordEvent(tx, env, {
      type: "SealCertificateRevoked",
      actorId,
      sealId,
      matterId,
      facts: { serial, reason },
    });
  return revoked.length;
}

/** Writes the next revocation list with everything revoked so far. */
export async function issueRevocations(tx: Tx, env: Environment): Promise<{ eventId: string }> {
  return writeList(tx, env, await requireAuthority(tx, env, null));
}

/** Makes a new list where the newest is a day old; nothing where there is no authority yet. */
export async function renewRevocations(env: Environment): Promise<void> {
  const stale = async (reader: Reader): Promise<boolean> => {
    const newest = await reader
      .selectFrom("revocation_lists")
      .select("this_update")
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    return newest !== undefined && env.clock.now() - newest.this_update.getTime() >= listRenewal;
  };
  if (!(await stale(env.db))) return;
  await transact(env.db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${authorityLock})`.execute(tx);
    if (await stale(tx)) await issueRevocations(tx, env);
  });
}

/** Renews the list now and looks every hour whether it is due. Answers how to end that. */
export async function keepRevocationsFresh(env: Environment): Promise<() => Promise<void>> {
  const renew = (): Promise<void> =>
    renewRevocations(env).catch((error: unknown) =>
      env.logger.error({ err: error }, "the revocation list could not be renewed"),
    );
  await renew();
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = renew();
  }, 60 * 60_000);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

async function writeList(tx: Tx, env: Environment, issuer: Issuer): Promise<{ eventId: string }> {
  await sql`select pg_advisory_xact_lock(${authorityLock})`.execute(tx);
  const newest = await tx
    .selectFrom("revocation_lists")
    .select("number")
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  const number = Number(newest?.number ?? 0) + 1;
  const revoked = await tx
    .selectFrom("certificates")
    .select(["serial", "revoked_at", "revocation_reason"])
    .where("kind", "=", "seal")
    .where("revoked_at", "is not", null)
    .orderBy("revoked_at")
    .execute();
  const now = env.clock.now();
  const der = need(
    issueRevocationList({
      issuer,
      number,
      thisUpdate: now,
      nextUpdate: now + listLife,
      revoked: revoked.map((row) => ({
        serial: new Uint8Array(Buffer.from(row.serial, "hex")),
        revokedAt: row.revoked_at?.getTime() ?? now,
        reason: row.revocation_reason === "keyCompromise" ? "keyCompromise" : "cessationOfOperation",
      })),
    }),
  );
  await tx
    .insertInto("revocation_lists")
    .values({ number, der: Buffer.from(der), this_update: new Date(now), next_update: new Date(now + listLife) })
    .execute();
  return recordEvent(tx, env, {
    type: "RevocationListIssued",
    actorId: null,
    facts: { number, revoked: revoked.length, sha256: sha256Of(der) },
  });
}

async function readOrganisationName(reader: Reader): Promise<LocalName> {
  const installation = await reader.selectFrom("installation").select(["name_en", "name_zh"]).executeTakeFirstOrThrow();
  return { en: installation.name_en ?? "Chancery", zh: installation.name_zh ?? "Chancery" };
}

/** Both names where they fit into the 64 characters of a name's part (RFC 5280, appendix A), else what fits. */
function bothNames({ en, zh }: LocalName): string {
  const both = en === zh ? en : `${zh} / ${en}`;
  return [...both].length <= 64 ? both : [...zh].slice(0, 64).join("");
}

function revocationAddress(origin: string): string | null {
  const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(origin).hostname);
  return loopback ? null : `${origin}/v1/certification-authority/revocations.crl`;
}

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Our own input to the authority is right, or there is a fault in it. */
function need<T>(outcome: PkiOutcome<T>): T {
  if (!outcome.ok) throw new Error(`the authority refused: ${outcome.code}: ${outcome.detail}`);
  return outcome.value;
}
