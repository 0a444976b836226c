import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isLeftToOtherCopy,
  isPhotographedItself,
  type StampingSeen,
  type StampingShowing,
  showingOf,
  showingOfCopy,
} from "./shown-stamping.ts";

const now = 10_000_000;
const seen: StampingSeen = {
  ...{ byController: false, photoAt: now - 1000, compared: true, found: { verdict: "same", demands: "nothing" } },
  ...{ looked: false, answered: false, finding: null, ruled: false },
};
const showing = (change: Partial<StampingSeen>): StampingShowing => showingOf({ ...seen, ...change }, now);

test("C17: an impression is shown by a photo of its own that was read, and else by people who answered for it", () => {
  assert.equal(showing({}), "shown");
  for (const verdict of ["no-code", "unclear", "differs"] as const) {
    const found = { verdict, demands: "answer" } as const;
    assert.equal(showing({ found }), "to-answer", verdict);
    assert.equal(showing({ found, answered: true }), "shown", verdict);
    assert.equal(showing({ found, looked: true }), "to-answer", "read after everybody had looked");
  }
});

test("C17: a photo is waited for while it is read, and looked at by people where no machine has read it", () => {
  assert.equal(showing({ found: null }), "being-read");
  const old = { found: null, photoAt: now - 3_600_000 };
  assert.equal(showing(old), "to-answer");
  assert.equal(showing({ ...old, looked: true }), "shown");
  assert.equal(showing({ found: null, compared: false }), "shown", "what is compared with nothing is never read");
});

test("C09: a photo of another copy is none of this one, whatever is answered, until people have ruled on the impression", () => {
  const other = { found: { verdict: "wrong-copy", demands: "answer" } } as const;
  assert.equal(showing(other), "not-shown");
  assert.equal(showing({ ...other, answered: true, looked: true }), "not-shown");
  assert.equal(showing({ ...other, finding: "open" }), "not-shown");
  assert.equal(isPhotographedItself({ ...seen, ...other }), false);
  assert.equal(isLeftToOtherCopy({ ...seen, ...other }), true);
  for (const settled of [{ ruled: true }, { finding: "closed" }] as const) {
    assert.equal(showing({ ...other, ...settled }), "shown");
    assert.equal(isLeftToOtherCopy({ ...seen, ...other, ...settled }), false);
    assert.equal(isPhotographedItself({ ...seen, ...other, ...settled }), false, "no ruling makes a photo of it");
  }
});

test("C09: a controller's journal needs no photo; a hand does, and what somebody found wrong waits for its finding", () => {
  assert.equal(showing({ photoAt: null, found: null, byController: true }), "shown");
  assert.equal(showing({ photoAt: null, found: null }), "not-shown");
  assert.equal(showing({ finding: "open" }), "to-answer");
  assert.equal(showing({ finding: "closed" }), "shown");
});

test("C09: a copy is shown once each impression on it is; a photo that is being read comes first, whatever was said of it", () => {
  const of = (...all: Parameters<typeof showingOfCopy>[0]) => showingOfCopy(all);
  assert.equal(of({ state: "settled", showing: "shown" }, { state: "pressed", showing: "to-answer" }), "to-answer");
  assert.equal(of({ state: "settled", showing: "not-shown" }, { state: "pressed", showing: "to-answer" }), "not-shown");
  assert.equal(
    of({ state: "spoiled", showing: "being-read" }, { state: "pressed", showing: "not-shown" }),
    "being-read",
  );
  assert.equal(of({ state: "released", showing: "not-shown" }, { state: "settled", showing: "shown" }), "shown");
});
