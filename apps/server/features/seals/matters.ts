import { refuse, type sealMatters } from "@chancery/domain";
import { z } from "zod";
import { type MatterHandler, matterHandler } from "../matters/matter-handler.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { issueRevocations, revokeSealCertificates } from "./authority.ts";
import { changeSealState, decideForBodies } from "./service.ts";
import { lockSeal } from "./store.ts";

const NoData = z.object({});

/** Stop: out of use for good; the certificate is revoked and told in a new revocation list. */
const stop = matterHandler({
  data: NoData,
  subjects: ({ row }) => [`seal:${row.seal_id}`],
  check: async (tx, env, { row }) => {
    if (row.seal_id === null) return [refuse("matter.seal-missing", {})];
    const seal = await lockSeal(tx, row.seal_id);
    const decided = await decideForBodies(tx, env, seal, "stop", row.asked_by);
    return decided.ok ? [] : decided.refusals;
  },
  carryOut: async (tx, env, { row }, actor) => {
    const sealId = row.seal_id ?? "";
    const { eventId } = await changeSealState(tx, env, sealId, "stop", {
      actorId: actor.personId,
      reason: row.reason,
      matterId: row.matter_id,
    });
    await revokeSealCertificates(tx, env, sealId, actor.personId, "cessationOfOperation");
    await issueRevocations(tx, env);
    await writeRegisterLine(tx, env, {
      register: "life",
      entityId: row.entity_id,
      kind: "stopped",
      eventId,
      sealId,
      matterId: row.matter_id,
      personIds: [row.asked_by],
      facts: { number: row.number },
      words: [row.title, row.reason],
    });
  },
});

export const sealMatterHandlers: Readonly<Record<keyof typeof sealMatters, MatterHandler>> = { stop };
