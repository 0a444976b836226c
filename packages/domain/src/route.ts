import { preferPresent } from "./absence.ts";
import { type DocumentClassId, documentClasses } from "./document-class.ts";
import {
  dutyOfRole,
  dutyOfStep,
  holdersFor,
  listTakenDuties,
  mayMeet,
  type TakenDuty,
  withoutBiasedDelegations,
} from "./duties.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Grant } from "./separation-matrix.ts";
import type { Profile } from "./vocabulary.ts";

export type StepKind = "unit-head" | "legal-review" | "signatory";
/** Why a step is there or who was chosen; the sentences stand in messages.ts under `route.`. */
export type StepReason = "route.unit-head" | "route.next-superior" | "route.legal-review" | "route.signatory";

export interface RouteStep {
  readonly kind: StepKind;
  /** Any one of them decides. */
  readonly candidates: readonly string[];
  readonly reason: StepReason;
}

export interface UnitInTree {
  readonly unitId: string;
  readonly parentUnitId: string | null;
}

export interface RouteFacts {
  readonly profile: Profile;
  readonly documentClass: DocumentClassId;
  readonly entityId: string;
  readonly unitId: string | null;
  readonly sealIds: readonly string[];
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly today: string;
  /** Who is on leave today: not asked while another may decide. */
  readonly absent?: readonly string[];
}

export type RouteDecision =
  | { readonly ok: true; readonly steps: readonly RouteStep[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Unit head → legal review (for a class that makes rights or duties) → authorised signatory. An applicant who would
 * decide his own step is passed over for the next superior, and so is a head on leave without a delegate; custodians and supervisors of the request's seals decide
 * nothing on it. In the small profile no unit head is asked for where there is none.
 */
export function decideRoute(facts: RouteFacts, units: readonly UnitInTree[], grants: readonly Grant[]): RouteDecision {
  const steps: RouteStep[] = [];
  const refusals: Refusal[] = [];
  const absent = facts.absent ?? [];
  const there = (people: readonly string[]): readonly string[] => preferPresent(people, absent);
  const head = findHead(facts, units, grants, absent) ?? findHead(facts, units, grants, []);
  if (head) steps.push(head);
  else if (facts.profile !== "small") refusals.push(refuse("route.unit-head-missing", {}, "C01"));

  if (documentClasses[facts.documentClass].makesRights) {
    const reviewers = listEntitled("legal-review", facts, units, grants);
    if (reviewers.length > 0)
      steps.push({ kind: "legal-review", candidates: there(reviewers), reason: "route.legal-review" });
    else refusals.push(refuse("route.legal-reviewer-missing", { documentClass: facts.documentClass }, "C03"));
  }

  const signatories = listEntitled("signatory", facts, units, grants);
  if (signatories.length > 0)
    steps.push({ kind: "signatory", candidates: there(signatories), reason: "route.signatory" });
  else refusals.push(refuse("route.signatory-missing", {}, "C01"));

  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, steps };
}

const grantsInForce = ({ entityId, today }: RouteFacts, grants: readonly Grant[]): Grant[] =>
  grants.filter(
    (grant) => grant.entityId === entityId && grant.from <= today && (grant.to === null || grant.to >= today),
  );

const holdersOf = (grants: readonly Grant[]): string[] => [...new Set(grants.map((grant) => grant.personId))];

/** Units from the applicant's own upwards; a tree that bites its tail is walked once. */
function listUnitsUpwards(unitId: string | null, units: readonly UnitInTree[]): string[] {
  const upwards: string[] = [];
  for (let at = unitId; at !== null && !upwards.includes(at); ) {
    const here: string = at;
    upwards.push(here);
    at = units.find((unit) => unit.unitId === here)?.parentUnitId ?? null;
  }
  return upwards;
}

/**
 * Everybody whose grants in force today entitle him to decide a step of this kind, and whom no other duty in the request
 * stops. It makes the route, and is asked again when a step is decided: a grant may have ended since.
 */
export function listEntitled(
  kind: StepKind,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): string[] {
  const held = grantsInForce(facts, grants);
  const seals = facts.sealIds.map((sealId) => ({ sealId, entityId: facts.entityId }));
  const keeping = (role: "custodian" | "supervisor"): TakenDuty[] =>
    seals.flatMap((seal) => holdersFor(held, role, seal, facts.today).map((personId) => ({ personId, duty: role })));
  const taken: TakenDuty[] = [
    ...listTakenDuties({ ...facts, steps: [] }),
    ...keeping("custodian"),
    ...keeping("supervisor"),
  ];
  const inForce = withoutBiasedDelegations(facts.profile, held, taken);
  const eligible = (people: readonly string[]): string[] =>
    people.filter((person) =>
      taken.every((one) => one.personId !== person || mayMeet(facts.profile, one.duty, dutyOfStep[kind])),
    );
  switch (kind) {
    case "unit-head": {
      const upwards = new Set(listUnitsUpwards(facts.unitId, units));
      return eligible(
        holdersOf(
          inForce.filter(
            ({ role, scope }) =>
              role === "unit-head" && (scope.kind === "entity" || (scope.kind === "unit" && upwards.has(scope.id))),
          ),
        ),
      );
    }
    case "legal-review":
      return eligible(
        holdersOf(inForce.filter(({ role, scope }) => role === "legal-reviewer" && scope.kind !== "seal")),
      );
    case "signatory": {
      // A signatory's grant for one seal counts for that seal alone: he must have the authority over every seal asked for.
      const [first = [], ...others] = seals.map((seal) => holdersFor(inForce, "signatory", seal, facts.today));
      return eligible(first.filter((person) => others.every((set) => set.includes(person))));
    }
  }
}

/**
 * In whose place a person decides a step of this kind: null where a role of his own entitles him, or nothing does. It is
 * told with the decision, and is that other person's decision too.
 */
export function findPrincipal(
  kind: StepKind,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
  personId: string,
): Grant | null {
  const entitled = (some: readonly Grant[]): boolean => listEntitled(kind, facts, units, some).includes(personId);
  const own = grants.filter((grant) => grant.delegatedBy === undefined);
  if (entitled(own)) return null;
  const standsIn = grantsInForce(facts, grants).filter(
    (grant) =>
      grant.personId === personId && grant.delegatedBy !== undefined && dutyOfRole[grant.role] === dutyOfStep[kind],
  );
  return standsIn.find((grant) => entitled([...own, grant])) ?? (entitled(grants) ? (standsIn[0] ?? null) : null);
}

function findHead(
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
  absent: readonly string[],
): RouteStep | undefined {
  const heads = withoutBiasedDelegations(
    facts.profile,
    grantsInForce(facts, grants),
    listTakenDuties({ ...facts, steps: [] }),
  ).filter((grant) => grant.role === "unit-head");
  const entitled = listEntitled("unit-head", facts, units, grants);
  let reason: StepReason = "route.unit-head";
  const nearest = (unitId: string | null): RouteStep | undefined => {
    const here = heads.filter(({ scope }) =>
      unitId === null ? scope.kind === "entity" : scope.kind === "unit" && scope.id === unitId,
    );
    const candidates = holdersOf(here).filter((person) => entitled.includes(person) && !absent.includes(person));
    return candidates.length > 0 ? { kind: "unit-head", candidates, reason } : undefined;
  };
  for (const unitId of [...listUnitsUpwards(facts.unitId, units), null]) {
    const step = nearest(unitId);
    if (step) return step;
    reason = "route.next-superior";
  }
  return undefined;
}
