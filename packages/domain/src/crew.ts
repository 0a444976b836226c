import { custodiansNeeded, keepsSeal } from "./custody.ts";
import { type ClassBook, classIn } from "./document-class.ts";
import { type Duty, holdersFor, listApplicantRefusals, mayMeet } from "./duties.ts";
import { decideByRules } from "./evaluate-rules.ts";
import { listPermissions } from "./permissions.ts";
import { decideRoute, type UnitInTree } from "./route.ts";
import type { RuleSet } from "./rule-set.ts";
import { defaultKindRules, type SealKindRules } from "./seal-kind.ts";
import { listNamesNeeded } from "./seal-positions.ts";
import { apart, decideGrant, type Grant, type SealForSeparation } from "./separation-matrix.ts";
import { type Profile, ROLES, type Role } from "./vocabulary.ts";

export interface MissingCrew {
  readonly role: Role;
  /** Null where the role is missing for the entity as a whole. */
  readonly sealId: string | null;
  readonly entityId: string;
  readonly missing: number;
}

/** A person with an account, as far as it matters whether he could ask. */
export interface PossibleApplicant {
  readonly personId: string;
  /** Null for people of the organisation as a whole. */
  readonly entityId: string | null;
  readonly unitId: string | null;
  readonly guest: boolean;
}

/** A seal with what its kind rules today; left out, what the product says of its type. */
export interface SealOfCrew extends SealForSeparation {
  readonly kind?: Pick<SealKindRules, "classes" | "dualControl">;
}
const kindOf = ({ kind, type }: Pick<SealOfCrew, "kind" | "type">) => kind ?? defaultKindRules(type);

/**
 * Whether somebody could really submit a request for this seal today: it is tried by the rules that a submission is asked
 * by, for some class of document the seal may stand on. A guest from outside asks for nothing.
 */
export function couldSubmit(
  person: PossibleApplicant,
  seal: Omit<SealOfCrew, "live">,
  facts: {
    readonly profile: Profile;
    readonly grants: readonly Grant[];
    readonly units: readonly UnitInTree[];
    readonly today: string;
    /** The rules of use in force. */
    readonly rules: RuleSet;
    readonly classes: ClassBook;
  },
): boolean {
  const { profile, grants, units, today, rules } = facts;
  const { personId, unitId } = person;
  const roles = grants
    .filter((grant) => grant.personId === personId && grant.from <= today && (grant.to === null || grant.to >= today))
    .map((grant) => grant.role);
  const belongs = person.entityId === null || person.entityId === seal.entityId;
  if (person.guest || !belongs || !listPermissions(roles).has("request.apply")) return false;
  const asking = { profile, applicantId: personId, handlerId: null, grants, today };
  if (listApplicantRefusals({ ...asking, seals: [seal] }).length > 0) return false;
  return kindOf(seal).classes.some((documentClass) => {
    const { external, makesRights, retired } = classIn(facts.classes, documentClass);
    if (retired) return false;
    // The plainest request there is: if even that finds no people, the seal can not be asked for.
    const { scope, steps } = decideByRules(rules, {
      ...{ documentClass, makesRights, external, counterpartyKind: "unknown", amount: 0, currency: rules.currency },
      ...{ template: "none", impressions: 1, seals: [seal], attachments: [] },
    });
    if (scope.every(({ output }) => output.answer === "refuse")) return false;
    const route = { ...asking, entityId: seal.entityId, unitId, sealIds: [seal.sealId] };
    return decideRoute(route, steps, units, grants).ok;
  });
}

/**
 * Before there is a seal: the official one that would be made, kept by those who are named fit to be its custodians, so
 * that the same rules can be tried on it.
 */
function imagineFirstSeal(entityId: string, grants: readonly Grant[]): { seal: SealForSeparation; grants: Grant[] } {
  const seal = { sealId: "the first seal", entityId, type: "official", important: true, live: true } as const;
  const kept = grants.filter((grant) => grant.role === "custodian" && grant.entityId === entityId);
  return {
    seal,
    grants: [...grants, ...kept.map((grant) => ({ ...grant, scope: { kind: "seal" as const, id: seal.sealId } }))],
  };
}

const dutyOf: Partial<Record<Role, Duty>> = {
  applicant: "applicant",
  "unit-head": "approver",
  "legal-reviewer": "legal-reviewer",
  signatory: "signatory",
  custodian: "custodian",
  supervisor: "supervisor",
};

