import { CONTROL_IDS, COURSE_SECTIONS } from "@chancery/domain";
import { z } from "zod";
import type { Route } from "../route.ts";
import {
  Day,
  Digest,
  Done,
  EntityId,
  EvidenceId,
  LocalName,
  PersonRef,
  Presence,
  RefusalView,
  SealId,
  Time,
} from "../shapes.ts";
import { EvidenceView } from "./keeping.ts";

/** The course that ships has a name of its own; the organisation's have ids. */
export const CourseId = z.string().regex(/^crs_(starter|[0-9a-f-]{36})$/);
const CourseParams = z.object({ courseId: CourseId });
const Paragraph = z.object({ en: z.string().trim().min(1).max(5000), zh: z.string().trim().min(1).max(5000) });
const Choice = z.object({ en: z.string().trim().min(1).max(300), zh: z.string().trim().min(1).max(300) });
const QuestionId = z.string().regex(/^[a-z0-9-]{1,40}$/);
const Section = z.enum(COURSE_SECTIONS);
const SealRef = z.object({ sealId: SealId, number: z.string(), name: LocalName });

const Attempt = z.object({
  at: Time,
  version: z.number().int(),
  correct: z.number().int(),
  total: z.number().int(),
  passed: z.boolean(),
  validUntil: Day.nullable(),
});
const CourseSummary = z.object({
  courseId: CourseId,
  version: z.number().int(),
  title: LocalName,
  questions: z.number().int(),
  passMark: z.number().int(),
  validMonths: z.number().int(),
  forCustody: z.boolean(),
  attemptsLeftToday: z.number().int(),
  lastAttempt: Attempt.nullable(),
  /** Last day of the newest certificate, though it may lie in the past. */
  certificateUntil: Day.nullable(),
});
/** Whether a person is fit to hold a seal, each reason why not, and until when it stays so by itself. */
const Fitness = z.object({
  seal: SealRef,
  important: z.boolean(),
  fit: z.boolean(),
  refusals: z.array(RefusalView),
  lastFitDay: Day.nullable(),
});
const Question = z.object({
  questionId: QuestionId,
  section: Section,
  control: z.enum(CONTROL_IDS).nullable(),
  asks: Paragraph,
  choices: z.array(Choice).min(2).max(8),
});
/** A course as whoever writes it sees it. Null marks stand for the organisation's setting. */
const CourseSource = z.object({
  title: LocalName,
  text: z.array(Paragraph).max(60),
  questions: z.array(Question.extend({ right: z.number().int(), because: Paragraph })).max(100),
  passMark: z.number().int().nullable(),
  validMonths: z.number().int().nullable(),
  forCustody: z.boolean(),
});

/** Training, commitment and fitness to hold a seal. */
export const trainingRoutes = {
  "GET /v1/training": {
    summary: "One's own courses, certificates, commitment letter, and whether one is fit to hold what one holds",
    permission: "training.take",
    response: z.object({
      courses: z.array(CourseSummary),
      commitment: z.object({
        version: z.number().int(),
        paragraphs: z.array(LocalName.extend({ en: z.string(), zh: z.string() })),
        /** What a signature is bound to. */
        digest: Digest,
        signed: z.object({ version: z.number().int(), at: Time }).nullable(),
      }),
      /** From this day on training and commitment are demanded of custodians. */
      demandedFrom: Day,
      seals: z.array(Fitness),
    }),
  },
  "GET /v1/courses/:courseId": {
    summary: "A course to read and answer; right answers are not in it",
    permission: "training.take",
    params: CourseParams,
    response: CourseSummary.omit({ questions: true }).extend({
      text: z.array(Paragraph),
      documents: z.array(EvidenceView),
      questions: z.array(Question),
    }),
  },
  "GET /v1/courses/:courseId/source": {
    summary: "A course as it is written, with the right answers, for who changes it",
    permission: "training.manage",
    params: CourseParams,
    response: CourseSource.extend({ version: z.number().int(), documents: z.array(EvidenceView) }),
  },
  "PUT /v1/courses/:courseId": {
    summary: "Publish a new version of a course; earlier certificates stay valid",
    permission: "training.manage",
    params: CourseParams,
    body: CourseSource.extend({
      documents: z.array(EvidenceId).max(20),
      /** The version that was changed, 0 for a new course, so that of two changes at once one is told. */
      version: z.number().int().min(0),
      reason: z.string().trim().min(1).max(500),
    }),
    response: z.object({ version: z.number().int() }),
  },
  "POST /v1/courses/:courseId/attempts": {
    summary: "Hand the answers in; they are judged on the server",
    permission: "training.take",
    idempotent: true,
    params: CourseParams,
    body: z.object({
      version: z.number().int(),
      answers: z.array(z.object({ questionId: QuestionId, choice: z.number().int().min(0).max(20) })).max(200),
    }),
    response: z.object({
      passed: z.boolean(),
      correct: z.number().int(),
      total: z.number().int(),
      passMark: z.number().int(),
      validUntil: Day.nullable(),
      attemptsLeftToday: z.number().int(),
      /** What is read again. */
      weakSections: z.array(Section),
      /** The right answers to what was answered wrongly, and why: told only to who passed. */
      corrections: z.array(z.object({ questionId: QuestionId, right: z.number().int(), because: Paragraph })),
    }),
  },
  "POST /v1/commitments": {
    summary: "Sign the commitment letter of custodians with a proof of presence",
    permission: "training.take",
    body: z.object({ digest: Digest, presence: Presence }),
    response: Done,
  },
  "GET /v1/custodian-fitness": {
    summary: "Custodians of an entity: who is fit, until when, and why not",
    permission: "audit.read",
    query: z.object({ entityId: EntityId }),
    response: z.object({
      demandedFrom: Day,
      items: z.array(Fitness.extend({ person: PersonRef, certificateUntil: Day.nullable(), committed: z.boolean() })),
    }),
  },
} as const satisfies Record<string, Route>;
