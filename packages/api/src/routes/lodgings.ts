import { LODGING_KINDS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Day,
  Done,
  EntityId,
  EntityRef,
  EvidenceId,
  List,
  LocalName,
  PersonRef,
  SealId,
  SealState,
  TaskId,
  Time,
} from "../shapes.ts";

const LodgingId = z.string().regex(/^spl_[0-9a-f-]{36}$/);
const Words = z.string().trim().max(200);

/** Specimens lodged: cards with impressions that banks, customs, courts and tax offices keep. */
export const lodgingRoutes = {
  "GET /v1/specimens-lodged": {
    summary: "Cards lodged outside that the caller may know of, those whose time is over first",
    permission: "seal.read",
    query: z.object({
      sealId: SealId.optional(),
      kind: z.enum(LODGING_KINDS).optional(),
      state: z.enum(["outside", "called-back", "overdue", "withdrawn"]).optional(),
      after: z.string().max(20).optional(),
    }),
    response: List(
      z.object({
        lodgingId: LodgingId,
        entity: EntityRef,
        kind: z.enum(LODGING_KINDS),
        kindName: LocalName,
        placeName: z.string(),
        branch: z.string(),
        contact: z.string(),
        card: z.string(),
        seals: z.array(z.object({ sealId: SealId, number: z.string(), name: LocalName, state: SealState })),
        lodgedOn: Day,
        evidenceId: EvidenceId,
        recordedBy: PersonRef.nullable(),
        recordedAt: Time,
        replaces: LodgingId.nullable(),
        withdrawn: z.object({ on: Day, evidenceId: EvidenceId, by: PersonRef.nullable(), note: z.string() }).nullable(),
        /** Open while the card has to come back: one of its seals no longer holds. */
        task: z.object({ taskId: TaskId, dueAt: Time.nullable(), overdue: z.boolean() }).nullable(),
        mayWithdraw: z.boolean(),
      }),
    ),
  },
  "POST /v1/specimens-lodged": {
    summary: "Record a card that was lodged, with its photo; it may take the place of another one",
    permission: "specimen.lodge",
    idempotent: true,
    body: z.object({
      entityId: EntityId,
      kind: z.enum(LODGING_KINDS),
      placeName: Words.min(1),
      branch: Words,
      contact: Words,
      card: Words,
      sealIds: z.array(SealId).min(1).max(20),
      lodgedOn: Day,
      evidenceId: EvidenceId,
      /** The card that was handed back for this one, with the evidence that it was. */
      replaces: z.object({ lodgingId: LodgingId, evidenceId: EvidenceId }).nullable(),
    }),
    response: z.object({ lodgingId: LodgingId }),
  },
  "POST /v1/specimens-lodged/:lodgingId/withdrawal": {
    summary: "Record that a card came back or was cancelled, with evidence; its task is done by that",
    permission: "specimen.lodge",
    idempotent: true,
    params: z.object({ lodgingId: LodgingId }),
    body: z.object({ withdrawnOn: Day, evidenceId: EvidenceId, note: z.string().trim().max(1000) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
