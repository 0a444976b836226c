import { z } from "zod";
import type { Route } from "../route.ts";
import { Done, PersonId, PersonRef, RequestId, Time } from "../shapes.ts";

const RequestParams = z.object({ requestId: RequestId });

/** Why a request is confidential, who was named to read it, and who opened it to watch; shown to its readers. */
export const Confidentiality = z.object({
  reason: z.string(),
  readers: z.array(z.object({ person: PersonRef, at: Time })),
  accesses: z.array(z.object({ by: PersonRef.nullable(), at: Time, until: Time, reason: z.string() })),
  /** Whether the reader of this may name further readers: the applicant. */
  mayName: z.boolean(),
});

/** Requests that their readers alone open, and whoever watches by saying why. */
export const confidentialRoutes = {
  "POST /v1/seal-use-requests/:requestId/accesses": {
    summary: "Open a confidential request for a day, as one who watches; its readers see who did so, and why",
    permission: "request.read",
    idempotent: true,
    params: RequestParams,
    body: z.object({ reason: z.string().trim().max(500) }),
    response: z.object({ until: Time }),
  },
  "POST /v1/seal-use-requests/:requestId/readers": {
    summary: "The applicant names a further reader of a confidential request",
    permission: "request.apply",
    params: RequestParams,
    body: z.object({ personId: PersonId }),
    response: Done,
  },
  "DELETE /v1/seal-use-requests/:requestId/readers/:personId": {
    summary: "The applicant takes off a reader whom he named",
    permission: "request.apply",
    params: RequestParams.extend({ personId: PersonId }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
