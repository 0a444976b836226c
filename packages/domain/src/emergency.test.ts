import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  decideEmergencyReview,
  decidePaperGiven,
  emergencyRoute,
  endEmergency,
  letPapersFollow,
  limitEmergency,
  listEmergencyRefusals,
  listOwedPapers,
  listParts,
  listReviewers,
  listSlipDoubts,
  listSlipRefusals,
  type SlipEntered,
} from "./emergency.ts";
import { decideByRules } from "./evaluate-rules.ts";
import { askGate, GATE_CONDITIONS, type GateFacts } from "./gate.ts";
import { askingOf, GATE_MEANS, GATE_WAYS, gateTable } from "./gate-ways.ts";
import { decideRoute } from "./route.ts";
import type { Grant } from "./separation-matrix.ts";
import { starterRules } from "./starter-rules.ts";
import { facts, now, present, seal } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";

const grant = (personId: string, role: Grant["role"], change: Partial<Grant> = {}): Grant => ({
  ...{ grantId: `${personId} ${role}`, personId, role, scope: { kind: "entity", id: "ent" }, entityId: "ent" },
  ...{ from: "2026-01-01", to: null, guest: false },
  ...change,
});
const codes = (refusals: readonly { code: string }[]): string[] => refusals.map(({ code }) => code);

test("C02: an emergency needs a reason, few impressions, somebody to review it, and no review of another that is overdue", () => {
  const asked = {
    reason: "The tender closes at noon",
    impressions: 3,
    most: 3,
    overdue: null,
    reviewed: true,
    owed: null,
  };
  assert.deepEqual(listEmergencyRefusals(asked), []);
  assert.deepEqual(codes(listEmergencyRefusals({ ...asked, reason: "  soon  " })), ["emergency.reason-missing"]);
  assert.deepEqual(codes(listEmergencyRefusals({ ...asked, impressions: 4 })), ["emergency.too-many"]);
  assert.deepEqual(codes(listEmergencyRefusals({ ...asked, overdue: { subject: "LX-1" } })), [
    "emergency.review-overdue",
  ]);
  assert.deepEqual(codes(listEmergencyRefusals({ ...asked, reviewed: false })), ["emergency.nobody-reviews"]);
  const owed = { subject: "LX-1", papers: ["board-resolution" as const] };
  const [refusal] = listEmergencyRefusals({ ...asked, owed });
  assert.deepEqual([refusal?.code, refusal?.rule], ["emergency.papers-owed", "C01"]);
  assert.deepEqual(listTextFaults(refusal?.code ?? "", refusal?.facts ?? {}), []);
});

test("C02: the route of an emergency is one authorised signatory, and never nobody", () => {
  const about = {
    ...{ profile: "strict" as const, entityId: "ent", unitId: null, sealIds: ["seal"], applicantId: "applicant" },
    ...{ handlerId: null, today: "2027-01-15", emergency: true },
  };
  const grants = [grant("head", "unit-head"), grant("signatory", "signatory"), grant("other", "signatory")];
  const decided = decideRoute(about, emergencyRoute, [], grants);
  assert.ok(decided.ok);
  assert.deepEqual(
    decided.steps.map(({ kind, candidates, reason }) => [kind, candidates, reason]),
    [["signatory", ["signatory", "other"], "route.emergency"]],
  );
  assert.equal(decideRoute(about, emergencyRoute, [], [grant("applicant", "signatory")]).ok, false);
});

test("C04: an emergency is sealed before a second person, with presence, whatever the rules say", () => {
  const limits = { impressionsMost: 100, validDays: 30, presence: false, supervised: false };
  assert.deepEqual(limitEmergency(limits, 3), { impressionsMost: 3, validDays: 30, presence: true, supervised: true });
  assert.equal(limitEmergency({ ...limits, impressionsMost: 1 }, 3).impressionsMost, 1);
});

