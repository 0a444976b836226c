import { ATTACHMENT_KINDS, COUNTERPARTY_KINDS, copiesMost, USE_MODES } from "@chancery/domain";
import { z } from "zod";
import { DecisionEvidence } from "../decision-evidence.ts";
import { MOST_DOCUMENTS, MOST_PLACEMENTS } from "../limits.ts";
import type { Route } from "../route.ts";
import {
  Day,
  Digest,
  DocumentClass,
  DocumentId,
  DocumentSeriesId,
  Done,
  EntityId,
  EvidenceId,
  List,
  PersonId,
  Placement,
  Presence,
  RequestId,
  RequestState,
  SealId,
  SealSummary,
  StandingId,
  StepId,
  Time,
  UnitId,
} from "../shapes.ts";
import { CheckResult, RequestDetail, RequestSummary } from "./request-detail.ts";
import { Comparison, GateView } from "./request-parts.ts";

const Facts4 = {
  title: z.string().trim().max(200),
  documentClass: DocumentClass.nullable(),
  external: z.boolean(),
  counterparty: z.string().trim().max(200),
  counterpartyKind: z.enum(COUNTERPARTY_KINDS).nullable().default(null),
  amount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,2})?$/)
    .nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  purpose: z.string().trim().max(2000),
  wantedBy: Day.nullable(),
  validUntil: Day.nullable(),
};
const DraftBody = z.object({
  ...Facts4,
  entityId: EntityId.nullable(),
  handlerId: PersonId.nullable(),
  /** Papers that the rules ask for, uploaded as evidence before. */
  attachments: z
    .array(z.object({ kind: z.enum(ATTACHMENT_KINDS), evidenceId: EvidenceId }))
    .max(20)
    .default([]),
  /** The standing authorisation it is used under, without a new approval. */
  standingId: StandingId.nullable().default(null),
  /** By hand: a piece of each seal is pressed on so many paper copies; and why on paper where an electronic seal comes first. */
  useMode: z.enum(USE_MODES).default("electronic"),
  copies: z.number().int().min(1).max(copiesMost).nullable().default(null),
  paperReason: z.string().trim().max(500).nullable().default(null),
  /** Foreign paper: who printed what is stamped; the documents are its scans. Null where it is printed here. */
  paperPrintedBy: z.string().trim().max(200).nullable().default(null),
  /** The series whose documents it is for: `documents` names the first of them, whose seals stand on each. */
  seriesId: DocumentSeriesId.nullable().default(null),
  /** The other entity that seals the same papers: its seals stand among the placements, and its side is submitted with this. */
  joint: z
    .object({
      entityId: EntityId,
      /** The unit there whose head decides; the applicant belongs to none of them. */
      unitId: UnitId.nullable().default(null),
    })
    .nullable()
    .default(null),
  /** Why it can not wait for the ordinary route; null for an ordinary use. */
  emergency: z.string().trim().max(500).nullable().default(null),
  /**
   * Why its readers alone open it, and whom the applicant names besides those with a part in it; null: nobody is kept out.
   * Left out, it stays as it was saved, or begins as the class of its documents says.
   */
  confidential: z
    .object({ reason: z.string().trim().max(500), readers: z.array(PersonId).max(50) })
    .nullable()
    .optional(),
  /** Reasons for what is asked about the request, by the keys of the questions. */
  questionAnswers: z
    .array(z.object({ key: z.string().min(1).max(200), reason: z.string().trim().min(1).max(500) }))
    .max(100)
    .default([]),
  /** Why it is as declared, where a document says another thing. */
  factAnswers: z
    .array(z.object({ key: z.string().max(800), reason: z.string().trim().min(1).max(500) }))
    .max(100)
    .default([]),
  documents: z
    .array(
      z.object({
        documentId: DocumentId,
        placements: z.array(Placement.omit({ placementId: true })).max(MOST_PLACEMENTS),
        answers: z
          .array(z.object({ placeId: z.string().max(100), reason: z.string().trim().min(1).max(500) }))
          .max(200),
      }),
    )
    .max(MOST_DOCUMENTS),
});
const RequestParams = z.object({ requestId: RequestId });

