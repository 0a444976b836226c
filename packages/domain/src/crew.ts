import { custodiansNeeded } from "./custody.ts";
import { holdersFor } from "./duties.ts";
import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import type { Profile, Role } from "./vocabulary.ts";

export interface MissingCrew {
  readonly role: Role;
  /** Null where the role is missing for the entity as a whole. */
  readonly sealId: string | null;
  readonly entityId: string;
  readonly missing: number;
}

/** Who is still missing before the first use: for each entity, and for each of its seals. */
export function listMissingCrew(
  profile: Profile,
  entityIds: readonly string[],
  grants: readonly Grant[],
  seals: readonly SealForSeparation[],
  today: string,
): MissingCrew[] {
  const inForce = grants.filter((grant) => grant.from <= today && (grant.to === null || grant.to >= today));
  const missing: MissingCrew[] = [];
  for (const entityId of entityIds) {
    const held = (role: Role): number =>
      new Set(
        inForce.filter((grant) => grant.entityId === entityId && grant.role === role).map((grant) => grant.personId),
      ).size;
    const own = seals.filter((seal) => seal.live && seal.entityId === entityId);
    const anyImportant = own.length === 0 || own.some((seal) => seal.important);
    // What a seal needs is asked of each seal as soon as there is one; before, of the entity.
    const before = (count: number): number => (own.length === 0 ? count : 0);
    const needed: [Role, number][] = [
      ["system-administrator", 1],
      ["seal-administrator", 1],
      ["signatory", before(1)],
      ["custodian", before(custodiansNeeded(profile, true))],
      ["supervisor", before(1)],
      ["certificate-keeper", before(1)],
      ["legal-reviewer", 1],
      ["inspector", anyImportant ? 1 : 0],
      ["unit-head", profile === "small" ? 0 : 1],
    ];
    for (const [role, count] of needed)
      if (held(role) < count) missing.push({ role, sealId: null, entityId, missing: count - held(role) });
    for (const seal of own) {
      const ofSeal: [Role, number][] = [
        ["signatory", 1],
        ["custodian", custodiansNeeded(profile, seal.important)],
        ["supervisor", seal.important ? 1 : 0],
        ["certificate-keeper", 1],
      ];
      for (const [role, count] of ofSeal) {
        const there = holdersFor(grants, role, seal, today).length;
        if (there < count) missing.push({ role, sealId: seal.sealId, entityId, missing: count - there });
      }
    }
  }
  return missing;
}
