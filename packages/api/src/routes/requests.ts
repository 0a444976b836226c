import {
  ATTACHMENT_KINDS,
  COUNTERPARTY_KINDS,
  DIFFERENCE_KINDS,
  EMERGENCY_VERDICTS,
  FIELD_FAULTS,
  QUESTION_KINDS,
  STEP_KINDS,
} from "@chancery/domain";
import { z } from "zod";
import { DecisionEvidence } from "../decision-evidence.ts";
import { MOST_DOCUMENTS, MOST_PLACEMENTS } from "../limits.ts";
import type { Route } from "../route.ts";
import {
  BothTexts,
  BoxMm,
  Day,
  Digest,
  DocumentClass,
  DocumentId,
  Done,
  EntityId,
  EntityRef,
  EvidenceId,
  Facts,
  ImpressionId,
  ImpressionState,
  List,
  LocalName,
  PersonId,
  PersonRef,
  Placement,
  Presence,
  RefusalView,
  RequestId,
  RequestState,
  SealId,
  SealSummary,
  StandingId,
  StepId,
  TemplateVersionId,
  Time,
  TimelineEntry,
  UnitRef,
} from "../shapes.ts";

export const UnfinishedPlace = z.object({
  placeId: z.string(),
  page: z.number().int(),
  kind: z.string(),
  text: z.string(),
  box: BoxMm.nullable(),
  sentence: BothTexts,
  /** Whether it may be answered with a reason; an empty page or a form without content never may. */
  answerable: z.boolean(),
  answer: z.string().nullable(),
});
const DocumentView = z.object({
  documentId: DocumentId,
  name: z.string(),
  digest: Digest,
  sizeBytes: z.number().int(),
  pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
  signatures: z.number().int(),
  unfinished: z.array(UnfinishedPlace),
});
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
  /** Why it can not wait for the ordinary route; null for an ordinary use. */
  emergency: z.string().trim().max(500).nullable().default(null),
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
export const RequestSummary = z.object({
  requestId: RequestId,
  number: z.string().nullable(),
  title: z.string(),
  state: RequestState,
  applicant: PersonRef,
  entity: EntityRef.nullable(),
  unit: UnitRef.nullable(),
  documentClass: DocumentClass.nullable(),
  external: z.boolean(),
  counterparty: z.string(),
  amount: z.string().nullable(),
  currency: z.string(),
  seals: z.array(z.object({ sealId: SealId, name: LocalName, important: z.boolean() })),
  documents: z.number().int(),
  impressions: z.number().int(),
  waitingFor: z.array(PersonRef),
  waitingKind: z.enum([...STEP_KINDS, "release", "confirmation", "sealing"]).nullable(),
  counterpartyKind: z.enum(COUNTERPARTY_KINDS).nullable(),
  /** Since when the step that waits is overdue. */
  overdueSince: Time.nullable(),
  /** Why it is an emergency use, and when it ends; without an end until it is submitted. */
  emergency: z.object({ reason: z.string(), until: Time.nullable() }).nullable(),
  /** In the list of what waits: what an approval of several would name, where the request may be among them. */
  quick: z.object({ stepId: StepId, digest: Digest }).nullable(),
  updatedAt: Time,
  submittedAt: Time.nullable(),
  wantedBy: Day.nullable(),
});
const Limits = z.object({
  impressionsMost: z.number().int().nullable(),
  validDays: z.number().int().nullable(),
  presence: z.boolean(),
  supervised: z.boolean(),
});
const AttachmentView = z.object({ kind: z.enum(ATTACHMENT_KINDS), evidenceId: EvidenceId, name: z.string() });
/** What is asked about a request without refusing it: splitting, repetition, copies. */
const QuestionView = z.object({
  key: z.string(),
  kind: z.enum(QUESTION_KINDS),
  sentence: BothTexts,
  answer: z.string().nullable(),
  /** The other requests it is about, as far as the reader is told of them; without an id those he may not open. */
  related: z.array(
    z.object({
      requestId: RequestId.nullable(),
      number: z.string(),
      amount: z.string().nullable(),
      currency: z.string(),
      submittedAt: Time,
      applicant: PersonRef.nullable(),
    }),
  ),
  /** How many more there are. */
  untold: z.number().int(),
});
/** How long a step of its kind usually takes here; null where too few were decided lately. */
const UsualTime = z.object({ unit: z.enum(["hours", "days"]), count: z.number().int() }).nullable();
export const StepView = z.object({
  stepId: StepId,
  kind: z.enum(STEP_KINDS),
  /** What a step of named people is called. */
  title: LocalName.nullable(),
  /** Steps of one stage are decided side by side; counted from 0. */
  stage: z.number().int(),
  /** Agreements of one group are counted together: each is another person's. */
  group: z.string(),
  dueAt: Time.nullable(),
  overdueSince: Time.nullable(),
  usual: UsualTime,
  /** When others were asked as well, because it waited too long. */
  escalatedAt: Time.nullable(),
  state: z.enum(["waiting", "current", "approved", "rejected", "returned", "voided"]),
  candidates: z.array(PersonRef),
  decidedBy: PersonRef.nullable(),
  /** In whose place he decided, where a delegation let him. */
  decidedFor: PersonRef.nullable(),
  decidedAt: Time.nullable(),
  comment: z.string().nullable(),
  method: z.enum(["passkey", "password", "sample", "session"]).nullable(),
  why: BothTexts,
  /** The rule that asked for it, and the organisation's reason for it; null for what no table asks for. */
  rule: z.object({ when: BothTexts, reason: BothTexts }).nullable(),
  /** Agreed to in an earlier round, and nothing it rests on has changed: which round that was. */
  keptFromRound: z.number().int().nullable(),
  /** Why it is asked again though it was agreed to in an earlier round. */
  again: BothTexts.nullable(),
  /** Who put it beside another step, and why; null for what the rules ask for. */
  added: z.object({ by: PersonRef.nullable(), reason: z.string() }).nullable(),
});
export const GateView = z.object({
  allowed: z.boolean(),
  askedAt: Time,
  conditions: z.array(
    z.object({
      id: z.string(),
      control: z.string(),
      met: z.boolean(),
      sentence: BothTexts,
      why: BothTexts.nullable(),
      wayOut: BothTexts.nullable(),
      action: z.enum(["release", "confirm", "unfreeze", "approve", "withdraw", "renew", "none"]),
      who: z.array(PersonRef),
      facts: Facts,
    }),
  ),
});
export const RequestAction = z.enum([
  "edit",
  "submit",
  "approve",
  "reject",
  "return",
  "withdraw",
  "comment",
  "release",
  "confirm",
  "download",
  "cancel",
  "copy",
  "review-emergency",
]);
const TemplateFollowed = z.object({
  documentId: DocumentId,
  versionId: TemplateVersionId,
  name: LocalName,
  number: z.number().int(),
  documentClass: DocumentClass,
  verdict: z.enum(["same", "same-but-fields", "changed"]),
  fields: z.number().int(),
  differences: z.number().int(),
});
/** What the documents say, held against what was declared. */
const FactsView = z.object({
  /** What decides: the stricter of both. */
  decisive: z.object({
    documentClass: DocumentClass,
    external: z.boolean(),
    amount: z.string().nullable(),
    currency: z.string(),
    template: z.enum(["none", "same", "changed"]),
  }),
  disagreements: z.array(
    z.object({
      key: z.string(),
      documentId: DocumentId,
      fact: z.enum(["class", "external", "counterparty", "amount"]),
      declared: z.string(),
      read: z.string(),
      /** Which of both decides until a reviewer settles it. */
      stricter: z.enum(["declared", "read"]),
      page: z.number().int(),
      text: z.string(),
      box: BoxMm,
      /** The applicant's reason why it is as declared. */
      answer: z.string().nullable(),
      ruling: z
        .object({ ruling: z.enum(["declared", "document"]), reason: z.string(), by: PersonRef.nullable(), at: Time })
        .nullable(),
    }),
  ),
  templates: z.array(TemplateFollowed),
  /** Nobody approves before each place is settled for the application. */
  blocking: z.boolean(),
});
const Passage = z.object({
  text: z.string(),
  places: z.array(z.object({ page: z.number().int(), box: BoxMm })),
});
const PageNumbers = z.array(z.number().int());
const Comparison = z.object({
  template: TemplateFollowed,
  templatePages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
  /** False where comparing took too long; then it counts as changed. */
  compared: z.boolean(),
  fields: z.array(z.object({ name: z.string(), text: z.string(), page: z.number().int(), box: BoxMm })),
  differences: z.array(
    z.object({
      kind: z.enum(DIFFERENCE_KINDS),
      template: Passage,
      document: Passage,
      field: z.object({ name: z.string(), fault: z.enum(FIELD_FAULTS) }).nullable(),
      /** Both sides look the same to people and are not. */
      lookAlike: z.boolean(),
    }),
  ),
  pages: z.object({
    inserted: PageNumbers,
    removed: PageNumbers,
    swapped: z.array(z.object({ template: z.number().int(), document: z.number().int() })),
  }),
});
export const RequestDetail = RequestSummary.extend({
  /** Goes up with every change; a change names the version it was made on. */
  version: z.number().int(),
  purpose: z.string(),
  handler: PersonRef.nullable(),
  validUntil: Day.nullable(),
  documentList: z.array(
    DocumentView.extend({
      unchanged: z.boolean(),
      placements: z.array(Placement),
      sealed: z
        .object({ digest: Digest, sizeBytes: z.number().int(), sealedAt: Time, proofLeaf: z.number().int().nullable() })
        .nullable(),
    }),
  ),
  sealList: z.array(SealSummary),
  steps: z.array(StepView),
  /** The step the reader is asked to decide now. */
  myStepId: StepId.nullable(),
  /** The rules it was submitted under, and what they allow; null before. */
  rulesVersion: z.string().nullable(),
  limits: Limits.nullable(),
  /** What it waits for now: for whom, since when, how long that usually takes; nothing once it is over. */
  waiting: z.array(
    z.object({
      act: z.enum(["applicant", "step", "release", "confirmation", "sealing"]),
      kind: z.enum(STEP_KINDS).nullable(),
      title: LocalName.nullable(),
      people: z.array(PersonRef),
      since: Time.nullable(),
      overdueSince: Time.nullable(),
      usual: UsualTime,
    }),
  ),
  /** The standing authorisation it is used under, and which of its uses it is; without one before it was counted. */
  standing: z
    .object({ standingId: StandingId, number: z.string(), nr: z.number().int().nullable(), count: z.number().int() })
    .nullable(),
  /** What an emergency was, as somebody without a part in it says. */
  emergencyReview: z
    .object({ by: PersonRef.nullable(), at: Time, verdict: z.enum(EMERGENCY_VERDICTS), note: z.string() })
    .nullable(),
  questions: z.array(QuestionView),
  /** The reasons a draft holds, also for what was not asked yet. */
  questionAnswers: z.array(z.object({ key: z.string(), reason: z.string() })),
  attachments: z.array(AttachmentView),
  facts: FactsView,
  /** Whether the reader is asked to settle what the documents say. */
  maySettleFacts: z.boolean(),
  release: z.object({
    needed: z.boolean(),
    candidates: z.array(PersonRef),
    by: PersonRef.nullable(),
    at: Time.nullable(),
    /** How he proved that he was there. */
    method: z.enum(["passkey", "password", "sample"]).nullable(),
  }),
  supervision: z.object({
    needed: z.boolean(),
    candidates: z.array(PersonRef),
    by: PersonRef.nullable(),
    at: Time.nullable(),
    /** How he proved that he was there. */
    method: z.enum(["passkey", "password", "sample"]).nullable(),
  }),
  impressionList: z.array(
    z.object({
      impressionId: ImpressionId,
      documentId: DocumentId,
      sealId: SealId,
      page: z.number().int(),
      state: ImpressionState,
      at: Time,
      leaf: z.number().int().nullable(),
    }),
  ),
  counts: z.object({
    authorised: z.number().int(),
    sealed: z.number().int(),
    settled: z.number().int(),
    registered: z.number().int(),
    released: z.number().int(),
  }),
  sealing: z.object({
    state: z.enum(["none", "running", "done", "failed"]),
    done: z.number().int(),
    total: z.number().int(),
    problem: BothTexts.nullable(),
  }),
  /** What decisions, release and confirmation are bound to. */
  digest: Digest.nullable(),
  actions: z.array(RequestAction),
  gate: GateView.nullable(),
  timeline: z.array(TimelineEntry),
});
export const CheckResult = z.object({
  ready: z.boolean(),
  refusals: z.array(RefusalView),
  suggestedSeals: z.array(z.object({ sealId: SealId, name: LocalName })),
  /** Every seal of the entity, and why it may not stand on these documents; nothing refused: it may. */
  seals: z.array(z.object({ sealId: SealId, refusals: z.array(RefusalView) })),
  route: z.array(
    z.object({
      kind: z.enum(STEP_KINDS),
      title: LocalName.nullable(),
      stage: z.number().int(),
      group: z.string(),
      hours: z.number().int().nullable(),
      usual: UsualTime,
      candidates: z.array(PersonRef),
      why: BothTexts,
      /** Who agreed before the return, where that stands; or why the step is asked again. */
      kept: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
      again: BothTexts.nullable(),
      /** The rule that asked for the step, and the organisation's reason for it; null for what no rule can leave out. */
      rule: z.object({ when: BothTexts, reason: BothTexts }).nullable(),
    }),
  ),
  /** Papers that the rules ask for, and whether they are attached. */
  papers: z.array(z.object({ kind: z.enum(ATTACHMENT_KINDS), name: LocalName, attached: z.boolean() })),
  questions: z.array(QuestionView),
  limits: Limits.nullable(),
  rulesVersion: z.string().nullable(),
  /** Who will release, and who may confirm where a seal is important: by the rule that will be asked then. */
  sealing: z.object({
    custodians: z.array(PersonRef),
    supervisionNeeded: z.boolean(),
    confirmers: z.array(PersonRef),
  }),
  unfinished: z.array(z.object({ documentId: DocumentId, places: z.array(UnfinishedPlace) })),
  missing: z.array(z.string()),
  facts: FactsView,
  /** Disagreements that have to be answered before it can be submitted. */
  unanswered: z.array(z.string()),
});

