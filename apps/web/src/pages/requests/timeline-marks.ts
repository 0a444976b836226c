import type { TimelineMark } from "../../parts/timeline.tsx";

const MARKS: Readonly<Record<string, TimelineMark>> = {
  SealUseStepApproved: "success",
  SealUseRequestAuthorised: "success",
  SealUseReleased: "success",
  SealUseConfirmed: "success",
  SealUseRegistered: "success",
  ImpressionSettled: "impression",
  SealUseRequestRefused: "problem",
  SealUseStepRejected: "problem",
};

/** How an event of a seal use is marked; a kind that is not known here is written in ink, never as a good one. */
export function markOf(eventType: string): TimelineMark {
  return Object.hasOwn(MARKS, eventType) ? (MARKS[eventType] ?? "ink") : "ink";
}

/** Rules that several refusals name, each once: `C05 C07`. */
export function listOnce(rules: string): string {
  return [...new Set(rules.split(" ").filter(Boolean))].join(" ");
}
