import { ROTATION_STATES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { Day, EntityId, LocalName, MatterId, PersonId, PersonRef, RefusalView, SealId } from "../shapes.ts";

const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });
const Stand = z.object({
  seal: SealRef,
  important: z.boolean(),
  person: PersonRef,
  since: Day,
  dueOn: Day,
  state: z.enum(ROTATION_STATES),
});
const OfEntity = z.object({ entityId: EntityId });

/** Rotation of custodians: what is due, a plan that breaks no rule, and its handovers. */
export const rotationRoutes = {
  "GET /v1/rotation": {
    summary: "Custodians of an entity with the day their rotation is due, those due first",
    permission: "audit.read",
    query: OfEntity,
    response: z.object({ items: z.array(Stand) }),
  },
  "GET /v1/rotation-plan": {
    summary: "Moves that relieve those due and break no rule, in their order, and who could not be relieved",
    permission: "rotation.plan",
    query: OfEntity,
    response: z.object({
      moves: z.array(z.object({ seal: SealRef, leaving: PersonRef, coming: PersonRef, witness: PersonRef })),
      left: z.array(z.object({ seal: SealRef, person: PersonRef, dueOn: Day })),
    }),
  },
  "POST /v1/rotation-handovers": {
    summary: "Open a handover for each move that was accepted; what an earlier one has to precede stays a draft",
    permission: "rotation.plan",
    idempotent: true,
    body: OfEntity.extend({
      moves: z
        .array(z.object({ sealId: SealId, leavingId: PersonId, comingId: PersonId, witnessId: PersonId }))
        .min(1)
        .max(200),
    }),
    response: z.object({
      items: z.array(
        z.object({
          sealId: SealId,
          leavingId: PersonId,
          matterId: MatterId,
          number: z.string().nullable(),
          refusals: z.array(RefusalView),
        }),
      ),
    }),
  },
} as const satisfies Record<string, Route>;
