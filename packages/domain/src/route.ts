import { preferPresent } from "./absence.ts";
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
import { lastStage, type RouteOutput, type StepKind } from "./rule-set.ts";
import type { Grant } from "./separation-matrix.ts";
import type { LocalName, Profile } from "./vocabulary.ts";

/** Steps decided by whoever holds a role; the people of the others stand in the rules. */
export type RoleStepKind = Exclude<StepKind, "named">;

/** Why a step is there or who was chosen; the sentences stand in messages.ts under `route.`. */
export type StepReason =
  | "route.unit-head"
  | "route.next-superior"
  | "route.legal-review"
  | "route.named"
  | "route.emergency"
  | "route.objected"
  | "route.added"
  | "route.added-before"
  | "route.signatory";

/**
 * One agreement that is needed. A step that asks for several people is several of these in one group: a person gives one
 * of them, whoever is asked first.
 */
export interface RouteStep {
  readonly kind: StepKind;
  /** What a step of named people is called; null for the others. */
  readonly title: LocalName | null;
  /** Any one of them decides. */
  readonly candidates: readonly string[];
  readonly reason: StepReason;
  /** Steps of one stage wait at the same time; from 0 on, without gaps. */
  readonly stage: number;
  /** Equal for the agreements that are counted together. */
  readonly group: string;
  /** Hours after which it is overdue; null for no limit. */
  readonly hours: number | null;
  /** Of a reviewer whom somebody put beside his own step in the round that was returned. */
  readonly added?: { readonly by: string; readonly reason: string };
  /** Of a step of named people those who are in it as the applicant's superiors: they decide as heads, and not by name. */
  readonly superiors?: readonly string[];
}

export interface UnitInTree {
  readonly unitId: string;
  readonly parentUnitId: string | null;
}

export interface RouteFacts {
  readonly profile: Profile;
  readonly entityId: string;
  readonly unitId: string | null;
  readonly sealIds: readonly string[];
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly today: string;
  /** Who is on leave today: not asked while another may decide. */
  readonly absent?: readonly string[];
  /** People whom a rule names and who have left: they decide nothing. */
  readonly gone?: readonly string[];
  /** An emergency use: its one step says so. */
  readonly emergency?: boolean;
}

