import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { askGate } from "./gate.ts";
import {
  isDrawn,
  isInForce,
  listStandingRefusals,
  listTermFaults,
  type StandingState,
  type StandingTerms,
  type StandingUse,
} from "./standing.ts";
import { starterRules } from "./starter-rules.ts";
import { facts as gateFacts } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";

const rules = starterRules("group");
const terms: StandingTerms = {
  ...{ templateId: "tpl", sealId: "seal", counterpartyKinds: ["company", "affiliate"], limit: 50_000, currency: "CNY" },
  ...{ count: 20, from: "2027-01-01", to: "2027-06-30" },
};
const state: StandingState = {
  terms,
  entityId: "ent",
  ended: false,
  used: 19,
  templateInForce: true,
  templateReplaced: false,
};
const use: StandingUse = {
  ...{ entityId: "ent", today: "2027-01-15", sealIds: ["seal"], external: true, counterpartyKind: "company" },
  documents: [{ templateId: "tpl", verdict: "same-but-fields" }],
  ...{ amount: 50_000, currency: "CNY", emergency: false, disagreements: 0, openPlaces: 0 },
};
const codes = (change: Partial<StandingUse> = {}, of: Partial<StandingState> = {}): string[] => {
  const refusals = listStandingRefusals({ ...state, ...of }, { ...use, ...change }, rules);
  for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return refusals.map(({ code }) => code);
};

test("C01: what is within the terms needs no further approval; whatever is not is refused by name", () => {
  assert.deepEqual(codes(), []);
  assert.deepEqual(codes({ entityId: "other" }), ["standing.other-entity"]);
  for (const today of ["2026-12-31", "2027-07-01"]) assert.deepEqual(codes({ today }), ["standing.over"]);
  assert.deepEqual(codes({}, { ended: true }), ["standing.over"]);
  assert.deepEqual(codes({}, { used: 20 }), ["standing.used-up"]);
  assert.deepEqual(codes({ sealIds: ["seal", "other"] }), ["standing.other-seal"]);
  assert.deepEqual(codes({ counterpartyKind: "bank" }), ["standing.other-counterparty"]);
  assert.deepEqual(codes({ external: false }), ["standing.other-counterparty"]);
  assert.deepEqual(codes({ emergency: true }), ["standing.with-emergency"]);
  assert.deepEqual(codes({ disagreements: 1 }), ["standing.disagreement"]);
  // A blank that somebody answered for is read by nobody here (C05).
  assert.deepEqual(codes({ openPlaces: 1 }), ["standing.open-places"]);
  const [one = null] = use.documents;
  assert.deepEqual(codes({ documents: [one, one] }), ["standing.one-document"]);
  assert.deepEqual(codes({ documents: [one, null] }), ["standing.other-template", "standing.one-document"]);
});

test("C03: every document follows the very template, and nothing of it but its fields is changed", () => {
  for (const documents of [
    [],
    [null],
    [{ templateId: "tpl", verdict: "changed" as const }],
    [{ templateId: "other", verdict: "same" as const }],
  ])
    assert.deepEqual(codes({ documents }), ["standing.other-template"], JSON.stringify(documents));
  assert.deepEqual(codes({}, { templateInForce: false }), ["standing.other-template"]);
  assert.deepEqual(codes({}, { templateReplaced: true }), ["standing.template-replaced"]);
});

test("C01: the limit counts by the rules' rates, and what states no amount falls under none", () => {
  assert.deepEqual(codes({ amount: 50_000.01 }), ["standing.over-limit"]);
  assert.deepEqual(codes({ amount: null }), ["standing.over-limit"]);
  assert.deepEqual(codes({ amount: 6000, currency: "USD" }), []);
  assert.deepEqual(codes({ amount: 6300, currency: "USD" }), ["standing.over-limit"]);
  assert.deepEqual(codes({ amount: 1, currency: "XXX" }), ["standing.over-limit"], "a currency without a rate");
  const without = { terms: { ...terms, limit: 0 } };
  assert.deepEqual(codes({ amount: null }, without), []);
  assert.deepEqual(codes({ amount: 1 }, without), ["standing.over-limit"]);
});

test("terms have an end within a year, and kinds of counterparties that are known", () => {
  const faults = (change: Partial<StandingTerms>): string[] =>
    listTermFaults({ ...terms, ...change }, "2027-01-15").map(({ code }) => code);
  assert.deepEqual(faults({}), []);
  for (const days of [{ to: "2026-12-01" }, { from: "2026-01-01", to: "2027-01-14" }, { to: "2028-06-30" }])
    assert.deepEqual(faults(days), ["standing.days"]);
  assert.deepEqual(faults({ counterpartyKinds: [] }), ["standing.kinds"]);
  assert.deepEqual(faults({ counterpartyKinds: ["company", "unknown"] }), ["standing.kinds"]);
});

test("C01: over any uses never more than the count fall under it, and none after it ended", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.boolean(), { maxLength: 20 }), (count, ends) => {
      let [used, ended] = [0, false];
      for (const end of ends) {
        ended = ended || end;
        const of = { ...state, terms: { ...terms, count }, used, ended };
        if (listStandingRefusals(of, use, rules).length > 0) continue;
        assert.equal(ended, false);
        used += 1;
      }
      assert.ok(used <= count);
    }),
  );
});

test("the first use is looked at, and of the others as many as the lot says", () => {
  assert.equal(isDrawn(1, 20, 0.99), true);
  assert.equal(isDrawn(2, 5, 0.19), true);
  assert.equal(isDrawn(2, 5, 0.2), false);
  fc.assert(fc.property(fc.integer({ min: 2 }), (nr) => assert.equal(isDrawn(nr, 1, 0.999_999), true)));
});

test("the gate under a standing authorisation: in force and counted in the place of approvals, all else as ever", () => {
  const under = { ...gateFacts, steps: [], standing: { inForce: true, counted: true } };
  const answer = askGate(under);
  assert.equal(answer.allowed, true);
  assert.ok(answer.conditions.some((one) => one.code === "gate.approvals-complete.by-standing"));
  for (const standing of [
    { inForce: false, counted: true },
    { inForce: true, counted: false },
  ])
    assert.deepEqual(
      askGate({ ...under, standing })
        .conditions.filter((one) => !one.met)
        .map((one) => one.code),
      ["gate.approvals-complete.standing-over"],
    );
  assert.equal(askGate({ ...under, release: null }).allowed, false, "a custodian releases as ever");
  assert.equal(askGate({ ...under, confirmation: null }).allowed, false, "an important seal has its second person");
  assert.equal(isInForce(state, "2027-06-30"), true);
});
