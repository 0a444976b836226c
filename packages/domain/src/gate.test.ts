import assert from "node:assert/strict";
import { test } from "node:test";
import {
  askGate,
  findStandingActs,
  GATE_CONDITIONS,
  type GateAnswer,
  type GateFacts,
  type GateSeal,
  type ImpressionAuthorisation,
  listConfirmationRefusals,
  type PresenceFacts,
  presenceLife,
} from "./gate.ts";
import type { MakeUpFacts } from "./make-up.ts";
import { messages } from "./messages.ts";
import { defaultKindRules } from "./seal-kind.ts";
import { SEAL_STATES } from "./seal-life.ts";
import { approved, day, facts, now, present, seal } from "./test-gate-facts.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

const unmetOf = (answer: GateAnswer): string[] =>
  answer.conditions.filter((condition) => !condition.met).map((condition) => condition.code);
const [head, lawyer, signatory] = facts.steps;
assert.ok(head && lawyer && signatory);

test("everything in order: the gate says yes, with every condition, and the authorisation names what it is for", () => {
  const answer = askGate(facts);
  assert.ok(answer.allowed);
  assert.deepEqual(
    answer.conditions.map((condition) => condition.id),
    [...GATE_CONDITIONS],
  );
  assert.deepEqual(
    { ...answer.authorisation },
    {
      requestId: "req",
      digest: "sha256:1",
      impressionIds: ["imp-1", "imp-2"],
      custodianId: "custodian",
      supervisorId: "supervisor",
      at: now,
    },
  );
});

test("a use that is under way is sealed to its end: asked again when it is opened, the gate says the same", () => {
  assert.equal(askGate({ ...facts, state: "opened" }).allowed, true);
});

test("C02: of a joint request the gate says yes where the other side has agreed or has sealed, with its own people", () => {
  for (const otherState of ["authorised", "opened", "closed", "registered"] as const)
    assert.equal(askGate({ ...facts, joint: { ...agreed, otherState } }).allowed, true, otherState);
});

type Flip = readonly [name: string, change: Partial<GateFacts>, codes: readonly string[]];
const withSeal = (change: Partial<GateSeal>): Partial<GateFacts> => ({ seals: [{ ...seal, ...change }] });
const release = (change: Partial<PresenceFacts>): Partial<GateFacts> => ({
  release: { ...present("custodian"), ...change },
});
const confirmation = (change: Partial<PresenceFacts>): Partial<GateFacts> => ({
  confirmation: { ...present("supervisor"), ...change },
});
const certificate = { notBefore: now - day, notAfter: now + day, revoked: false };

