import { randomBytes } from "node:crypto";
import { refuse } from "@chancery/domain";
import { encodePem, issueRevocationList, issueServerCertificate, parseCertificateRequest } from "@chancery/pki";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { openControllerAuthority } from "./authority.ts";

const day = 24 * 60 * 60_000;
/** A list is good for a week, so that a broker that cannot fetch a new one for some days still lets controllers in. */
const listLife = 7 * day;
const brokerLife = 365 * day;

/** The certificates of revoked controllers, for a broker that cannot ask the platform. Made anew, it is never out of date. */
export async function composeRevocations(env: Environment): Promise<string> {
  const issuer = await openControllerAuthority(env.db, env);
  if (!issuer) throw problems.notFound();
  const now = env.clock.now();
  const rows = await env.db
    .selectFrom("controller_certificates")
    .select(["serial", "revoked_at", "superseded_at"])
    // Whose successor has taken its place is as good as revoked.
    .where((eb) => eb.or([eb("revoked_at", "is not", null), eb("superseded_at", "<=", new Date(now))]))
    .orderBy("not_before")
    .execute();
  const list = issueRevocationList({
    // Grows with time, as its number has to.
    ...{ issuer, number: Math.floor(now / 1000), thisUpdate: now, nextUpdate: now + listLife },
    revoked: rows.map((row) => ({
      serial: new Uint8Array(Buffer.from(row.serial, "hex")),
      revokedAt: (row.revoked_at ?? row.superseded_at)?.getTime() ?? now,
      reason: row.revoked_at === null ? ("superseded" as const) : ("cessationOfOperation" as const),
    })),
  });
  if (!list.ok) throw new Error(`the controllers' authority refused a list: ${list.code}: ${list.detail}`);
  return encodePem("X509 CRL", list.value);
}

/** A certificate for a broker of one's own, of the authority that controllers pin. */
export async function certifyBroker(
  env: Environment,
  wanted: { readonly request: string; readonly names: readonly string[] },
): Promise<string> {
  const issuer = await openControllerAuthority(env.db, env);
  if (!issuer) throw problems.notFound();
  const read = parseCertificateRequest(Buffer.from(wanted.request, "base64"));
  if (!read.ok) throw refusedBy([refuse("controller.request-unfit", {}, "C18")]);
  const now = env.clock.now();
  const certificate = issueServerCertificate({
    ...{ subject: { commonName: "Chancery broker" }, serial: randomBytes(16), issuer, publicKey: read.value.publicKey },
    ...{ notBefore: now - 60_000, notAfter: now + brokerLife, names: wanted.names },
  });
  if (!certificate.ok) throw new Error(`a broker's certificate: ${certificate.code}: ${certificate.detail}`);
  return encodePem("CERTIFICATE", certificate.value.raw);
}
