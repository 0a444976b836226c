import { type Refusal, refuse } from "./refusal.ts";
import type { RouteStep } from "./route.ts";
import type { StepKind } from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";

/** A step of the round that was returned. */
export interface StepBefore {
  readonly stepId: string;
  readonly kind: StepKind;
  readonly group: string;
  readonly title: LocalName | null;
  readonly stage: number;
  readonly hours: number | null;
  readonly candidates: readonly string[];
  /** Who agreed in it; null where nobody did. */
  readonly agreed: string | null;
  /** Of a reviewer whom somebody put beside his own step. */
  readonly added: { readonly by: string; readonly reason: string } | null;
  /** Whether he is here and no other duty in the request stops him; asked of added reviewers alone. */
  readonly eligible: boolean;
}
/** A step of the round before that the next one has not, and why. */
export interface StepFallen {
  readonly step: StepBefore;
  readonly why: Refusal;
}

interface Placed {
  readonly step: RouteStep;
  readonly key: number;
}
/** Further than that from the step it stands beside would be beyond the next one. */
const farthest = 0.9;

const isSameStep = (before: Pick<StepBefore, "kind" | "group">, { kind, group }: RouteStep): boolean =>
  before.kind === kind && (kind !== "named" || before.group === group);

/**
 * The route of the next round with the reviewers whom people had added in the one that was returned (C02): each stays where the
 * step he was put beside is asked for still, he may review it, and nobody asks him anyhow. What the next round has no longer, of
 * what was added or agreed to, is told with its reason. `gap` lies between two stages of the round before.
 */
export function carryReviewers(
  route: readonly RouteStep[],
  before: readonly StepBefore[],
  gap: number,
): { readonly route: RouteStep[]; readonly fallen: StepFallen[] } {
  const placed: Placed[] = route.map((step) => ({ step, key: step.stage }));
  const whyNot = new Map<StepBefore, Refusal>();
  let waiting = before.filter((one) => one.added !== null);
  // One who was added may have added another: each is placed once the step he stands beside is.
  for (let open = waiting.length + 1; waiting.length > 0 && waiting.length < open; ) {
    open = waiting.length;
    waiting = waiting.filter((one) => {
      const host = findHost(one, before);
      const at = host && placed.find(({ step }) => isSameStep(host, step));
      if (!host || !at) return true;
      const asked = placed.some(({ step }) => step.candidates.some((person) => one.candidates.includes(person)));
      if (asked) whyNot.set(one, refuse("again.fallen.asked"));
      else if (!one.eligible) whyNot.set(one, refuse("again.fallen.reviewer"));
      else
        placed.push({
          step: askAgain(one),
          key: at.key + Math.max(-farthest, Math.min(farthest, (one.stage - host.stage) / gap)),
        });
      return false;
    });
  }
  for (const one of waiting) whyNot.set(one, refuse("again.fallen.beside"));
  for (const one of before)
    if (one.added === null && one.agreed !== null && !route.some((step) => isSameStep(one, step)))
      whyNot.set(one, refuse("again.fallen.rules"));
  const keys = [...new Set(placed.map(({ key }) => key))].toSorted((a, b) => a - b);
  return {
    route: placed.toSorted((a, b) => a.key - b.key).map(({ step, key }) => ({ ...step, stage: keys.indexOf(key) })),
    fallen: before.flatMap((step) => {
      const why = whyNot.get(step);
      return why ? [{ step, why }] : [];
    }),
  };
}

/**
 * The route with the reviewers who were added to another request with the same document and have not agreed to it: a reviewer is
 * not shed by applying anew (C02). Each stands where he stood, or before the last stage where whoever added him is not asked here.
 */
export function carryFromOthers(
  route: readonly RouteStep[],
  others: readonly (readonly StepBefore[])[],
  gap: number,
): RouteStep[] {
  const carried = new Set(others.flatMap((before) => before.flatMap((one) => (one.added ? [one.group] : []))));
  let made = [...route];
  for (const before of others) {
    const { route: placed, fallen } = carryReviewers(made, before, gap);
    made = placed;
    for (const { step, why } of fallen) {
      const isAsked = made.some(({ candidates }) => candidates.some((person) => step.candidates.includes(person)));
      if (step.added === null || why.code !== "again.fallen.beside" || !step.eligible || isAsked) continue;
      const last = Math.max(...made.map(({ stage }) => stage));
      made = [
        ...made.filter(({ stage }) => stage < last),
        { ...askAgain(step), stage: last },
        ...made.flatMap((one) => (one.stage === last ? [{ ...one, stage: last + 1 }] : [])),
      ];
    }
  }
  return made.map((step) =>
    step.added && carried.has(step.group) && !route.some(({ group }) => group === step.group)
      ? { ...step, reason: "route.added-before" }
      : step,
  );
}

/** The step of whoever added a reviewer, the nearest of his. */
function findHost(one: StepBefore, before: readonly StepBefore[]): StepBefore | undefined {
  const by = one.added?.by ?? "";
  return before
    .filter((other) => other !== one && (other.candidates.includes(by) || other.agreed === by))
    .toSorted((a, b) => Math.abs(a.stage - one.stage) - Math.abs(b.stage - one.stage))[0];
}

const askAgain = ({ kind, title, candidates, group, hours, added }: StepBefore): RouteStep => ({
  ...{ kind, title, candidates, group, hours, reason: "route.added", stage: 0 },
  ...(added ? { added } : {}),
});
