import { listPermissions } from "./permissions.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { Profile, Role, SealType } from "./vocabulary.ts";

export type GrantScope = { readonly kind: "entity" | "unit" | "seal"; readonly id: string };

/** A role given to a person; `entityId` is the entity its scope lies in. Days are YYYY-MM-DD, `to` is the last day. */
export interface Grant {
  readonly grantId: string;
  readonly personId: string;
  readonly role: Role;
  readonly scope: GrantScope;
  readonly entityId: string;
  readonly from: string;
  readonly to: string | null;
}

export interface SealForSeparation {
  readonly sealId: string;
  readonly entityId: string;
  readonly type: SealType;
  readonly important: boolean;
  /** Ended seals no longer count. */
  readonly live: boolean;
}

type Pair = readonly [Role, Role];

/** Pairs that no profile lets meet. */
const neverLoosened: readonly Pair[] = [
  ["signatory", "supervisor"],
  ["signatory", "custodian"],
  ["custodian", "supervisor"],
  ["custodian", "inspector"],
  ["signatory", "inspector"],
  ["certificate-keeper", "custodian"],
  ["certificate-keeper", "signatory"],
];
const standardToo: readonly Pair[] = [
  ["unit-head", "signatory"],
  ["unit-head", "custodian"],
  ["unit-head", "inspector"],
  ["unit-head", "system-administrator"],
  ["legal-reviewer", "signatory"],
  ["legal-reviewer", "custodian"],
  ["legal-reviewer", "inspector"],
  ["legal-reviewer", "system-administrator"],
  ["signatory", "system-administrator"],
  ["custodian", "seal-administrator"],
  ["custodian", "system-administrator"],
  ["supervisor", "system-administrator"],
  ["seal-administrator", "inspector"],
  ["seal-administrator", "system-administrator"],
  ["inspector", "system-administrator"],
];
const strictToo: readonly Pair[] = [
  ["unit-head", "supervisor"],
  ["legal-reviewer", "supervisor"],
  ["signatory", "seal-administrator"],
  ["supervisor", "seal-administrator"],
  ["supervisor", "inspector"],
];

/**
 * The pairs of roles that may not meet in one person for the same seal or entity (product.md, the matrix). Pairs with
 * the applicant are asked per request (`findMeetingDuties`), because everybody may ask for something some day.
 */
export const separationMatrix: Readonly<Record<Profile, readonly Pair[]>> = {
  strict: [...neverLoosened, ...standardToo, ...strictToo],
  standard: [...neverLoosened, ...standardToo],
  small: neverLoosened,
};

const apart = (profile: Profile, a: Role, b: Role): boolean =>
  separationMatrix[profile].some(([x, y]) => (x === a && y === b) || (x === b && y === a));

const daysMeet = (a: Grant, b: Grant): boolean =>
  (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);

/** Two grants meet where they can concern the same seal: the same seal, or one of them reaches over the whole entity. */
function scopesMeet(a: Grant, b: Grant): boolean {
  if (a.entityId !== b.entityId) return false;
  return a.scope.kind !== "seal" || b.scope.kind !== "seal" || a.scope.id === b.scope.id;
}

/**
 * Whether somebody with these grants in force may give or end a role there: accounts are the organisation's, so the
 * system administrator may everywhere; a seal administrator only as far as his own grant reaches.
 */
export function mayManageGrants(held: readonly Grant[], wanted: { scope: GrantScope; entityId: string }): boolean {
  return held.some((own) => {
    if (!listPermissions([own.role]).has("grant.manage")) return false;
    if (own.role === "system-administrator") return true;
    if (own.entityId !== wanted.entityId) return false;
    return own.scope.kind === "entity" || (own.scope.kind === wanted.scope.kind && own.scope.id === wanted.scope.id);
  });
}

export interface GrantContext {
  readonly profile: Profile;
  readonly actorId: string;
  /** Grants given and not ended, of everybody in the organisation. */
  readonly existing: readonly Grant[];
  readonly seals: readonly SealForSeparation[];
  readonly today: string;
}

/** Whether a grant may be given: grantor is not grantee, the matrix, custody limits. Every reason is told. */
export function decideGrant(grant: Grant, context: GrantContext): Decision<{ type: "GrantGiven"; grant: Grant }> {
  const refusals: Refusal[] = [];
  if (context.actorId === grant.personId) refusals.push(refuse("grant.to-oneself", { role: grant.role }, "C11"));
  if (grant.to !== null && grant.to < grant.from)
    refusals.push(refuse("grant.days-reversed", { from: grant.from, to: grant.to }));
  if (grant.to !== null && grant.to < context.today) refusals.push(refuse("grant.already-past", { to: grant.to }));
  const same = context.existing.find(
    (held) =>
      held.personId === grant.personId &&
      held.role === grant.role &&
      held.scope.kind === grant.scope.kind &&
      held.scope.id === grant.scope.id &&
      daysMeet(held, grant),
  );
  if (same) refusals.push(refuse("grant.held-already", { role: grant.role }));
  for (const held of context.existing) {
    if (
      held.personId === grant.personId &&
      apart(context.profile, held.role, grant.role) &&
      daysMeet(held, grant) &&
      scopesMeet(held, grant)
    ) {
      refusals.push(
        refuse(
          "separation.duties-meet",
          { role: grant.role, heldRole: held.role, scope: held.scope.kind, heldUntil: held.to },
          "C11",
        ),
      );
    }
  }
  if (grant.role === "custodian" && grant.scope.kind === "seal") refusals.push(...listCustodyRefusals(grant, context));
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "GrantGiven", grant }] };
}

