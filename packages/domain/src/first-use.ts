import { mayConfirmAccounts } from "./account.ts";
import {
  listJoinableRoles,
  listMissingCrew,
  type MissingCrew,
  type PossibleApplicant,
  type SealOfCrew,
} from "./crew.ts";
import type { ClassBook } from "./document-class.ts";
import { listPermissions } from "./permissions.ts";
import type { UnitInTree } from "./route.ts";
import type { RuleSet } from "./rule-set.ts";
import type { SealState } from "./seal-life.ts";
import type { Grant } from "./separation-matrix.ts";
import type { Profile, Role } from "./vocabulary.ts";

export const SMALLEST_CREW = ["administrator", "director", "keeper", "guest"] as const;

/** How the smallest organisation shares its duties: three people and one guest from outside, in the order they come. */
export const smallestCrew = [
  { who: "administrator", guest: false, roles: ["system-administrator", "applicant"] },
  { who: "director", guest: false, roles: ["signatory", "seal-administrator"] },
  { who: "keeper", guest: false, roles: ["custodian"] },
  { who: "guest", guest: true, roles: ["legal-reviewer", "supervisor", "inspector", "certificate-keeper"] },
] as const satisfies readonly { who: (typeof SMALLEST_CREW)[number]; guest: boolean; roles: readonly Role[] }[];

export const FIRST_USE_STEPS = [
  "confirm-account",
  "take-up-account",
  "confirm-position",
  "name",
  "decide-seal",
  "put-in-use",
  "ask-for-seal",
] as const;

export interface WaitingAccount {
  readonly accountChangeId: string;
  readonly personId: string;
  readonly askedBy: string;
  /** Roles that are asked for with it; none where credentials are reset. */
  readonly roles: readonly Role[];
  /** Whether it is a role that joins others only by leave of the profile: an inspector may consent to it. */
  readonly loosened: boolean;
}

export interface FirstUseFacts {
  /** The rules of use in force. */
  readonly rules: RuleSet;
  readonly classes: ClassBook;
  readonly profile: Profile;
  readonly entities: readonly { entityId: string; today: string; units: readonly UnitInTree[] }[];
  /** Grants asked for, given or confirmed, each with how far it has come. */
  readonly grants: readonly (Grant & { readonly stage: "asked" | "given" | "confirmed" })[];
  /** `goesInUse`: in use by itself once its people have confirmed their positions. */
  readonly seals: readonly (SealOfCrew & { readonly state: SealState; readonly goesInUse: boolean })[];
  readonly people: readonly (PossibleApplicant & { readonly state: "active" | "invited" | "awaiting-confirmation" })[];
  readonly accounts: readonly WaitingAccount[];
  /** Matters by which a seal comes to be, that wait for a decision. */
  readonly matters: readonly { matterId: string; by: readonly string[] }[];
}

/** One thing that is still to be done before the first use, by whom, in the order it is best done. */
export type FirstUseStep =
  | {
      readonly kind: "confirm-account";
      readonly account: WaitingAccount;
      /** Who may confirm it now; and who may as soon as he has taken up his account and his position. */
      readonly by: readonly string[];
      readonly later: readonly string[];
    }
  | { readonly kind: "take-up-account"; readonly personId: string }
  | {
      readonly kind: "confirm-position";
      readonly personId: string;
      /** Each role once, and once more for each seal it was given for. */
      readonly positions: readonly { readonly role: Role; readonly sealId: string | null }[];
    }
  | ({ readonly kind: "name" } & MissingCrew)
  | { readonly kind: "decide-seal"; readonly matterId: string; readonly by: readonly string[] }
  | { readonly kind: "put-in-use"; readonly sealId: string }
  | { readonly kind: "ask-for-seal" };

const inForce = (today: string) => (grant: Grant) => grant.from <= today && (grant.to === null || grant.to >= today);

/** Whether a seal stands ready today, with everybody it needs in force: then a first use can be carried out. */
export function couldUseASeal(facts: FirstUseFacts): boolean {
  const confirmed = facts.grants.filter((grant) => grant.stage === "confirmed");
  const people = facts.people.filter((person) => person.state === "active");
  return facts.entities.some(({ entityId, today, units }) =>
    facts.seals.some(
      (seal) =>
        seal.entityId === entityId &&
        seal.state === "in-use" &&
        listMissingCrew(facts.profile, [entityId], confirmed, [seal], today, people, units, facts.rules, facts.classes)
          .length === 0,
    ),
  );
}

/** What is still missing before the first use: nothing once a seal could be used. */
export function listFirstUseSteps(facts: FirstUseFacts): FirstUseStep[] {
  if (couldUseASeal(facts)) return [];
  const { people, roles } = findNeeded(facts);
  const needed = (account: WaitingAccount): boolean =>
    account.roles.length === 0 || people.has(account.personId) || account.roles.some((role) => roles.has(role));
  return [
    ...facts.accounts.filter(needed).map((account) => whoConfirms(account, facts)),
    ...facts.people
      .filter((person) => person.state === "invited" && people.has(person.personId))
      .map(({ personId }): FirstUseStep => ({ kind: "take-up-account", personId })),
    ...listPositionSteps(facts, people),
    ...listNameSteps(facts),
    ...listSealSteps(facts),
  ];
}

/**
 * The people whose accounts or positions a first use waits for, and the roles that nobody has in force yet. Somebody who
 * would hold what enough others hold already is not waited for.
 */
