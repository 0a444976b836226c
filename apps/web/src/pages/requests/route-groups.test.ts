import assert from "node:assert/strict";
import { test } from "node:test";
import { groupSteps, listReviewersBefore } from "./route-groups.ts";

type Asked = Parameters<typeof groupSteps>[0][number];
const people = (...ids: string[]): Asked["candidates"] =>
  ids.map((personId) => ({ personId, name: { en: personId, zh: personId } }));
const step = (change: Partial<Asked>): Asked => ({
  ...{ kind: "signatory", title: null, stage: 0, group: "a", candidates: people("x") },
  ...change,
});

test("agreements of one group are one step, with how many of its people must agree", () => {
  const [group, ...others] = groupSteps([
    step({ candidates: people("x", "y", "z") }),
    step({ candidates: people("x", "y", "z") }),
  ]);
  assert.deepEqual(others, []);
  assert.equal(group?.needed, 2);
  assert.deepEqual(
    group?.candidates.map((one) => one.personId),
    ["x", "y", "z"],
  );
  assert.equal(group?.beside, false);
});

test("all of the people are each asked for one, and stand together once", () => {
  const [group] = groupSteps([step({ candidates: people("x") }), step({ candidates: people("y") })]);
  assert.deepEqual([group?.needed, group?.candidates.length], [2, 2]);
});

test("steps of one stage say that they wait side by side; those of another do not", () => {
  const groups = groupSteps([step({ group: "a" }), step({ group: "b" }), step({ group: "c", stage: 1 })]);
  assert.deepEqual(
    groups.map((one) => one.beside),
    [true, true, false],
  );
});

test("the same rule in two stages is two steps", () => {
  assert.equal(groupSteps([step({}), step({ stage: 1 })]).length, 2);
});

test("who put a reviewer before his own step waits for him, until he is asked again", () => {
  const by = people("tang")[0] ?? null;
  const own = { state: "waiting" as const, candidates: people("tang"), added: null };
  const reviewer = { state: "current" as const, candidates: people("wen"), added: { by, reason: "x" } };
  const waitsFor = (steps: Parameters<typeof listReviewersBefore>[0], personId = "tang") =>
    listReviewersBefore(steps, personId).map((one) => one.personId);
  assert.deepEqual(waitsFor([reviewer, own]), ["wen"]);
  assert.deepEqual(waitsFor([reviewer, own], "he"), []);
  assert.deepEqual(
    waitsFor([
      { ...reviewer, state: "approved" },
      { ...own, state: "current" },
    ]),
    [],
  );
});
