import { z } from "zod";
import type { Route } from "../route.ts";
import { ControllerId, Done, LocalName, PersonRef, RefusalView, Time } from "../shapes.ts";

const Params = z.object({ controllerId: ControllerId });
const Readings = z.array(z.number().int().min(0).max(1_000_000_000)).max(16);

/** The way out of a controller's quarantine: a new epoch, by two people (docs/seallink.md, clause 3.11). */
export const controllerEpochRoutes = {
  "GET /v1/controllers/:controllerId/epoch": {
    summary: "Why a controller is in quarantine, and how far its new epoch is",
    permission: "controller.read",
    params: Params,
    response: z.object({
      epoch: z.number().int(),
      /** How many counters are to be read off the box. */
      slots: z.number().int(),
      quarantined: z.object({ says: LocalName, todo: LocalName }).nullable(),
      /** What led to it is still being looked into. */
      incidentOpen: z.boolean(),
      reset: z
        .object({
          resetId: z.string(),
          reason: z.string(),
          askedBy: PersonRef.nullable(),
          askedAt: Time,
          agreedBy: PersonRef.nullable(),
          /** How the order for the box stands; null before a second person has agreed. Over: its time is, and nobody was heard to have carried it out. */
          order: z.enum(["asked", "signed", "refused", "over"]).nullable(),
          refusals: z.array(RefusalView),
          mayAgree: z.boolean(),
          mayDecline: z.boolean(),
        })
        .nullable(),
      mayAsk: z.boolean(),
    }),
  },
  "POST /v1/controllers/:controllerId/epoch": {
    summary: "Ask for the new epoch of a controller in quarantine, with the counters as they were read off the box",
    permission: "controller.manage",
    params: Params,
    body: z.object({ readings: Readings.min(1), reason: z.string().trim().min(1).max(1000) }),
    response: z.object({ resetId: z.string() }),
  },
  "POST /v1/controllers/:controllerId/epoch-decision": {
    summary: "Agree, as a second person with a reading of his own, to the new epoch, or decline it",
    permission: "controller.manage",
    params: Params,
    body: z.object({ resetId: z.string().regex(/^epr_[0-9a-f-]{36}$/), confirm: z.boolean(), readings: Readings }),
    response: Done,
    limitPerMinute: 20,
  },
} as const satisfies Record<string, Route>;
