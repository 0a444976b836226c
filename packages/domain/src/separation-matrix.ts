import { listCustodyRefusals } from "./custody.ts";
import { entityRoles, listPermissions } from "./permissions.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import { type LocalName, type Profile, ROLES, type Role, type SealType } from "./vocabulary.ts";

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
  /** Whether the holder is a guest from outside; left out, he is none. */
  readonly guest?: boolean;
  /** Whose role it is, where he delegated it for these days; the grant's id is then the delegation's. */
  readonly delegatedBy?: string;
}

export interface SealForSeparation {
  readonly sealId: string;
  readonly entityId: string;
  readonly type: SealType;
  readonly important: boolean;
  /** Ended seals no longer count. */
  readonly live: boolean;
  /** The number people know it by; what is being imported has none yet but its name in the sheet. */
  readonly number?: string;
  readonly name?: LocalName;
}

type Pair = readonly [Role, Role];

/** Crosses of the matrix that no profile lets meet. */
const crosses: readonly Pair[] = [
  ["unit-head", "signatory"],
  ["unit-head", "custodian"],
  ["unit-head", "supervisor"],
  ["unit-head", "inspector"],
  ["unit-head", "system-administrator"],
  ["legal-reviewer", "signatory"],
  ["legal-reviewer", "custodian"],
  ["legal-reviewer", "system-administrator"],
  ["signatory", "custodian"],
  ["signatory", "supervisor"],
  ["signatory", "inspector"],
  ["signatory", "system-administrator"],
  ["custodian", "seal-administrator"],
  ["custodian", "inspector"],
  ["custodian", "system-administrator"],
  ["supervisor", "system-administrator"],
  ["seal-administrator", "inspector"],
  ["seal-administrator", "system-administrator"],
  ["inspector", "system-administrator"],
  ["certificate-keeper", "custodian"],
  ["certificate-keeper", "signatory"],
];
/** Whose holders never ask for a use of a seal: they inspect it, hold its key, or keep the accounts. */
const neverAsk: readonly Pair[] = [
  ["applicant", "inspector"],
  ["applicant", "certificate-keeper"],
];
/** In the small profile the applicant may keep the accounts. */
const openInSmall: readonly Pair[] = [["applicant", "system-administrator"]];
/** Crosses that the small profile opens for a guest from outside: he may review, supervise and inspect. */
const openForGuests: readonly Pair[] = [
  ["legal-reviewer", "supervisor"],
  ["legal-reviewer", "inspector"],
];
/** Cells the organisation decides ('set'): closed in the strict profile. */
const set: readonly Pair[] = [
  ["signatory", "seal-administrator"],
  ["supervisor", "seal-administrator"],
  ["supervisor", "inspector"],
];

/**
 * The pairs of roles that may not meet in one person for the same seal or entity (product.md, the matrix). Of the pairs
 * with the applicant those stand here whose holders never ask for anything, so that grant and submission are asked the
 * same; the others, and custodian with supervisor, are asked per request (duties.ts): everybody may ask for something
 * some day, and the second custodian may supervise what the first one seals.
 */
export const separationMatrix: Readonly<Record<Profile, readonly Pair[]>> = {
  strict: [...crosses, ...neverAsk, ...openForGuests, ...openInSmall, ...set],
  standard: [...crosses, ...neverAsk, ...openForGuests, ...openInSmall],
  small: [...crosses, ...neverAsk, ...openForGuests],
};

const among = (pairs: readonly Pair[], a: Role, b: Role): boolean =>
  pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a));

/** Whether two roles may not meet in one person; a guest from outside is asked less in the small profile. */
export function apart(profile: Profile, a: Role, b: Role, guest: boolean): boolean {
  return among(separationMatrix[profile], a, b) && !(profile === "small" && guest && among(openForGuests, a, b));
}

/** Whether the strict matrix keeps the pair apart and this profile does not: what an inspector wants listed. */
export function isLoosened(profile: Profile, a: Role, b: Role, guest: boolean): boolean {
  return among(separationMatrix.strict, a, b) && !apart(profile, a, b, guest);
}

const daysMeet = (a: Grant, b: Grant): boolean =>
  (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);

/** Two grants meet where they can concern the same seal: the same seal, or one of them reaches over the whole entity. */
export function scopesMeet(a: Pick<Grant, "entityId" | "scope">, b: Pick<Grant, "entityId" | "scope">): boolean {
  if (a.entityId !== b.entityId) return false;
  return a.scope.kind !== "seal" || b.scope.kind !== "seal" || a.scope.id === b.scope.id;
}

const meet = (a: Grant, b: Grant): boolean => a.personId === b.personId && daysMeet(a, b) && scopesMeet(a, b);

/** The refusal names what whoever takes the role may hold besides, so that it says who could be named instead. */
function dutiesMeet(profile: Profile, role: Role, held: Grant): Refusal {
  // Whether who has the role may ask as well is asked of each request.
  const beside = ROLES.filter((one) => one !== role && one !== "applicant" && !apart(profile, role, one, false));
  return refuse(
    "separation.duties-meet",
    { role, heldRole: held.role, scope: held.scope.kind, heldUntil: held.to, besideRoles: beside.join(" ") },
    "C11",
  );
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
  /** What could go wrong, as whoever gives a loosened pair states it. */
  readonly risk?: string | null;
}