export type RouteDecision =
  | { readonly ok: true; readonly steps: readonly RouteStep[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** A step that the rules ask for, under the row that asked. */
export interface DemandedStep {
  readonly rowId: string;
  readonly output: RouteOutput;
}

/** The authority over the seal itself, which no table can leave out (C01). */
const finalAuthority: DemandedStep = {
  rowId: "always",
  output: {
    ...{ stage: lastStage, decider: "signatory", title: { en: "", zh: "" }, people: [], mode: "any", quorum: 2 },
    ...{ hours: null, ifNobody: "refuse" },
  },
};

/**
 * The steps that the rules ask for, with the people who can decide them, by stages; last always the authorised signatory.
 * What several rows ask of the same people is one step, as strict as the strictest. An applicant who would decide his own
 * step is passed over for the next superior, and so is a head on leave without a delegate; custodians and supervisors of
 * the request's seals decide nothing on it.
 */
export function decideRoute(
  facts: RouteFacts,
  demands: readonly DemandedStep[],
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): RouteDecision {
  const steps: RouteStep[] = [];
  const refusals: Refusal[] = [];
  const signed = demands.some(({ output }) => output.decider === "signatory");
  for (const demand of joinDemands(signed ? demands : [...demands, finalAuthority])) {
    const found = findDeciders(demand.output, facts, units, grants);
    if (found.candidates.length === 0) {
      // The final authority is never skipped, whatever a row says.
      if (demand.output.ifNobody === "refuse" || demand.output.decider === "signatory")
        refusals.push(nobodyFor(demand.output));
      continue;
    }
    const needed = demand.output.mode === "quorum" ? demand.output.quorum : 1;
    if (found.candidates.length < needed) {
      refusals.push(refuse("route.quorum-missing", { needed, there: found.candidates.length }, "C01"));
      continue;
    }
    // Where all decide, the applicant's own agreement is his superior's, whoever of them gives it.
    const superiors = found.superiors ?? [];
    const others = found.candidates.filter((person) => !superiors.includes(person));
    const asked =
      demand.output.mode === "all"
        ? [...others.map((person) => [person]), ...(superiors.length > 0 ? [superiors] : [])]
        : Array.from({ length: needed }, () => found.candidates);
    steps.push(
      ...asked.map((candidates): RouteStep => {
        const { decider: kind, title, stage, hours } = demand.output;
        const asSuperiors = kind === "named" ? candidates.filter((person) => superiors.includes(person)) : [];
        return {
          ...{ kind, title: kind === "named" ? title : null, candidates },
          reason: reasonOf(facts, kind, candidates === superiors ? "route.next-superior" : found.reason),
          ...{ stage, group: demand.rowId, hours },
          ...(asSuperiors.length > 0 ? { superiors: asSuperiors } : {}),
        };
      }),
    );
  }
  if (refusals.length > 0) return { ok: false, refusals };
  const stages = [...new Set(steps.map((step) => step.stage))].toSorted((a, b) => a - b);
  return {
    ok: true,
    steps: steps.map((step) => ({ ...step, stage: stages.indexOf(step.stage) })).toSorted((a, b) => a.stage - b.stage),
  };
}

/** An emergency asks the signatory, and besides him only who objected before. */
const reasonOf = (facts: RouteFacts, kind: StepKind, reason: StepReason): StepReason =>
  facts.emergency !== true ? reason : kind === "signatory" ? "route.emergency" : "route.objected";

const nobodyFor = ({ decider, title }: RouteOutput): Refusal => {
  switch (decider) {
    case "unit-head":
      return refuse("route.unit-head-missing", {}, "C01");
    case "legal-review":
      return refuse("route.legal-reviewer-missing", {}, "C03");
    case "named":
      return refuse(
        "route.named-missing",
        { step: title.en === title.zh ? title.en : `${title.zh} / ${title.en}` },
        "C01",
      );
    case "signatory":
      return refuse("route.signatory-missing", {}, "C01");
  }
};

/** Whom a row asks: what asks the same people is one step, whichever row it is under. */
export const deciderKey = ({ decider, people }: RouteOutput): string =>
  decider === "named" ? `named ${people.toSorted().join(" ")}` : decider;

/** What several rows ask of the same people becomes one step: the earliest stage, the most people, the shortest time. */
function joinDemands(demands: readonly DemandedStep[]): DemandedStep[] {
  const joined = new Map<string, DemandedStep>();
  const rank = { any: 0, quorum: 1, all: 2 } as const;
  for (const demand of demands) {
    const key = deciderKey(demand.output);
    const known = joined.get(key);
    if (!known) {
      joined.set(key, demand);
      continue;
    }
    const [a, b] = [known.output, demand.output];
    const stricter = rank[b.mode] > rank[a.mode] ? demand : known;
    joined.set(key, {
      rowId: stricter.rowId,
      output: {
        ...stricter.output,
        stage: Math.min(a.stage, b.stage),
        quorum: a.mode === "quorum" && b.mode === "quorum" ? Math.max(a.quorum, b.quorum) : stricter.output.quorum,
        hours: a.hours === null ? b.hours : b.hours === null ? a.hours : Math.min(a.hours, b.hours),
        ifNobody: a.ifNobody === "refuse" || b.ifNobody === "refuse" ? "refuse" : "skip",
      },
    });
  }
  return [...joined.values()];
}

function findDeciders(
  output: RouteOutput,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): { candidates: readonly string[]; reason: StepReason; superiors?: readonly string[] } {
  const absent = facts.absent ?? [];
  switch (output.decider) {
    case "unit-head": {
      const head = findHead(facts, units, grants, absent) ?? findHead(facts, units, grants, []);
      return head ?? { candidates: [], reason: "route.unit-head" };
    }
    case "named": {
      const there = listEligible("named", facts, grants, [...new Set(output.people)]);
      const short = output.mode === "all" || there.length < (output.mode === "quorum" ? output.quorum : 1);
      const own = [facts.applicantId, facts.handlerId].some(
        (person) => person !== null && output.people.includes(person),
      );
      if (own && short) {
        // He would decide his own step: it goes to the next superior, who is nobody that decides in it already.
        const head = findHead(facts, units, grants, [...absent, ...there]) ?? findHead(facts, units, grants, there);
        const superiors = head?.candidates ?? [];
        const candidates = superiors.length > 0 || output.mode !== "all" ? [...there, ...superiors] : [];
        return { candidates, superiors, reason: there.length === 0 ? "route.next-superior" : "route.named" };
      }
      // Where a number of them has to agree, who is on leave is asked as well: a delegate is not named by the rule.
      return {
        candidates: output.mode === "any" ? preferPresent(there, absent) : there,
        reason: "route.named",
      };
    }
    case "legal-review":
    case "signatory": {
      const entitled = listEntitled(output.decider, facts, units, grants);
      const present = preferPresent(entitled, absent);
      const enough = output.mode === "any" || (output.mode === "quorum" && present.length >= output.quorum);
      return { candidates: enough ? present : entitled, reason: `route.${output.decider}` };
    }
  }
}

export const grantsInForce = ({ entityId, today }: RouteFacts, grants: readonly Grant[]): Grant[] =>
  grants.filter(
    (grant) => grant.entityId === entityId && grant.from <= today && (grant.to === null || grant.to >= today),
  );

export const holdersOf = (grants: readonly Grant[]): string[] => [...new Set(grants.map((grant) => grant.personId))];

/** Units from the applicant's own upwards; a tree that bites its tail is walked once. */
export function listUnitsUpwards(unitId: string | null, units: readonly UnitInTree[]): string[] {
  const upwards: string[] = [];
  for (let at = unitId; at !== null && !upwards.includes(at); ) {
    const here: string = at;
    upwards.push(here);
    at = units.find((unit) => unit.unitId === here)?.parentUnitId ?? null;
  }
  return upwards;
}

/** Duties that stop people from deciding on the request: asking, carrying the papers, keeping and supervising its seals. */
function listTakenOrKept(facts: RouteFacts, held: readonly Grant[]): TakenDuty[] {
  const keeping = (role: "custodian" | "supervisor"): TakenDuty[] =>
    facts.sealIds.flatMap((sealId) =>
      holdersFor(held, role, { sealId, entityId: facts.entityId }, facts.today).map((personId) => ({
        ...{ personId, duty: role },
      })),
    );
  return [...listTakenDuties({ ...facts, steps: [] }), ...keeping("custodian"), ...keeping("supervisor")];
}

/** Of these people those who are still there and whom no other duty in the request stops from deciding such a step. */
export function listEligible(
  kind: StepKind,
  facts: RouteFacts,
  grants: readonly Grant[],
  people: readonly string[],
): string[] {
  const taken = listTakenOrKept(facts, grantsInForce(facts, grants));
  const gone = facts.gone ?? [];
  return people.filter(
    (person) =>
      !gone.includes(person) &&
      taken.every((one) => one.personId !== person || mayMeet(facts.profile, one.duty, dutyOfStep[kind])),
  );
}

/**
 * Everybody whose grants in force today entitle him to decide a step of this kind, and whom no other duty in the request
 * stops. It makes the route, and is asked again when a step is decided: a grant may have ended since.
 */
export function listEntitled(
  kind: RoleStepKind,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): string[] {
  const held = grantsInForce(facts, grants);
  const seals = facts.sealIds.map((sealId) => ({ sealId, entityId: facts.entityId }));
  const inForce = withoutBiasedDelegations(facts.profile, held, listTakenOrKept(facts, held));
  const eligible = (people: readonly string[]): string[] => listEligible(kind, facts, grants, people);
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
      // A signatory's grant for one seal counts for that seal alone: he must have the authority over every seal asked for,
      // and nobody joins what two people delegated to him: a step is decided in one person's place at the most.
      const signs = inForce.filter(({ role }) => role === "signatory");
      const [first = []] = seals.map((seal) => holdersFor(signs, "signatory", seal, facts.today));
      return eligible(
        first.filter((person) => {
          const his = signs.filter(({ personId }) => personId === person);
          return [undefined, ...his.map(({ delegatedBy }) => delegatedBy)].some((inPlaceOf) => {
            const some = his.filter(({ delegatedBy }) => delegatedBy === undefined || delegatedBy === inPlaceOf);
            return seals.every((seal) => holdersFor(some, "signatory", seal, facts.today).length > 0);
          });
        }),
      );
    }
  }
}