function listCustodyRefusals(grant: Grant, { existing, seals, profile }: GrantContext): Refusal[] {
  const refusals: Refusal[] = [];
  const seal = seals.find((one) => one.sealId === grant.scope.id);
  if (!seal) return [refuse("grant.seal-unknown", {})];
  const keeps = existing.filter(
    (held) =>
      held.personId === grant.personId &&
      held.role === "custodian" &&
      held.scope.kind === "seal" &&
      daysMeet(held, grant),
  );
  const kept = seals.filter(
    (one) => one.live && one.entityId === seal.entityId && keeps.some((held) => held.scope.id === one.sealId),
  );
  const opposite: Partial<Record<SealType, SealType>> = {
    finance: "legal-representative",
    "legal-representative": "finance",
  };
  const other = opposite[seal.type];
  if (other && kept.some((one) => one.type === other))
    refusals.push(refuse("custody.finance-and-name-seal", {}, "C22"));
  const important = seals.filter((one) => one.live && one.important && one.entityId === seal.entityId);
  const keptAfter = important.filter(
    (one) => one.sealId === seal.sealId || kept.some((held) => held.sealId === one.sealId),
  );
  if (profile !== "small" && seal.important && important.length > 1 && keptAfter.length === important.length) {
    refusals.push(refuse("custody.all-important-seals", { count: important.length }, "C22"));
  }
  const limit = seal.important ? 2 : 3;
  const there = existing.filter(
    (held) =>
      held.role === "custodian" &&
      held.scope.kind === "seal" &&
      held.scope.id === seal.sealId &&
      daysMeet(held, grant) &&
      held.personId !== grant.personId,
  );
  if (there.length >= limit)
    refusals.push(refuse("custody.too-many-custodians", { count: there.length, limit }, "C22"));
  return refusals;
}

export interface SeparationConflict extends Refusal {
  readonly personId: string;
  readonly grantIds: readonly [string, string];
}

/** Re-check after a change of profile or organisation: every pair of grants in force that may not meet. */
export function listSeparationConflicts(grants: readonly Grant[], profile: Profile): SeparationConflict[] {
  const conflicts: SeparationConflict[] = [];
  for (const [at, a] of grants.entries()) {
    for (const b of grants.slice(at + 1)) {
      if (a.personId === b.personId && apart(profile, a.role, b.role) && daysMeet(a, b) && scopesMeet(a, b)) {
        conflicts.push({
          ...refuse(
            "separation.duties-meet",
            { role: a.role, heldRole: b.role, scope: b.scope.kind, heldUntil: b.to },
            "C11",
          ),
          personId: a.personId,
          grantIds: [a.grantId, b.grantId],
        });
      }
    }
  }
  return conflicts;
}

export interface LoneChain {
  readonly personId: string;
  readonly sealId: string;
  readonly roles: readonly Role[];
}

/**
 * The proof: who could carry a use of a seal from asking to sealing alone? Everybody may ask; a person is alone when
 * every other duty the use needs could be his. Per-request separation breaks each chain unless it is switched off, so
 * what is shown is who holds all the keys. The answer must be nobody.
 */
export function proveNobodyActsAlone(
  grants: readonly Grant[],
  seals: readonly SealForSeparation[],
  today: string,
): LoneChain[] {
  const inForce = grants.filter((grant) => grant.from <= today && (grant.to === null || grant.to >= today));
  const chains: LoneChain[] = [];
  for (const seal of seals.filter((one) => one.live)) {
    const reaching = inForce.filter(
      (grant) => grant.entityId === seal.entityId && (grant.scope.kind !== "seal" || grant.scope.id === seal.sealId),
    );
    const needed: Role[] = ["signatory", "custodian", ...(seal.important ? (["supervisor"] as const) : [])];
    for (const personId of new Set(reaching.map((grant) => grant.personId))) {
      const roles = new Set(reaching.filter((grant) => grant.personId === personId).map((grant) => grant.role));
      if (needed.every((role) => roles.has(role))) chains.push({ personId, sealId: seal.sealId, roles: [...roles] });
    }
  }
  return chains;
}

export type Duty = "applicant" | "handler" | "approver" | "signatory" | "custodian" | "supervisor";

/**
 * Duties of one request that meet in one person and may not: who asks never decides, keeps or supervises that request;
 * who decides never keeps or supervises it; who releases never supervises it.
 */
export function findMeetingDuties(
  duties: readonly { personId: string; duty: Duty }[],
): { personId: string; duties: [Duty, Duty] }[] {
  const together = new Set(["applicant handler", "handler applicant"]);
  const found: { personId: string; duties: [Duty, Duty] }[] = [];
  for (const [at, a] of duties.entries()) {
    for (const b of duties.slice(at + 1)) {
      if (a.personId === b.personId && a.duty !== b.duty && !together.has(`${a.duty} ${b.duty}`))
        found.push({ personId: a.personId, duties: [a.duty, b.duty] });
    }
  }
  return found;
}
