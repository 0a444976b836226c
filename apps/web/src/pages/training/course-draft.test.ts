import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginCourse,
  beginQuestion,
  type CourseDraft,
  changeCourse,
  dropChoice,
  findGaps,
  moveUp,
  toBody,
} from "./course-draft.ts";

const said = (text: string): { en: string; zh: string } => ({ en: text, zh: `${text}。` });
const question = (id: string, right = 0): CourseDraft["questions"][number] => ({
  ...{ questionId: id, section: "rules", control: null, asks: said("What?"), because: said("So.") },
  ...{ choices: [said("this"), said("that"), said("other")], right },
});
const whole: CourseDraft = {
  ...beginCourse(),
  ...{ title: said("Course"), text: [said("Read.")], reason: "Clearer", passMark: "80" },
  questions: ["a", "b", "c", "d", "e"].map((id) => question(id)),
};

test("a new course has to be written before it can be published; a whole one has no gap", () => {
  assert.deepEqual(findGaps(beginCourse()), { gaps: ["title", "text", "questions", "reason"], open: [0] });
  assert.deepEqual(findGaps(whole), { gaps: [], open: [] });
  for (const [passMark, validMonths] of [
    ["49", ""],
    ["101", ""],
    ["8o", ""],
    ["", "0"],
    ["", "37"],
  ] as const)
    assert.deepEqual(findGaps({ ...whole, passMark, validMonths }).gaps, ["marks"], `${passMark} ${validMonths}`);
  assert.deepEqual(findGaps({ ...whole, questions: whole.questions.with(2, question("c", -1)) }).open, [2]);
});

test("a choice that is taken out leaves the right one right, or none", () => {
  assert.equal(dropChoice(question("a", 2), 0).right, 1);
  assert.equal(dropChoice(question("a", 0), 2).right, 0);
  assert.equal(dropChoice(question("a", 1), 1).right, -1);
});

test("a question that is added has an id of its own, whatever was taken out before", () => {
  const questions = [question("q-1"), question("q-3")];
  assert.equal(beginQuestion(questions).questionId, "q-4");
  assert.equal(beginQuestion([question("q-2")]).questionId, "q-3");
});

test("a paragraph moves up, and the first one stays", () => {
  assert.deepEqual(moveUp(["a", "b", "c"], 2), ["a", "c", "b"]);
  assert.deepEqual(moveUp(["a", "b"], 0), ["a", "b"]);
});

test("what is sent has numbers for marks, and null where the setting holds; opened again it is the same", () => {
  const body = toBody({ ...whole, validMonths: "" });
  assert.deepEqual([body.passMark, body.validMonths, body.version], [80, null, 0]);
  const { reason: _, ...source } = { ...whole, passMark: 80, validMonths: null };
  assert.deepEqual(changeCourse(source), { ...whole, validMonths: "", reason: "" });
});
