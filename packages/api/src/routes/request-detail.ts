import {
  ATTACHMENT_KINDS,
  COUNTERPARTY_KINDS,
  DECLARED_FACTS,
  EMERGENCY_VERDICTS,
  EVIDENCE_GRADES,
  MAKE_UP_CAUSES,
  STEP_KINDS,
  USE_MODES,
} from "@chancery/domain";
import { z } from "zod";
import {
  BothTexts,
  Day,
  Digest,
  DocumentClass,
  DocumentId,
  DocumentSeriesId,
  EntityRef,
  EvidenceId,
  ImpressionId,
  ImpressionState,
  LocalName,
  PersonId,
  PersonRef,
  Placement,
  RefusalView,
  RequestId,
  RequestState,
  SealId,
  SealSummary,
  StandingId,
  StepId,
  Time,
  TimelineEntry,
  UnitRef,
} from "../shapes.ts";
import { Confidentiality } from "./confidential.ts";
import {
  AttachmentView,
  DocumentView,
  FactsView,
  GateView,
  Limits,
  QuestionView,
  SealTally,
  StepView,
  UnfinishedPlace,
  UsualTime,
} from "./request-parts.ts";
import { FourCounts, HandCounts, StampDebt } from "./stamping.ts";

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
  /** What its documents say where that, and not the declared amount, decides until a reviewer settles it. */
  decidingAmount: z.object({ amount: z.string(), currency: z.string() }).nullable(),
  seals: z.array(z.object({ sealId: SealId, name: LocalName, important: z.boolean() })),
  documents: z.number().int(),
  impressions: z.number().int(),
  /** How its seals are used; by hand on so many paper copies. */
  useMode: z.enum(USE_MODES),
  copies: z.number().int().nullable(),
  waitingFor: z.array(PersonRef),
  waitingKind: z
    .enum([...STEP_KINDS, "release", "confirmation", "sealing", "stamping", "agreement", "photos"])
    .nullable(),
  /** What the rules call the step that waits, where they named who decides it. */
  waitingTitle: LocalName.nullable(),
  counterpartyKind: z.enum(COUNTERPARTY_KINDS).nullable(),
  /** `masked`: its readers alone open it, and the caller is told nothing that it says: no title, class, party, amount. */
  confidential: z.enum(["no", "open", "masked"]),
  /** Since when the step that waits is overdue. */
  overdueSince: Time.nullable(),
  /** Why it is an emergency use, and when it ends; without an end until it is submitted. */
  emergency: z.object({ reason: z.string(), until: Time.nullable() }).nullable(),
  /** Of one side of a joint request: whose the other side is, and how it stands. */
  joint: z.object({ entity: EntityRef, number: z.string().nullable(), state: RequestState }).nullable(),
  /** In the list of what waits: what an approval of several would name, where the request may be among them. */
  quick: z.object({ stepId: StepId, digest: Digest }).nullable(),
  updatedAt: Time,
  submittedAt: Time.nullable(),
  wantedBy: Day.nullable(),
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
  "stamp",
  "stamp-with-controller",
  "look-at-photos",
  "rule-impression",
]);
export const RequestDetail = RequestSummary.extend({
  /** Goes up with every change; a change names the version it was made on. */
  version: z.number().int(),
  purpose: z.string(),
  /** Why on paper, where an electronic seal comes first. */
  paperReason: z.string().nullable(),
  /** Of foreign paper, who printed it: what is approved is its scan. Null where it is printed here. */
  paperPrintedBy: z.string().nullable(),
  /** Of a make-up stamping: the copy of another request that it replaces, why, and what shows it. */
  makeUp: z
    .object({
      ...{ requestId: RequestId, number: z.string().nullable(), copy: z.number().int(), cause: z.enum(MAKE_UP_CAUSES) },
      ...{ reason: z.string(), evidenceId: EvidenceId },
      /** Whether the reader opens that request. */
      opens: z.boolean(),
    })
    .nullable(),
  /** Of a use by hand that was opened: its counts, what is owed, and who did what. */
  stamping: z
    .object({
      fourCounts: FourCounts,
      /** How many photos showed another copy than the one whose turn it was, and are booked to that. */
      bookedByCode: z.number().int(),
      ...{ counts: HandCounts, debts: z.array(StampDebt), supervised: z.boolean() },
      /** Whether controllers press, and their journals tell. */
      byController: z.boolean(),
      /** Whether they press only in their docking stations. */
      docked: z.boolean(),
      opened: z.object({ by: PersonRef.nullable(), at: Time }),
      ended: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
      looked: z.object({ by: PersonRef.nullable(), at: Time }).nullable(),
    })
    .nullable(),
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
  /** That whoever asked for it has left, and on which day where that is known; null while he is here. */
  applicantLeft: z.object({ on: Day.nullable() }).nullable(),
  /** What it waits for now: for whom, since when, how long that usually takes; nothing once it is over. */
  waiting: z.array(
    z.object({
      act: z.enum([
        "applicant",
        "take-back",
        "step",
        "other-side",
        "release",
        "confirmation",
        "sealing",
        "stamping",
        "agreement",
        "photos",
        "ruling",
        "case",
      ]),
      kind: z.enum(STEP_KINDS).nullable(),
      title: LocalName.nullable(),
      people: z.array(PersonRef),
      /** How many of them have to act. */
      needed: z.number().int(),
      since: Time.nullable(),
      overdueSince: Time.nullable(),
      usual: UsualTime,
    }),
  ),
  /** The standing authorisation it is used under, and which of its uses it is; without one before it was counted. */
  standing: z
    .object({
      ...{ standingId: StandingId, number: z.string(), nr: z.number().int().nullable(), count: z.number().int() },
      /** Where nothing is sealed under it any more: since when somebody ended it, null where its own days are over; and its last day. */
      over: z.object({ endedAt: Time.nullable(), to: Day }).nullable(),
    })
    .nullable(),
  /** Numbers of the blank sheets that are its documents; null for documents that say something. */
  blankSheets: z.string().nullable(),
  /** What an emergency was, as somebody without a part in it says. */
  emergencyReview: z
    .object({ by: PersonRef.nullable(), at: Time, verdict: z.enum(EMERGENCY_VERDICTS), note: z.string() })
    .nullable(),
  /** Of an emergency nobody reviewed yet: who could, without a part in it, and by when; within so many working days once it is agreed to. */
  emergencyReviewPlan: z
    .object({ dueAt: Time.nullable(), withinDays: z.number().int(), people: z.array(PersonRef) })
    .nullable(),
  /** Papers that an emergency use owes, and those that followed; null for any other request. */
  emergencyPapers: z
    .object({
      owed: z.array(z.object({ kind: z.enum(ATTACHMENT_KINDS), name: LocalName })),
      followed: z.array(
        z.object({
          kind: z.enum(ATTACHMENT_KINDS),
          name: LocalName,
          evidenceId: EvidenceId,
          file: z.string(),
          /** Whether its text names its kind; null where it cannot be told. */
          named: z.boolean().nullable(),
          /** What its giver calls it. */
          title: z.string(),
          by: PersonRef.nullable(),
          at: Time,
          /** Whether whoever reviewed the use found it to be that; null while nobody did. */
          confirmed: z.boolean().nullable(),
        }),
      ),
      /** Whether the reader may add some, or another in the place of one that followed. */
      mayGive: z.boolean(),
    })
    .nullable(),
  /**
   * While it is decided: what reviewers said against these documents, here or in another request with the same file, and nobody
   * has answered with an agreement. The last comes first.
   */
  objections: z.array(
    z.object({
      decision: z.enum(["returned", "rejected"]),
      /** Null where it was decided at another entity of the organisation, in a request that the reader may not open. */
      kind: z.enum(STEP_KINDS).nullable(),
      title: LocalName.nullable(),
      ...{ by: PersonRef.nullable(), at: Time, comment: z.string().nullable() },
      /** Whether it was said of the documents as they are now. */
      sameDocument: z.boolean(),
      /** Another request; without an id where the reader may not open it. */
      other: z
        .object({ number: z.string().nullable(), requestId: RequestId.nullable(), elsewhere: z.boolean() })
        .nullable(),
    }),
  ),
  confidentiality: Confidentiality.nullable(),
  /** Why it came back though nobody who decides on it returned it, and in whose words. */
  cameBack: z
    .object({
      ...{ at: Time, by: PersonRef.nullable(), sentence: BothTexts, wayOut: BothTexts },
      comment: z.string().nullable(),
    })
    .nullable(),
  /** The other side of a joint request. */
  otherSide: z
    .object({
      /** Null where the reader may not open it. */
      requestId: RequestId.nullable(),
      entity: EntityRef,
      unit: UnitRef.nullable(),
      number: z.string().nullable(),
      state: RequestState,
      /** The side both are changed on, for the applicant. */
      changedOn: RequestId.nullable(),
      /** Whether the paper carries the seals of both. */
      bothSealed: z.boolean(),
      /** Where its seals stand on the paper, for everybody who reads this side: one paper bears both, and none of it is hidden. */
      marks: z.array(
        z.object({
          ...{ documentId: DocumentId, page: z.number().int(), xMm: z.number(), yMm: z.number() },
          ...{ widthMm: z.number(), heightMm: z.number(), round: z.boolean() },
        }),
      ),
      /** For the applicant, while both can be changed: the readers he named there. */
      readers: z.array(PersonId),
      /** For the applicant, while both can be changed: where the seals of the other side stand. */
      placements: z.array(z.object({ documentId: DocumentId, placements: z.array(Placement) })),
    })
    .nullable(),
  /** The series its documents are; `documentList` holds the first of them and those that were drawn. */
  series: z
    .object({
      seriesId: DocumentSeriesId,
      template: LocalName,
      listName: z.string(),
      total: z.number().int(),
      currency: z.string(),
      largest: z.string().nullable(),
      sum: z.string().nullable(),
      root: Digest.nullable(),
      /** The lot: its seed, published once the request was submitted, and the numbers it drew. */
      seed: z.string().nullable(),
      drawn: z.array(z.object({ nr: z.number().int(), documentId: DocumentId })),
      opened: z.array(z.object({ documentId: DocumentId, by: PersonRef.nullable(), at: Time })),
      /** Drawn documents that the reader has not opened, where he is asked to decide. */
      toOpen: z.array(DocumentId),
    })
    .nullable(),
  questions: z.array(QuestionView),
  /** The reasons a draft holds, also for what was not asked yet. */
  questionAnswers: z.array(z.object({ key: z.string(), reason: z.string() })),
  attachments: z.array(AttachmentView),
  facts: FactsView,
  /** Whether the reader is asked to settle what the documents say. */
  maySettleFacts: z.boolean(),
  /** Steps that fell away when a reviewer confirmed that the application is right: nobody is asked in them. */
  stepsDropped: z.array(
    z.object({
      ...{ stepId: StepId, kind: z.enum(STEP_KINDS), title: LocalName.nullable(), people: z.array(PersonRef) },
      ...{
        by: PersonRef.nullable(),
        fact: z.enum(DECLARED_FACTS),
        reason: z.string(),
      },
    }),
  ),
  /** Why the stricter route stays, wholly or in part, though the application was confirmed. */
  routeStays: z.object({ sentence: BothTexts, wayOut: BothTexts.nullable() }).nullable(),
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
      /** Of paper: which copy. */
      copy: z.number().int(),
      state: ImpressionState,
      at: Time,
      leaf: z.number().int().nullable(),
      /** How far its count can be trusted; null where it was not made, and for electronic ones, which their signature proves. */
      grade: z.enum(EVIDENCE_GRADES).nullable(),
    }),
  ),
  /** Of impressions on paper: how many are of each grade of evidence, and what the grade says. */
  evidence: z.array(
    z.object({ grade: z.enum(EVIDENCE_GRADES), count: z.number().int(), name: LocalName, says: LocalName }),
  ),
  /** Impressions by seal and copy; cross-page seals counted apart, after the others. */
  sealTallies: z.array(SealTally),
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
const SideCheck = z.object({
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
  /** After a return: steps of the round before, agreed to or added by somebody, that the next one has not, and why. */
  fallen: z.array(
    z.object({ kind: z.enum(STEP_KINDS), title: LocalName.nullable(), people: z.array(PersonRef), why: BothTexts }),
  ),
  /** Papers that the rules ask for, with the reason of each rule that does. */
  papers: z.array(
    z.object({
      ...{ kind: z.enum(ATTACHMENT_KINDS), name: LocalName, attached: z.boolean(), reasons: z.array(LocalName) },
      /** Attached files whose text does not name the kind. */
      unnamed: z.array(EvidenceId),
    }),
  ),
  questions: z.array(QuestionView),
  limits: Limits.nullable(),
  rulesVersion: z.string().nullable(),
  /** Who will release, and who may confirm where a seal is important: by the rule that will be asked then. */
  sealing: z.object({
    custodians: z.array(PersonRef),
    supervisionNeeded: z.boolean(),
    confirmers: z.array(PersonRef),
  }),
  /** What is asked of each seal, copy by copy. */
  sealTallies: z.array(SealTally),
  unfinished: z.array(z.object({ documentId: DocumentId, places: z.array(UnfinishedPlace) })),
  missing: z.array(z.string()),
  facts: FactsView,
  /** Disagreements that have to be answered before it can be submitted. */
  unanswered: z.array(z.string()),
});
export const CheckResult = SideCheck.extend({
  /** The same of the other side of a joint request; `ready` says that both are. */
  otherSide: SideCheck.extend({ entity: EntityRef }).nullable(),
});
