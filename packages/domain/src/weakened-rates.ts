import type { RuleSet } from "./rule-set.ts";

/** An amount in this currency counts as less than before, so that it reaches fewer limits. */
export interface RateWeakening {
  readonly kind: "valued-less";
  readonly code: string;
  /** What one unit counted as; null where any amount counted as more than every limit. */
  readonly was: number | null;
  readonly is: number;
  readonly currency: string;
}

/** Currencies whose amounts count as less after than before. Of tables in another currency nothing is said here. */
export function listRateWeakenings(before: RuleSet, after: RuleSet): RateWeakening[] {
  if (before.currency !== after.currency) return [];
  return Object.entries(after.rates).flatMap(([code, is]): RateWeakening[] => {
    if (code === after.currency) return [];
    const was = Object.hasOwn(before.rates, code) ? (before.rates[code] ?? null) : null;
    return was === null || is < was ? [{ kind: "valued-less", code, was, is, currency: after.currency }] : [];
  });
}
