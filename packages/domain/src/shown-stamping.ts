import type { PhotoDemand, PhotoVerdict } from "./photo-reading.ts";
import type { ImpressionState } from "./vocabulary.ts";

/**
 * Whether an impression on paper is shown by what there is of it. `being-read`: its photo is compared now; `to-answer`: somebody has to
 * look at its photo first; `not-shown`: nothing shows it, or its photo shows another copy.
 */
export const STAMPING_SHOWINGS = ["shown", "being-read", "to-answer", "not-shown"] as const;
export type StampingShowing = (typeof STAMPING_SHOWINGS)[number];

/** What there is of an impression beside its state. */
export interface StampingSeen {
  /** A controller's journal tells of it, with a photo or without. */
  readonly byController: boolean;
  /** When its photo was given, epoch milliseconds; null without one. */
  readonly photoAt: number | null;
  /** Whether such photos are compared: with what was printed here, or with the scan of foreign paper. */
  readonly compared: boolean;
  /** What its photo was found to show; null as long as none was read. */
  readonly found: { readonly verdict: PhotoVerdict; readonly demands: PhotoDemand } | null;
  /** Whether whoever looks at the photos of its stamping has done so, and whether he said why this very photo is right. */
  readonly looked: boolean;
  readonly answered: boolean;
  /** What became of the finding about its photo; null where there is none. */
  readonly finding: "open" | "closed" | null;
  /** Whether two people have said what it is. */
  readonly ruled: boolean;
}

/** How long a photo is waited for at the most: a machine that has stopped keeps nobody from looking at it himself. */
const readWithinMs = 3_600_000;

/** Whether its photo is still to be read, and waited for. */
export const isBeingRead = ({ photoAt, compared, found }: StampingSeen, now: number): boolean =>
  photoAt !== null && compared && found === null && photoAt > now - readWithinMs;

/** A photo that shows another copy is none of this one. */
const isOfOtherCopy = ({ found }: Pick<StampingSeen, "found">): boolean => found?.verdict === "wrong-copy";

/** Whether people have said what it is, whatever its photo shows. */
const isSettledByPeople = ({ ruled, finding }: StampingSeen): boolean => ruled || finding === "closed";

/** Whether its photo shows another copy, and nobody has ruled on it since. */
export const isLeftToOtherCopy = (seen: StampingSeen): boolean => isOfOtherCopy(seen) && !isSettledByPeople(seen);

/** Whether it has a photo of its own, as far as anybody has found. */
export const isPhotographedItself = (seen: Pick<StampingSeen, "photoAt" | "found">): boolean =>
  seen.photoAt !== null && !isOfOtherCopy(seen);

/**
 * Whether what there is of an impression shows it (C09, C17, C23): a photo of its own that is what was approved, one that somebody
 * answered for, or two people who said what it is. What is compared with nothing is shown by whoever stamped; a controller needs no photo.
 */
export function showingOf(seen: StampingSeen, now: number): StampingShowing {
  if (isSettledByPeople(seen)) return "shown";
  if (isOfOtherCopy(seen)) return "not-shown";
  if (seen.finding === "open") return "to-answer";
  if (seen.photoAt === null) return seen.byController ? "shown" : "not-shown";
  if (isBeingRead(seen, now)) return "being-read";
  // What no machine has read in its time is looked at by people.
  if (seen.found === null) return !seen.compared || seen.looked ? "shown" : "to-answer";
  return seen.found.demands === "nothing" || seen.answered ? "shown" : "to-answer";
}

/**
 * Whether a copy was stamped as far as it is shown: by what was made on it. A photo that is still to be read may turn out to be of
 * another copy, whatever was said of it, so that it comes first.
 */
export function showingOfCopy(
  impressions: readonly { readonly state: ImpressionState; readonly showing: StampingShowing }[],
): StampingShowing {
  if (impressions.some(({ showing }) => showing === "being-read")) return "being-read";
  const made = impressions.filter(({ state }) => state === "pressed" || state === "settled");
  const worst = (["not-shown", "to-answer"] as const).find((one) => made.some(({ showing }) => showing === one));
  return worst ?? "shown";
}
