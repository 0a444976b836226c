import type { CallOptions, RouteAnswer } from "../../api.ts";
import type { LocalName } from "../../i18n/language.ts";

export type CourseSource = RouteAnswer<"GET /v1/courses/:courseId/source">;
export type DraftQuestion = CourseSource["questions"][number];
type Body = CallOptions<"PUT /v1/courses/:courseId">["body"];

/** A course while it is written; marks are typed, and empty where the organisation's setting holds. */
export interface CourseDraft extends Omit<CourseSource, "passMark" | "validMonths"> {
  readonly passMark: string;
  readonly validMonths: string;
  readonly reason: string;
}

/** A part of the page that writes on the draft. */
export interface DraftPart {
  readonly draft: CourseDraft;
  readonly change: (part: Partial<CourseDraft>) => void;
}

export const noText: LocalName = { en: "", zh: "" };

/** An empty question; its id only has to differ from the others of the course. */
export function beginQuestion(questions: readonly DraftQuestion[]): DraftQuestion {
  const used = new Set(questions.map((one) => one.questionId));
  let number = questions.length + 1;
  while (used.has(`q-${number}`)) number += 1;
  return {
    ...{ questionId: `q-${number}`, section: "rules", control: null, asks: noText },
    ...{ choices: [noText, noText], right: 0, because: noText },
  };
}

export const beginCourse = (): CourseDraft => ({
  ...{ version: 0, title: noText, text: [noText], documents: [], questions: [beginQuestion([])] },
  ...{ passMark: "", validMonths: "", forCustody: false, reason: "" },
});

export const changeCourse = (source: CourseSource): CourseDraft => ({
  ...source,
  passMark: source.passMark?.toString() ?? "",
  validMonths: source.validMonths?.toString() ?? "",
  reason: "",
});

/** A choice taken out of a question; the right one stays the right one, and where it was taken out none is. */
export function dropChoice(question: DraftQuestion, at: number): DraftQuestion {
  const right = question.right === at ? -1 : question.right > at ? question.right - 1 : question.right;
  return { ...question, choices: question.choices.filter((_, index) => index !== at), right };
}

/** The list with one of its members a place up. */
export function moveUp<T>(list: readonly T[], at: number): T[] {
  const [one, before] = [list[at], list[at - 1]];
  if (one === undefined || before === undefined) return [...list];
  return list.with(at - 1, one).with(at, before);
}

export type CourseGap = "title" | "text" | "questions" | "marks" | "reason";
/** What is missing before the course can be published, and in which questions. */
export function findGaps(draft: CourseDraft): {
  readonly gaps: readonly CourseGap[];
  readonly open: readonly number[];
} {
  const empty = ({ en, zh }: LocalName): boolean => en.trim() === "" || zh.trim() === "";
  const mark = (typed: string, least: number, most: number): boolean =>
    typed === "" || (/^\d{1,3}$/.test(typed) && Number(typed) >= least && Number(typed) <= most);
  const open = draft.questions.flatMap((one, at) =>
    [one.asks, one.because, ...one.choices].some(empty) || one.right < 0 || one.choices.length < 2 ? [at] : [],
  );
  const gaps: readonly (readonly [CourseGap, boolean])[] = [
    ["title", empty(draft.title)],
    ["text", draft.text.length === 0 || draft.text.some(empty)],
    ["questions", open.length > 0 || draft.questions.length < 5],
    ["marks", !mark(draft.passMark, 50, 100) || !mark(draft.validMonths, 1, 36)],
    ["reason", draft.reason.trim() === ""],
  ];
  return { gaps: gaps.flatMap(([gap, missing]) => (missing ? [gap] : [])), open };
}

/** The draft as it is sent. */
export const toBody = (draft: CourseDraft): Body => ({
  ...draft,
  documents: draft.documents.map((file) => file.evidenceId),
  passMark: draft.passMark === "" ? null : Number(draft.passMark),
  validMonths: draft.validMonths === "" ? null : Number(draft.validMonths),
});