test("C11: whoever asked, agreed, released or confirmed does not review it, nor who stands in for him", () => {
  const taken = listParts({
    ...{ applicantId: "a", handlerId: "b", releasedBy: "c", confirmedBy: "d" },
    steps: [{ kind: "signatory", decidedBy: "e", decidedFor: "f" }],
  });
  assert.deepEqual(taken.map((one) => one.personId).toSorted(), ["a", "b", "c", "d", "e", "f"]);
  const about = { entityId: "ent", today: "2027-01-15", taken };
  const inspectors = ["a", "b", "c", "d", "e", "f"].map((one) => grant(one, "inspector"));
  assert.equal(listReviewers({ ...about, grants: inspectors }), null);
  assert.equal(listReviewers({ ...about, grants: [grant("x", "inspector", { delegatedBy: "e" })] }), null);
  assert.equal(listReviewers({ ...about, grants: [grant("x", "inspector", { entityId: "other" })] }), null);
  assert.deepEqual(listReviewers({ ...about, grants: [...inspectors, grant("x", "seal-administrator")] }), {
    ...{ role: "seal-administrator", people: ["x"], others: [] },
  });
  const both = [grant("x", "inspector"), grant("y", "seal-administrator"), grant("x", "seal-administrator")];
  assert.deepEqual(listReviewers({ ...about, grants: both }), {
    ...{ role: "inspector", people: ["x"], others: ["y"] },
  });
  const review = {
    ...{
      actorId: "x",
      parts: taken,
      holdsRole: true,
      standsIn: false,
      over: true,
      reviewed: false,
      note: "The deadline was real",
    },
    ...{ owed: [], unconfirmed: [], unanswered: false },
    verdict: "justified" as const,
  };
  assert.deepEqual(decideEmergencyReview(review), {
    ...{ ok: true, events: [{ type: "EmergencyReviewed", verdict: "justified", finding: false }] },
  });
  // Of what owes papers it is not said that all was well; that it was no emergency opens a finding, and is said all the same.
  const owing = { ...review, owed: ["board-resolution" as const] };
  const open = decideEmergencyReview(owing);
  assert.deepEqual(open.ok ? [] : codes(open.refusals), ["emergency.papers-missing"]);
  assert.equal(decideEmergencyReview({ ...owing, verdict: "not-justified" }).ok, true);
  const unread = { ...review, unconfirmed: ["board-resolution" as const] };
  assert.equal(decideEmergencyReview(unread).ok, false);
  assert.equal(decideEmergencyReview({ ...unread, verdict: "not-justified" }).ok, true);
  const refused = (change: Partial<Parameters<typeof decideEmergencyReview>[0]>): string[] => {
    const decided = decideEmergencyReview({ ...review, ...change });
    return decided.ok ? [] : codes(decided.refusals);
  };
  for (const actorId of ["a", "b", "c", "d", "e", "f"])
    assert.deepEqual(refused({ actorId }), ["emergency.reviewer-had-part"]);
  assert.deepEqual(refused({ holdsRole: false }), ["emergency.not-reviewer"]);
  assert.deepEqual(refused({ holdsRole: false, standsIn: true }), ["emergency.reviewer-had-part"]);
  assert.deepEqual(refused({ over: false }), ["emergency.not-over"]);
  assert.deepEqual(refused({ reviewed: true }), ["emergency.reviewed-already"]);
  assert.deepEqual(refused({ note: " " }), ["emergency.note-missing"]);
  assert.deepEqual(refused({ unanswered: true }), ["emergency.slip-unanswered"]);
  assert.deepEqual(refused({ unanswered: true, verdict: "not-justified" }), []);
});

test("C02: a slip for a time at which the platform was there, or for too many impressions, is entered and doubted", () => {
  const slip = { usedBefore: true, usedAfter: false, impressions: 3, most: 3 };
  assert.deepEqual(listSlipDoubts(slip), [], "it went away");
  assert.deepEqual(listSlipDoubts({ ...slip, usedBefore: false, usedAfter: true }), [], "it came back");
  assert.deepEqual(listSlipDoubts({ ...slip, usedAfter: true, impressions: 4 }), [
    "slip.platform-was-there",
    "slip.too-many",
  ]);
});

