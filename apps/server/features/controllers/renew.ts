import { createPublicKey } from "node:crypto";
import { certificateOverlap, isCertificateTaken, judgeRenewal, type RenewalRefusal } from "@chancery/domain";
import { parseCertificateRequest } from "@chancery/pki";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { issueControllerCertificate, publicKeyOf, sha256Of } from "./authority.ts";
import { lockChain, readEpoch } from "./chain-rows.ts";
import { isEnrolled } from "./read-box.ts";
import { storeFindings } from "./tell-findings.ts";

export type RenewalAnswer =
  | { readonly ok: true; readonly certificate: Uint8Array }
  | { readonly ok: false; readonly why: RenewalRefusal | "unfit" };

/** Answers a box's request for its next certificate; null for one that is not known at all. */
export async function renewCertificate(
  env: Environment,
  controllerId: string,
  request: Uint8Array,
): Promise<RenewalAnswer | null> {
  const read = parseCertificateRequest(request);
  return transact(env.db, async (tx) => {
    const row = await tx
      .selectFrom("controllers")
      .select(["controller_id", "state"])
      .where("controller_id", "=", controllerId)
      // Two requests at the same moment are answered with one certificate; a revocation comes before or after.
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!row) return null;
    if (!read.ok) return { ok: false, why: "unfit" };
    const { x } = publicKeyOf("", createPublicKey(read.value.publicKey.export({ format: "pem", type: "spki" })));
    const known = await tx
      .selectFrom("controller_keys")
      .select("kid")
      .where("controller_id", "=", controllerId)
      .where("x", "=", x)
      .executeTakeFirst();
    const epoch = await readEpoch(tx, controllerId);
    const chain = epoch === null ? null : await lockChain(tx, controllerId, epoch);
    const now = env.clock.now();
    const [newest] = await readTaken(tx, controllerId, now);
    const judged = judgeRenewal({
      ...{ state: row.state, quarantined: chain === null || chain.quarantined !== null, now },
      ...{ ownName: read.value.commonName === controllerId, ownKey: known !== undefined },
      newest: newest ? { notBefore: newest.not_before.getTime(), notAfter: newest.not_after.getTime() } : null,
    });
    if (judged === "again") return { ok: true, certificate: new Uint8Array(newest?.der ?? Buffer.alloc(0)) };
    if (judged !== "issue") {
      const foreign = judged === "other-name" || judged === "other-key";
      if (foreign && chain !== null) {
        const finding = { code: "CERTIFICATE_FOREIGN" as const, seq: chain.last, detail: `It was refused: ${judged}.` };
        await storeFindings(tx, env, { before: chain, after: chain, findings: [finding] });
      }
      return { ok: false, why: judged };
    }
    return { ok: true, certificate: await issueNext(tx, env, controllerId, read.value.publicKey) };
  });
}

type DeviceKey = Parameters<typeof issueControllerCertificate>[2]["publicKey"];

async function issueNext(tx: Tx, env: Environment, controllerId: string, publicKey: DeviceKey): Promise<Uint8Array> {
  const next = await issueControllerCertificate(tx, env, { controllerId, publicKey, actorId: null });
  const serial = Buffer.from(next.serial).toString("hex");
  const until = new Date(env.clock.now() + certificateOverlap);
  const before = await tx
    .updateTable("controller_certificates")
    .set((eb) => ({
      superseded_at: eb.fn<Date>("least", [eb.fn.coalesce("superseded_at", eb.val(until)), eb.val(until)]),
    }))
    .where("controller_id", "=", controllerId)
    .where("serial", "<>", serial)
    .where("revoked_at", "is", null)
    .returning("serial")
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "ControllerCertificateRenewed", actorId: null },
    facts: {
      ...{ controller: controllerId, certificate: sha256Of(next.raw), serial },
      ...{ before: before.map((one) => one.serial).join(" "), beforeUntil: until.toISOString() },
    },
  });
  return next.raw;
}

const readTaken = async (reader: Reader, controllerId: string, now: number) => {
  const rows = await reader
    .selectFrom("controller_certificates")
    .select(["serial", "der", "not_before", "not_after", "revoked_at", "superseded_at"])
    .where("controller_id", "=", controllerId)
    .orderBy("not_before", "desc")
    .orderBy("superseded_at", (order) => order.desc().nullsFirst())
    .execute();
  return rows.filter((row) =>
    isCertificateTaken(
      {
        ...{ notBefore: row.not_before.getTime(), notAfter: row.not_after.getTime(), revoked: row.revoked_at !== null },
        supersededAt: row.superseded_at?.getTime() ?? null,
      },
      now,
    ),
  );
};

// OpenSSL writes a serial number in whole octets, as we do, but for zeros at its beginning.
const plain = (text: string): string => text.replace(/^0+/, "").toLowerCase();

/** Whether a box comes in with the certificate of this serial number; an earlier one than that ends with it. */
export async function admitCertificate(env: Environment, controllerId: string, serial: string): Promise<boolean> {
  if (!(await isAdmitted(env, controllerId, serial))) return false;
  const now = env.clock.now();
  const [newest, ...earlier] = await readTaken(env.db, controllerId, now);
  // It has its successor: nobody else is to come in with a copy of the one before.
  if (newest && earlier.length > 0 && plain(newest.serial) === plain(serial))
    await env.db
      .updateTable("controller_certificates")
      .set({ superseded_at: new Date(now) })
      .where(
        "serial",
        "in",
        earlier.map((one) => one.serial),
      )
      .where("superseded_at", ">", new Date(now))
      .execute();
  return true;
}

/** Whether a box that is connected with the certificate of this serial number may stay so. */
export async function isAdmitted(env: Environment, controllerId: string, serial: string): Promise<boolean> {
  if (!(await isEnrolled(env.db, controllerId))) return false;
  return (await readTaken(env.db, controllerId, env.clock.now())).some((row) => plain(row.serial) === plain(serial));
}