const agreed = {
  ...{ otherState: "authorised" as const, other: "LP-2027-0001", engaged: ["stranger", "applicant"] },
  otherFileFits: true,
};
const lostCopy = {
  ...{ original: "LP-2027-0003", originalState: "registered" as const, copy: 2, other: null, samePaper: true },
  ...{ replaced: { copy: 2, state: "lost" as const, impressions: ["settled" as const] } },
  ...{ useMode: "by-hand" as const, copies: 1, begun: false },
};
const makeUp = (change: Partial<MakeUpFacts>): Partial<GateFacts> => ({ makeUp: { ...lostCopy, ...change } });
/** Every way in which one single thing is not in order, with exactly the reasons that must be told. */
const flips: readonly Flip[] = [
  ["C09 the copy is replaced already", makeUp({ other: "LP-2027-0004" }), ["make-up.asked-already"]],
  ["C09 the copy's stamping is open", makeUp({ originalState: "closed" }), ["make-up.not-registered"]],
  ["C09 the copy was found", makeUp({ replaced: { ...lostCopy.replaced, state: "here" } }), ["make-up.found"]],
  ["C09 more than one copy for one", makeUp({ copies: 2 }), ["make-up.copies"]],
  ["C09 another paper for the copy", makeUp({ samePaper: false }), ["make-up.other-paper"]],
  [
    "C08 nobody opened the stamping",
    { useMode: "by-hand", release: null, confirmation: null, ...withSeal({ important: false }) },
    ["gate.custodian-present.not-opened"],
  ],
  ...SEAL_USE_REQUEST_STATES.filter((state) => state !== "authorised" && state !== "opened" && state !== "frozen").map(
    (state): Flip => [`C01 the request is ${state}`, { state }, ["gate.request-authorised.not"]],
  ),
  ["C01 the request is frozen", { state: "frozen" }, ["gate.request-authorised.frozen"]],
  ...SEAL_USE_REQUEST_STATES.filter((state) => !["authorised", "opened", "closed", "registered"].includes(state)).map(
    (state): Flip => [
      `C02 the other side is ${state}`,
      { joint: { ...agreed, otherState: state } },
      ["gate.other-side-agreed.not"],
    ],
  ),
  [
    "C17 the other side sealed another file",
    { joint: { ...agreed, otherFileFits: false } },
    ["gate.document-unchanged.other-side"],
  ],
  ...["head", "lawyer", "signatory", "custodian", "supervisor"].map(
    (person): Flip => [
      `C11 the ${person} acted on the other side`,
      { joint: { ...agreed, engaged: [person] } },
      ["gate.duties-apart.both-sides"],
    ],
  ),
  [
    "C02 a step is open",
    { steps: [head, { ...lawyer, state: "current" }, signatory] },
    ["gate.approvals-complete.not"],
  ],
  [
    "C02 a step was returned",
    { steps: [{ ...head, state: "returned" }, lawyer, signatory] },
    ["gate.approvals-complete.not"],
  ],
  [
    "C02 a step was decided by nobody",
    { steps: [head, { ...lawyer, decidedBy: null }, signatory] },
    ["gate.approvals-complete.not"],
  ],
  [
    "C02 an approval bears no time",
    { steps: [{ ...head, decidedAt: null }, lawyer, signatory] },
    ["gate.approvals-complete.late"],
  ],
  [
    "C02 an approval is younger than the use",
    { steps: [head, lawyer, { ...signatory, decidedAt: now + 1 }] },
    ["gate.approvals-complete.late"],
  ],
  ["C02 no signatory decided", { steps: [head, lawyer] }, ["gate.approvals-complete.no-signatory"]],
  [
    "C02 the signatory was not the last",
    { steps: [head, signatory, lawyer] },
    ["gate.approvals-complete.no-signatory"],
  ],
  ["C01 there are no steps", { steps: [] }, ["gate.approvals-complete.no-signatory"]],
  ["C02 the validity is over", { today: "2027-01-16" }, ["gate.in-date.not"]],
  ...SEAL_STATES.filter((state) => state !== "in-use").map(
    (state): Flip => [`C10 the seal is ${state}`, withSeal({ state }), ["gate.seal-in-use.not"]],
  ),
  [
    "C10 one of two seals is frozen",
    { seals: [seal, { ...seal, sealId: "two", state: "frozen" }] },
    ["gate.seal-in-use.not"],
  ],
  ["C07 the seal is another entity's", withSeal({ entityId: "other" }), ["gate.seal-in-use.other-entity"]],
  [
    "C23 the seal came with the opening stock and nobody confirmed it",
    withSeal({ unconfirmed: true }),
    ["gate.seal-in-use.unconfirmed"],
  ],
  ["C14 its piece lies under a tag", withSeal({ tag: "T-1" }), ["gate.seal-in-use.under-tag"]],
  [
    "C07 there is no seal",
    { seals: [] },
    ["gate.seal-in-use.none", "gate.seal-in-scope.not", "gate.certificate-valid.not"],
  ],
  [
    "C07 the seal is not for the class",
    withSeal({ type: "personnel", kind: defaultKindRules("personnel") }),
    ["gate.seal-in-scope.wrong-class"],
  ],
  ["C07 the class is unknown", { documentClass: null }, ["gate.seal-in-scope.wrong-class"]],
  ["C06 the seal is an internal one", withSeal({ external: false }), ["gate.seal-in-scope.internal-outside"]],
  [
    "C06 a department seal on an external document, whatever its own setting",
    { ...withSeal({ type: "department", kind: defaultKindRules("department") }), documentClass: "internal-notice" },
    ["gate.seal-in-scope.internal-outside"],
  ],
  ["C10 there is no certificate", withSeal({ certificate: null }), ["gate.certificate-valid.not"]],
  [
    "C10 the certificate is revoked",
    withSeal({ certificate: { ...certificate, revoked: true } }),
    ["gate.certificate-valid.not"],
  ],
  [
    "C10 the certificate is over",
    withSeal({ certificate: { ...certificate, notAfter: now - 1 } }),
    ["gate.certificate-valid.not"],
  ],
  [
    "C10 the certificate has not begun",
    withSeal({ certificate: { ...certificate, notBefore: now + 1 } }),
    ["gate.certificate-valid.not"],
  ],
  ["C17 the document changed", { digestNow: "sha256:2" }, ["gate.document-unchanged.not"]],
  ["C17 C24 the file is missing", { digestNow: null }, ["gate.document-unchanged.missing"]],
  [
    "C17 nothing was ever fixed",
    { digest: null },
    ["gate.document-unchanged.not", "gate.custodian-present.other-digest", "gate.supervisor-confirmed.other-digest"],
  ],
  ["C02 the hours of an emergency are over", { emergency: { until: now - 1 } }, ["gate.in-date.emergency-over"]],
  [
    "C04 an emergency without a second person, though no seal is important",
    { emergency: { until: now }, seals: [{ ...seal, important: false }], confirmation: null },
    ["gate.supervisor-confirmed.awaited"],
  ],
  [
    "C01 a standing authorisation that has ended",
    { standing: { inForce: false, counted: true } },
    ["gate.approvals-complete.standing-over"],
  ],
  ["C05 a place is blank", { unfinishedPlaces: 1 }, ["gate.document-finished.not"]],
  ["C01 a paper that the rules ask for is missing", { owedPapers: ["board-resolution"] }, ["gate.papers-attached.not"]],
  ["C05 a blank sheet is gone", { sheetsFit: false }, ["gate.document-finished.sheets"]],
  [
    "C08 nobody released, so what was confirmed counts for nothing",
    { release: null },
    ["gate.custodian-present.awaited", "gate.supervisor-confirmed.before-release"],
  ],
  ["C08 the release was of another digest", release({ digest: "sha256:2" }), ["gate.custodian-present.other-digest"]],
  ["C08 who released keeps the seal no more", release({ grantInForce: false }), ["gate.custodian-present.grant-ended"]],
  [
    "C08 who released is not the custodian of record",
    { releasedByCustodianOfRecord: false },
    ["gate.custodian-present.not-of-record"],
  ],
  ["C12 who released is not fit today", { releasedByFit: false }, ["gate.custodian-fit.not"]],
  ["C08 the release is too old", release({ at: now - presenceLife - 1 }), ["gate.custodian-present.not-fresh"]],
  [
    "C08 the release lies ahead",
    release({ at: now + 1 }),
    ["gate.custodian-present.not-fresh", "gate.supervisor-confirmed.before-release"],
  ],
  [
    "C11 the custodian was reset lately",
    release({ credentialResetAt: now - 1 }),
    ["gate.custodian-present.reset-lately"],
  ],
  [
    "C04 confirmed before it was released",
    { confirmation: { ...present("supervisor"), at: now - 1001 } },
    ["gate.supervisor-confirmed.before-release"],
  ],
  ["C04 nobody confirmed", { confirmation: null }, ["gate.supervisor-confirmed.awaited"]],
  [
    "C04 the confirmation was of another digest",
    confirmation({ digest: "sha256:2" }),
    ["gate.supervisor-confirmed.other-digest"],
  ],
  [
    "C04 who confirmed supervises no more",
    confirmation({ grantInForce: false }),
    ["gate.supervisor-confirmed.grant-ended"],
  ],
  [
    "C04 the confirmation is too old",
    confirmation({ at: now - presenceLife - 1 }),
    ["gate.supervisor-confirmed.not-fresh"],
  ],
  [
    "C11 the supervisor was reset lately",
    confirmation({ credentialResetAt: now - 1 }),
    ["gate.supervisor-confirmed.reset-lately"],
  ],
  ...["applicant", "handler", "head", "lawyer", "signatory", "supervisor"].map(
    (person): Flip => [`C11 the ${person} released`, { release: present(person) }, ["gate.duties-apart.not"]],
  ),
  ...["applicant", "handler", "head", "lawyer", "signatory"].map(
    (person): Flip => [`C11 the ${person} confirmed`, { confirmation: present(person) }, ["gate.duties-apart.not"]],
  ),
  ...["applicant", "handler", "head", "lawyer"].map(
    (person): Flip => [
      `C11 the ${person} authorised`,
      { steps: [head, lawyer, approved("signatory", person)] },
      ["gate.duties-apart.not"],
    ],
  ),
  ["C11 the applicant is his own head", { applicantId: "head" }, ["gate.duties-apart.not"]],
  ["C09 nothing is left", { usedImpressions: 3 }, ["gate.impressions-left.not"]],
  ["C09 more was used than authorised", { usedImpressions: 4 }, ["gate.impressions-left.not"]],
  ["C09 nothing was authorised", { authorisedImpressions: 0, usedImpressions: 0 }, ["gate.impressions-left.not"]],
  [
    "C07 C09 a seal is wanted in another's place, though the sum is right",
    {
      sealsOnDocuments: [
        { sealId: "seal-1", documentId: "doc-1", authorised: 1, used: 0, wanted: 2 },
        { sealId: "seal-2", documentId: "doc-1", authorised: 1, used: 0, wanted: 0 },
      ],
    },
    ["gate.impressions-left.of-seal"],
  ],
  ["C09 more is wanted than is left", { usedImpressions: 2 }, ["gate.impressions-left.too-many"]],
];

