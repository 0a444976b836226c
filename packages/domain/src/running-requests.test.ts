import assert from "node:assert/strict";
import { test } from "node:test";
import { listNamingRefusals, type RunningRequest, whyLeftAlone } from "./running-requests.ts";
import { listTextFaults } from "./test-texts.ts";
import { SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

const running: RunningRequest = {
  ...{ number: "LX-2027-000012", state: "in-review", rulesVersion: "rul_1", applicantId: "ann", handlerId: null },
  ...{ emergency: false, standing: false },
};
const codes = (change: Partial<RunningRequest>, asker = "gao"): string[] =>
  listNamingRefusals({ ...running, ...change }, asker, "rul_2").map(({ code, facts }) => {
    assert.deepEqual(listTextFaults(code, facts), []);
    return code;
  });

test("C02: a request in review that was promised other rules may be named, also one older than the rules", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ rulesVersion: null }), []);
});

test("C11: whoever asks for a use or handles it does not name it, so that nobody sheds a step", () => {
  assert.deepEqual(codes({}, "ann"), ["rules.request-own"]);
  assert.deepEqual(codes({ handlerId: "bob" }, "bob"), ["rules.request-own"]);
  assert.deepEqual(codes({ handlerId: "bob" }), []);
});

test("C02: an emergency and a use under a standing authorisation are not named, each with its reason", () => {
  assert.deepEqual(codes({ emergency: true, standing: true }), ["rules.request-emergency", "rules.request-standing"]);
});

test("C02: only what waits for decisions comes back, and not what was promised these rules already", () => {
  for (const state of SEAL_USE_REQUEST_STATES) {
    const isRunning = state === "in-review";
    assert.equal(whyLeftAlone({ state, rulesVersion: "rul_1" }, "rul_2"), isRunning ? null : "went-on", state);
    assert.equal(whyLeftAlone({ state, rulesVersion: "rul_2" }, "rul_2"), isRunning ? "same-rules" : "went-on", state);
    assert.deepEqual(codes({ state }), isRunning ? [] : ["rules.request-went-on"], state);
  }
  assert.deepEqual(codes({ rulesVersion: "rul_2" }), ["rules.request-same"]);
});
