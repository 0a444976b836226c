import type { RunningRequest } from "./queries.ts";

/** Whether a request may be ticked, or its tick taken out again. */
export function mayTick(
  { requestId, refusal }: Pick<RunningRequest, "requestId" | "refusal">,
  chosen: readonly string[],
  most: number,
): boolean {
  return chosen.includes(requestId) || (refusal === null && chosen.length < most);
}

/** What was chosen before, as far as it may still be named: others went on, or are named elsewhere. */
export function stillNamed(
  requests: readonly Pick<RunningRequest, "requestId" | "refusal">[],
  chosen: readonly string[],
): string[] {
  return chosen.filter((id) => requests.some(({ requestId, refusal }) => requestId === id && refusal === null));
}
