import type { ControlId } from "./controls.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";
import { addMonths } from "./working-days.ts";

export const COURSE_SECTIONS = ["rules", "procedure", "storage", "risks"] as const;
export type CourseSection = (typeof COURSE_SECTIONS)[number];
export const courseSectionNames: Readonly<Record<CourseSection, LocalName>> = {
  rules: { en: "Rules", zh: "制度" },
  procedure: { en: "Procedure", zh: "流程" },
  storage: { en: "Storage", zh: "存放" },
  risks: { en: "Risks of use", zh: "用印风险" },
};

export interface CourseQuestion {
  readonly questionId: string;
  readonly section: CourseSection;
  /** The control it teaches, where it is about one. */
  readonly control: ControlId | null;
  readonly asks: LocalName;
  readonly choices: readonly LocalName[];
  /** The index of the right choice; leaves the server only in a judged attempt that passed. */
  readonly right: number;
  /** Why; told to who passed. */
  readonly because: LocalName;
}

/** A training course as data. A change is a new version; an attempt names the version it answered. */
export interface Course {
  readonly title: LocalName;
  /** What is read before the questions, paragraph by paragraph. */
  readonly text: readonly LocalName[];
  readonly questions: readonly CourseQuestion[];
  /** Per cent; null where the organisation's setting holds. */
  readonly passMark: number | null;
  /** Null where the organisation's setting holds. */
  readonly validMonths: number | null;
  /** Whether its certificate makes fit to hold a seal. */
  readonly forCustody: boolean;
}

/**
 * Why a course may not be published as it is. One that makes fit to hold a seal asks no less than the organisation's
 * settings, which two people change; one person writes a course.
 */
export function listCourseRefusals(
  course: Course,
  settings: { readonly trainingPassMark: number; readonly trainingValid: number },
): Refusal[] {
  const { questions, text, passMark, validMonths } = course;
  const refusals: Refusal[] = [];
  if (text.length === 0) refusals.push(refuse("training.text-missing", {}, "C12"));
  if (questions.length < 5) refusals.push(refuse("training.too-few-questions", { least: 5 }, "C12"));
  const ids = questions.map((one) => one.questionId);
  if (new Set(ids).size !== ids.length) refusals.push(refuse("training.question-twice", {}, "C12"));
  for (const [at, one] of questions.entries())
    if (one.choices.length < 2 || !Number.isInteger(one.right) || one.right < 0 || one.right >= one.choices.length)
      refusals.push(refuse("training.question-without-answer", { question: at + 1 }, "C12"));
  if (passMark !== null && (passMark < 50 || passMark > 100))
    refusals.push(refuse("training.pass-mark", { least: 50, most: 100 }, "C12"));
  if (validMonths !== null && (validMonths < 1 || validMonths > 36))
    refusals.push(refuse("training.validity", { least: 1, most: 36 }, "C12"));
  const [mark, months] = [settings.trainingPassMark, settings.trainingValid];
  if (course.forCustody && ((passMark ?? mark) < mark || (validMonths ?? months) > months))
    refusals.push(refuse("training.looser-than-set", { mark, months }, "C12"));
  return refusals;
}

/** How often a person may try one course within a day: guessing is no learning. */
export const attemptsADay = 3;

export interface AttemptFacts {
  readonly course: Course;
  /** The version in force, and the one that was answered. */
  readonly version: number;
  readonly answeredVersion: number;
  /** The choice of each question, by its id. */
  readonly answers: Readonly<Record<string, number>>;
  /** Attempts at this course that the person made today, before this one. */
  readonly madeToday: number;
  readonly settings: { readonly trainingPassMark: number; readonly trainingValid: number };
  readonly today: string;
}

export interface AttemptJudged {
  readonly type: "TrainingPassed" | "TrainingFailed";
  readonly correct: number;
  readonly total: number;
  /** What was needed, per cent. */
  readonly passMark: number;
  /** Last day of the certificate; null where it failed. */
  readonly validUntil: string | null;
  readonly wrong: readonly string[];
  /** The sections with a wrong answer: what is read again. */
  readonly weakSections: readonly CourseSection[];
}

/** Judges an attempt. Per cent are not rounded up: eighty of a hundred is passed with sixteen of twenty, not fifteen. */
export function judgeAttempt(facts: AttemptFacts): Decision<AttemptJudged> {
  const { course, answers } = facts;
  if (facts.answeredVersion !== facts.version)
    return { ok: false, refusals: [refuse("training.course-changed", {}, "C12")] };
  if (facts.madeToday >= attemptsADay)
    return { ok: false, refusals: [refuse("training.too-many-attempts", { most: attemptsADay }, "C12")] };
  const open = course.questions.filter((one) => !Object.hasOwn(answers, one.questionId)).length;
  if (open > 0) return { ok: false, refusals: [refuse("training.answers-missing", { openCount: open }, "C12")] };
  const wrong = course.questions.filter((one) => answers[one.questionId] !== one.right);
  const total = course.questions.length;
  const correct = total - wrong.length;
  const passMark = course.passMark ?? facts.settings.trainingPassMark;
  const passed = correct * 100 >= passMark * total;
  return {
    ok: true,
    events: [
      {
        type: passed ? "TrainingPassed" : "TrainingFailed",
        ...{ correct, total, passMark },
        validUntil: passed ? addMonths(facts.today, course.validMonths ?? facts.settings.trainingValid) : null,
        wrong: wrong.map((one) => one.questionId),
        weakSections: COURSE_SECTIONS.filter((section) => wrong.some((one) => one.section === section)),
      },
    ],
  };
}
