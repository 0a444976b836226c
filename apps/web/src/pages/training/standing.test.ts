import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, listAnswers } from "./standing.ts";

test("C12 nothing is handed in while a question is open, and the first choice is an answer too", () => {
  const questions = [{ questionId: "rules-1" }, { questionId: "rules-2" }];
  assert.equal(listAnswers(questions, { "rules-1": 0 }), null);
  assert.deepEqual(listAnswers(questions, { "rules-2": 3, "rules-1": 0, other: 1 }), [
    { questionId: "rules-1", choice: 0 },
    { questionId: "rules-2", choice: 3 },
  ]);
});

test("the day is that of the organisation, not of the reader's machine", () => {
  const at = new Date("2026-11-27T16:30:00Z");
  assert.equal(dayOf(at, "Asia/Shanghai"), "2026-11-28");
  assert.equal(dayOf(at, "UTC"), "2026-11-27");
});
