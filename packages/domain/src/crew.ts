import type { Grant, SealForSeparation } from "./separation-matrix.ts";
import type { Profile, Role } from "./vocabulary.ts";

export interface MissingCrew {
  readonly role: Role;
  /** Null where the role is missing for the entity as a whole. */
  readonly sealId: string | null;
  readonly entityId: string;
  readonly missing: number;
}

/** How many custodians a seal needs: two for an important one, one where the organisation is small. */
export function custodiansNeeded(profile: Profile, important: boolean): number {
  return important && profile !== "small" ? 2 : 1;
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
    const needed: [Role, number][] = [
      ["system-administrator", 1],
      ["seal-administrator", 1],
      ["signatory", 1],
      ["custodian", own.length > 0 ? 0 : custodiansNeeded(profile, true)],
      ["supervisor", anyImportant && own.length === 0 ? 1 : 0],
      ["certificate-keeper", own.length > 0 ? 0 : 1],
      ["legal-reviewer", 1],
      ["inspector", anyImportant ? 1 : 0],
      ...(profile === "small" ? [] : ([["unit-head", 1]] as [Role, number][])),
    ];
    for (const [role, count] of needed)
      if (held(role) < count) missing.push({ role, sealId: null, entityId, missing: count - held(role) });
    for (const seal of own) {
      const reach = (role: Role): number =>
        new Set(
          inForce
            .filter(
              (grant) =>
                grant.entityId === entityId &&
                grant.role === role &&
                (grant.scope.kind !== "seal" || grant.scope.id === seal.sealId),
            )
            .map((grant) => grant.personId),
        ).size;
      const ofSeal: [Role, number][] = [
        ["custodian", custodiansNeeded(profile, seal.important)],
        ["supervisor", seal.important ? 1 : 0],
        ["certificate-keeper", 1],
      ];
      for (const [role, count] of ofSeal)
        if (reach(role) < count) missing.push({ role, sealId: seal.sealId, entityId, missing: count - reach(role) });
    }
  }
  return missing;
}
