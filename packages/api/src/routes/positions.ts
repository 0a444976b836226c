import { SEAL_DUTIES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  BothTexts,
  Day,
  Digest,
  Done,
  EntityId,
  EntityRef,
  GrantId,
  LocalName,
  PersonId,
  PersonRef,
  Presence,
  Role,
  SealId,
  SealState,
  SealType,
  Time,
} from "../shapes.ts";

const Duty = z.enum(SEAL_DUTIES);

/** Positions: roles with their job descriptions, confirmed by their holders, and who is named for which seal. */
export const positionRoutes = {
  "GET /v1/positions/mine": {
    summary: "One's own positions with their job descriptions, and what waits for one's confirmation",
    permission: "session",
    response: z.object({
      items: z.array(
        z.object({
          grantId: GrantId,
          role: Role,
          scopeKind: z.enum(["entity", "unit", "seal"]),
          scopeName: LocalName,
          from: Day,
          to: Day.nullable(),
          grantedBy: PersonRef.nullable(),
          /** Null while it waits and gives nothing. */
          confirmedAt: Time.nullable(),
          /** Why it is in force: its holder confirmed it, or needed not to. Null while it waits. */
          inForceBy: z.enum(["holder", "set-up", "as-before", "setting", "before-positions"]).nullable(),
          /** Who switched the confirmation off, where that is why. */
          setting: z.object({ askedBy: PersonRef.nullable(), confirmedBy: PersonRef.nullable(), at: Time }).nullable(),
          description: z.object({
            duties: z.array(BothTexts),
            never: z.array(BothTexts),
            deputy: BothTexts,
            reportsTo: BothTexts,
          }),
        }),
      ),
      /** What waits, and what a confirmation of all of it is bound to. */
      waiting: z.object({ grantIds: z.array(GrantId), digest: Digest }).nullable(),
    }),
  },
  "POST /v1/positions/confirmations": {
    summary: "Confirm positions of one's own with a proof of presence; they take force",
    permission: "session",
    body: z.object({ grantIds: z.array(GrantId).min(1).max(200), digest: Digest, presence: Presence }),
    response: Done,
  },
  "GET /v1/positions": {
    summary: "Who is named for each seal, since when and until when, and for what nobody is",
    permission: "separation.read",
    query: z.object({
      entityId: EntityId.optional(),
      duty: Duty.optional(),
      personId: PersonId.optional(),
      search: z.string().trim().max(100).optional(),
    }),
    response: z.object({
      items: z.array(
        z.object({
          seal: z.object({
            ...{ sealId: SealId, number: z.string(), name: LocalName, type: SealType, important: z.boolean() },
            ...{ state: SealState, entity: EntityRef },
          }),
          people: z.array(
            z.object({
              duty: Duty,
              person: PersonRef,
              from: Day,
              to: Day.nullable(),
              /** False while he has not confirmed the position. */
              confirmed: z.boolean(),
              /** In whose place, where the role was delegated. */
              standsFor: PersonRef.nullable(),
              /** Whether he is named for this seal alone, or for the whole entity. */
              scopeKind: z.enum(["entity", "seal"]),
            }),
          ),
          missing: z.array(z.object({ duty: Duty, count: z.number().int() })),
        }),
      ),
      /** Everybody named anywhere in what the reader sees, to choose from. */
      people: z.array(PersonRef),
      entities: z.array(EntityRef),
    }),
  },
} as const satisfies Record<string, Route>;
