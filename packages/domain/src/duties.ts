import { keepsSeal } from "./custody.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { apart, type Grant } from "./separation-matrix.ts";
import { type Profile, ROLES, type Role } from "./vocabulary.ts";

/** What a person does in one request. Releasing is the custodian's, confirming the supervisor's. */
export const DUTIES = [
  "applicant",
  "handler",
  "approver",
  "legal-reviewer",
  "signatory",
  "custodian",
  "supervisor",
] as const;
export type Duty = (typeof DUTIES)[number];

export interface TakenDuty {
  readonly personId: string;
  readonly duty: Duty;
}

/** The duty that deciding a step of this kind is. */
export const dutyOfStep = {
  "unit-head": "approver",
  "legal-review": "legal-reviewer",
  named: "approver",
  signatory: "signatory",
} as const satisfies Record<string, Duty>;

/** The duty that a role does in a request, for the roles that have one there. */
export const dutyOfRole: Readonly<Partial<Record<Role, Duty>>> = {
  "unit-head": "approver",
  "legal-reviewer": "legal-reviewer",
  signatory: "signatory",
  custodian: "custodian",
  supervisor: "supervisor",
};

/**
 * The duties people have in a request already: asking, carrying the papers, having decided its steps. What was decided
 * in somebody's place is his decision too.
 */
export function listTakenDuties(request: {
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly steps: readonly {
    readonly kind: keyof typeof dutyOfStep;
    readonly decidedBy: string | null;
    readonly decidedFor?: string | null;
  }[];
}): TakenDuty[] {
  return [
    { personId: request.applicantId, duty: "applicant" },
    ...(request.handlerId === null ? [] : [{ personId: request.handlerId, duty: "handler" as const }]),
    ...request.steps.flatMap(({ kind, decidedBy, decidedFor }) =>
      [decidedBy, decidedFor].flatMap((personId) => (personId ? [{ personId, duty: dutyOfStep[kind] }] : [])),
    ),
  ];
}

/** Duties of one request that one person may have: who asks may carry the papers, and who approves may review. */
const together: readonly (readonly [Duty, Duty])[] = [
  ["applicant", "handler"],
  ["approver", "legal-reviewer"],
];
/** In a small organisation the guest reviews and supervises the same request; else there would be nobody left. */
const togetherInSmall: readonly (readonly [Duty, Duty])[] = [["legal-reviewer", "supervisor"]];

/**
 * Whether one person may have both duties in one request: who asks never decides, keeps or supervises that request; who
 * decides never keeps or supervises it; who releases never supervises it.
 */
export function mayMeet(profile: Profile, a: Duty, b: Duty): boolean {
  const pairs = profile === "small" ? [...together, ...togetherInSmall] : together;
  return a === b || pairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
}

/** Duties of one request that meet in one person and may not. */
export function findMeetingDuties(
  profile: Profile,
  duties: readonly TakenDuty[],
): { personId: string; duties: [Duty, Duty] }[] {
  const found: { personId: string; duties: [Duty, Duty] }[] = [];
  for (const [at, a] of duties.entries()) {
    for (const b of duties.slice(at + 1)) {
      if (a.personId === b.personId && !mayMeet(profile, a.duty, b.duty))
        found.push({ personId: a.personId, duties: [a.duty, b.duty] });
    }
  }
  return found;
}

/**
 * The grants that count in one request, where conflicts of interest travel: whoever stands in for somebody that has
 * another duty in the request does nothing there that this somebody might not do himself.
 */
export function withoutBiasedDelegations(
  profile: Profile,
  grants: readonly Grant[],
  taken: readonly TakenDuty[],
): Grant[] {
  return grants.filter((grant) => {
    const duty: Duty | undefined = dutyOfRole[grant.role];
    if (grant.delegatedBy === undefined || duty === undefined) return true;
    return taken.every((one) => one.personId !== grant.delegatedBy || mayMeet(profile, one.duty, duty));
  });
}

const inForce = (grant: Grant, today: string): boolean =>
  grant.from <= today && (grant.to === null || grant.to >= today);

export interface SealPlace {
  readonly sealId: string;
  readonly entityId: string;
}

/** People who hold a role for a seal on this day: by a grant for the seal or for its entity; custody by the seal alone. */
export function holdersFor(grants: readonly Grant[], role: Role, seal: SealPlace, today: string): string[] {
  const held = grants.filter(
    (grant) =>
      grant.role === role &&
      grant.entityId === seal.entityId &&
      inForce(grant, today) &&
      (role === "custodian"
        ? keepsSeal(grant, seal.sealId)
        : grant.scope.kind === "entity" || (grant.scope.kind === "seal" && grant.scope.id === seal.sealId)),
  );
  return [...new Set(held.map((grant) => grant.personId))];
}

