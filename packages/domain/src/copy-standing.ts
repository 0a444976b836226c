import { type CopyState, isVoidCopy } from "./stamped-copy.ts";
import type { ImpressionState, SealUseRequestState } from "./vocabulary.ts";

/** What whoever holds a printed copy may rely on, by the code on its pages. */
export const COPY_STANDINGS = [
  "may-be-stamped",
  "stamped",
  "stamped-in-part",
  "unclear",
  "not-stamped",
  "lost",
  "void",
  "not-in-force",
] as const;
export type CopyStanding = (typeof COPY_STANDINGS)[number];

const isMade = (state: ImpressionState): boolean => state === "pressed" || state === "settled";

/**
 * How one paper copy of a request stands: by its own impressions, because an approved copy that nobody stamped is as good a ground
 * for a false seal as any (C23), and by what the register of stamped copies says of it: what is void binds nobody, wherever its
 * paper is. It is stamped once every one of its places is; a spoiled impression cancels its paper.
 */
export function standingOfCopy(copy: {
  readonly request: SealUseRequestState;
  readonly impressions: readonly ImpressionState[];
  /** What the register of stamped copies says of it; null where nobody said anything of it yet. */
  readonly said: CopyState | null;
}): CopyStanding {
  const { request, impressions, said } = copy;
  if (said !== null && isVoidCopy(said)) return "void";
  if (said === "lost") return "lost";
  if (impressions.includes("spoiled")) return "void";
  if (!["authorised", "opened", "closed", "registered"].includes(request)) return "not-in-force";
  if (impressions.length > 0 && impressions.every(isMade)) return "stamped";
  const open = request === "authorised" || request === "opened";
  if (open && (impressions.length === 0 || impressions.includes("reserved"))) return "may-be-stamped";
  if (impressions.includes("unknown")) return "unclear";
  return impressions.some(isMade) ? "stamped-in-part" : "not-stamped";
}