for (const [name, change, codes] of flips)
  test(`${name}: the gate says no, tells exactly that, and there is no authorisation`, () => {
    const answer = askGate({ ...facts, ...change });
    assert.equal(answer.allowed, false);
    assert.deepEqual(unmetOf(answer), codes);
    assert.equal("authorisation" in answer, false);
    assert.equal(answer.conditions.length, GATE_CONDITIONS.length);
    for (const condition of answer.conditions) assert.deepEqual(listTextFaults(condition.code, condition.facts), []);
  });

test("each condition of the gate is flipped by something above, and each of its reasons comes up", () => {
  const told = new Set(flips.flatMap(([, , codes]) => codes));
  for (const id of GATE_CONDITIONS)
    assert.ok(
      [...told].some((code) => code.startsWith(id === "copy-to-replace" ? "make-up." : `gate.${id}.`)),
      id,
    );
  const known = Object.keys(messages).filter((code) => code.startsWith("gate."));
  const met = [
    ...GATE_CONDITIONS.map((id) => `gate.${id}`),
    "gate.supervisor-confirmed.not-needed",
    "gate.approvals-complete.by-standing",
    "gate.other-side-agreed.alone",
    "gate.copy-to-replace.none",
    "gate.document-finished.blank-sheets",
    "gate.papers-attached.follow",
    "gate.certificate-valid.not-asked",
    "gate.custodian-present.by-hand",
  ];
  assert.deepEqual(
    known.filter((code) => !told.has(code) && !met.includes(code)),
    [],
    "texts that nothing says",
  );
});

