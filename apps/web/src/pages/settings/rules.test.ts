import assert from "node:assert/strict";
import { test } from "node:test";
import { groupOf, listChangeGaps, wouldLoosen } from "./rules.ts";

const days = { looser: "higher", default: 3, least: 1, most: 60, value: 3, endsOn: null } as const;

test("a value beyond the default, on the loose side, loosens the rule", () => {
  assert.equal(wouldLoosen(days, 4), true);
  assert.equal(wouldLoosen(days, 3), false);
  assert.equal(wouldLoosen({ ...days, looser: "lower" }, 2), true);
});

test("a change needs a fitting value that is new, a reason, and a last day where it loosens", () => {
  const change = { value: 5, endsOn: "2027-01-31", reason: "Fair" };
  assert.deepEqual(listChangeGaps(days, change), []);
  assert.deepEqual(listChangeGaps(days, { ...change, endsOn: "", reason: " " }), ["endsOn", "reason"]);
  assert.deepEqual(listChangeGaps(days, { ...change, value: Number.NaN }), ["value"]);
  assert.deepEqual(listChangeGaps(days, { ...change, value: 61 }), ["value"]);
  assert.deepEqual(listChangeGaps(days, { ...change, value: 3 }), ["same"]);
  assert.deepEqual(listChangeGaps(days, { ...change, value: 2, endsOn: "" }), []);
  // A loosened value may be asked for again with another last day.
  assert.deepEqual(listChangeGaps({ ...days, value: 5, endsOn: "2026-12-31" }, change), []);
});

test("what waits for a second person stands first, even where it is loosened", () => {
  const waiting = {
    ...{ settingChangeId: "set_1", value: 5, endsOn: null, reason: "Fair", askedBy: null, mayConfirm: true },
  };
  assert.equal(groupOf({ waiting, loosened: true }), "waiting");
  assert.equal(groupOf({ waiting: null, loosened: true }), "loosened");
  assert.equal(groupOf({ waiting: null, loosened: false }), "usual");
});