/**
 * In whose place a person decides a step of this kind: null where a role of his own makes him one who is asked, or nothing does.
 * It is told with the decision, and is that other person's decision too. Of heads the nearest are asked: who heads a unit further
 * up is not by that asked in the place of a nearer head who delegated to him, whether or not that one is here.
 */
export function findPrincipal(
  kind: RoleStepKind,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
  personId: string,
): Grant | null {
  if (kind === "unit-head") {
    const levels = listHeadLevels(facts, units, grants).map((level) =>
      level.filter((one) => one.personId === personId),
    );
    const nearest = levels.find((level) => level.length > 0);
    if (nearest) return nearest.some((one) => one.delegatedBy === undefined) ? null : (nearest[0] ?? null);
  }
  const entitled = (some: readonly Grant[]): boolean => listEntitled(kind, facts, units, some).includes(personId);
  const standsIn = grantsInForce(facts, grants).filter(
    (grant) =>
      grant.personId === personId && grant.delegatedBy !== undefined && dutyOfRole[grant.role] === dutyOfStep[kind],
  );
  // What others hold counts as it is, delegated or not: it may keep the one who delegated from having a say here.
  const rest = grants.filter((grant) => !standsIn.includes(grant));
  if (entitled(rest)) return null;
  const byOne = ({ delegatedBy }: Grant): Grant[] => standsIn.filter((grant) => grant.delegatedBy === delegatedBy);
  return standsIn.find((grant) => entitled([...rest, ...byOne(grant)])) ?? null;
}