test("all reasons are told at once", () => {
  const answer = askGate({
    ...facts,
    state: "draft",
    steps: [],
    today: "2028-01-01",
    seals: [{ ...seal, state: "frozen", type: "personnel", kind: defaultKindRules("personnel"), certificate: null }],
    digestNow: null,
    unfinishedPlaces: 2,
    owedPapers: ["board-resolution"],
    joint: { ...agreed, otherState: "returned" },
    makeUp: { ...lostCopy, samePaper: false },
    release: null,
    confirmation: null,
    applicantId: "handler",
    usedImpressions: 3,
  });
  assert.deepEqual(
    answer.conditions.filter((condition) => condition.met).map((condition) => condition.id),
    ["custodian-fit", "duties-apart"],
    "who asks may carry the papers; everything else is told",
  );
});

test("C04: a seal that is not important is sealed without a supervisor, and its custodian need not rest after a reset", () => {
  const answer = askGate({
    ...facts,
    ...withSeal({ important: false }),
    ...release({ credentialResetAt: now }),
    confirmation: null,
  });
  assert.ok(answer.allowed);
  assert.equal(answer.authorisation.supervisorId, null);
  const one = { ...seal, sealId: "other", important: false };
  assert.equal(
    askGate({ ...facts, seals: [one, seal], confirmation: null }).allowed,
    false,
    "one important seal is enough",
  );
  const stray = askGate({ ...facts, ...withSeal({ important: false }), ...confirmation({ digest: "sha256:9" }) });
  assert.ok(stray.allowed);
  assert.equal(
    stray.authorisation.supervisorId,
    null,
    "a confirmation nobody asked for and nobody checked is not named",
  );
});

test("C11: in the small profile alone the guest who reviewed may supervise; nobody else may have two duties", () => {
  for (const profile of PROFILES) {
    const guest = { ...facts, profile, confirmation: present("lawyer") };
    assert.equal(askGate(guest).allowed, profile === "small", profile);
    for (const [name, change] of flips.filter(([, , codes]) => codes.includes("gate.duties-apart.not"))) {
      const reviewerSupervises = change.confirmation?.personId === "lawyer";
      if (!reviewerSupervises)
        assert.equal(askGate({ ...facts, ...change, profile }).allowed, false, `${profile}: ${name}`);
    }
  }
});

