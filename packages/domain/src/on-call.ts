import { holdersFor } from "./duties.ts";
import type { Grant } from "./separation-matrix.ts";

export const ON_CALL_ROLES = ["signatory", "custodian", "supervisor"] as const;
export type OnCallRole = (typeof ON_CALL_ROLES)[number];

/** Days on which somebody holds a role that people are called for; without an end where `to` is null. */
export interface OnCallSpan {
  readonly personId: string;
  readonly role: OnCallRole;
  readonly from: string;
  readonly to: string | null;
}

/** Who holds what roles for an entity or a seal of it, and may be called for them. */
export const listOnCallSpans = (grants: readonly Grant[], entityId: string): OnCallSpan[] =>
  grants.flatMap((grant) => {
    const role = ON_CALL_ROLES.find((one) => one === grant.role);
    // A custodian is one of a seal; the others may be so for the entity.
    const counts =
      role !== undefined &&
      grant.entityId === entityId &&
      (role === "custodian" ||
        grant.scope.kind === "entity" ||
        holdersFor([grant], role, { sealId: grant.scope.id, entityId }, grant.from).length > 0);
    return counts ? [{ personId: grant.personId, role, from: grant.from, to: grant.to }] : [];
  });

/** Whether somebody may be on call: on the first and the last of his days he has to hold the role he is called for. */
export const mayBeOnCall = (
  spans: readonly OnCallSpan[],
  turn: { readonly personId: string; readonly role: OnCallRole; readonly from: string; readonly to: string },
): boolean =>
  [turn.from, turn.to].every((day) =>
    spans.some(
      ({ personId, role, from, to }) =>
        personId === turn.personId && role === turn.role && from <= day && (to === null || to >= day),
    ),
  );