export const requestRoutes = {
  "GET /v1/document-classes": {
    summary: "Classes of documents and the seals that may be used on them",
    permission: "session",
    response: z.object({
      items: z.array(
        z.object({
          documentClass: DocumentClass,
          name: LocalName,
          makesRights: z.boolean(),
          external: z.boolean(),
          sealTypes: z.array(z.string()),
          electronic: z.enum(["first", "possible", "no"]),
        }),
      ),
    }),
  },
  "POST /v1/documents": {
    summary: "Upload a document; answers whether it can be sealed and what is unfinished in it",
    permission: "request.apply",
    upload: true,
    limitPerMinute: 60,
    response: DocumentView,
  },
  "GET /v1/documents/:documentId": {
    summary: "One document",
    permission: "request.read",
    params: z.object({ documentId: DocumentId }),
    response: DocumentView,
  },
  "GET /v1/documents/:documentId/file": {
    summary: "The document's bytes, for those who may read the request",
    permission: "request.read",
    params: z.object({ documentId: DocumentId }),
    response: "binary",
    mediaType: "application/pdf",
  },
  "GET /v1/documents/:documentId/places": {
    summary: "Where a text stands in the document, or, without one, the words at which a seal is usually set",
    permission: "request.apply",
    params: z.object({ documentId: DocumentId }),
    query: z.object({ text: z.string().trim().min(1).max(100).optional() }),
    response: z.object({ places: z.array(z.object({ text: z.string(), page: z.number().int(), box: BoxMm })) }),
  },
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
