import { COUNTERPARTY_KINDS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BothTexts,
  Day,
  Done,
  EntityId,
  LocalName,
  MatterId,
  PersonRef,
  SealId,
  StandingId,
  TemplateId,
  Time,
} from "../shapes.ts";

/** Standing authorisations: what follows a template may be sealed under one without a new approval. */
export const standingRoutes = {
  "GET /v1/standing-authorisations": {
    summary: "Standing authorisations of an entity with their terms and how often they were used, those in force first",
    permission: "standing.read",
    query: z.object({ entityId: EntityId }),
    response: z.object({
      items: z.array(
        z.object({
          standingId: StandingId,
          /** Of the matter that gave it. */
          number: z.string(),
          matterId: MatterId,
          templateId: TemplateId,
          template: BothTexts,
          seal: z.object({ sealId: SealId, name: LocalName }),
          counterpartyKinds: z.array(z.enum(COUNTERPARTY_KINDS)),
          limit: z.string(),
          currency: z.string(),
          count: z.number().int(),
          used: z.number().int(),
          /** Of the uses: counted when they were submitted, and taken back or ended before anything was sealed. */
          unsealed: z.number().int(),
          from: Day,
          to: Day,
          inForce: z.boolean(),
          mayEnd: z.boolean(),
          ended: z.object({ at: Time, by: PersonRef.nullable(), reason: z.string() }).nullable(),
        }),
      ),
    }),
  },
  "POST /v1/standing-authorisations/:standingId/end": {
    summary: "End a standing authorisation at once",
    permission: "standing.end",
    params: z.object({ standingId: StandingId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
