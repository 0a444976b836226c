import type { Grant } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { readGrantsInForce } from "../organisation/read-grants.ts";
import { type MatterRow, readConfirmations, readSteps } from "./store.ts";

/** Roles of an entity whose holders see every matter of it that was submitted. */
const watching: readonly string[] = ["seal-administrator", "inspector", "system-administrator", "signatory"];

const watchesEntity = (grant: Grant): boolean => grant.scope.kind === "entity" && watching.includes(grant.role);

/** Entities whose matters a person sees by his roles, and seals whose matters he sees because he holds them. */
export async function readReachOverMatters(
  reader: Reader,
  personId: string,
  now: number,
): Promise<{ watched: string[]; held: string[] }> {
  const grants = await readGrantsInForce(reader, now, { personId });
  const watched = grants.filter(watchesEntity).map((grant) => grant.entityId);
  const held = grants.flatMap((grant) => (grant.scope.kind === "seal" ? [grant.scope.id] : []));
  return { watched: [...new Set(watched)], held: [...new Set(held)] };
}

/**
 * Who sees a matter: who asked, whom it concerns, who decides or confirms it, who holds the seal it is about, and those
 * who watch over the entity. A draft is its asker's alone. Throws `subject.not-found`: unknown and forbidden look alike.
 */
export async function requireSeesMatter(reader: Reader, personId: string, row: MatterRow, now: number): Promise<void> {
  if (!(await seesMatter(reader, personId, row, now))) throw problems.notFound();
}

export async function seesMatter(reader: Reader, personId: string, row: MatterRow, now: number): Promise<boolean> {
  if (row.asked_by === personId) return true;
  if (row.number === null) return false;
  if (row.person_id === personId) return true;
  const steps = await readSteps(reader, row);
  if (steps.some((step) => step.decided_by === personId || step.candidates.includes(personId))) return true;
  if ((await readConfirmations(reader, row.matter_id)).some((one) => one.person_id === personId)) return true;
  if (JSON.stringify(row.data).includes(`"${personId}"`)) return true;
  const grants = await readGrantsInForce(reader, now, { personId });
  return grants.some(
    (grant) =>
      grant.entityId === row.entity_id &&
      (watchesEntity(grant) || (row.seal_id !== null && grant.scope.kind === "seal" && grant.scope.id === row.seal_id)),
  );
}
