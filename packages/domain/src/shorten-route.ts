import { evaluateTable, type RequestFacts, sheetOf } from "./evaluate-rules.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type DemandedStep, deciderKey } from "./route.ts";
import { hitPolicies, type RuleSet, type StepKind } from "./rule-set.ts";

/** A step of the round under way, as far as a shorter route asks of it. */
export interface StepOfRoute {
  readonly stepId: string;
  readonly kind: StepKind;
  readonly group: string;
  readonly state: "waiting" | "current" | "approved" | "rejected" | "returned" | "voided";
  readonly candidates: readonly string[];
  /** Put there by a reviewer, and not by the rules. */
  readonly added: boolean;
}
export interface ShorteningFacts {
  readonly rules: RuleSet;
  /** The rows of the route that fired when it was submitted. */
  readonly fired: readonly string[];
  readonly steps: readonly StepOfRoute[];
  /** What was asked with the stricter facts, and what would be asked with those that reviewers confirmed. */
  readonly submitted: Omit<RequestFacts, "seals" | "attachments">;
  readonly confirmed: Omit<RequestFacts, "seals" | "attachments">;
  readonly important: boolean;
  /** Who ruled last; his own part is never what his word takes away. */
  readonly ruledBy: string | null;
}
export interface Shortening {
  /** Steps that only the stricter fact asked for, which nobody has begun. */
  readonly dropped: readonly string[];
  /** Why the stricter route stays, wholly or in part; null where nothing more is to be said. */
  readonly kept: Refusal | null;
}

/** What the rules in `rules` demand of the route of such a request. */
function listDemanded(
  { rules, important }: ShorteningFacts,
  facts: Omit<RequestFacts, "seals" | "attachments">,
): DemandedStep[] {
  return evaluateTable(rules.route, hitPolicies.route, sheetOf(facts, { type: "official", important }, rules));
}

/**
 * What of a running route falls away once a reviewer confirmed that the application is right: then what he confirmed decides,
 * under the rules the request was promised. Nothing that was begun, decided or added by people falls away, never the signatory
 * (C01), and never legal review of what makes rights and follows no template (C03). Where the confirmed facts would ask for
 * somebody whom the stricter ones do not, neither route is within the other, and the one it was submitted with stays.
 */
export function planShortening(facts: ShorteningFacts): Shortening {
  const before = listDemanded(facts, facts.submitted);
  const now = listDemanded(facts, facts.confirmed);
  const same = (a: readonly string[], b: readonly string[]): boolean => a.join("|") === b.join("|");
  const idsOf = (demands: readonly DemandedStep[]): string[] => demands.map(({ rowId }) => rowId);
  if (same(idsOf(before), idsOf(now))) return { dropped: [], kept: null };
  if (!same(idsOf(before), facts.fired)) return { dropped: [], kept: refuse("shorten.not-sure", {}, "C01") };
  const keysOf = (demands: readonly DemandedStep[]): Set<string> =>
    new Set(demands.map((one) => deciderKey(one.output)));
  const [asked, needed] = [keysOf(before), keysOf(now)];
  if (!needed.isSubsetOf(asked)) return { dropped: [], kept: refuse("shorten.needs-more", {}, "C01") };
  const keyOfRow = new Map(before.map((one) => [one.rowId, deciderKey(one.output)]));
  const { makesRights, template } = facts.confirmed;
  const superfluous = facts.steps.filter(({ kind, group, added }) => {
    const key = keyOfRow.get(group);
    if (added || kind === "signatory" || key === undefined) return false;
    if (kind === "legal-review" && makesRights && template !== "same") return false;
    return !needed.has(key);
  });
  const dropped = superfluous.filter(
    ({ state, candidates }) => state === "waiting" && (facts.ruledBy === null || !candidates.includes(facts.ruledBy)),
  );
  const isOpen = ({ state }: StepOfRoute): boolean => state === "waiting" || state === "current";
  const stays = superfluous.some((one) => !dropped.includes(one) && isOpen(one)) || signs(before) > signs(now);
  return {
    dropped: dropped.map(({ stepId }) => stepId),
    kept: stays ? refuse("shorten.begun", {}, "C01") : null,
  };
}

/** How many signatories are asked for: their number never falls with a ruling. */
const signs = (demands: readonly DemandedStep[]): number =>
  Math.max(
    1,
    ...demands.flatMap(({ output }) =>
      output.decider === "signatory" && output.mode === "quorum" ? [output.quorum] : [],
    ),
    ...demands.flatMap(({ output }) => (output.decider === "signatory" && output.mode === "all" ? [Infinity] : [])),
  );
