import type { Memory } from "./memory.ts";
import type { ControllerClock } from "./ports.ts";

/** What a device knows of time since it started. */
export interface TimeSinceStart {
  /** A time that the platform answered to a question, and the uptime when it counted. */
  readonly answer?: { readonly t: number; readonly up: number };
  /** Uptime when `memory.signedAt` last rose; undefined where that was before the start. */
  readonly signedUp?: number;
}

export interface TrustedTime {
  /** Milliseconds since 1970. */
  readonly t: number;
  readonly tq: "srv" | "rtc" | "none";
}

/**
 * The time a device goes by (clause 3.5): the platform's answer, else its own clock, and never before what the platform
 * last signed plus the time that has passed since. Setting its clock back so revives nothing.
 */
export function readTrustedTime(
  memory: Pick<Memory, "signedAt" | "clockOffset">,
  since: TimeSinceStart,
  clock: ControllerClock,
): TrustedTime {
  const up = clock.uptime();
  const floor = memory.signedAt + (since.signedUp === undefined ? up : up - since.signedUp);
  const own = clock.now();
  if (since.answer !== undefined) {
    return { t: Math.max(floor, since.answer.t + up - since.answer.up), tq: "srv" };
  }
  if (own === undefined) return { t: floor, tq: "none" };
  return { t: Math.max(floor, own + memory.clockOffset), tq: "rtc" };
}