export interface GrantGiven {
  readonly type: "GrantGiven";
  readonly grant: Grant;
  /** Roles the person holds already that the strict matrix would keep apart from this one: the profile's loosenings. */
  readonly loosened: readonly Role[];
}

/** Whether a grant may be given: grantor is not grantee, the matrix, custody limits. Every reason is told. */
export function decideGrant(grant: Grant, context: GrantContext): Decision<GrantGiven> {
  const refusals: Refusal[] = [];
  if (context.actorId === grant.personId) refusals.push(refuse("grant.to-oneself", { role: grant.role }, "C11"));
  if (entityRoles.includes(grant.role) && grant.scope.kind !== "entity")
    refusals.push(refuse("grant.entity-only", { role: grant.role }, "C11"));
  refusals.push(...listDayRefusals(grant, context.today));
  const same = context.existing.find(
    (held) =>
      held.personId === grant.personId &&
      held.delegatedBy === undefined &&
      held.role === grant.role &&
      held.scope.kind === grant.scope.kind &&
      held.scope.id === grant.scope.id &&
      daysMeet(held, grant),
  );
  if (same) refusals.push(refuse("grant.held-already", { role: grant.role }));
  const meeting = context.existing.filter((held) => meet(held, grant));
  for (const held of meeting) {
    if (apart(context.profile, held.role, grant.role, isGuest(held, grant)))
      refusals.push(dutiesMeet(context.profile, grant.role, held));
  }
  if (grant.role === "custodian" && grant.scope.kind === "seal") {
    const others = context.existing.filter((held) => daysMeet(held, grant));
    refusals.push(...listCustodyRefusals(grant, others, context.seals, context.profile));
  }
  const loosened = meeting.filter((held) => isLoosened(context.profile, held.role, grant.role, isGuest(held, grant)));
  refusals.push(...listLooseningRefusals(grant, loosened, context.risk ?? ""));
  if (refusals.length > 0) return { ok: false, refusals };
  return {
    ok: true,
    events: [{ type: "GrantGiven", grant, loosened: [...new Set(loosened.map((held) => held.role))] }],
  };
}

/** One wrong day is one fault: a last day before the first is told as that, also where both are over. */
function listDayRefusals({ from, to }: Grant, today: string): Refusal[] {
  if (to === null) return [];
  if (to < from) return [refuse("grant.days-reversed", { from, to })];
  return to < today ? [refuse("grant.already-past", { to })] : [];
}

/** A pair that only the profile allows is given with a stated risk and for a time; a second person then consents. */
function listLooseningRefusals(grant: Grant, loosened: readonly Grant[], risk: string): Refusal[] {
  const [held] = loosened;
  if (!held) return [];
  const facts = { role: grant.role, heldRole: held.role };
  return [
    ...(grant.to === null ? [refuse("grant.loosened-without-end", facts, "C11")] : []),
    ...(risk.trim() === "" ? [refuse("grant.loosened-without-risk", facts, "C11")] : []),
  ];
}

/** The roles a decided grant joins only because the profile lets it, told also where it is refused for what that needs. */
export function listLoosened(decision: Decision<GrantGiven>): Role[] {
  if (decision.ok) return [...(decision.events[0]?.loosened ?? [])];
  const joined = decision.refusals
    .filter((one) => one.code.startsWith("grant.loosened-"))
    .map((one) => one.facts.heldRole);
  return ROLES.filter((role) => joined.includes(role));
}

const isGuest = (a: Grant, b: Grant): boolean => a.guest === true || b.guest === true;

export interface SeparationConflict extends Refusal {
  readonly personId: string;
  readonly grantIds: readonly [string, string];
}

/** Every two grants of one person that meet. */
function listMeetings(grants: readonly Grant[]): [Grant, Grant][] {
  const meetings: [Grant, Grant][] = [];
  for (const own of Map.groupBy(grants, (grant) => grant.personId).values())
    for (const [at, a] of own.entries()) for (const b of own.slice(at + 1)) if (meet(a, b)) meetings.push([a, b]);
  return meetings;
}

/** Re-check after a change of profile or organisation: every pair of grants in force that may not meet. */
export function listSeparationConflicts(grants: readonly Grant[], profile: Profile): SeparationConflict[] {
  return listMeetings(grants)
    .filter(([a, b]) => apart(profile, a.role, b.role, isGuest(a, b)))
    .map(([a, b]) => ({ ...dutiesMeet(profile, a.role, b), personId: a.personId, grantIds: [a.grantId, b.grantId] }));
}

/** Two grants of one person that the strict matrix keeps apart and this profile does not. */
export function listLoosenedMeetings(grants: readonly Grant[], profile: Profile): [Grant, Grant][] {
  return listMeetings(grants).filter(([a, b]) => isLoosened(profile, a.role, b.role, isGuest(a, b)));
}

export interface MatrixPair {
  readonly roles: Pair;
  /** Kept apart, open to a guest from outside alone, or left open by the profile where the strict one would not. */
  readonly state: "apart" | "open-to-guests" | "loosened";
}

/** The matrix as people read it: every pair that the strict profile keeps apart, with what becomes of it in this one. */
export function listMatrix(profile: Profile): MatrixPair[] {
  return separationMatrix.strict.map((roles) => {
    const [a, b] = roles;
    if (!apart(profile, a, b, false)) return { roles, state: "loosened" };
    return { roles, state: apart(profile, a, b, true) ? "apart" : "open-to-guests" };
  });
}
