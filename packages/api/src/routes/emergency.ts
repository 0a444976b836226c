import { ATTACHMENT_KINDS, EMERGENCY_VERDICTS, ON_CALL_ROLES } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import { Day, Done, EntityId, EvidenceId, LocalName, PersonId, PersonRef, RequestId, SealId, Time } from "../shapes.ts";

const ShiftId = z.string().regex(/^shift_[0-9a-f-]{36}$/);
const SlipId = z.string().regex(/^slip_[0-9a-f-]{36}$/);
const SeriesId = z.string().regex(/^ser_[0-9a-f-]{36}$/);
const DutyRole = z.enum(ON_CALL_ROLES);
const Words = z.string().trim().max(200);
const Review = z.object({ verdict: z.enum(EMERGENCY_VERDICTS), note: z.string().trim().max(1000) });

/** When it can not wait: who is on call, what slips told, and what an emergency turns out to have been. */
export const emergencyRoutes = {
  "GET /v1/emergency": {
    summary: "Who is on call in an entity, open reviews of emergency uses, and emergency slips",
    permission: "emergency.read",
    query: z.object({ entityId: EntityId }),
    response: z.object({
      today: Day,
      shifts: z.array(
        z.object({
          shiftId: ShiftId,
          role: DutyRole,
          person: PersonRef,
          from: Day,
          to: Day,
          /** Whether it is his turn today. */
          now: z.boolean(),
          reach: z.string(),
          /** Where the seal is; told to those with a role in the entity. */
          place: z.string().nullable(),
        }),
      ),
      reviews: z.array(
        z.object({
          requestId: RequestId.nullable(),
          subject: z.string(),
          dueAt: Time.nullable(),
          overdue: z.boolean(),
        }),
      ),
      slips: z.object({
        inHand: z.array(z.object({ seriesId: SeriesId, numbers: z.string() })),
        entered: z.array(
          z.object({
            slipId: SlipId,
            number: z.string(),
            seal: LocalName,
            title: z.string(),
            counterparty: z.string(),
            reason: z.string(),
            impressions: z.number().int(),
            usedAt: Time,
            enteredAt: Time,
            late: z.boolean(),
            signatory: PersonRef.nullable(),
            custodian: PersonRef.nullable(),
            by: PersonRef.nullable(),
            evidenceId: EvidenceId,
            review: z.object({ verdict: z.enum(EMERGENCY_VERDICTS), note: z.string() }).nullable(),
            /** What those whom it names said: whether they signed it. */
            answers: z.array(z.object({ person: PersonRef.nullable(), wasMe: z.boolean(), note: z.string() })),
            /** Whether it names the reader, who has not said yet whether that was he. */
            mayAnswer: z.boolean(),
            mayReview: z.boolean(),
          }),
        ),
      }),
      /** Working days after the signatory agreed, within which it is reviewed. */
      reviewWithinDays: z.number().int(),
      mayManage: z.boolean(),
      /** Who may be put on call as what, on which days; told to whoever manages the roster. */
      callable: z.array(z.object({ role: DutyRole, person: PersonRef, from: Day, to: Day.nullable() })),
    }),
  },
  "POST /v1/duty-shifts": {
    summary: "Put somebody on call, with how he is reached and where the seal is",
    permission: "emergency.manage",
    idempotent: true,
    body: z.object({
      entityId: EntityId,
      role: DutyRole,
      personId: PersonId,
      from: Day,
      to: Day,
      reach: Words.min(1),
      place: Words,
    }),
    response: z.object({ shiftId: ShiftId }),
  },
  "POST /v1/duty-shifts/:shiftId/end": {
    summary: "Take somebody off call; the line stays",
    permission: "emergency.manage",
    params: z.object({ shiftId: ShiftId }),
    response: Done,
  },
  "POST /v1/emergency-slips": {
    summary: "Enter what was stamped by an emergency slip while the platform could not be reached",
    permission: "emergency.enter",
    idempotent: true,
    body: z.object({
      seriesId: SeriesId,
      number: z.string().trim().min(1).max(50),
      sealId: SealId,
      title: Words.min(1),
      counterparty: Words,
      reason: z.string().trim().min(1).max(500),
      impressions: z.number().int().min(1).max(1000),
      usedAt: Time,
      signatoryId: PersonId,
      custodianId: PersonId,
      evidenceId: EvidenceId,
    }),
    response: z.object({ slipId: SlipId }),
  },
  "POST /v1/emergency-slips/:slipId/answer": {
    summary: "Say whether one signed an emergency slip that names one as signatory or custodian",
    permission: "emergency.enter",
    params: z.object({ slipId: SlipId }),
    body: z.object({ wasMe: z.boolean(), note: z.string().trim().max(1000) }),
    response: Done,
  },
  "POST /v1/emergency-slips/:slipId/review": {
    summary: "Say what a use by an emergency slip was; by somebody who neither signed nor entered it",
    permission: "emergency.review",
    params: z.object({ slipId: SlipId }),
    body: Review,
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/emergency-papers": {
    summary: "Add a paper that an emergency use owes, as whoever asked for it or carries its papers",
    permission: "request.apply",
    params: z.object({ requestId: RequestId }),
    body: z.object({ kind: z.enum(ATTACHMENT_KINDS), title: Words, evidenceId: EvidenceId }),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/emergency-review": {
    summary: "Say what an emergency use was; by somebody who neither asked nor agreed",
    permission: "emergency.review",
    params: z.object({ requestId: RequestId }),
    /** Papers that he opened and that are what they call themselves. */
    body: Review.extend({ papers: z.array(EvidenceId).max(40) }),
    response: Done,
  },
} as const satisfies Record<string, Route>;
