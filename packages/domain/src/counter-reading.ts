import { type Refusal, refuse } from "./refusal.ts";

/** What came of a number that somebody read off a controller; `unread` where it could not be read. */
export const READING_VERDICTS = ["agrees", "waits", "more", "less", "unread"] as const;
export type ReadingVerdict = (typeof READING_VERDICTS)[number];

/** The largest number that a drive's counter shows (unsigned, 32 bits). */
export const counterMost = 0xff_ff_ff_ff;
const shortestWhy = 5;
const hour = 3_600_000;
/** So long may strokes that a box has counted be on their way. */
const onTheWay = 24 * hour;
/** By so much a box's clock may differ from the platform's before it is told as a fault of its own. */
const clocksDiffer = 5 * 60_000;

/** Why an answer about a piece that sits in a controller is not taken (C09): the number on the box belongs to it, or why there is none. */
export function listCounterRefusals(answer: {
  /** Whether the piece was found in the controller that it is mounted in. */
  readonly mounted: boolean;
  readonly counter: number | null;
  readonly note: string;
}): Refusal[] {
  if (!answer.mounted) return answer.counter === null ? [] : [refuse("check.counter-unasked", {}, "C09")];
  if (answer.counter !== null) return [];
  return answer.note.trim().length >= shortestWhy ? [] : [refuse("check.counter-missing", {}, "C09")];
}

/** A number read off a box, and what the platform knows of the same counter; times in epoch milliseconds. */
export interface CounterReading {
  readonly read: number | null;
  readonly readAt: number;
  /** The newest that the platform had from the box when it was read. */
  readonly knownThen: number;
  /** When a stroke that came in brought the counter to the number read or beyond it, by the box's clock; null if none did. */
  readonly reachedAt: number | null;
}

/**
 * Holds a number that a person read off a controller against what the controller told the platform (C09, C18; device.md 6): if both
 * lied alike, the drive's own counter shows it. More may have been counted than came in yet: then it waits a day for the strokes.
 */
export function judgeReading({ read, readAt, knownThen, reachedAt }: CounterReading, now: number): ReadingVerdict {
  if (read === null) return "unread";
  if (read < knownThen) return "less";
  if (read === knownThen) return "agrees";
  // A stroke from after the reading does not explain what stood there before it.
  if (reachedAt !== null) return reachedAt <= readAt + clocksDiffer ? "agrees" : "more";
  return now >= readAt + onTheWay ? "more" : "waits";
}
