import type { Absence, Deputy, Grant, LoneChain, ProofFacts } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readAbsences } from "../organisation/absences.ts";
import { readDays, readGrants, readSealsForSeparation } from "../organisation/read-grants.ts";

/** Everything the proof looks at: what is held, what is delegated, and custody that is agreed to pass on some day. */
export async function readProofFacts(reader: Reader, now: number, grants?: readonly Grant[]): Promise<ProofFacts> {
  const today = await readDays(reader, now);
  const planned = await readPlannedCustody(reader, today);
  return {
    grants: grants ?? (await readGrants(reader, { named: true })),
    seals: await readSealsForSeparation(reader),
    deputies: planned.deputies,
    // Who is on leave has given his custody to a deputy for some of the days, or it rests.
    absences: [...planned.absences, ...(await readAbsences(reader))],
    today,
  };
}

interface HandoverData {
  transferorId?: string;
  receiverId?: string;
  deputyId?: string;
  until?: string;
  bodies?: { bodyId: string }[];
}

/**
 * Handovers that are approved and not yet carried out: from their day on the receiver keeps the seal, as if the
 * transferor were away; for good, or until the last day of a short one.
 */
async function readPlannedCustody(
  reader: Reader,
  today: (entityId: string) => string,
): Promise<{ deputies: Deputy[]; absences: Absence[] }> {
  const rows = await reader
    .selectFrom("matters")
    .select(["matter_id", "entity_id", "data", "effective_on"])
    .where("kind", "in", ["handover", "short-handover"])
    .where("state", "=", "approved")
    .execute();
  const planned = rows.map((row) => ({ ...row, data: row.data as HandoverData }));
  const bodyIds = planned.flatMap(({ data }) => (data.bodies ?? []).map((body) => body.bodyId));
  if (bodyIds.length === 0) return { deputies: [], absences: [] };
  const bodies = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "seal_id"])
    .where("body_id", "in", bodyIds)
    .execute();
  const sealOf = new Map(bodies.map((body) => [body.body_id, body.seal_id]));
  const deputies: Deputy[] = [];
  const absences: Absence[] = [];
  for (const { matter_id, entity_id, data, effective_on } of planned) {
    const [custodianId, personId] = [data.transferorId, data.receiverId ?? data.deputyId];
    if (!custodianId || !personId) continue;
    const days = { from: effective_on ?? today(entity_id), to: data.until ?? null };
    absences.push({ personId: custodianId, ...days });
    const sealIds = new Set((data.bodies ?? []).flatMap(({ bodyId }) => sealOf.get(bodyId) ?? []));
    for (const sealId of sealIds) deputies.push({ deputyId: matter_id, personId, sealId, custodianId, ...days });
  }
  return { deputies, absences };
}

/** One chain as it is kept: ids alone, with the person in whose place each link stands. */
export interface KeptHole extends LoneChain {
  readonly of: readonly (string | null)[];
}

/** Adds to each link whose role it is, where it is somebody else's. */
export function nameLinks(chains: readonly LoneChain[], facts: ProofFacts): KeptHole[] {
  if (chains.length === 0) return [];
  const delegators = new Map(facts.grants.map((grant) => [grant.grantId, grant.delegatedBy ?? null]));
  const custodians = new Map(facts.deputies?.map((deputy) => [deputy.deputyId, deputy.custodianId]));
  return chains.map((chain) => ({
    ...chain,
    of: chain.chain.map(({ by, id }) =>
      by === "delegation" ? (delegators.get(id) ?? null) : by === "deputy" ? (custodians.get(id) ?? null) : null,
    ),
  }));
}
