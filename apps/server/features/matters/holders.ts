import { type Grant, matterDefinition, mayBeDelegated, type Role } from "@chancery/domain";
import type { MatterRow } from "./store.ts";

/** Holders of a role for the matter's seal, unit or entity, in force now; of some matters those alone who hold it themselves. */
export function holdersOf(grants: readonly Grant[], row: MatterRow, role: Role): string[] {
  const own = grants.filter((grant) => grant.delegatedBy === undefined);
  return reach(mayBeDelegated(matterDefinition(row.kind)) ? grants : own, row, role);
}

/** Whether somebody holds the role in another's place alone, in a matter that is for who holds it himself (C11). */
export const isOnlyDelegate = (grants: readonly Grant[], row: MatterRow, role: Role): boolean =>
  holdersOf(grants, row, role).length === 0 && reach(grants, row, role).length > 0;

function reach(grants: readonly Grant[], row: MatterRow, role: Role): string[] {
  const reaching = grants.filter(
    (grant) =>
      grant.role === role &&
      grant.entityId === row.entity_id &&
      // A conflict of interest travels: nobody decides in the place of who asked, or of whom it is about.
      (grant.delegatedBy === undefined || ![row.asked_by, row.person_id].includes(grant.delegatedBy)) &&
      (grant.scope.kind === "entity" ||
        (grant.scope.kind === "seal" && grant.scope.id === row.seal_id) ||
        (grant.scope.kind === "unit" && grant.scope.id === row.unit_id)),
  );
  return [...new Set(reaching.map((grant) => grant.personId))];
}
