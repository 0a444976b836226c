import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { restAfterReset } from "./account.ts";
import { type ApprovalFacts, type ApprovalSubject, approvalDigestInput, decideApproval } from "./approval.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

const now = 1_800_000_000_000;
const facts: ApprovalFacts = {
  requestState: "in-review",
  step: { kind: "signatory", state: "current", candidates: ["signatory", "other"], group: "final", last: true },
  decidedBefore: [
    { kind: "unit-head", personId: "head", group: "unit-head" },
    { kind: "legal-review", personId: "lawyer", group: "legal-review" },
  ],
  profile: "strict",
  decision: "approve",
  comment: "",
  actorId: "signatory",
  applicantId: "applicant",
  handlerId: "handler",
  importantSeal: true,
  presenceAsked: false,
  factsOpen: 0,
  factsAgainst: 0,
  sampleUnopened: 0,
  digestSeen: "sha256:1",
  digestNow: "sha256:1",
  present: true,
  grantInForce: true,
  standsFor: null,
  credentialResetAt: null,
  now,
};

function ask(change: Partial<ApprovalFacts> = {}): string[] {
  const decided = decideApproval({ ...facts, ...change });
  if (decided.ok) return [];
  for (const { code, facts: told } of decided.refusals) assert.deepEqual(listTextFaults(code, told), []);
  return decided.refusals.map((refusal) => refusal.code);
}
const step = (change: Partial<ApprovalFacts["step"]>): Partial<ApprovalFacts> => ({
  step: { ...facts.step, ...change },
});

test("the person asked decides; the last approval authorises, the others and a refusal do not", () => {
  const decide = (change: Partial<ApprovalFacts>) => {
    const decided = decideApproval({ ...facts, ...change });
    return decided.ok ? decided.events[0] : undefined;
  };
  assert.deepEqual(decide({}), { type: "StepDecided", decision: "approve", authorises: true });
  assert.equal(decide(step({ last: false }))?.authorises, false);
  for (const decision of ["reject", "return"] as const)
    assert.deepEqual(decide({ decision, comment: "Clause 9 is missing." }), {
      type: "StepDecided",
      decision,
      authorises: false,
    });
});

test("C01 C11 C17: each single condition flips the answer, with its own reason", () => {
  const flips: readonly (readonly [Partial<ApprovalFacts>, string])[] = [
    [{ requestState: "withdrawn" }, "approval.step-not-current"],
    [step({ state: "waiting" }), "approval.step-not-current"],
    [step({ state: "approved" }), "approval.decided-by-another"],
    [step({ state: "voided" }), "approval.step-not-current"],
    [step({ candidates: ["other"] }), "approval.not-a-candidate"],
    [{ grantInForce: false }, "approval.grant-ended"],
    [{ standsFor: "applicant" }, "approval.delegator-concerned"],
    [{ standsFor: "handler" }, "approval.delegator-concerned"],
    [{ standsFor: "head" }, "approval.delegator-concerned"],
    [{ applicantId: "signatory" }, "approval.own-request"],
    [{ handlerId: "signatory" }, "approval.own-request"],
    [{ decidedBefore: [{ kind: "unit-head", personId: "signatory", group: "unit-head" }] }, "approval.decided-before"],
    [
      { decidedBefore: [{ kind: "legal-review", personId: "signatory", group: "legal-review" }] },
      "approval.decided-before",
    ],
    [{ decidedBefore: [{ kind: "signatory", personId: "signatory", group: "final" }] }, "approval.decided-this-step"],
    [{ digestSeen: "sha256:2" }, "approval.digest-differs"],
    [{ digestNow: "sha256:2" }, "approval.digest-differs"],
    [{ decision: "reject" }, "approval.reason-missing"],
    [{ decision: "return", comment: "  \n" }, "approval.reason-missing"],
    [{ present: false }, "approval.presence-missing"],
    [{ credentialResetAt: now }, "approval.reset-lately"],
    [{ credentialResetAt: now - restAfterReset + 1 }, "approval.reset-lately"],
  ];
  assert.deepEqual(ask(), []);
  for (const [change, code] of flips) assert.deepEqual(ask(change), [code], JSON.stringify(change));
});

test("C11: one person may be head and reviewer of a request, but who approved is not its signatory", () => {
  const review: Partial<ApprovalFacts> = {
    ...step({ kind: "legal-review", last: false }),
    decidedBefore: [{ kind: "unit-head", personId: "signatory", group: "unit-head" }],
  };
  for (const profile of PROFILES) {
    assert.deepEqual(ask({ ...review, profile }), []);
    const own: Partial<ApprovalFacts> = {
      profile,
      decidedBefore: [{ kind: "legal-review", personId: "signatory", group: "legal-review" }],
    };
    assert.deepEqual(ask(own), ["approval.decided-before"]);
  }
});

