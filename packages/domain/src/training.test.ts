import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { starterCourse } from "./starter-course.ts";
import { type AttemptFacts, attemptsADay, COURSE_SECTIONS, judgeAttempt, listCourseRefusals } from "./training.ts";

const usual = { trainingPassMark: 80, trainingValid: 12 };

const rightAnswers = Object.fromEntries(starterCourse.questions.map((one) => [one.questionId, one.right]));
const facts: AttemptFacts = {
  course: starterCourse,
  ...{ version: 1, answeredVersion: 1, answers: rightAnswers, madeToday: 0 },
  settings: usual,
  today: "2026-02-28",
};
/** The right answers but for so many that are wrong. */
const withWrong = (count: number): Record<string, number> => ({
  ...rightAnswers,
  ...Object.fromEntries(
    starterCourse.questions.slice(0, count).map((one) => [one.questionId, (one.right + 1) % one.choices.length]),
  ),
});
const judge = (change: Partial<AttemptFacts>) => {
  const decided = judgeAttempt({ ...facts, ...change });
  return decided.ok ? decided.events[0] : decided.refusals.map((one) => one.code);
};

test("C12 the course that ships asks twenty questions, five on each of its parts, in both languages", () => {
  assert.deepEqual(listCourseRefusals(starterCourse, usual), []);
  assert.equal(starterCourse.questions.length, 20);
  for (const section of COURSE_SECTIONS)
    assert.equal(starterCourse.questions.filter((one) => one.section === section).length, 5);
  for (const { asks, choices, because } of starterCourse.questions) {
    for (const text of [asks, because, ...choices]) assert.ok(text.en.trim() !== "" && /\p{Script=Han}/u.test(text.zh));
    assert.equal(new Set(choices.map((one) => one.en)).size, choices.length);
    assert.equal(new Set(choices.map((one) => one.zh)).size, choices.length);
  }
  // Nobody passes by choosing the same letter throughout.
  for (const letter of [0, 1, 2, 3])
    assert.ok(
      starterCourse.questions.filter((one) => one.right === letter).length * 2 < starterCourse.questions.length,
    );
});

test("C12 eighty per cent of twenty are sixteen: not fifteen, and nothing is rounded up", () => {
  assert.deepEqual(judge({ answers: withWrong(4) }), {
    ...{ type: "TrainingPassed", correct: 16, total: 20, passMark: 80, validUntil: "2027-02-28" },
    ...{ wrong: ["rules-1", "rules-2", "rules-3", "rules-4"], weakSections: ["rules"] },
  });
  const failed = judge({ answers: withWrong(6) });
  assert.ok(failed && !Array.isArray(failed));
  assert.equal(failed.type, "TrainingFailed");
  assert.equal(failed.validUntil, null);
  assert.deepEqual(failed.weakSections, ["rules", "procedure"]);
});

test("C12 a course's own pass mark and validity go before the settings", () => {
  const course = { ...starterCourse, passMark: 100, validMonths: 3 };
  const failed = judge({ course, answers: withWrong(1) });
  assert.ok(failed && !Array.isArray(failed) && failed.type === "TrainingFailed");
  const passed = judge({ course });
  assert.ok(passed && !Array.isArray(passed) && passed.validUntil === "2026-05-28");
});

test("C12 an attempt at another version, an unfinished one, and one too many in a day are not judged", () => {
  assert.deepEqual(judge({ answeredVersion: 2 }), ["training.course-changed"]);
  assert.deepEqual(judge({ madeToday: attemptsADay }), ["training.too-many-attempts"]);
  const { "risks-5": _, ...open } = rightAnswers;
  assert.deepEqual(judge({ answers: open }), ["training.answers-missing"]);
});

test("C12 any answers: passed exactly where the share of right ones reaches the mark", () => {
  const anyAnswers = fc.tuple(
    ...starterCourse.questions.map((one) => fc.constantFrom(0, one.right, one.right, one.right)),
  );
  fc.assert(
    fc.property(anyAnswers, fc.integer({ min: 50, max: 100 }), (chosen, trainingPassMark) => {
      const answers = Object.fromEntries(starterCourse.questions.map((one, at) => [one.questionId, chosen[at] ?? 0]));
      const judged = judge({ answers, settings: { trainingPassMark, trainingValid: 12 } });
      assert.ok(judged && !Array.isArray(judged));
      const correct = starterCourse.questions.filter((one, at) => chosen[at] === one.right).length;
      assert.equal(judged.correct, correct);
      assert.equal(judged.type === "TrainingPassed", correct / 20 >= trainingPassMark / 100);
      assert.equal(judged.wrong.length, 20 - correct);
    }),
  );
});

test("C12 a course that cannot be answered is not published", () => {
  const codes = (change: Partial<typeof starterCourse>): string[] =>
    listCourseRefusals({ ...starterCourse, ...change }, usual).map((one) => one.code);
  const [first] = starterCourse.questions;
  assert.ok(first);
  assert.deepEqual(codes({ text: [] }), ["training.text-missing"]);
  assert.deepEqual(codes({ questions: starterCourse.questions.slice(0, 4) }), ["training.too-few-questions"]);
  assert.deepEqual(codes({ questions: [...starterCourse.questions, first] }), ["training.question-twice"]);
  for (const change of [{ right: 4 }, { right: -1 }, { right: 0.5 }, { choices: first.choices.slice(0, 1), right: 0 }])
    assert.deepEqual(codes({ questions: [{ ...first, ...change }, ...starterCourse.questions.slice(1)] }), [
      "training.question-without-answer",
    ]);
  assert.deepEqual(codes({ passMark: 49, forCustody: false }), ["training.pass-mark"]);
  assert.deepEqual(codes({ validMonths: 37, forCustody: false }), ["training.validity"]);
});

test("C12 who writes a course alone does not loosen what two people set, but for one that makes nobody fit", () => {
  const codes = (change: Partial<typeof starterCourse>): string[] =>
    listCourseRefusals({ ...starterCourse, ...change }, usual).map((one) => one.code);
  assert.deepEqual(codes({ passMark: 50 }), ["training.looser-than-set"]);
  assert.deepEqual(codes({ validMonths: 13 }), ["training.looser-than-set"]);
  assert.deepEqual(codes({ passMark: 90, validMonths: 6 }), []);
  assert.deepEqual(codes({ passMark: 50, validMonths: 36, forCustody: false }), []);
});