test("C02: when its hours are over an emergency ends: what was sealed stays, nothing more is", () => {
  const at = { until: now, now: now + 1, settled: 0, useMode: "electronic" as const };
  assert.equal(endEmergency({ ...at, now, state: "authorised" }), null, "to the last moment");
  assert.equal(endEmergency({ ...at, state: "in-review" }), "expire");
  assert.equal(endEmergency({ ...at, state: "authorised" }), "expire");
  assert.equal(endEmergency({ ...at, state: "authorised", settled: 1 }), "end");
  assert.equal(endEmergency({ ...at, state: "opened" }), null, "what is being sealed ends by itself");
  const onPaper = { ...at, state: "opened" as const, useMode: "by-hand" as const };
  const hour = 3_600_000;
  assert.equal(endEmergency({ ...onPaper, now: now + hour }), null, "a phone may still send what was pressed");
  assert.equal(endEmergency({ ...onPaper, now: now + hour + 1 }), "stop");
  assert.equal(endEmergency({ ...at, state: "registered" }), null);
});

const urgent: GateFacts = {
  ...facts,
  emergency: { until: now },
  steps: facts.steps.slice(-1),
  seals: [{ ...seal, important: false }],
};
/** The same by whatever makes the impression: of paper no certificate is asked for. */
const means: readonly (readonly [string, Partial<GateFacts>])[] = [
  ["electronic", {}],
  ["by hand", { useMode: "by-hand", seals: [{ ...seal, important: false, certificate: null }] }],
  [
    "by a controller",
    { useMode: "by-hand", byController: true, seals: [{ ...seal, important: false, certificate: null }] },
  ],
];

for (const [name, made] of means)
  test(`C01 C02 C04 C05 C08 C09 C10 C11 C12 C17: the gate in an emergency ${name}: the signatory suffices, and everything else is asked as ever`, () => {
    const emergency: GateFacts = { ...urgent, ...made };
    assert.equal(askGate(emergency).allowed, true);
    const owing = askGate({ ...emergency, owedPapers: ["board-resolution"] });
    assert.equal(owing.allowed, true, "papers may follow");
    assert.ok(owing.conditions.some(({ code }) => code === "gate.papers-attached.follow"));
    const [, lawyer] = facts.steps;
    assert.ok(lawyer);
    const never: readonly [string, Partial<GateFacts>][] = [
      ["request-authorised", { state: "in-review" }],
      ["request-authorised", { state: "frozen" }],
      ["approvals-complete", { steps: [] }],
      // Whoever objected is asked, and a signatory does not go past him.
      ["approvals-complete", { steps: [{ ...lawyer, state: "returned" }, ...emergency.steps] }],
      ["approvals-complete", { steps: [{ ...lawyer, state: "current", decidedBy: null }, ...emergency.steps] }],
      ["seal-in-use", { seals: emergency.seals.map((one) => ({ ...one, state: "frozen" })) }],
      ["seal-in-scope", { documentClass: null }],
      ["custodian-fit", { releasedByFit: false }],
      ["custodian-present", { releasedByCustodianOfRecord: false }],
      ["supervisor-confirmed", { confirmation: null }],
      ["impressions-left", { usedImpressions: 3 }],
      ["in-date", { emergency: { until: now - 1 } }],
      ["document-finished", { unfinishedPlaces: 1 }],
      ["document-unchanged", { digestNow: "sha256:2" }],
      ["custodian-present", { release: null }],
      ["duties-apart", { release: present("signatory") }],
      ["duties-apart", { release: present("supervisor"), confirmation: present("supervisor") }],
      ["duties-apart", { confirmation: present("applicant") }],
    ];
    for (const [id, change] of never) {
      const answer = askGate({ ...emergency, ...change });
      assert.ok(
        answer.conditions.some((one) => one.id === id && !one.met),
        id,
      );
      assert.equal(answer.allowed, false, id);
    }
  });

test("C02: an emergency opens the gate for nothing but a short route and papers that follow, whatever makes the impression", () => {
  const yields = GATE_CONDITIONS.filter((id) => gateTable[id].emergency !== "as-made");
  assert.deepEqual(yields, ["approvals-complete", "in-date", "papers-attached", "supervisor-confirmed"]);
  for (const id of GATE_CONDITIONS)
    for (const made of GATE_MEANS) {
      if (yields.includes(id)) continue;
      assert.equal(askingOf(id, made, "emergency"), askingOf(id, made, null));
    }
});