test("C11: whoever decides in another's place has no other part, nor has whom he decides for, nor who acts for him", () => {
  const review = step({ kind: "legal-review", group: "legal", last: false });
  const before = (...decided: readonly [string, string | null][]): Partial<ApprovalFacts> => ({
    ...review,
    decidedBefore: decided.flatMap(([personId, inPlaceOf]) => [
      { kind: "unit-head", group: "head", personId, inPlaceOf },
      ...(inPlaceOf === null ? [] : [{ kind: "unit-head" as const, group: "head", personId: inPlaceOf }]),
    ]),
  });
  const part = ["approval.part-already"];
  // The head let another decide and would review in the lawyer's place.
  assert.deepEqual(ask({ ...before(["deputy", "signatory"]), standsFor: "lawyer" }), part);
  assert.deepEqual(ask({ ...before(["deputy", "signatory"]) }), [], "by a role of his own he may");
  assert.deepEqual(ask({ ...before(["signatory", null]), standsFor: "lawyer" }), part);
  assert.deepEqual(ask({ ...before(["signatory", "head"]) }), part);
  assert.deepEqual(ask({ ...before(["signatory", "head"]), standsFor: "head" }), part);
  assert.deepEqual(ask({ ...before(["lawyer", "head"]), standsFor: "lawyer" }), part);
  assert.deepEqual(ask({ ...before(["head", null]), standsFor: "lawyer" }), []);
  for (const profile of PROFILES)
    assert.deepEqual(ask({ ...before(["signatory", null]), standsFor: "lawyer", profile }), part);
});

test("a seal that is not important asks for no fresh presence and no rest", () => {
  assert.deepEqual(ask({ importantSeal: false, present: false, credentialResetAt: now }), []);
  assert.deepEqual(ask({ credentialResetAt: now - restAfterReset }), [], "after a day the rest is over");
});

test("C01: where the rules ask for a proof of presence, it is asked whatever the seal", () => {
  assert.deepEqual(ask({ importantSeal: false, presenceAsked: true, present: false }), ["approval.presence-missing"]);
  assert.deepEqual(ask({ factsOpen: 1 }), ["facts.to-settle"]);
  assert.deepEqual(ask({ factsOpen: 2, factsAgainst: 1 }), ["facts.document-right"]);
  assert.deepEqual(ask({ factsOpen: 1, decision: "return", comment: "The document is right" }), []);
});

test("C03: nobody approves a series before he has opened what was drawn of it; he may return it", () => {
  assert.deepEqual(ask({ sampleUnopened: 2 }), ["series.sample-not-opened"]);
  assert.deepEqual(ask({ sampleUnopened: 2, decision: "return", comment: "The third has another price" }), []);
});

test("C11: of several agreements each is another person's, also of whoever is stood in for", () => {
  const before = [{ kind: "signatory", personId: "boss", group: "final" }] as const;
  assert.deepEqual(ask({ decidedBefore: before }), []);
  assert.deepEqual(ask({ decidedBefore: before, standsFor: "boss" }), ["approval.decided-this-step"]);
});

test("every reason is told at once", () => {
  assert.deepEqual(
    ask({
      requestState: "returned",
      step: { ...facts.step, candidates: [] },
      applicantId: "signatory",
      decidedBefore: [{ kind: "unit-head", personId: "signatory", group: "unit-head" }],
      digestSeen: "sha256:2",
      decision: "reject",
      present: false,
      credentialResetAt: now,
    }),
    [
      "approval.step-not-current",
      "approval.not-a-candidate",
      "approval.own-request",
      "approval.decided-before",
      "approval.digest-differs",
      "approval.reason-missing",
      "approval.presence-missing",
      "approval.reset-lately",
    ],
  );
});

const people = fc.constantFrom("signatory", "head", "applicant");
const anyFacts: fc.Arbitrary<ApprovalFacts> = fc.record({
  requestState: fc.constantFrom("in-review", ...SEAL_USE_REQUEST_STATES),
  step: fc.record({
    kind: fc.constantFrom("unit-head", "legal-review", "signatory"),
    state: fc.constantFrom("current", "waiting", "approved", "voided"),
    candidates: fc.array(people, { maxLength: 3 }),
    group: fc.constantFrom("one", "two"),
    last: fc.boolean(),
  }),
  decidedBefore: fc.array(
    fc.record({
      kind: fc.constantFrom("unit-head", "legal-review", "signatory"),
      personId: people,
      group: fc.constantFrom("one", "two"),
      inPlaceOf: fc.constantFrom(null, null, "third"),
    }),
    { maxLength: 2 },
  ),
  profile: fc.constantFrom(...PROFILES),
  decision: fc.constantFrom("approve", "reject", "return"),
  comment: fc.constantFrom("", " ", "because"),
  actorId: people,
  applicantId: people,
  handlerId: fc.option(people),
  importantSeal: fc.boolean(),
  presenceAsked: fc.boolean(),
  factsOpen: fc.constantFrom(0, 0, 2),
  factsAgainst: fc.constant(0),
  sampleUnopened: fc.constantFrom(0, 0, 0, 3),
  digestSeen: fc.constantFrom("1", "2"),
  digestNow: fc.constantFrom("1", "2"),
  present: fc.boolean(),
  grantInForce: fc.boolean(),
  standsFor: fc.option(people),
  credentialResetAt: fc.option(fc.constantFrom(now, now - restAfterReset, now - 2 * restAfterReset)),
  now: fc.constant(now),
}) as fc.Arbitrary<ApprovalFacts>;

