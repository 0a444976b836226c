import type { ImpressionState, SealUseRequestState } from "./vocabulary.ts";

/** What whoever holds a printed copy may rely on, by the code on its pages. */
export const COPY_STANDINGS = ["may-be-stamped", "stamped", "unclear", "not-stamped", "lost", "not-in-force"] as const;
export type CopyStanding = (typeof COPY_STANDINGS)[number];

/**
 * How one paper copy of a request stands: by its own impressions, because an approved copy that nobody stamped is as good a ground
 * for a false seal as any (C23).
 */
export function standingOfCopy(copy: {
  readonly request: SealUseRequestState;
  readonly impressions: readonly ImpressionState[];
  readonly lost: boolean;
}): CopyStanding {
  const { request, impressions, lost } = copy;
  if (!["authorised", "opened", "closed", "registered"].includes(request)) return "not-in-force";
  if (lost) return "lost";
  if (impressions.some((state) => state === "pressed" || state === "settled")) return "stamped";
  if (request === "authorised" || request === "opened") return "may-be-stamped";
  return impressions.includes("unknown") ? "unclear" : "not-stamped";
}
