import type { Grant } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";

/** Who runs or inspects an entity's seals sees all of its cards, and so does who decides on the use of any of them. */
const ofEntity: readonly string[] = ["seal-administrator", "inspector", "signatory"];
const ofSeal: readonly string[] = ["custodian", "certificate-keeper", "signatory"];

export interface LodgingReach {
  readonly entityIds: readonly string[];
  readonly sealIds: readonly string[];
  /** Entities in which the person records and withdraws cards. */
  readonly keptIn: readonly string[];
}

/** Which seal opens which account is told to few: what a forger would want to know. */
export async function readLodgingReach(reader: Reader, personId: string, now: number): Promise<LodgingReach> {
  const grants = await readGrantsInForce(reader, now, { personId });
  const ids = (held: readonly Grant[], idOf: (grant: Grant) => string): string[] => [...new Set(held.map(idOf))];
  const ofWhole = grants.filter(({ role, scope }) => ofEntity.includes(role) && scope.kind === "entity");
  return {
    entityIds: ids(ofWhole, ({ entityId }) => entityId),
    sealIds: ids(
      grants.filter(({ role, scope }) => ofSeal.includes(role) && scope.kind === "seal"),
      ({ scope }) => scope.id,
    ),
    keptIn: ids(
      ofWhole.filter(({ role }) => role === "seal-administrator"),
      ({ entityId }) => entityId,
    ),
  };
}

/** Whether a file is the evidence of a card that the person sees. */
export async function seesLodgingEvidence(
  reader: Reader,
  personId: string,
  evidenceId: string,
  now: number,
): Promise<boolean> {
  const cards = await reader
    .selectFrom("specimens_lodged as l")
    .leftJoin("specimens_lodged_seals as s", "s.lodging_id", "l.lodging_id")
    .select(["l.entity_id", "s.seal_id"])
    .where((eb) => eb.or([eb("l.evidence_id", "=", evidenceId), eb("l.withdrawn_evidence_id", "=", evidenceId)]))
    .execute();
  if (cards.length === 0) return false;
  const reach = await readLodgingReach(reader, personId, now);
  return cards.some((card) => reach.entityIds.includes(card.entity_id) || reach.sealIds.includes(card.seal_id ?? ""));
}
