import type { RequestDetail } from "./queries.ts";

/** States in which something is still to come of a request, whoever is asked. */
const live: readonly RequestDetail["state"][] = ["in-review", "authorised", "opened"];

/** What a request lacks now: what it waits for, or why nothing of that brings it on. */
export function findMissingNow({
  state,
  waiting,
  standing,
}: Pick<RequestDetail, "state" | "waiting" | "standing">):
  | "waiting"
  | "standing-ended"
  | "standing-past"
  | "stuck"
  | "nothing"
  | "over" {
  // It was authorised by that alone: nobody who is asked could bring it on.
  if (standing?.over && live.includes(state))
    return standing.over.endedAt === null ? "standing-past" : "standing-ended";
  if (waiting.length > 0) return "waiting";
  if (state === "registered") return "nothing";
  return live.includes(state) ? "stuck" : "over";
}
