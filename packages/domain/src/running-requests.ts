import { type Refusal, refuse } from "./refusal.ts";
import { decideRequest } from "./seal-use-request.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

/** How many requests one matter names: as many as somebody who decides on them reads. */
export const MOST_NAMED_REQUESTS = 50;

/** A request under way, as far as it decides whether the rules in force may be made to hold for it. */
export interface RunningRequest {
  readonly number: string;
  readonly state: SealUseRequestState;
  /** The rules it was promised; null for one that is older than the tables. */
  readonly rulesVersion: string | null;
  readonly applicantId: string;
  readonly handlerId: string | null;
  readonly emergency: boolean;
  readonly standing: boolean;
}

/**
 * Why the rules in force are not made to hold for a running request on this person's word. Whoever asks for a use, or handles
 * it, never names it: he could shed a step that way. An emergency has a short route of its own and its hours, and goes on or is
 * withdrawn; what rests on a standing authorisation was decided with that.
 */
export function listNamingRefusals(request: RunningRequest, askerId: string, inForce: string): Refusal[] {
  const { number, applicantId, handlerId, emergency, standing } = request;
  const why = whyLeftAlone(request, inForce);
  return [
    ...([applicantId, handlerId].includes(askerId) ? [refuse("rules.request-own", { number }, "C11")] : []),
    ...(emergency ? [refuse("rules.request-emergency", { number })] : []),
    ...(standing ? [refuse("rules.request-standing", { number })] : []),
    ...(why === "went-on" ? [refuse("rules.request-went-on", { number })] : []),
    ...(why === "same-rules" ? [refuse("rules.request-same", { number })] : []),
  ];
}

export const LEFT_ALONE = ["went-on", "same-rules"] as const;
export type LeftAlone = (typeof LEFT_ALONE)[number];

/**
 * Why a named request is left alone when it is carried out: it was decided, taken back or returned meanwhile, or promised these
 * rules already. Null where it comes back to its applicant.
 */
export function whyLeftAlone(
  { state, rulesVersion }: Pick<RunningRequest, "state" | "rulesVersion">,
  inForce: string,
): LeftAlone | null {
  if (!decideRequest(state, "return").ok) return "went-on";
  return rulesVersion === inForce ? "same-rules" : null;
}
