import { type Decision, type Refusal, refuse } from "./refusal.ts";
import { decideGrant, type Grant, type GrantContext, type GrantScope } from "./separation-matrix.ts";
import type { Role } from "./vocabulary.ts";
import { addDays, daysBetween } from "./working-days.ts";

/** Roles a holder may let another act in while he is away. Custody is handed over, seal by seal, and never delegated. */
export const DELEGABLE_ROLES = ["unit-head", "legal-reviewer", "signatory", "supervisor"] as const;
export type DelegableRole = (typeof DELEGABLE_ROLES)[number];

export const isDelegable = (role: Role): role is DelegableRole => DELEGABLE_ROLES.some((one) => one === role);

/** What somebody wants to delegate: the whole of his grant or a part of it, for some days. */
export interface DelegationWanted {
  readonly delegationId: string;
  readonly delegateId: string;
  readonly scope: GrantScope;
  /** The entity the scope lies in. */
  readonly entityId: string;
  readonly from: string;
  readonly to: string;
  /** Whether the delegate is a guest from outside. */
  readonly guest: boolean;
  /** Whether he has an account he can sign in to. */
  readonly active: boolean;
}

export interface DelegationContext extends Omit<GrantContext, "actorId" | "risk"> {
  /** The delegator's own grant; `delegatedBy` is set where he only stands in himself. */
  readonly own: Grant;
  /** The longest delegation, in days. */
  readonly mostDays: number;
}

export interface DelegationGiven {
  readonly type: "DelegationGiven";
  /** The role as the delegate holds it, under the delegation's id. */
  readonly grant: Grant;
}

/**
 * Whether a holder may let another act in his role: one that may be delegated and is his own, within its scope and days,
 * from today on and for no longer than the setting; and to somebody to whom the role could be granted as well. Every
 * reason is told.
 */
export function decideDelegation(wanted: DelegationWanted, context: DelegationContext): Decision<DelegationGiven> {
  const { own, today, mostDays } = context;
  const grant: Grant = {
    ...{ grantId: wanted.delegationId, personId: wanted.delegateId, role: own.role, scope: wanted.scope },
    ...{ entityId: wanted.entityId, from: wanted.from, to: wanted.to, guest: wanted.guest, delegatedBy: own.personId },
  };
  const refusals: Refusal[] = [];
  if (own.delegatedBy !== undefined) refusals.push(refuse("delegation.of-delegated", { role: own.role }, "C11"));
  else if (!isDelegable(own.role)) refusals.push(refuse("delegation.role-stays", { role: own.role }, "C11"));
  if (!liesWithin(wanted, own)) refusals.push(refuse("delegation.beyond-scope", { role: own.role }, "C11"));
  if (wanted.from < own.from || (own.to !== null && wanted.to > own.to))
    refusals.push(refuse("delegation.beyond-days", { role: own.role, from: own.from, until: own.to }, "C11"));
  if (wanted.from < today) refusals.push(refuse("delegation.back-dated", { from: wanted.from }, "C11"));
  if (wanted.to >= wanted.from && daysBetween(wanted.from, wanted.to) + 1 > mostDays)
    refusals.push(refuse("delegation.too-long", { most: mostDays, latest: addDays(wanted.from, mostDays - 1) }, "C11"));
  if (!wanted.active) refusals.push(refuse("delegation.delegate-inactive", {}, "C12"));
  const again = context.existing.some(
    (held) =>
      held.delegatedBy === own.personId &&
      held.personId === wanted.delegateId &&
      held.role === own.role &&
      covers(held, wanted) &&
      held.from <= wanted.to &&
      (held.to === null || held.to >= wanted.from),
  );
  if (again) refusals.push(refuse("delegation.given-already", { role: own.role }));
  // A pair that only the profile allows needs a second person, whom a delegation does not wait for: it takes no such pair.
  const judged = decideGrant(grant, { ...context, actorId: own.personId, risk: "none is taken" });
  if (!judged.ok) refusals.push(...judged.refusals);
  else
    for (const heldRole of judged.events[0]?.loosened ?? [])
      refusals.push(refuse("delegation.loosened", { role: own.role, heldRole }, "C11"));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "DelegationGiven", grant }] };
}

/** What somebody has for the whole entity already he needs for no part of it. */
const covers = (held: Grant, { scope, entityId }: DelegationWanted): boolean =>
  held.scope.id === scope.id || (held.scope.kind === "entity" && held.entityId === entityId);

/** Of what a grant for an entity may be given in part: single units of a head's, single seals of others'; null where not. */
export function findPartKind(own: Pick<Grant, "role" | "scope">): "unit" | "seal" | null {
  if (own.scope.kind !== "entity" || own.role === "legal-reviewer") return null;
  return own.role === "unit-head" ? "unit" : "seal";
}

/** The scope itself, or a part of an entity that the grant covers. Reviews and heads of units are not for single seals. */
function liesWithin(wanted: { scope: GrantScope; entityId: string }, own: Grant): boolean {
  if (wanted.entityId !== own.entityId) return false;
  if (wanted.scope.kind === own.scope.kind && wanted.scope.id === own.scope.id) return true;
  return wanted.scope.kind === findPartKind(own);
}