test("by hand: no certificate is asked for, and everything else that is asked of an electronic use is", () => {
  const byHand: GateFacts = { ...facts, useMode: "by-hand", seals: [{ ...seal, certificate: null }] };
  const answer = askGate(byHand);
  assert.ok(answer.allowed);
  assert.ok(answer.conditions.some(({ code }) => code === "gate.certificate-valid.not-asked"));
  assert.ok(answer.conditions.some(({ code }) => code === "gate.custodian-present.by-hand"));
  // Emergencies and uses under a standing authorisation are ways of their own.
  const ofHand = flips.filter(
    ([, change, all]) => !all.some((code) => code.includes("certificate")) && !change.emergency && !change.standing,
  );
  for (const [name, change, codes] of ofHand) {
    const { seals, ...others } = change;
    const paperless = seals ? { seals: seals.map((one) => ({ ...one, certificate: null })) } : {};
    const asked = askGate({ ...byHand, ...others, ...paperless });
    assert.equal(asked.allowed, false, name);
    const wanted = codes.map((code) =>
      code === "gate.custodian-present.awaited" ? "gate.custodian-present.not-opened" : code,
    );
    assert.deepEqual(unmetOf(asked), wanted, name);
    for (const condition of asked.conditions) assert.deepEqual(listTextFaults(condition.code, condition.facts), []);
  }
});

test("nothing but the gate makes an authorisation: one that is written down does not pass for one", () => {
  const written = {
    requestId: "req",
    digest: "sha256:1",
    impressionIds: [],
    custodianId: "c",
    supervisorId: null,
    at: now,
  };
  // @ts-expect-error the brand is known to gate.ts alone
  const forged: ImpressionAuthorisation = written;
  assert.ok(forged);
});

test("the authorisation keeps what it was given for, whatever becomes of the list it was asked with", () => {
  const wanted = ["imp-1"];
  const answer = askGate({ ...facts, wantedImpressions: wanted });
  wanted.push("imp-9");
  assert.ok(answer.allowed);
  assert.deepEqual(answer.authorisation.impressionIds, ["imp-1"]);
});

test("C04: a release stands for its day, a confirmation only after the release that stands", () => {
  const acts = { releasedBy: "custodian", releasedAt: now - 10, confirmedBy: "supervisor", confirmedAt: now - 5, now };
  const both = { releasedBy: "custodian", confirmedBy: "supervisor" };
  assert.deepEqual(findStandingActs(acts), both);
  assert.deepEqual(findStandingActs({ ...acts, confirmedAt: acts.releasedAt }), both);
  const released = { releasedBy: "custodian", confirmedBy: null };
  assert.deepEqual(findStandingActs({ ...acts, confirmedAt: now - 11 }), released);
  assert.deepEqual(findStandingActs({ ...acts, confirmedBy: null, confirmedAt: null }), released);
  const none = { releasedBy: null, confirmedBy: null };
  assert.deepEqual(findStandingActs({ ...acts, releasedBy: null, releasedAt: null }), none);
  assert.deepEqual(findStandingActs({ ...acts, releasedAt: now - presenceLife - 1 }), none);
  assert.deepEqual(findStandingActs({ ...acts, releasedAt: now + 1 }), none);
});

test("C04: nobody confirms before a release of the same digest", () => {
  const ask = (release: PresenceFacts | null) =>
    listConfirmationRefusals({ release, digest: facts.digest, now }).map((refusal) => refusal.code);
  assert.deepEqual(ask(present("custodian")), []);
  for (const release of [
    null,
    { ...present("custodian"), digest: "sha256:2" },
    { ...present("custodian"), at: now - presenceLife - 1 },
    { ...present("custodian"), at: now + 1 },
  ])
    assert.deepEqual(ask(release), ["confirm.not-released"]);
});

test("C05: of a request for blank sheets nobody reads that nothing in it is blank", () => {
  const codes = (change: Partial<GateFacts>): string[] =>
    askGate({ ...facts, ...change })
      .conditions.filter(({ id }) => id === "document-finished")
      .map(({ code }) => code);
  assert.deepEqual(codes({ sheetsFit: true }), ["gate.document-finished.blank-sheets"]);
  assert.deepEqual(codes({ sheetsFit: true, unfinishedPlaces: 1 }), ["gate.document-finished.not"]);
  assert.deepEqual(codes({ sheetsFit: null }), ["gate.document-finished"]);
});
