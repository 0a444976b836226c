import { COPY_ACTS, COPY_STATES, HAND_OUT_WAYS, STAMPING_SHOWINGS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { Done, EvidenceId, PersonRef, RequestId, RequestState, Time } from "../shapes.ts";

const RequestParams = z.object({ requestId: RequestId });
const Copy = z.number().int().min(1).max(1000);
const Line = z.string().trim().max(200);

const StampedCopies = z.object({
  copies: z.array(
    z.object({
      copy: Copy,
      state: z.enum(COPY_STATES),
      /** Whether it is shown that it was stamped: until then it is neither handed out nor filed. */
      showing: z.enum(STAMPING_SHOWINGS),
      /** Impressions that were spoiled on it, and those that nobody can tell. */
      spoiled: z.number().int(),
      unknown: z.number().int(),
      /** To whom it was handed out, or where it is filed. */
      receiver: z.string(),
      way: z.enum(HAND_OUT_WAYS).nullable(),
      courier: z.string(),
      reason: z.string(),
      evidenceId: EvidenceId.nullable(),
      /** Who said so last; null of a copy of which nobody has said anything. */
      by: PersonRef.nullable(),
      at: Time.nullable(),
      /** What the reader may do with it now. */
      acts: z.array(z.enum(COPY_ACTS)),
      /** Whether the reader may ask to replace it now. */
      mayMakeUp: z.boolean(),
      /** The request that replaces it, under way or done, or a draft of the reader's; null where there is none. */
      makeUp: z
        .object({
          requestId: RequestId,
          number: z.string().nullable(),
          state: RequestState,
          opens: z.boolean(),
        })
        .nullable(),
    }),
  ),
});

/** After the stamp: where each copy went that bears a seal. */
export const stampedCopiesRoutes = {
  "GET /v1/seal-use-requests/:requestId/stamped-copies": {
    summary: "Where each stamped copy is, and what the reader may do with it",
    permission: "request.read",
    params: RequestParams,
    response: StampedCopies,
  },
  "POST /v1/seal-use-requests/:requestId/stamped-copies": {
    summary:
      "Say where copies went: handed out against a receipt, filed, brought back, found, voided with a photo, or lost",
    permission: "request.read",
    idempotent: true,
    params: RequestParams,
    body: z.object({
      act: z.enum(COPY_ACTS),
      copies: z.array(Copy).min(1).max(1000),
      receiver: Line.default(""),
      way: z.enum(HAND_OUT_WAYS).nullable().default(null),
      courier: Line.default(""),
      reason: z.string().trim().max(500).default(""),
      evidenceId: EvidenceId.nullable().default(null),
    }),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/make-ups": {
    summary: "Begin the make-up stamping of a lost or spoiled copy: a draft with the same documents, seals and places",
    permission: "request.apply",
    idempotent: true,
    params: RequestParams,
    body: z.object({
      copy: Copy,
      reason: z.string().trim().max(500),
      /** What shows that the copy is lost; of a spoiled one the photo of its voided paper where none is given. */
      evidenceId: EvidenceId.nullable().default(null),
    }),
    response: z.object({ requestId: RequestId }),
  },
} as const satisfies Readonly<Record<string, Route>>;