/**
 * The roles that who holds this one may hold besides: the matrix lets them meet, and one person may have both duties in
 * one request. `guest`: the person comes from outside.
 */
export function listJoinableRoles(profile: Profile, role: Role, guest: boolean): Role[] {
  return ROLES.filter((other) => {
    if (other === role || apart(profile, role, other, guest)) return false;
    if (guest && (role === "applicant" || other === "applicant")) return false;
    const [a, b] = [dutyOf[role], dutyOf[other]];
    return a === undefined || b === undefined || mayMeet(profile, a, b);
  });
}

/** Who is still missing before the first use: for each entity, and for each of its seals. */
export function listMissingCrew(
  profile: Profile,
  entityIds: readonly string[],
  grants: readonly Grant[],
  seals: readonly SealOfCrew[],
  today: string,
  people: readonly PossibleApplicant[],
  units: readonly UnitInTree[],
  rules: RuleSet,
  classes: ClassBook,
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
    const foundBefore = missing.length;
    for (const [role, count] of needed)
      if (held(role) < count) missing.push({ role, sealId: null, entityId, missing: count - held(role) });
    // Whether anybody could ask is tried only where everybody else is there: else each would be refused for them.
    const whole = missing.length === foundBefore;
    const canBeAsked = (seal: SealOfCrew, given: readonly Grant[]): boolean =>
      people.some((person) => couldSubmit(person, seal, { profile, grants: given, units, today, rules, classes }));
    if (whole && own.length === 0) {
      const first = imagineFirstSeal(entityId, inForce);
      if (!canBeAsked(first.seal, first.grants))
        missing.push({ role: "applicant", sealId: null, entityId, missing: 1 });
    }
    for (const seal of own) {
      const { dualControl } = kindOf(seal);
      const needed = listNamesNeeded(profile, { important: seal.important, dualControl, electronic: true });
      const ofSeal: [Role, number][] = [
        ["signatory", 1],
        ["custodian", needed.custodian + needed.deputy],
        ["supervisor", needed.supervisor],
        ["certificate-keeper", 1],
      ];
      const lacking = ofSeal.flatMap(([role, count]) => {
        const there = holdersFor(grants, role, seal, today).length;
        return there < count ? [{ role, sealId: seal.sealId, entityId, missing: count - there }] : [];
      });
      missing.push(...lacking);
      if (whole && lacking.length === 0 && !canBeAsked(seal, grants))
        missing.push({ role: "applicant", sealId: seal.sealId, entityId, missing: 1 });
    }
  }
  return missing;
}

/**
 * The seals whose keeper nobody could follow or stand in for, tried by the rules that a handover is asked by (C11, C22):
 * they can be used, and neither handed over nor bridged when he is away. A second custodian stands in for the first; a
 * guest from outside is counted on for none. Before there is a seal, the first one is imagined.
 */
export function listSealsWithoutStandIn(
  profile: Profile,
  entityId: string,
  grants: readonly Grant[],
  seals: readonly SealForSeparation[],
  today: string,
  people: readonly PossibleApplicant[],
): { readonly sealId: string | null }[] {
  const inForce = grants.filter((grant) => grant.from <= today && (grant.to === null || grant.to >= today));
  const own = seals.filter((seal) => seal.live && seal.entityId === entityId);
  const first = imagineFirstSeal(entityId, inForce);
  const tried = own.length > 0 ? own : [first.seal];
  const given = own.length > 0 ? inForce : first.grants;
  const all = own.length > 0 ? seals : [...seals, first.seal];
  const staff = people.filter((person) => !person.guest && (person.entityId === null || person.entityId === entityId));
  return tried.flatMap((seal) => {
    const keepers = [...new Set(given.filter((grant) => keepsSeal(grant, seal.sealId)).map((grant) => grant.personId))];
    const [keeper, ...others] = keepers;
    if (keeper === undefined || others.length > 0) return [];
    const left = given.filter((grant) => !(grant.personId === keeper && keepsSeal(grant, seal.sealId)));
    const couldKeep = staff.some(({ personId }) => {
      if (personId === keeper) return false;
      const grant: Grant = {
        ...{ grantId: "tried", personId, role: "custodian", entityId, from: today, to: today },
        scope: { kind: "seal", id: seal.sealId },
      };
      return decideGrant(grant, {
        ...{ profile, actorId: "", existing: left, seals: all, today, risk: "tried" },
      }).ok;
    });
    return couldKeep ? [] : [{ sealId: own.length > 0 ? seal.sealId : null }];
  });
}
