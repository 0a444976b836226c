import { preferPresent } from "./absence.ts";
import { dutyOfStep, mayMeet } from "./duties.ts";
import {
  grantsInForce,
  holdersOf,
  listEntitled,
  listUnitsUpwards,
  type RoleStepKind,
  type RouteFacts,
  type UnitInTree,
} from "./route.ts";
import type { StepKind } from "./rule-set.ts";
import type { Grant } from "./separation-matrix.ts";

export interface WaitingStep {
  readonly kind: StepKind;
  readonly state: string;
  readonly hours: number | null;
  readonly dueAt: number | null;
  readonly remindedAt: number | null;
  readonly escalatedAt: number | null;
}

/** Since when a step that waits is overdue; null while it is not. */
export function overdueSince({ state, dueAt }: Pick<WaitingStep, "state" | "dueAt">, now: number): number | null {
  return state === "current" && dueAt !== null && dueAt <= now ? dueAt : null;
}

/** What is due for a step now: a reminder when its time is over, and once more people when as much again has passed. */
export function listOverdueActs(step: WaitingStep, now: number): ("remind" | "escalate")[] {
  const since = overdueSince(step, now);
  if (since === null || step.hours === null) return [];
  const againOver = now >= since + step.hours * 3_600_000;
  return [
    ...(step.remindedAt === null ? (["remind"] as const) : []),
    ...(step.escalatedAt === null && againOver ? (["escalate"] as const) : []),
  ];
}

export interface EscalatedStep {
  readonly kind: StepKind;
  /** Everybody who is asked in its group, or has agreed there. */
  readonly asked: readonly string[];
  /** Who decided other steps of the route. */
  readonly decided: readonly { readonly kind: StepKind; readonly personId: string }[];
}

/**
 * Who is asked as well when a step has waited too long: the next superior of the heads who were asked, or the others who
 * hold the role. Nobody who may not decide it is; and where the rules name people, nobody else has their authority.
 */
export function listAskedToo(
  step: EscalatedStep,
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): readonly string[] {
  if (step.kind === "named") return [];
  const { kind, asked, decided } = step;
  const free = listEntitled(kind, facts, units, grants).filter(
    (person) =>
      !asked.includes(person) &&
      decided.every((one) => one.personId !== person || mayMeet(facts.profile, dutyOfStep[one.kind], dutyOfStep[kind])),
  );
  const wanted = kind === "unit-head" ? nearestAbove(asked, free, facts, units, grants) : free;
  return preferPresent(wanted, facts.absent ?? []);
}

/** Of these people those who head the nearest unit above the ones that were asked. */
function nearestAbove(
  asked: readonly string[],
  free: readonly string[],
  facts: RouteFacts,
  units: readonly UnitInTree[],
  grants: readonly Grant[],
): string[] {
  const heads = grantsInForce(facts, grants).filter((grant) => grant.role === ("unit-head" satisfies RoleStepKind));
  const levels = [...listUnitsUpwards(facts.unitId, units), null].map((unitId) =>
    holdersOf(
      heads.filter(({ scope }) =>
        unitId === null ? scope.kind === "entity" : scope.kind === "unit" && scope.id === unitId,
      ),
    ),
  );
  const highest = levels.findLastIndex((level) => level.some((person) => asked.includes(person)));
  return (
    levels
      .slice(highest + 1)
      .map((level) => level.filter((person) => free.includes(person)))
      .find((level) => level.length > 0) ?? []
  );
}