/** Who are asked as heads, whoever is on leave: those of the nearest unit that has one. */
export const listNearestHeads = (
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): readonly string[] => findHead(facts, units, grants, [])?.candidates ?? [];

/**
 * The grants of heads that count in a request, by the units from the applicant's own upwards and last the entity. Below one that
 * the applicant heads himself there are none: who heads a unit above his own is nobody's to be decided by below it, for those
 * heads report to him.
 */
function listHeadLevels(facts: RouteFacts, units: readonly UnitInTree[], grants: readonly Grant[]): Grant[][] {
  const held = grantsInForce(facts, grants);
  const entitled = listEntitled("unit-head", facts, units, grants);
  const isOf = ({ scope }: Grant, unitId: string | null): boolean =>
    unitId === null ? scope.kind === "entity" : scope.kind === "unit" && scope.id === unitId;
  const upwards = [...listUnitsUpwards(facts.unitId, units), null];
  const own = held.filter(({ role, personId }) => role === "unit-head" && personId === facts.applicantId);
  const headed = upwards.findLastIndex((unitId) => own.some((grant) => isOf(grant, unitId)));
  const heads = withoutBiasedDelegations(facts.profile, held, listTakenOrKept(facts, held)).filter(
    ({ role, personId }) => role === "unit-head" && entitled.includes(personId),
  );
  return upwards.map((unitId, at) => (at > headed ? heads.filter((grant) => isOf(grant, unitId)) : []));
}

function findHead(
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
  absent: readonly string[],
): { candidates: readonly string[]; reason: StepReason } | undefined {
  for (const [at, level] of listHeadLevels(facts, units, grants).entries()) {
    const candidates = holdersOf(level).filter((person) => !absent.includes(person));
    if (candidates.length > 0) return { candidates, reason: at === 0 ? "route.unit-head" : "route.next-superior" };
  }
  return undefined;
}