export const requestRoutes = {
  "GET /v1/seal-use-requests": {
    summary: "Requests the caller may see",
    permission: "request.read",
    query: z.object({
      view: z.enum(["mine", "waiting", "decided", "copied", "custody", "all"]),
      state: RequestState.optional(),
      sealId: SealId.optional(),
      search: z.string().max(100).optional(),
      after: z.string().max(100).optional(),
    }),
    response: List(RequestSummary),
  },
  "POST /v1/seal-use-requests": {
    summary: "Begin a draft",
    permission: "request.apply",
    idempotent: true,
    body: DraftBody,
    response: z.object({ requestId: RequestId, version: z.number().int(), savedAt: Time }),
  },
  "PUT /v1/seal-use-requests/:requestId": {
    summary: "Save a draft, or change a returned request; refused where somebody saved another version meanwhile",
    permission: "request.apply",
    params: RequestParams,
    body: DraftBody.extend({ version: z.number().int().min(1) }),
    response: z.object({ version: z.number().int(), savedAt: Time }),
  },
  "DELETE /v1/seal-use-requests/:requestId": {
    summary: "Discard a draft that was never submitted",
    permission: "request.apply",
    params: RequestParams,
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/check": {
    summary: "What submitting would answer: refusals, the right seal, the route",
    permission: "request.apply",
    params: RequestParams,
    response: CheckResult,
  },
  "POST /v1/seal-use-requests/:requestId/submit": {
    summary: "Submit: the number is given, the digests are fixed",
    permission: "request.apply",
    idempotent: true,
    params: RequestParams,
    response: z.object({ number: z.string() }),
  },
  "GET /v1/seal-use-requests/:requestId": {
    summary: "One request, whole",
    permission: "request.read",
    params: RequestParams,
    response: RequestDetail,
  },
  "POST /v1/seal-use-requests/:requestId/decisions": {
    summary: "Approve, reject or return the current step",
    permission: "request.decide",
    idempotent: true,
    params: RequestParams,
    body: z.object({
      stepId: StepId,
      decision: z.enum(["approve", "reject", "return"]),
      comment: z.string().trim().max(2000),
      digest: Digest,
      /** With `return`: the earlier step from which on everything is asked again; without it, the applicant changes it. */
      backTo: StepId.optional(),
      presence: Presence.optional(),
    }),
    response: z.object({ state: RequestState }),
  },
  "POST /v1/seal-use-requests/:requestId/facts": {
    summary: "A reviewer settles who is right where the application and a document say different things",
    permission: "request.decide",
    params: RequestParams,
    body: z.object({
      key: z.string().max(800),
      ruling: z.enum(["declared", "document"]),
      reason: z.string().trim().min(1).max(500),
      digest: Digest,
    }),
    response: Done,
  },
  "GET /v1/seal-use-requests/:requestId/comparisons/:documentId": {
    summary: "What differs between a document and the template it is compared with",
    permission: "request.read",
    params: z.object({ requestId: RequestId, documentId: DocumentId }),
    response: Comparison,
  },
  "POST /v1/seal-use-requests/:requestId/comments": {
    summary: "Comment, and mention people, who are then shown the request",
    permission: "request.read",
    params: RequestParams,
    body: z.object({
      text: z.string().trim().min(1).max(2000),
      /** Whoever is mentioned is shown the request from then on. */
      mentions: z.array(PersonId).max(50).default([]),
    }),
    response: Done,
  },
  "POST /v1/seal-use-requests/:requestId/withdraw": {
    summary: "Withdraw",
    permission: "request.apply",
    params: RequestParams,
    body: z.object({ reason: z.string().trim().max(500) }),
    response: Done,
  },
  "GET /v1/seal-use-requests/:requestId/gate": {
    summary: "Why can I not seal this? The gate's answer with every condition",
    permission: "request.read",
    params: RequestParams,
    response: GateView,
  },
  "POST /v1/seal-use-requests/:requestId/release": {
    summary: "The custodian releases the sealing with his proof of presence",
    permission: "request.release",
    idempotent: true,
    params: RequestParams,
    body: z.object({ digest: Digest, presence: Presence }),
    response: z.object({ sealing: z.boolean(), gate: GateView }),
  },
  "POST /v1/seal-use-requests/:requestId/confirm": {
    summary: "The supervisor confirms the same digest with his proof of presence",
    permission: "request.supervise",
    idempotent: true,
    params: RequestParams,
    body: z.object({ digest: Digest, presence: Presence }),
    response: z.object({ sealing: z.boolean(), gate: GateView }),
  },
  "GET /v1/seal-use-requests/:requestId/sealed/:documentId": {
    summary: "Download the sealed file",
    permission: "request.read",
    params: z.object({ requestId: RequestId, documentId: DocumentId }),
    response: "binary",
    mediaType: "application/pdf",
  },
  "GET /v1/seal-use-requests/:requestId/decision-evidence": {
    summary: "Evidence of every decision in force, or of an earlier round's, to be verified without the platform",
    permission: "request.read",
    params: RequestParams,
    /** An earlier round: what was agreed in it and stands is proved by what was decided on then. */
    query: z.object({ round: z.coerce.number().int().min(1).max(1000).optional() }),
    response: DecisionEvidence,
  },
  "GET /v1/overview": {
    summary: "What waits for the caller, and what he asked for",
    permission: "session",
    response: z.object({
      waiting: z.array(RequestSummary),
      mine: z.array(RequestSummary),
      sealsKept: z.array(SealSummary),
      counts: z.object({
        waiting: z.number().int(),
        mine: z.number().int(),
        sealedThisMonth: z.number().int(),
        refusedThisMonth: z.number().int(),
      }),
    }),
  },
} as const satisfies Record<string, Route>;