function findNeeded(facts: FirstUseFacts): { people: ReadonlySet<string>; roles: ReadonlySet<Role> } {
  const { profile, seals, rules, classes } = facts;
  const active = new Set(facts.people.filter(({ state }) => state === "active").map(({ personId }) => personId));
  const people = new Set<string>();
  const counts = ({ stage, personId }: FirstUseFacts["grants"][number]): boolean =>
    people.has(personId) || (stage === "confirmed" && active.has(personId));
  const listMissing = (): MissingCrew[] =>
    facts.entities
      .flatMap(({ entityId, today, units }) =>
        listMissingCrew(profile, [entityId], facts.grants.filter(counts), seals, today, [], units, rules, classes),
      )
      .filter(({ role }) => role !== "applicant");
  const first = listMissing();
  const tried = new Set<string>();
  for (let missing = first; missing.length > 0; ) {
    const next = facts.grants.find(
      (grant) =>
        !counts(grant) &&
        !tried.has(grant.grantId) &&
        facts.people.some(({ personId }) => personId === grant.personId) &&
        missing.some((one) => one.role === grant.role && reaches(grant, one)),
    );
    if (!next) break;
    tried.add(next.grantId);
    people.add(next.personId);
    missing = listMissing();
  }
  const mayAsk = (who: FirstUseFacts["people"]) =>
    who.find((person) => facts.entities.some(({ entityId }) => couldComeToAsk(person, entityId, facts)));
  const ready = facts.people.filter(({ personId }) => active.has(personId) || people.has(personId));
  const asks = mayAsk(ready) ?? mayAsk(facts.people);
  if (asks) people.add(asks.personId);
  return { people, roles: new Set(first.map(({ role }) => role)) };
}

/** Whether a grant would fill what is missing: for the entity, or for the seal. */
const reaches = (grant: Grant, missing: MissingCrew): boolean =>
  grant.entityId === missing.entityId &&
  (grant.scope.kind === "entity" || (grant.scope.kind === "seal" && grant.scope.id === missing.sealId));

function whoConfirms(account: WaitingAccount, facts: FirstUseFacts): FirstUseStep {
  const among = (stages: readonly string[]): string[] => {
    const able = facts.people.filter(({ personId, state }) => {
      if (personId === account.askedBy || personId === account.personId) return false;
      if (stages.length === 1 && state !== "active") return false;
      const roles = facts.grants
        .filter((grant) => grant.personId === personId && grant.scope.kind === "entity" && !grant.delegatedBy)
        .filter((grant) => stages.includes(grant.stage) && isInForce(grant, facts))
        .map((grant) => grant.role);
      return mayConfirmAccounts(roles, account.loosened);
    });
    return able.map(({ personId }) => personId);
  };
  const by = among(["confirmed"]);
  return {
    ...{ kind: "confirm-account", account, by },
    later: by.length > 0 ? [] : among(["asked", "given", "confirmed"]),
  };
}

function isInForce(grant: Grant, facts: FirstUseFacts): boolean {
  const entity = facts.entities.find(({ entityId }) => entityId === grant.entityId);
  return entity !== undefined && inForce(entity.today)(grant);
}

/** Whoever was given positions and has an account already confirms them; who has none yet takes up his account first. */
function listPositionSteps(facts: FirstUseFacts, needed: ReadonlySet<string>): FirstUseStep[] {
  const waiting = facts.grants.filter((grant) => grant.stage === "given" && !grant.delegatedBy);
  return facts.people
    .filter((person) => person.state === "active" && needed.has(person.personId))
    .flatMap(({ personId }): FirstUseStep[] => {
      const own = waiting.filter((one) => one.personId === personId);
      const positions = [...Map.groupBy(own, ({ role, scope }) => `${role} ${scope.kind === "seal" ? scope.id : ""}`)];
      return own.length === 0
        ? []
        : [
            {
              ...{ kind: "confirm-position", personId },
              positions: positions.flatMap(([, [one]]) =>
                one ? [{ role: one.role, sealId: one.scope.kind === "seal" ? one.scope.id : null }] : [],
              ),
            },
          ];
    });
}

function listNameSteps(facts: FirstUseFacts): FirstUseStep[] {
  const { profile, grants, seals, people } = facts;
  return facts.entities.flatMap(({ entityId, today, units }): FirstUseStep[] => {
    const missing = listMissingCrew(
      profile,
      [entityId],
      grants,
      seals,
      today,
      people,
      units,
      facts.rules,
      facts.classes,
    );
    const steps = missing.map((one): FirstUseStep => ({ kind: "name", ...one }));
    const tried = missing.length === 0 || missing.some(({ role }) => role === "applicant");
    const mayCome = people.some((person) => couldComeToAsk(person, entityId, facts));
    return tried || mayCome
      ? steps
      : [...steps, { kind: "name", role: "applicant", sealId: null, entityId, missing: 1 }];
  });
}

/** While others are missing nobody can be tried: whether what somebody holds leaves him free to ask at all. */
function couldComeToAsk(person: PossibleApplicant, entityId: string, facts: FirstUseFacts): boolean {
  if (person.guest || (person.entityId !== null && person.entityId !== entityId)) return false;
  const roles = facts.grants.filter((grant) => grant.personId === person.personId).map((grant) => grant.role);
  const joinable = listJoinableRoles(facts.profile, "applicant", false);
  return (
    listPermissions(roles).has("request.apply") &&
    roles.every((role) => role === "applicant" || joinable.includes(role))
  );
}

function listSealSteps(facts: FirstUseFacts): FirstUseStep[] {
  const live = facts.seals.filter((seal) => seal.live);
  if (live.some((seal) => seal.state === "in-use" || seal.goesInUse)) return [];
  const waiting = facts.matters.map((matter): FirstUseStep => ({ kind: "decide-seal", ...matter }));
  const ready = live.map(({ sealId }): FirstUseStep => ({ kind: "put-in-use", sealId }));
  return waiting.length + ready.length > 0 ? [...waiting, ...ready] : [{ kind: "ask-for-seal" }];
}
