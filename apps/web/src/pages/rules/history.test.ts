import assert from "node:assert/strict";
import { test } from "node:test";
import { beginHistory, step, stepBack } from "./history.ts";

test("letters of one field are taken back together, other steps one by one, down to the beginning", () => {
  let history = beginHistory("");
  for (const typed of ["b", "bo", "boa"]) history = step(history, typed, "title");
  history = step(history, "moved", "");
  history = step(history, "moved again", "");
  const back: string[] = [];
  while (history.before.length > 0) {
    history = stepBack(history);
    back.push(history.now);
  }
  assert.deepEqual(back, ["moved", "boa", ""]);
  assert.deepEqual(stepBack(history), history);
});

test("what changes nothing is no step", () => {
  const begun = beginHistory("same");
  assert.deepEqual(step(begun, "same", "title"), begun);
});
