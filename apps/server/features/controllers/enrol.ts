import { createPublicKey, randomBytes } from "node:crypto";
import {
  isPairingOver,
  listEnrolmentRefusals,
  pairing as pairingRule,
  readPairingCode,
  refuse,
} from "@chancery/domain";
import { parseCertificateRequest } from "@chancery/pki";
import { composeComparisonCode, parseEnrolmentAnswer, startChain, webCrypto } from "@chancery/seallink";
import type { Updateable } from "kysely";
import type { RouteInput } from "../../platform/call.ts";
import type { Tables } from "../../platform/database-schema.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { sameSecret } from "../../platform/own-site.ts";
import { type ProblemError, problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import {
  composeTrustList,
  issueControllerCertificate,
  publicKeyOf,
  readIssuerName,
  requireControllerAuthority,
  sha256Of,
} from "./authority.ts";
import { storeNewChain } from "./chain-rows.ts";
import { closeDeclined, hashSecret, lockController, lockPairing, moveController, refuseOfCloud } from "./service.ts";

type Presented = RouteInput<"POST /v1/controller-enrolments">["body"];

/** One answer for every way in which a code does not serve: whoever tries codes learns nothing of which there are. */
const refusedPairing = (): ProblemError => refusedBy([refuse("controller.pairing-refused", {}, "C18")]);

/** A box presents its code and key. A wrong code costs one of its tries, which stays spent. */
export async function presentController(
  env: Environment,
  box: Presented,
): Promise<{ ticket: string; platformKey: string }> {
  const answer = await transact(env.db, (tx) => present(tx, env, box));
  if (answer === null) throw refusedPairing();
  return answer;
}

async function present(
  tx: Tx,
  env: Environment,
  box: Presented,
): Promise<{ ticket: string; platformKey: string } | null> {
  const now = env.clock.now();
  const row = await tx
    .selectFrom("controllers")
    .selectAll()
    .where("serial", "=", box.serial)
    .where("state", "=", "awaiting-device")
    .forNoKeyUpdate()
    .executeTakeFirst();
  const current = row && (await lockPairing(tx, row.controller_id));
  if (
    !row ||
    !current ||
    isPairingOver({ expiresAt: current.expires_at.getTime(), triesLeft: current.tries_left }, now)
  )
    return null;
  const code = readPairingCode(box.pairingCode);
  if (code === null || !sameSecret(hashSecret(code).toString("hex"), current.code_hash.toString("hex"))) {
    await updatePairing(tx, current.pairing_id, { tries_left: current.tries_left - 1 });
    return null;
  }
  const request = Buffer.from(box.request, "base64");
  const read = parseCertificateRequest(request);
  if (!read.ok) throw refusedBy([refuse("controller.request-unfit", {}, "C18")]);
  const key = publicKeyOf("", read.value.publicKey);
  const known = await tx.selectFrom("controller_keys").select("kid").where("x", "=", key.x).executeTakeFirst();
  if (known) throw refusedBy([refuse("controller.request-unfit", {}, "C18")]);
  const authority = await requireControllerAuthority(tx, env, current.made_by);
  const platformKey = authority.certificate.spki;
  const ticket = randomBytes(32).toString("base64url");
  await updatePairing(tx, current.pairing_id, {
    ...{ state: "presented", ticket_hash: hashSecret(ticket), request, key_alg: key.alg, key_x: key.x },
    ...{ model: box.model, firmware: box.firmware, counters: box.counters, presented_at: new Date(now) },
    comparison_code: await composeComparisonCode(webCrypto, { request, platformKey, pairingCode: code }),
    comparison_tries_left: pairingRule.comparisonTries,
  });
  await moveController(tx, row, "present");
  await recordEvent(tx, env, {
    type: "ControllerPresented",
    actorId: null,
    facts: { controller: row.controller_id, key: sha256Of(key.x), request: sha256Of(request) },
  });
  return { ticket, platformKey: Buffer.from(platformKey).toString("base64") };
}

type PairingChange = Updateable<Tables["controller_pairings"]>;
const updatePairing = (tx: Tx, pairingId: string, change: PairingChange): Promise<unknown> =>
  tx.updateTable("controller_pairings").set(change).where("pairing_id", "=", pairingId).execute();

/**
 * A second person types the six digits that stand on the box. They are not shown here, so that nobody confirms without
 * having stood before it; three other entries decline the box.
 */
export async function confirmController(
  env: Environment,
  personId: string,
  controllerId: string,
  comparisonCode: string,
  /** Where the box finds the gateway; null where there is none. */
  address: string | null = null,
): Promise<void> {
  const left = await transact(env.db, async (tx) => {
    const row = await lockController(tx, env, personId, controllerId, "manages");
    await refuseOfCloud(tx, controllerId);
    const current = await lockPairing(tx, controllerId);
    if (row.state !== "awaiting-confirmation" || !current) {
      await moveController(tx, row, "confirm");
      throw problems.changedMeanwhile();
    }
    const refusals = listEnrolmentRefusals({
      ...{ personId, registeredBy: row.registered_by, pairedBy: current.made_by },
      ...{ expiresAt: current.expires_at.getTime(), now: env.clock.now() },
    });
    if (refusals.length > 0) throw refusedBy(refusals);
    if (sameSecret(comparisonCode, current.comparison_code ?? "")) {
      await enrol(tx, env, { row, current, personId, address });
      return null;
    }
    const triesLeft = (current.comparison_tries_left ?? 0) - 1;
    await updatePairing(tx, current.pairing_id, { comparison_tries_left: triesLeft });
    if (triesLeft === 0) {
      await moveController(tx, row, "decline");
      await closeDeclined(tx, env, { controllerId, actorId: personId, reason: null });
    }
    return triesLeft;
  });
  if (left !== null) throw refusedBy([refuse("controller.code-differs", { left }, "C18")]);
}

type Held = {
  readonly row: Awaited<ReturnType<typeof lockController>>;
  readonly current: NonNullable<Awaited<ReturnType<typeof lockPairing>>>;
  readonly personId: string;
  readonly address: string | null;
};

async function enrol(tx: Tx, env: Environment, { row, current, personId, address }: Held): Promise<void> {
  const now = new Date(env.clock.now());
  const read = parseCertificateRequest(new Uint8Array(current.request ?? Buffer.alloc(0)));
  if (!read.ok) throw new Error(`a request that was read once is unreadable: ${read.code}`);
  const controllerId = row.controller_id;
  const publicKey = createPublicKey(read.value.publicKey.export({ format: "pem", type: "spki" }));
  const certificate = await issueControllerCertificate(tx, env, { controllerId, publicKey, actorId: personId });
  const authority = await requireControllerAuthority(tx, env, personId);
  const key = publicKeyOf(`${controllerId}-1`, publicKey);
  await tx
    .insertInto("controller_keys")
    .values({ controller_id: controllerId, kid: key.kid, alg: key.alg, x: key.x, added_at: now })
    .execute();
  const answer = JSON.stringify({
    ...{ v: 1, dev: controllerId, iss: await readIssuerName(tx), ep: 1, asn: 0 },
    trust: await composeTrustList(tx, env),
    cert: Buffer.from(certificate.raw).toString("base64url"),
    // What the gateway's own certificate is held against; it is of the authority whose key the box made its digits from.
    ca: Buffer.from(authority.certificate.raw).toString("base64url"),
    ...(address === null ? {} : { urls: [address] }),
    // The two who enrol it carry out its first order; the box asks for a finger of each in this order.
    people: [
      { u: current.made_by, cred: ["fp:1"] },
      { u: personId, cred: ["fp:2"] },
    ],
  });
  const checked = parseEnrolmentAnswer(answer);
  if (!checked.ok) throw new Error(`no controller would take this answer: ${checked.detail}`);
  await updatePairing(tx, current.pairing_id, {
    ...{ state: "confirmed", confirmed_by: personId, confirmed_at: now, answer },
  });
  await moveController(tx, row, "confirm");
  const chain = {
    ...{ dev: controllerId, ep: 1, from: `sha256:${sha256Of(answer)}`, imp: (current.counters ?? []).map(Number) },
  };
  await storeNewChain(tx, startChain(chain));
  await recordEvent(tx, env, {
    type: "ControllerEnrolled",
    actorId: personId,
    facts: {
      ...{ controller: controllerId, epoch: 1, key: sha256Of(key.x), answer: sha256Of(answer) },
      certificate: sha256Of(certificate.raw),
    },
  });
}

/** What became of it, for the box that holds the ticket. */
export async function readEnrolment(
  env: Environment,
  ticket: string,
): Promise<{ state: "waiting" | "confirmed" | "over"; answer: string | null }> {
  const row = await env.db
    .selectFrom("controller_pairings as p")
    .innerJoin("controllers as c", "c.controller_id", "p.controller_id")
    .select(["p.state", "p.answer", "p.expires_at", "c.state as controller"])
    .where("p.ticket_hash", "=", hashSecret(ticket))
    .executeTakeFirst();
  if (!row) throw problems.notFound();
  if (row.state === "confirmed" && row.controller === "enrolled") return { state: "confirmed", answer: row.answer };
  const waits = row.state === "presented" && row.expires_at.getTime() > env.clock.now();
  return { state: waits ? "waiting" : "over", answer: null };
}