export interface SealingHolders {
  /** Custodians of record of every seal: only they release. */
  readonly custodians: readonly string[];
  /** Supervisors of every seal, and its custodians, for the second one may watch the first. */
  readonly supervisors: readonly string[];
}

/** Who holds the duties of sealing for all these seals on this day. */
export function findSealingHolders(
  grants: readonly Grant[],
  seals: readonly SealPlace[],
  today: string,
): SealingHolders {
  const ofEvery = (role: Role): string[] => {
    const [first = [], ...others] = seals.map((seal) => holdersFor(grants, role, seal, today));
    return first.filter((person) => others.every((set) => set.includes(person)));
  };
  const custodians = ofEvery("custodian");
  return { custodians, supervisors: [...new Set([...ofEvery("supervisor"), ...custodians])] };
}

/** Those of the holders whom no other duty in the request stops. */
export function findFreeHolders(
  profile: Profile,
  holders: SealingHolders,
  taken: readonly TakenDuty[],
): SealingHolders {
  const free = (people: readonly string[], duty: Duty): string[] =>
    people.filter((person) => taken.every((one) => one.personId !== person || mayMeet(profile, one.duty, duty)));
  return { custodians: free(holders.custodians, "custodian"), supervisors: free(holders.supervisors, "supervisor") };
}

/**
 * Who may confirm: whoever is free to supervise, except who released. Before a release that is everybody for whom a
 * custodian is left to release, because any of two custodians may watch the other.
 */
export function listConfirmers(free: SealingHolders, releasedBy: string | null): string[] {
  return free.supervisors.filter((person) =>
    releasedBy === null ? free.custodians.some((custodian) => custodian !== person) : person !== releasedBy,
  );
}

/** Acts that stand now: an act that is too old, or was of an earlier state, no longer does. */
export interface StandingActs {
  readonly releasedBy: string | null;
  readonly confirmedBy: string | null;
  readonly supervisionNeeded: boolean;
}

/**
 * Whose turn it is in an authorised request: a custodian releases, and only then somebody confirms what was released
 * (C04). Null where nobody is waited for.
 */
export function findSealingTurn(
  free: SealingHolders,
  acts: StandingActs,
): { readonly act: "release" | "confirmation"; readonly people: readonly string[] } | null {
  if (acts.releasedBy === null) return { act: "release", people: free.custodians };
  if (!acts.supervisionNeeded || acts.confirmedBy !== null) return null;
  return { act: "confirmation", people: listConfirmers(free, acts.releasedBy) };
}

/** Roles nobody has who asks for a seal or carries its papers: those that the matrix keeps apart from the applicant's. */
const rolesThatNeverAsk = (profile: Profile): readonly Role[] =>
  ROLES.filter((role) => apart(profile, "applicant", role, false));

/**
 * Why these people may not ask for these seals: a role of theirs excludes it, or nobody would be left to release and to
 * supervise. Asked before the request goes round, so that no approval is given for nothing.
 */
export function listApplicantRefusals(facts: {
  readonly profile: Profile;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly seals: readonly (SealPlace & { readonly important: boolean })[];
  readonly grants: readonly Grant[];
  readonly today: string;
}): Refusal[] {
  const { profile, applicantId, handlerId, seals, today } = facts;
  const asking = listTakenDuties({ applicantId, handlerId: handlerId === applicantId ? null : handlerId, steps: [] });
  const grants = withoutBiasedDelegations(profile, facts.grants, asking);
  const refusals = rolesThatNeverAsk(profile).flatMap((role) => {
    const holders = new Set(seals.flatMap((seal) => holdersFor(grants, role, seal, today)));
    return asking
      .filter(({ personId }) => holders.has(personId))
      .map(({ duty }) => refuse("entry.role-never-asks", { duty, role }, "C11"));
  });
  const free = findFreeHolders(profile, findSealingHolders(grants, seals, today), asking);
  if (seals.length === 0) return refusals;
  if (free.custodians.length === 0) refusals.push(refuse("entry.custodian-missing", {}, "C08"));
  else if (seals.some((seal) => seal.important) && listConfirmers(free, null).length === 0)
    refusals.push(refuse("entry.supervisor-missing", {}, "C04"));
  return refusals;
}
