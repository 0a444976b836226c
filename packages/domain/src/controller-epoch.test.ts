import assert from "node:assert/strict";
import { test } from "node:test";
import {
  listEpochDecisionRefusals,
  listEpochMissed,
  listEpochRefusals,
  mayOrderEpochAgain,
} from "./controller-epoch.ts";

const codes = (refusals: readonly { readonly code: string }[]): string[] => refusals.map(({ code }) => code);

test("C18: a new epoch is for a box in quarantine, once at a time, and from counters that never go back", () => {
  const fit = { quarantined: true, waits: false, readings: [12, 3], known: [10, 3] };
  assert.deepEqual(codes(listEpochRefusals(fit)), []);
  assert.deepEqual(codes(listEpochRefusals({ ...fit, quarantined: false })), ["epoch.not-quarantined"]);
  assert.deepEqual(codes(listEpochRefusals({ ...fit, waits: true })), ["epoch.waits"]);
  assert.deepEqual(codes(listEpochRefusals({ ...fit, readings: [12] })), ["epoch.readings-unfit"]);
  assert.deepEqual(codes(listEpochRefusals({ ...fit, readings: [9, 3] })), ["epoch.counter-back"]);
});

test("C18: the second person is another, reads the same numbers, and agrees once the incident is closed", () => {
  const fit = { personId: "b", askedBy: "a", incidentOpen: false, first: [12], second: [12] };
  assert.deepEqual(codes(listEpochDecisionRefusals(fit)), []);
  assert.deepEqual(codes(listEpochDecisionRefusals({ ...fit, personId: "a" })), ["epoch.second-person"]);
  assert.deepEqual(codes(listEpochDecisionRefusals({ ...fit, incidentOpen: true })), ["epoch.incident-open"]);
  assert.deepEqual(codes(listEpochDecisionRefusals({ ...fit, second: [13] })), ["epoch.readings-differ"]);
});

test("C18: it is ordered again once its order was refused or its time is over, and not while the box may still begin by it", () => {
  const order = { state: "signed", until: 1000 } as const;
  const agreed = { state: "agreed", order } as const;
  assert.equal(mayOrderEpochAgain(agreed, 999), false);
  assert.equal(mayOrderEpochAgain(agreed, 1000), true);
  assert.equal(mayOrderEpochAgain({ ...agreed, order: { state: "asked", until: null } }, 5000), false);
  assert.equal(mayOrderEpochAgain({ ...agreed, order: { state: "refused", until: null } }, 0), true);
  assert.equal(mayOrderEpochAgain({ ...agreed, order: null }, 5000), false);
  for (const state of ["waiting", "declined", "done", "lapsed"] as const)
    assert.equal(mayOrderEpochAgain({ state, order }, 5000), false, state);
});

test("C18: what the ended journal does not tell is stated: records, strokes and impressions", () => {
  const whole = {
    ...{ last: 8, head: "h8", known: [10], pending: [], openStroke: false, was: { ep: 1, seq: 8, h: "h8" } },
    readings: [10],
  };
  assert.deepEqual(listEpochMissed(whole), []);
  const [records, counted] = listEpochMissed({
    ...{ ...whole, was: { ep: 1, seq: 11, h: "x" }, pending: [10, 11], openStroke: true, readings: [13] },
  });
  assert.match(records?.detail ?? "", /Records 9 to 11.*Records 10, 11.*stroke/);
  assert.match(counted?.detail ?? "", /slot 0: 3/);
  for (const was of [null, { ep: 1, seq: 5, h: "x" }, { ep: 1, seq: 8, h: "other" }])
    assert.deepEqual(codes(listEpochMissed({ ...whole, was })), ["EPOCH_MISSED"]);
});
