import type { RouteAnswer } from "@chancery/api/client";
import { listBatchRefusals } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { loadRequest } from "../requests/load-request.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { readBatched } from "../requests/quick-decision.ts";
import { decideStep } from "./service.ts";

export interface StepToApprove {
  readonly requestId: string;
  readonly stepId: string;
  readonly digest: string;
}
type Results = RouteAnswer<"POST /v1/seal-use-requests/approve-several">["results"];

/** Approves several low-risk requests, each by its own decision: one that is refused does not stop the others. */
export async function approveSeveral(
  env: Environment,
  personId: string,
  items: readonly StepToApprove[],
): Promise<Results> {
  const results: Results = [];
  let first: string | null | undefined;
  for (const { requestId, stepId, digest } of items) {
    try {
      await requireMaySee(env.db, personId, requestId, env.clock.now());
      const batched = await readBatched(env.db, await loadRequest(env.db, requestId));
      first ??= batched.documentClass;
      const refusals = listBatchRefusals(batched, first);
      if (refusals.length > 0) throw refusedBy(refusals);
      const decision = { requestId, stepId, digest, decision: "approve", comment: "", presence: null } as const;
      await decideStep(env, personId, decision);
      results.push({ requestId, approved: true, problem: null });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      results.push({ requestId, approved: false, problem: error.sentence });
    }
  }
  return results;
}
