import { z } from "zod";
import { MOST_IN_BATCH } from "../limits.ts";
import type { Route } from "../route.ts";
import { BothTexts, Digest, Done, PersonId, PersonRef, RequestId, StepId } from "../shapes.ts";

const StepParams = z.object({ requestId: RequestId, stepId: StepId });
const Reason = z.string().trim().min(1).max(500);

/** How a step of a request is decided, besides by approving, rejecting and returning it. */
export const decidingRoutes = {
  "GET /v1/seal-use-requests/:requestId/steps/:stepId/people": {
    summary: "Whom the caller may add as a reviewer beside his step, and to whom he may pass it on",
    permission: "request.decide",
    params: StepParams,
    response: z.object({
      reviewers: z.array(PersonRef),
      receivers: z.array(PersonRef),
      /** How many agreements the route needs now. */
      needed: z.number().int(),
      /** Whether a reviewer may stand after it: the signatory decides last. */
      after: z.boolean(),
    }),
  },
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/reviewers": {
    summary:
      "Add a reviewer in a step of his own, before or after the caller's; no other step needs more or fewer people",
    permission: "request.decide",
    idempotent: true,
    params: StepParams,
    body: z.object({ personId: PersonId, place: z.enum(["before", "after"]), reason: Reason }),
    response: z.object({ neededBefore: z.number().int(), neededAfter: z.number().int() }),
  },
  "POST /v1/seal-use-requests/:requestId/steps/:stepId/transfer": {
    summary: "Pass one's part in a step to another person who may decide it",
    permission: "request.decide",
    idempotent: true,
    params: StepParams,
    body: z.object({ personId: PersonId, reason: Reason }),
    response: Done,
  },
  "POST /v1/seal-use-requests/approve-several": {
    summary: "Approve several low-risk requests of one class; each is decided for itself and told for itself",
    permission: "request.decide",
    idempotent: true,
    body: z.object({
      items: z
        .array(z.object({ requestId: RequestId, stepId: StepId, digest: Digest }))
        .min(1)
        .max(MOST_IN_BATCH),
    }),
    response: z.object({
      results: z.array(z.object({ requestId: RequestId, approved: z.boolean(), problem: BothTexts.nullable() })),
    }),
  },
} as const satisfies Record<string, Route>;
