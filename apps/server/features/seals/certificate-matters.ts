import { type LineKindOf, type Refusal, refuse } from "@chancery/domain";
import type { z } from "zod";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followLodgings } from "../lodgings/open-withdrawals.ts";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import type { MatterRow } from "../matters/store.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { issueRevocations, revokeSealCertificates } from "./authority.ts";
import { getSealOfMatter, lockSealOfMatter } from "./body-step.ts";
import { destroySealKey, makeKeyPair, replaceSealKey } from "./keys.ts";
import { certify } from "./make-seal.ts";
import { CertificateRenewed, CertificateRevoked } from "./seal-wanted.ts";
import { changeSealState } from "./service.ts";

/** An electronic body that is made and not cancelled. */
async function listElectronicRefusals(tx: Tx, row: MatterRow): Promise<Refusal[]> {
  const there = await lockSealOfMatter(tx, row);
  if (!there) return [refuse("matter.seal-missing", {})];
  const body = there.bodies.find((one) => one.kind === "electronic");
  return body && body.state !== "cancelled" ? [] : [refuse("seal.no-electronic", {}, "C10")];
}

/**
 * Renewal re-makes the electronic seal: a new key and a new certificate. What was sealed before stays verifiable: the old
 * certificate is not revoked, only its key is destroyed.
 */
export const renewCertificate: MatterHandler = matterHandler<z.output<typeof CertificateRenewed>>({
  data: CertificateRenewed,
  subjects: ({ row }) => [`certificate:${row.seal_id}`],
  check: (tx, _env, { row }) => listElectronicRefusals(tx, row),
  carryOut: async (tx, env, { row, data }, actor) => {
    // Made before the key's row is taken: an RSA key may take a second.
    const pair = await makeKeyPair(data.keyAlgorithm);
    const { seal } = await getSealOfMatter(tx, row);
    const by = { actorId: actor.personId, matterId: row.matter_id };
    await destroySealKey(tx, env, { sealId: seal.seal_id, ...by });
    await replaceSealKey(tx, env, seal.seal_id, data.keyAlgorithm, pair);
    const { eventId } = await certify(tx, env, row, seal, pair.publicKey, actor.personId);
    await tellInLife(tx, env, row, "renewed", eventId, { keyAlgorithm: data.keyAlgorithm });
    await followLodgings(tx, env, [seal.seal_id], by);
  },
});

/** Revocation: told in a new list at once; the seal is frozen until it is renewed, because nothing sealed with it holds. */
export const revokeCertificate: MatterHandler = matterHandler<z.output<typeof CertificateRevoked>>({
  data: CertificateRevoked,
  subjects: ({ row }) => [`certificate:${row.seal_id}`],
  check: async (tx, env, { row }) => {
    const refusals = await listElectronicRefusals(tx, row);
    if (refusals.length > 0) return refusals;
    const inForce = await tx
      .selectFrom("certificates")
      .select("serial")
      .where("seal_id", "=", row.seal_id)
      .where("revoked_at", "is", null)
      .where("not_after", ">", new Date(env.clock.now()))
      .executeTakeFirst();
    return inForce ? [] : [refuse("seal.no-certificate", {}, "C10")];
  },
  carryOut: async (tx, env, { row, data }, actor) => {
    const { seal, bodies } = await getSealOfMatter(tx, row);
    await revokeSealCertificates(tx, env, [seal.seal_id], actor.personId, data.cause, row.matter_id);
    const { eventId } = await issueRevocations(tx, env);
    await tellInLife(tx, env, row, "revoked", eventId, { cause: data.cause });
    await followLodgings(tx, env, [seal.seal_id], { actorId: actor.personId, matterId: row.matter_id });
    const body = bodies.find((one) => one.kind === "electronic");
    const by = { actorId: actor.personId, reason: row.reason, matterId: row.matter_id };
    if (body && (body.state === "in-use" || body.state === "in-handover"))
      await changeSealState(tx, env, seal.seal_id, "freeze", by, body.body_id);
  },
});

async function tellInLife(
  tx: Tx,
  env: Environment,
  row: MatterRow,
  kind: LineKindOf<"life">,
  eventId: string,
  facts: Record<string, string>,
): Promise<void> {
  await writeRegisterLine(tx, env, {
    ...{
      register: "life" as const,
      entityId: row.entity_id,
      kind,
      eventId,
      sealId: row.seal_id,
      matterId: row.matter_id,
    },
    ...{ personIds: [row.asked_by], facts: { number: row.number, ...facts }, words: [row.title, row.reason] },
  });
}