test("the table of the gate covers every condition and way, and the docs show it as it is", () => {
  assert.deepEqual(Object.keys(gateTable), [...GATE_CONDITIONS]);
  const lines = readFileSync(new URL("../../../docs/domain-language.md", import.meta.url), "utf8").split("\n");
  for (const id of GATE_CONDITIONS)
    assert.ok(lines.includes(`| ${[id, ...GATE_WAYS.map((way) => gateTable[id][way])].join(" | ")} |`), id);
});

test("C01: of what the rules refuse only missing papers yield to an emergency, and those stay owed until they are there", () => {
  const rules = starterRules("group");
  const large = decideByRules(rules, {
    ...{ documentClass: "contract", makesRights: true, external: true, counterpartyKind: "unknown", template: "none" },
    ...{ amount: 12_000_000, currency: "CNY", impressions: 1, attachments: [] },
    seals: [
      { sealId: "a", type: "official", important: true },
      { sealId: "b", type: "department", important: false },
    ],
  });
  assert.deepEqual(codes(large.refusals), ["rules.seal-refused", "rules.attachment-missing"]);
  assert.deepEqual(codes(letPapersFollow(large.refusals)), ["rules.seal-refused"]);
  const owed = (change: Partial<Parameters<typeof listOwedPapers>[0]> = {}) =>
    listOwedPapers({ state: "authorised", scope: rules.scope, fired: large.fired.scope, given: [], ...change });
  assert.deepEqual(owed(), ["board-resolution"]);
  assert.deepEqual(owed({ given: ["power-of-attorney", "board-resolution"] }), []);
  for (const state of ["in-review", "opened", "frozen", "closed", "registered"] as const)
    assert.deepEqual(owed({ state }), ["board-resolution"], state);
  for (const state of ["draft", "returned", "withdrawn", "rejected", "cancelled", "expired"] as const)
    assert.deepEqual(owed({ state }), [], state);
  const give = (actorId: string, kind: "board-resolution" | "tender-result") => {
    const given = decidePaperGiven({
      ...{ actorId, kind, applicantId: "a", handlerId: "b", owed: owed(), mayReplace: [] },
      ...{ title: "Resolution 7", fault: null, known: null },
    });
    return given.ok ? given.events[0]?.left : codes(given.refusals);
  };
  for (const person of ["a", "b"]) assert.deepEqual(give(person, "board-resolution"), []);
  assert.deepEqual(give("c", "board-resolution"), ["emergency.paper-not-yours"]);
  assert.deepEqual(give("a", "tender-result"), ["emergency.paper-not-owed"]);
});

test("C09 C24: a slip was used while it was in the hand of who enters it, and is shown by a photo of its own", () => {
  const at = Date.parse("2026-11-29T10:05:30Z");
  const entered: SlipEntered = {
    ...{ slip: "YJ0001", usedAt: at + 60_000, now: at + 3_600_000, inHand: true, inHandSince: at },
    ...{ since: { day: "2026-11-29", time: "10:05" }, signed: true, photoOf: null },
  };
  const told = (change: Partial<SlipEntered>): string[] => codes(listSlipRefusals({ ...entered, ...change }));
  assert.deepEqual(told({}), []);
  assert.deepEqual(told({ usedAt: at - 30_000 }), [], "people write minutes");
  assert.deepEqual(told({ usedAt: at - 31_000 }), ["slip.before-hand"]);
  assert.deepEqual(told({ inHandSince: null }), ["slip.not-received"]);
  assert.deepEqual(told({ usedAt: at + 3_600_001 }), ["slip.time"]);
  assert.deepEqual(told({ photoOf: "YJ0002" }), ["slip.photo-used"]);
  assert.deepEqual(told({ signed: false }), ["slip.not-signed"]);
  assert.deepEqual(
    told({ inHand: false, inHandSince: null }),
    ["slip.not-in-hand"],
    "what is not his he reads nothing of",
  );
});