/** Facts in order with some of them replaced at random: so that answers of both kinds come up. */
const someFacts = fc
  .tuple(anyFacts, fc.subarray(Object.keys(facts) as (keyof ApprovalFacts)[], { maxLength: 5 }))
  .map(([random, keys]): ApprovalFacts => ({ ...facts, ...Object.fromEntries(keys.map((key) => [key, random[key]])) }));

test("C01 C11 C17: over random facts a decision stands only where every condition does", () => {
  let accepted = 0;
  fc.assert(
    fc.property(someFacts, (random) => {
      const decidedAs = (who: string | null): boolean =>
        random.decidedBefore.some(
          ({ kind, personId }) => personId === who && (kind === "signatory") !== (random.step.kind === "signatory"),
        );
      const asks = (who: string | null): boolean =>
        who !== null && (who === random.applicantId || who === random.handlerId);
      const stands =
        random.requestState === "in-review" &&
        random.step.state === "current" &&
        random.step.candidates.includes(random.actorId) &&
        random.grantInForce &&
        [random.actorId, random.standsFor].every((who) => !asks(who) && !decidedAs(who)) &&
        random.digestSeen === random.digestNow &&
        (random.decision !== "approve" ||
          random.factsOpen === 0 ||
          !(random.step.last || random.step.kind === "legal-review")) &&
        (random.decision !== "approve" || random.sampleUnopened === 0) &&
        (random.decision === "approve" || random.comment.trim() !== "") &&
        [random.actorId, random.standsFor].every(
          (who) => !random.decidedBefore.some((one) => one.personId === who && one.group === random.step.group),
        ) &&
        (random.standsFor === null || !random.decidedBefore.some((one) => one.personId === random.actorId)) &&
        ![random.actorId, random.standsFor].some((who) =>
          random.decidedBefore.some(
            (one) => one.personId === who && typeof one.inPlaceOf === "string" && one.group !== random.step.group,
          ),
        ) &&
        (random.present || !(random.importantSeal || random.presenceAsked)) &&
        (!random.importantSeal ||
          (random.present && (random.credentialResetAt === null || random.credentialResetAt <= now - restAfterReset)));
      const decided = decideApproval(random);
      if (decided.ok) accepted += 1;
      assert.equal(decided.ok, stands);
      if (!decided.ok) assert.ok(decided.refusals.length > 0);
    }),
    { numRuns: 5000 },
  );
  assert.ok(accepted > 200, `only ${accepted} of the random decisions stood`);
});

test("C17: the digest's input holds every field that is approved; any change of one gives another input", () => {
  const subject: ApprovalSubject = {
    number: "LX-2026-000001",
    round: 1,
    entityId: "ent",
    applicantId: "a",
    handlerId: null,
    documentClass: "contract",
    external: true,
    counterparty: "Beicheng",
    amount: "1.00",
    currency: "CNY",
    title: "Supply",
    purpose: "Gauges",
    validUntil: "2026-12-31",
    documents: [{ documentId: "d", digest: "sha256:1", placements: [{ sealId: "s", page: 0, xMm: 1, yMm: 2 }] }],
  };
  const text = JSON.stringify(approvalDigestInput(subject));
  const [document] = subject.documents;
  assert.ok(document);
  const changes: Partial<ApprovalSubject>[] = [
    ...(Object.keys(subject) as (keyof ApprovalSubject)[]).map((key) => ({ [key]: `other ${key}` })),
    { documents: [{ ...document, digest: "sha256:2" }] },
    { documents: [{ ...document, placements: [{ sealId: "s", page: 1, xMm: 1, yMm: 2 }] }] },
    { documents: [{ ...document, placements: [] }] },
    { documents: [] },
  ];
  assert.equal(changes.length, Object.keys(subject).length + 4);
  for (const change of changes) assert.notEqual(JSON.stringify(approvalDigestInput({ ...subject, ...change })), text);
});
