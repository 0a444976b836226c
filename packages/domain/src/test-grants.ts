import type { Grant, GrantScope, SealForSeparation } from "./separation-matrix.ts";
import type { Role, SealType } from "./vocabulary.ts";

/** For tests: a grant for the entity `ent`, from the first of January 2026 and without end. */
export function makeGrant(personId: string, role: Role, change: Partial<Grant> = {}): Grant {
  const scope: GrantScope = change.scope ?? { kind: "entity", id: "ent" };
  return {
    grantId: `${personId} ${role} ${scope.kind} ${scope.id}`,
    personId,
    role,
    entityId: "ent",
    from: "2026-01-01",
    to: null,
    ...change,
    scope,
  };
}

export const onSeal = (sealId: string): Partial<Grant> => ({ scope: { kind: "seal", id: sealId } });
export const onUnit = (unitId: string): Partial<Grant> => ({ scope: { kind: "unit", id: unitId } });

/** For tests: a seal of the entity `ent`. */
export function makeSeal(
  sealId: string,
  type: SealType,
  important: boolean,
  change: Partial<SealForSeparation> = {},
): SealForSeparation {
  return { sealId, entityId: "ent", type, important, live: true, ...change };
}
