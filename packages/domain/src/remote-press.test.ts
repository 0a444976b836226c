import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { askGate, type GateFacts } from "./gate.ts";
import {
  decideRemoteAnswer,
  findRemoteLapse,
  listRemoteRefusals,
  REMOTE_LOOK_STATES,
  REMOTE_VERDICTS,
  type RemoteAnswerFacts,
  remoteAgreementLife,
  remoteLookLife,
} from "./remote-press.ts";
import { facts as gateFacts, now, present, seal } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";

const paper = (change: Partial<GateFacts> = {}): GateFacts => ({
  ...gateFacts,
  ...{ state: "opened", useMode: "by-hand", byController: true },
  ...change,
});
const look: RemoteAnswerFacts["look"] = {
  ...{ state: "waiting", expiresAt: now + remoteLookLife, answeredAt: null, pictured: true, digest: "sha256:look" },
};
const facts: RemoteAnswerFacts = {
  ...{ verdict: "agree", reason: "", actorId: "supervisor", confirmedBy: "supervisor", stamperId: "custodian" },
  ...{ applicantId: "applicant", handlerId: "handler", gate: askGate(paper()), look, digest: "sha256:look", now },
};
const codesOf = (change: Partial<RemoteAnswerFacts>): string[] => {
  const decided = decideRemoteAnswer({ ...facts, ...change });
  if (decided.ok) return [];
  for (const { code, facts: told } of decided.refusals) assert.deepEqual(listTextFaults(code, told), []);
  return decided.refusals.map(({ code }) => code);
};

test("C04: a stamping is supervised from elsewhere only where somebody has to supervise it and a picture tells the paper", () => {
  const allowed = { supervised: true, emergency: false, blankSheets: false, direct: true };
  assert.deepEqual(listRemoteRefusals(allowed), []);
  const codes = (change: Partial<typeof allowed>) =>
    listRemoteRefusals({ ...allowed, ...change }).map(({ code }) => code);
  assert.deepEqual(codes({ supervised: false }), ["remote.not-supervised"]);
  assert.deepEqual(codes({ emergency: true }), ["remote.emergency"]);
  assert.deepEqual(codes({ blankSheets: true }), ["remote.blank-sheets"]);
  assert.deepEqual(codes({ direct: false }), ["remote.vendor-cloud"]);
  for (const { code, facts: told } of listRemoteRefusals({
    supervised: false,
    emergency: true,
    blankSheets: true,
    direct: false,
  }))
    assert.deepEqual(listTextFaults(code, told), []);
});

test("C04 C09 C17: who confirmed the stamping agrees to the picture he saw, in time, while the gate says yes", () => {
  assert.deepEqual(decideRemoteAnswer(facts), {
    ok: true,
    events: [{ type: "RemotePressAnswered", verdict: "agree" }],
  });
  assert.deepEqual(codesOf({ actorId: "other-supervisor" }), ["remote.not-supervisor"]);
  assert.deepEqual(codesOf({ actorId: "custodian" }), ["remote.not-supervisor"]);
  assert.deepEqual(codesOf({ actorId: "applicant" }), ["remote.not-supervisor"]);
  assert.deepEqual(codesOf({ look: { ...look, pictured: false } }), ["remote.no-picture"]);
  assert.deepEqual(codesOf({ digest: "sha256:another" }), ["remote.other-picture"]);
  assert.deepEqual(codesOf({ now: look.expiresAt }), ["remote.late"]);
  assert.deepEqual(codesOf({ look: { ...look, state: "agreed", answeredAt: now } }), ["remote.answered"]);
  assert.deepEqual(codesOf({ look: { ...look, state: "lapsed" } }), ["remote.answered"]);
  assert.deepEqual(codesOf({ gate: askGate(paper({ state: "frozen" })) }), ["gate.request-authorised.frozen"]);
  // What the gate asks no supervisor for is agreed to by nobody.
  const unimportant = askGate(paper({ seals: [{ ...seal, important: false }] }));
  assert.deepEqual(codesOf({ gate: unimportant }), ["remote.not-supervisor"]);
});

