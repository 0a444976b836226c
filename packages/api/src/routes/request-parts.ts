import {
  ATTACHMENT_KINDS,
  DECLARED_FACTS,
  DIFFERENCE_KINDS,
  FIELD_FAULTS,
  QUESTION_KINDS,
  STEP_KINDS,
} from "@chancery/domain";
import { z } from "zod";
import {
  BothTexts,
  BoxMm,
  Digest,
  DocumentClass,
  DocumentId,
  EvidenceId,
  Facts,
  LocalName,
  PersonRef,
  RequestId,
  SealId,
  StepId,
  TemplateVersionId,
  Time,
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
export const DocumentView = z.object({
  documentId: DocumentId,
  name: z.string(),
  digest: Digest,
  sizeBytes: z.number().int(),
  pages: z.array(z.object({ widthMm: z.number(), heightMm: z.number() })),
  signatures: z.number().int(),
  unfinished: z.array(UnfinishedPlace),
});
export const Limits = z.object({
  impressionsMost: z.number().int().nullable(),
  validDays: z.number().int().nullable(),
  presence: z.boolean(),
  supervised: z.boolean(),
});
export const AttachmentView = z.object({
  ...{ kind: z.enum(ATTACHMENT_KINDS), evidenceId: EvidenceId, name: z.string() },
  /** Whether its text names its kind; null where it cannot be told. */
  named: z.boolean().nullable(),
});
/** What is asked about a request without refusing it: splitting, repetition, copies. */
export const QuestionView = z.object({
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
  /** How many more there are that the reader is not told of. */
  untold: z.number().int(),
  /** How many more there are that are only counted, whoever reads. */
  unlisted: z.number().int(),
});
/** How long a step of its kind usually takes here; null where too few were decided lately. */
export const UsualTime = z.object({ unit: z.enum(["hours", "days"]), count: z.number().int() }).nullable();
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
  /** It waited too long, and nobody else may decide it. */
  nobodyElse: z.boolean(),
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
export const TemplateFollowed = z.object({
  documentId: DocumentId,
  versionId: TemplateVersionId,
  name: LocalName,
  number: z.number().int(),
  documentClass: DocumentClass,
  verdict: z.enum(["same", "same-but-fields", "changed"]),
  fields: z.number().int(),
  differences: z.number().int(),
  /** It is the template's but for fields that take words of several parts: whoever decides reads those. */
  toRead: z.boolean(),
  /** Of the differences those where the same words stand in another layout. */
  layout: z.number().int(),
  /** What its fields are filled with. */
  values: z.array(
    z.object({
      name: z.string(),
      text: z.string(),
      /** The field takes any words, so that what they say was not checked: whoever decides reads them. */
      anyWords: z.boolean(),
    }),
  ),
});
/** What the documents say, held against what was declared. */
export const FactsView = z.object({
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
      fact: z.enum(DECLARED_FACTS),
      declared: z.string(),
      read: z.string(),
      /** So many documents say it together; null where one does. */
      together: z.number().int().nullable(),
      /** Which of both decides until a reviewer settles it. */
      stricter: z.enum(["declared", "read"]),
      page: z.number().int(),
      text: z.string(),
      box: BoxMm,
      /** Nobody approves before it is settled. */
      toSettle: z.boolean(),
      /** The applicant's reason why it is as declared. */
      answer: z.string().nullable(),
      ruling: z
        .object({ ruling: z.enum(["declared", "document"]), reason: z.string(), by: PersonRef.nullable(), at: Time })
        .nullable(),
    }),
  ),
  templates: z.array(TemplateFollowed),
});
const Passage = z.object({
  text: z.string(),
  /** Its words line by line, and all of the line they stand on. */
  places: z.array(z.object({ page: z.number().int(), box: BoxMm, line: BoxMm })),
});
const PageNumbers = z.array(z.number().int());
export const Comparison = z.object({
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
      /** What stands unchanged before and after it; empty where nothing does. */
      before: z.string(),
      after: z.string(),
    }),
  ),
  pages: z.object({
    inserted: PageNumbers,
    removed: PageNumbers,
    swapped: z.array(z.object({ template: z.number().int(), document: z.number().int() })),
  }),
});

export const SealTally = z.object({
  sealId: SealId,
  crossPage: z.boolean(),
  authorised: z.number().int(),
  settled: z.number().int(),
  released: z.number().int(),
  /** How many copies get how many impressions each. */
  copies: z.array(z.object({ each: z.number().int(), count: z.number().int() })),
});
