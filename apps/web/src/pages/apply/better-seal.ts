import type { CheckResult } from "./queries.ts";

/** Where a seal that was placed is refused: the most fitting one of those that would not be. */
export function findBetterSeal(
  { seals, suggestedSeals }: Pick<CheckResult, "seals" | "suggestedSeals">,
  placed: readonly string[],
): CheckResult["suggestedSeals"][number] | undefined {
  const refused = seals.some(({ sealId, refusals }) => placed.includes(sealId) && refusals.length > 0);
  return refused ? suggestedSeals.find(({ sealId }) => !placed.includes(sealId)) : undefined;
}
