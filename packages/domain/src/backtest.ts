import { decideByRules, type RequestFacts } from "./evaluate-rules.ts";
import type { RuleSet, StepKind } from "./rule-set.ts";

/** A request of the past, or of a generated year. */
export interface PastRequest {
  /** How people find it again; null for one that was generated. */
  readonly requestId: string | null;
  readonly number: string;
  readonly facts: RequestFacts;
}

/** What a set of rules would do with a request. */
export interface Verdict {
  readonly refused: boolean;
  readonly papers: number;
  readonly legal: boolean;
  /** How many people would have to agree, by kind of step; the final authority, which no table leaves out, among them. */
  readonly steps: Readonly<Partial<Record<StepKind, number>>>;
}

export function judgeByRules(rules: RuleSet, facts: RequestFacts): Verdict {
  // Papers are asked for, not missed: whether they were there in the past is not what is tried.
  const decided = decideByRules(rules, { ...facts, attachments: [] });
  const refused = decided.refusals.some((one) => one.code !== "rules.attachment-missing");
  const steps: Partial<Record<StepKind, number>> = { signatory: 1 };
  for (const { output } of decided.steps) {
    const people =
      output.mode === "quorum" ? output.quorum : output.mode === "all" ? Math.max(1, output.people.length) : 1;
    const known =
      output.decider === "named" ? (steps.named ?? 0) + people : Math.max(steps[output.decider] ?? 0, people);
    steps[output.decider] = known;
  }
  return { refused, papers: decided.attachments.length, legal: (steps["legal-review"] ?? 0) > 0, steps };
}

/** In what a request would have gone another way. */
export const BACKTEST_CHANGES = [
  "refused",
  "no-longer-refused",
  "to-legal",
  "no-longer-legal",
  "more-steps",
  "fewer-steps",
  "more-papers",
  "fewer-papers",
] as const;
export type BacktestChange = (typeof BACKTEST_CHANGES)[number];

const countSteps = ({ refused, steps }: Verdict): number =>
  refused ? 0 : Object.values(steps).reduce((sum, count) => sum + count, 0);

export function compareVerdicts(before: Verdict, after: Verdict): BacktestChange[] {
  if (before.refused !== after.refused) return [after.refused ? "refused" : "no-longer-refused"];
  if (after.refused) return [];
  const [a, b] = [countSteps(before), countSteps(after)];
  return [
    ...(after.legal === before.legal ? [] : [after.legal ? ("to-legal" as const) : ("no-longer-legal" as const)]),
    ...(a === b ? [] : [b > a ? ("more-steps" as const) : ("fewer-steps" as const)]),
    ...(after.papers === before.papers
      ? []
      : [after.papers > before.papers ? ("more-papers" as const) : ("fewer-papers" as const)]),
  ];
}

/** What a draft would have changed and cost. */
export interface BacktestSum {
  readonly requests: number;
  readonly changed: number;
  readonly by: Readonly<Partial<Record<BacktestChange, number>>>;
  /** Agreements that people would have given more, and less, by kind of step. */
  readonly added: Readonly<Partial<Record<StepKind, number>>>;
  readonly saved: Readonly<Partial<Record<StepKind, number>>>;
}
export const emptySum: BacktestSum = { requests: 0, changed: 0, by: {}, added: {}, saved: {} };

const plus = <K extends string>(
  counts: Readonly<Partial<Record<K, number>>>,
  key: K,
  more: number,
): Partial<Record<K, number>> => ({ ...counts, [key]: (counts[key] ?? 0) + more });

/** Adds one request to the sum; answers also in what it changed. */
export function addToBacktest(
  sum: BacktestSum,
  before: Verdict,
  after: Verdict,
): { readonly sum: BacktestSum; readonly changes: readonly BacktestChange[] } {
  const changes = compareVerdicts(before, after);
  let { by, added, saved } = sum;
  for (const change of changes) by = plus(by, change, 1);
  for (const kind of ["unit-head", "legal-review", "named", "signatory"] as const) {
    const difference =
      (after.refused ? 0 : (after.steps[kind] ?? 0)) - (before.refused ? 0 : (before.steps[kind] ?? 0));
    if (difference > 0) added = plus(added, kind, difference);
    if (difference < 0) saved = plus(saved, kind, -difference);
  }
  return {
    sum: { requests: sum.requests + 1, changed: sum.changed + (changes.length > 0 ? 1 : 0), by, added, saved },
    changes,
  };
}

/** Hours that the agreements would have cost, or saved, by what each kind of step took; null where none was measured. */
export function countHours(
  steps: BacktestSum["added"],
  hoursOf: Readonly<Partial<Record<StepKind, number>>>,
): number | null {
  const kinds = Object.entries(steps) as [StepKind, number][];
  if (kinds.some(([kind]) => hoursOf[kind] === undefined)) return kinds.length === 0 ? 0 : null;
  return kinds.reduce((sum, [kind, count]) => sum + count * (hoursOf[kind] ?? 0), 0);
}
