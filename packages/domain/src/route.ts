import { type DocumentClassId, documentClasses } from "./document-class.ts";
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
}

export type RouteDecision =
  | { readonly ok: true; readonly steps: readonly RouteStep[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * Unit head → legal review (for a class that makes rights or duties) → authorised signatory. An applicant who would
 * decide his own step is passed over for the next superior; custodians and supervisors of the request's seals decide
 * nothing on it. In the small profile the signatory decides alone where no other superior exists.
 */
export function decideRoute(facts: RouteFacts, units: readonly UnitInTree[], grants: readonly Grant[]): RouteDecision {
  const inForce = grants.filter(
    (grant) =>
      grant.entityId === facts.entityId && grant.from <= facts.today && (grant.to === null || grant.to >= facts.today),
  );
  const own = new Set([facts.applicantId, facts.handlerId]);
  const keepers = new Set(
    inForce
      .filter(
        (grant) =>
          (grant.role === "custodian" || grant.role === "supervisor") &&
          (grant.scope.kind !== "seal" || facts.sealIds.includes(grant.scope.id)),
      )
      .map((grant) => grant.personId),
  );
  const eligible = (people: readonly string[]): string[] =>
    [...new Set(people)].filter((person) => !own.has(person) && (facts.profile === "small" || !keepers.has(person)));

  const steps: RouteStep[] = [];
  const refusals: Refusal[] = [];
  const head = findHead(facts, units, inForce, eligible);
  if (head) steps.push(head);
  else if (facts.profile !== "small") refusals.push(refuse("route.unit-head-missing", {}, "C01"));

  if (documentClasses[facts.documentClass].makesRights) {
    const reviewers = eligible(
      inForce
        .filter((grant) => grant.role === "legal-reviewer" && grant.scope.kind !== "seal")
        .map((grant) => grant.personId),
    );
    if (reviewers.length > 0) steps.push({ kind: "legal-review", candidates: reviewers, reason: "route.legal-review" });
    else refusals.push(refuse("route.legal-reviewer-missing", { documentClass: facts.documentClass }, "C03"));
  }

  // A signatory's grant for one seal counts for that seal alone: he must have the authority over every seal asked for.
  const ofEvery = facts.sealIds.map(
    (sealId) =>
      new Set(
        inForce
          .filter((grant) => grant.role === "signatory" && (grant.scope.kind === "entity" || grant.scope.id === sealId))
          .map((grant) => grant.personId),
      ),
  );
  const [first = new Set<string>(), ...others] = ofEvery;
  const signatories = eligible([...first].filter((person) => others.every((set) => set.has(person))));
  if (signatories.length > 0) steps.push({ kind: "signatory", candidates: signatories, reason: "route.signatory" });
  else refusals.push(refuse("route.signatory-missing", {}, "C01"));

  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, steps };
}

function findHead(
  facts: RouteFacts,
  units: readonly UnitInTree[],
  inForce: readonly Grant[],
  eligible: (people: readonly string[]) => string[],
): RouteStep | undefined {
  const seen = new Set<string>();
  let reason: StepReason = "route.unit-head";
  for (let at = facts.unitId; at !== null && !seen.has(at); ) {
    seen.add(at);
    const unitId = at;
    const heads = eligible(
      inForce
        .filter((grant) => grant.role === "unit-head" && grant.scope.kind === "unit" && grant.scope.id === unitId)
        .map((grant) => grant.personId),
    );
    if (heads.length > 0) return { kind: "unit-head", candidates: heads, reason };
    reason = "route.next-superior";
    at = units.find((unit) => unit.unitId === unitId)?.parentUnitId ?? null;
  }
  const ofEntity = eligible(
    inForce
      .filter((grant) => grant.role === "unit-head" && grant.scope.kind === "entity")
      .map((grant) => grant.personId),
  );
  return ofEntity.length > 0
    ? {
        kind: "unit-head",
        candidates: ofEntity,
        reason: facts.unitId === null ? "route.unit-head" : "route.next-superior",
      }
    : undefined;
}
