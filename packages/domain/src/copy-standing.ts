import type { StampingShowing } from "./shown-stamping.ts";
import { type CopyState, isVoidCopy } from "./stamped-copy.ts";
import type { ImpressionState, SealUseRequestState } from "./vocabulary.ts";

/** What whoever holds a printed copy may rely on, by the code on its pages. */
export const COPY_STANDINGS = [
  "may-be-stamped",
  "stamped",
  "stamped-in-part",
  "not-confirmed",
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
 * paper is. It is stamped once every one of its places is, and shown to be; a spoiled impression cancels its paper.
 */
export function standingOfCopy(copy: {
  readonly request: SealUseRequestState;
  readonly impressions: readonly ImpressionState[];
  /** What the register of stamped copies says of it; null where nobody said anything of it yet. */
  readonly said: CopyState | null;
  /** Whether what was made on it is shown; until it is, nobody is told that it was stamped. */
  readonly showing: StampingShowing;
}): CopyStanding {
  const { request, impressions, said, showing } = copy;
  if (said !== null && isVoidCopy(said)) return "void";
  if (said === "lost") return "lost";
  if (impressions.includes("spoiled")) return "void";
  if (!["authorised", "opened", "closed", "registered"].includes(request)) return "not-in-force";
  const isShown = showing === "shown";
  if (impressions.length > 0 && impressions.every(isMade)) return isShown ? "stamped" : "not-confirmed";
  const open = request === "authorised" || request === "opened";
  if (open && (impressions.length === 0 || impressions.includes("reserved"))) return "may-be-stamped";
  if (impressions.includes("unknown")) return "unclear";
  if (!impressions.some(isMade)) return "not-stamped";
  return isShown ? "stamped-in-part" : "not-confirmed";
}