test("C04: to refuse he says why, and needs neither the picture nor the gate", () => {
  const refusing = { verdict: "refuse", reason: "It is another page" } as const;
  assert.deepEqual(codesOf(refusing), []);
  assert.deepEqual(codesOf({ ...refusing, reason: "  " }), ["remote.reason-missing"]);
  const closed = {
    ...refusing,
    digest: "",
    gate: askGate(paper({ state: "frozen" })),
    look: { ...look, pictured: false },
  };
  assert.deepEqual(codesOf(closed), []);
  assert.deepEqual(codesOf({ ...refusing, actorId: "somebody" }), ["remote.not-supervisor"]);
  assert.deepEqual(codesOf({ ...refusing, now: look.expiresAt }), ["remote.late"]);
});

test("C04: what nobody answered, or pressed on, in time is over by itself", () => {
  const at = (state: (typeof REMOTE_LOOK_STATES)[number], answeredAt: number | null, then: number) =>
    findRemoteLapse({ state, expiresAt: now + remoteLookLife, answeredAt, now: then });
  assert.equal(at("waiting", null, now + remoteLookLife - 1), undefined);
  assert.equal(at("waiting", null, now + remoteLookLife), "late");
  assert.equal(at("agreed", now, now + remoteAgreementLife - 1), undefined);
  assert.equal(at("agreed", now, now + remoteAgreementLife), "late");
  for (const over of ["refused", "pressed", "lapsed"] as const) assert.equal(at(over, now, now + 9e9), undefined);
});

test("C04 C11: whatever the facts, an agreement is the accepted supervisor's, in time, on what he saw, and the gate's yes is behind it", () => {
  const people = ["supervisor", "custodian", "applicant", "handler", "head", "somebody"];
  const person = fc.constantFrom(...people);
  fc.assert(
    fc.property(
      fc.record({
        ...{ verdict: fc.constantFrom(...REMOTE_VERDICTS), reason: fc.constantFrom("", "why"), actorId: person },
        ...{ confirmedBy: fc.option(person), stamperId: person, applicantId: person, handlerId: fc.option(person) },
        ...{ state: fc.constantFrom(...REMOTE_LOOK_STATES), pictured: fc.boolean(), same: fc.boolean() },
        ...{ age: fc.integer({ min: 0, max: 2 * remoteLookLife }), frozen: fc.boolean(), important: fc.boolean() },
        gateConfirmed: person,
      }),
      (one) => {
        const gate = askGate(
          paper({
            ...{ state: one.frozen ? "frozen" : "opened", confirmation: present(one.gateConfirmed) },
            ...{ seals: [{ ...seal, important: one.important }], release: present(one.stamperId) },
            ...{ applicantId: one.applicantId, handlerId: one.handlerId },
          }),
        );
        const expiresAt = now + remoteLookLife;
        const decided = decideRemoteAnswer({
          ...{ verdict: one.verdict, reason: one.reason, actorId: one.actorId, confirmedBy: one.confirmedBy, gate },
          ...{ stamperId: one.stamperId, applicantId: one.applicantId, handlerId: one.handlerId, now: now + one.age },
          look: { state: one.state, expiresAt, answeredAt: null, pictured: one.pictured, digest: "sha256:look" },
          digest: one.same ? "sha256:look" : "sha256:other",
        });
        if (!decided.ok) return;
        assert.equal(one.actorId, one.confirmedBy);
        assert.ok(![one.stamperId, one.applicantId, one.handlerId].includes(one.actorId));
        assert.equal(one.state, "waiting");
        assert.ok(one.age < remoteLookLife);
        if (one.verdict === "refuse") return assert.equal(one.reason, "why");
        assert.ok(gate.allowed && gate.authorisation.supervisorId === one.actorId);
        assert.ok(one.pictured && one.same && one.important && !one.frozen);
      },
    ),
    { numRuns: 2000 },
  );
});
