import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideImpression } from "./impression.ts";
import {
  demandOf,
  FACE_SIGHTS,
  IMPRESSION_SIGHTS,
  isBlankShown,
  isPressedInRed,
  listPrintRefusals,
  PHOTO_BASES,
  PHOTO_VERDICTS,
} from "./photo-reading.ts";
import {
  commandAtEnd,
  commandOfVerdict,
  decideLook,
  decideReport,
  decideRuling,
  isPhotographed,
  listCopies,
  listStampDebts,
  mayDutiesSettle,
  mayRetake,
  STAMP_REPORTS,
  STAMP_VERDICTS,
  type StampVerdict,
  takesReport,
} from "./stamping.ts";
import { listTextFaults } from "./test-texts.ts";
import { IMPRESSION_STATES, type ImpressionState, SEAL_TYPES, SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

type Decided = ReturnType<typeof decideReport | typeof decideLook | typeof decideRuling>;
const codesOf = (decided: Decided): string[] => {
  if (decided.ok) return [];
  for (const { code, facts } of decided.refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return decided.refusals.map(({ code }) => code);
};

const report: Parameters<typeof decideReport>[0] = {
  ...{ actorId: "custodian", stamperId: "custodian", state: "reserved", report: "pressed" },
  ...{
    photo: "sha256:1",
    kept: null,
    reason: "",
    inHand: true,
    putAway: false,
    cancelled: null,
    earlier: [],
    mayRetake: false,
    photoUse: "nowhere",
    byController: false,
  },
};
const take = (change: Partial<typeof report>): Decided => decideReport({ ...report, ...change });

test("C09: a report sent twice by a phone without an answer counts once; another photo of the same impression is refused", () => {
  for (const state of ["pressed", "settled"] as const) {
    const again = decideReport({ ...report, state, kept: "sha256:1" });
    assert.deepEqual(again, { ok: true, events: [{ type: "ReportTaken", commands: [], again: true }] });
    assert.deepEqual(codesOf(take({ state, kept: "sha256:2" })), ["stamping.reported-already"]);
  }
  assert.ok(take({ state: "released", report: "not-pressed", photo: null }).ok);
});

test("C09: a pressed sheet is spoiled until it is settled, also after the stamping ended; what is settled stays, and its copy is voided", () => {
  for (const byController of [false, true])
    assert.deepEqual(codesOf(take({ state: "settled", kept: "sha256:2", report: "spoiled", byController })), [
      "stamping.settled-already",
    ]);
  for (const request of SEAL_USE_REQUEST_STATES)
    for (const state of IMPRESSION_STATES)
      for (const report of STAMP_REPORTS) {
        const late =
          (report === "retaken" || (report === "spoiled" && state === "pressed")) &&
          ["closed", "frozen"].includes(request);
        const taken = takesReport({ request, ended: true, state, report });
        assert.equal(taken, request === "opened" || late, `${report} of ${state} in ${request}`);
      }
  assert.ok(takesReport({ request: "frozen", ended: false, state: "reserved", report: "pressed" }));
});

test("C17: a photo that could not be read is taken again, until somebody has looked; one that was read never is", () => {
  const facts = {
    ...({ request: "closed", state: "pressed", looked: false, byController: false } as const),
    found: { verdict: "no-code", impression: null, codeRead: false } as const,
  };
  assert.ok(mayRetake(facts));
  assert.ok(mayRetake({ ...facts, state: "settled", request: "frozen" }));
  assert.equal(mayRetake({ ...facts, looked: true }), false);
  assert.equal(mayRetake({ ...facts, byController: true }), false, "what a controller saw it saw");
  assert.equal(mayRetake({ ...facts, found: null }), false, "it is still being read");
  for (const state of ["reserved", "released", "spoiled", "unknown"] as const)
    assert.equal(mayRetake({ ...facts, state }), false, state);
  for (const verdict of PHOTO_VERDICTS)
    for (const codeRead of [true, false]) {
      const unreadable = verdict === "no-code" || verdict === "unclear" || (verdict === "blank" && !codeRead);
      const found = { verdict, impression: null, codeRead };
      assert.equal(mayRetake({ ...facts, found }), unreadable, `${verdict} ${codeRead}`);
      assert.equal(mayRetake({ ...facts, found: { ...found, impression: "none" } }), false);
    }
  const again = { state: "pressed", report: "retaken", photo: "sha256:2", kept: "sha256:1" } as const;
  assert.deepEqual(codesOf(take(again)), ["stamping.retake-not-asked"]);
  assert.deepEqual(codesOf(take({ ...again, photo: null })), ["stamping.photo-missing"]);
  assert.deepEqual(codesOf(take({ ...again, mayRetake: true, photoUse: "other-paper" })), ["stamping.photo-used"]);
  assert.deepEqual(decideReport({ ...report, ...again, mayRetake: true, inHand: false }), {
    ok: true,
    events: [{ type: "ReportTaken", commands: [], again: false }],
  });
  const sent = { ...report, kept: "sha256:2", earlier: ["sha256:1"], state: "pressed" } as const;
  for (const one of [
    { ...sent, report: "pressed", photo: "sha256:1" },
    { ...sent, report: "retaken", photo: "sha256:2" },
  ] as const)
    assert.deepEqual(decideReport(one), {
      ok: true,
      events: [{ type: "ReportTaken", commands: [], again: true }],
    });
});

test("C09: one photo shows one paper: given for another copy it is refused", () => {
  assert.deepEqual(codesOf(take({ photoUse: "other-paper" })), ["stamping.photo-used"]);
  assert.ok(take({ photoUse: "this-copy" }).ok, "one photo may show two seals of one copy");
  assert.ok(take({ photoUse: "this-copy", state: "pressed", kept: "sha256:1" }).ok, "the same report sent again");
});

test("C09: a spoiled paper is shown by a photo of its own: what was given before does not show it cancelled", () => {
  for (const state of ["pressed", "reserved"] as const) {
    const spoil = (change: Partial<typeof report>) => take({ state, report: "spoiled", kept: "sha256:1", ...change });
    assert.deepEqual(codesOf(spoil({ photoUse: "this-copy" })), ["stamping.cancelled-photo-used"], state);
    assert.equal(spoil({ photoUse: "other-paper" }).ok, false, state);
    assert.ok(spoil({ photo: "sha256:2" }).ok, state);
  }
  const again = { state: "spoiled", report: "spoiled", kept: "sha256:1", photo: "sha256:2", cancelled: "sha256:2" };
  assert.ok(take({ ...again, photoUse: "this-copy" } as Partial<typeof report>).ok, "sent again, it counts once");
});

test("C08 C13: only who opened the stamping reports, and only what was out of its container can be pressed", () => {
  assert.deepEqual(codesOf(take({ actorId: "other" })), ["stamping.not-stamper"]);
  assert.deepEqual(codesOf(take({ inHand: false })), ["stamping.piece-locked-away"]);
  assert.deepEqual(codesOf(take({ putAway: true })), ["stamping.seal-put-away"]);
  assert.deepEqual(codesOf(take({ putAway: true, report: "not-pressed", photo: null })), []);
  assert.ok(take({ inHand: false, report: "not-pressed", photo: null }).ok, "what was not pressed needs no piece");
  assert.deepEqual(codesOf(take({ photo: null })), ["stamping.photo-missing"]);
  assert.deepEqual(codesOf(take({ report: "cannot-tell", photo: null })), ["stamping.reason-missing"]);
});

test("C09: every report in every state is taken or refused, and what it asks for the machine can do", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...IMPRESSION_STATES),
      fc.constantFrom(...STAMP_REPORTS),
      fc.constantFrom("sha256:1", null),
      fc.constantFrom("sha256:1", "sha256:2", null),
      fc.boolean(),
      (from, said, photo, kept, inHand) => {
        const decided = decideReport({ ...report, state: from, report: said, photo, kept, inHand, reason: "it fell" });
        if (!decided.ok) return void codesOf(decided);
        let state: ImpressionState = from;
        for (const command of decided.events[0]?.commands ?? []) {
          const next = decideImpression(state, command, "by-hand");
          assert.ok(next.ok, `${said} in ${from}`);
          state = next.events[0]?.to ?? state;
        }
        if (isPhotographed(said)) assert.notEqual(photo, null);
      },
    ),
  );
});

test("C09: who held the piece says that the rest was not pressed; anybody else can only say that he does not know", () => {
  assert.equal(commandAtEnd("custodian", "custodian"), "release");
  assert.equal(commandAtEnd("successor", "custodian"), "doubt");
  assert.equal(commandAtEnd(null, "custodian"), "doubt");
});

test("C04 C09: what is owed is told until everything was reported, decided and looked at", () => {
  const debts = (states: readonly ImpressionState[], supervised: boolean, looked: boolean) =>
    listStampDebts({
      ...{ supervised, looked, inCase: false },
      impressions: states.map((state) => {
        const given = ["pressed", "settled", "spoiled"].includes(state);
        return { state, given, photographed: given };
      }),
    });
  assert.deepEqual(debts(["reserved", "pressed"], true, false), ["stamping", "confirmation"]);
  assert.deepEqual(debts(["settled", "unknown"], false, false), ["ruling", "look"]);
  assert.deepEqual(debts(["settled", "spoiled", "released"], false, true), []);
  assert.deepEqual(debts(["released"], true, false), [], "nothing was made, so there is nothing to look at");
  assert.deepEqual(
    listStampDebts({
      impressions: [{ state: "settled", given: false, photographed: false }],
      ...{ supervised: true, looked: true, inCase: true },
    }),
    ["photo", "case"],
  );
  assert.deepEqual(
    listStampDebts({
      impressions: [{ state: "settled", given: true, photographed: false }],
      ...{ supervised: false, looked: false, inCase: false },
    }),
    ["photo", "look"],
    "a photo of another copy is looked at, and is none of this one",
  );
});

const look: Parameters<typeof decideLook>[0] = {
  ...{ actorId: "supervisor", state: "closed", supervised: true, looked: false, confirmers: ["supervisor"] },
  ...{ lookers: ["inspector"], parts: ["applicant", "custodian"], digestSeen: "sha256:1", digestNow: "sha256:1" },
  ...{ wrong: [], disagreeing: [], answers: [], shown: ["imp-1"], onTheWay: 0, beingRead: 0, toOpen: [], opened: [] },
};
const see = (change: Partial<typeof look>): Decided => decideLook({ ...look, ...change });

test("C17: photos that are still being read are not confirmed before it is known which copies they show; what is wrong is said at once", () => {
  assert.deepEqual(codesOf(see({ beingRead: 2 })), ["stamping.photos-being-read"]);
  assert.ok(see({ beingRead: 2, wrong: [{ impressionId: "imp-1", reason: "Another seal" }] }).ok);
});

test("C04: the supervisor confirms what was stamped when it has ended, having seen these very photos", () => {
  assert.ok(see({}).ok);
  for (const state of SEAL_USE_REQUEST_STATES)
    assert.deepEqual(codesOf(see({ state })), state === "closed" ? [] : ["stamping.not-ended"]);
  assert.deepEqual(codesOf(see({ digestSeen: "sha256:2" })), ["stamping.photos-differ"]);
  assert.deepEqual(codesOf(see({ looked: true })), ["stamping.looked-already"]);
  assert.deepEqual(codesOf(see({ actorId: "inspector" })), ["confirm.not-supervisor"]);
  assert.deepEqual(codesOf(see({ wrong: [{ impressionId: "imp-2", reason: "pale" }] })), ["stamping.no-such-photo"]);
  assert.deepEqual(codesOf(see({ wrong: [{ impressionId: "imp-1", reason: " " }] })), ["stamping.reason-missing"]);
});

test("C17: a photo that does not show what was printed is marked wrong, or said to be right with a reason, before anything is confirmed", () => {
  const disagreeing = ["imp-1", "imp-2"];
  const shown = ["imp-1", "imp-2"];
  const say = (impressionId: string, reason = "The copies were mixed") => ({ impressionId, reason });
  const judge = (wrong: string[], answers: string[], reason?: string) =>
    codesOf(
      see({ disagreeing, shown, wrong: wrong.map((id) => say(id)), answers: answers.map((id) => say(id, reason)) }),
    );
  assert.deepEqual(judge([], []), ["stamping.disagreement-open"]);
  assert.deepEqual(judge(["imp-1"], []), ["stamping.disagreement-open"]);
  assert.deepEqual(judge(["imp-1"], ["imp-2"]), []);
  assert.deepEqual(judge([], ["imp-1", "imp-2"]), []);
  for (const empty of ["  ", ".", "。", "x", "-- !"])
    assert.deepEqual(judge([], ["imp-1", "imp-2"], empty), ["stamping.disagreement-open"], empty);
  assert.deepEqual(judge([], ["imp-1", "imp-2"], "一致"), []);
});

test("C17: copies are printed while they may be stamped, by who carries or stamps them, and within their numbers", () => {
  const facts: Parameters<typeof listPrintRefusals>[0] = {
    ...{
      actorId: "applicant",
      byHand: true,
      foreign: false,
      state: "authorised",
      printers: ["applicant", "custodian"],
    },
    ...{ copies: 3, from: 1, to: 3 },
  };
  const codes = (change: Partial<typeof facts>) => listPrintRefusals({ ...facts, ...change }).map((one) => one.code);
  for (const state of SEAL_USE_REQUEST_STATES)
    assert.deepEqual(codes({ state }), ["authorised", "opened"].includes(state) ? [] : ["print.not-authorised"]);
  assert.deepEqual(codes({ actorId: "supervisor" }), ["print.not-yours"]);
  assert.deepEqual(codes({ byHand: false }), ["stamping.not-by-hand"]);
  assert.deepEqual(codes({ foreign: true }), ["print.foreign"]);
  for (const range of [
    { from: 0, to: 1 },
    { from: 2, to: 1 },
    { from: 1, to: 4 },
  ])
    assert.deepEqual(codes(range), ["print.copies"]);
});

test("C17: a photo of another page, a changed or a blank one, or of a page without its impression freezes; nothing but the approved page with its impression passes in silence", () => {
  const demanded = (basis: (typeof PHOTO_BASES)[number], demand: string) =>
    PHOTO_VERDICTS.filter(
      (verdict) => demandOf({ verdict, basis, impression: null, lettersSure: true, face: null }) === demand,
    );
  assert.deepEqual(demanded("code", "freeze"), ["differs", "wrong-page", "other-document", "forged-code", "blank"]);
  assert.deepEqual(demanded("code", "answer"), ["wrong-copy", "no-code", "unclear"]);
  assert.deepEqual(demanded("scan", "freeze"), ["wrong-page", "other-document", "blank"]);
  for (const basis of PHOTO_BASES) {
    assert.deepEqual(demanded(basis, "nothing"), ["same"]);
    assert.deepEqual(
      IMPRESSION_SIGHTS.map((impression) =>
        demandOf({ verdict: "same", basis, impression, lettersSure: false, face: null }),
      ),
      ["nothing", "freeze", "answer"],
    );
    for (const verdict of PHOTO_VERDICTS)
      assert.equal(
        demandOf({ verdict, basis, impression: "none", lettersSure: false, face: null }),
        "freeze",
        `${verdict} without an impression`,
      );
  }
});

test("C06, C17: the face of another seal, or of none that is kept, is answered, and so is one of which not every letter is seen", () => {
  for (const basis of PHOTO_BASES)
    assert.deepEqual(
      FACE_SIGHTS.map((face) => demandOf({ verdict: "same", basis, impression: "found", lettersSure: true, face })),
      ["nothing", "answer", "answer", "nothing", "answer", "answer", "answer", "answer"],
    );
  assert.equal(
    demandOf({ verdict: "wrong-page", basis: "code", impression: "found", lettersSure: true, face: "ours" }),
    "freeze",
    "the right seal on the wrong page",
  );
});

test("C17: that a sheet is blank is shown by its code, or by a photo whose edge is sharp, and by no other", () => {
  assert.ok(isBlankShown({ codeRead: true, edgeBlurMm: null }));
  assert.ok(isBlankShown({ codeRead: true, edgeBlurMm: 3 }));
  assert.ok(isBlankShown({ codeRead: false, edgeBlurMm: 0.22 }));
  assert.equal(isBlankShown({ codeRead: false, edgeBlurMm: 0.82 }), false);
  assert.equal(isBlankShown({ codeRead: false, edgeBlurMm: null }), false, "nothing says how sharp it is");
});

test("C17: what differs on a page whose fonts are not in its file may be another program's letters: it is asked about and freezes nothing", () => {
  for (const verdict of PHOTO_VERDICTS) {
    const sure = demandOf({ verdict, basis: "code", impression: "found", lettersSure: true, face: null });
    const unsure = demandOf({ verdict, basis: "code", impression: "found", lettersSure: false, face: null });
    assert.equal(unsure, verdict === "differs" ? "answer" : sure);
  }
});

test("C17: no red is looked for where a seal leaves none", () => {
  assert.deepEqual(
    SEAL_TYPES.filter((type) => !isPressedInRed(type)),
    ["correction", "date-receipt", "embossing", "personal-name"],
  );
});

test("C04: of a seal that needed no supervisor somebody without a part in it looks afterwards, and nothing is frozen by it", () => {
  const wrong = [{ impressionId: "imp-1", reason: "another page" }];
  const after = { supervised: false, actorId: "inspector" } as const;
  assert.deepEqual(decideLook({ ...look, wrong }).ok && decideLook({ ...look, wrong }), {
    ...{ ok: true, events: [{ type: "StampingLooked", freezes: true }] },
  });
  assert.deepEqual(decideLook({ ...look, ...after, wrong }), {
    ...{ ok: true, events: [{ type: "StampingLooked", freezes: false }] },
  });
  for (const actorId of ["applicant", "custodian"])
    assert.deepEqual(codesOf(see({ ...after, actorId, lookers: [actorId] })), ["stamping.looker-had-part"]);
  assert.deepEqual(codesOf(see({ ...after, actorId: "supervisor" })), ["stamping.not-looker"]);
});

const ruling: Parameters<typeof decideRuling>[0] = {
  ...{ actorId: "inspector", state: "unknown", entitled: true, parts: ["applicant", "custodian"], verdict: "released" },
  ...{ reason: "The copy is clean", evidence: "statement", pressed: false, proposed: null },
  ...{ duties: ["supervisor", "signatory"], dutiesMaySettle: false, photoUse: "nowhere" },
};
const rule = (change: Partial<typeof ruling>): Decided => decideRuling({ ...ruling, ...change });

test("C09 C11: what nobody can tell is decided by two: one says it, another says the same", () => {
  const proposed = { by: "supervisor", verdict: "released" as const, evidence: null };
  assert.deepEqual(decideRuling(ruling), { ok: true, events: [{ type: "ImpressionRuled", command: null }] });
  for (const verdict of STAMP_VERDICTS) {
    const decided = decideRuling({ ...ruling, verdict, evidence: "photo", proposed: { ...proposed, verdict } });
    assert.deepEqual(decided, { ok: true, events: [{ type: "ImpressionRuled", command: commandOfVerdict[verdict] }] });
  }
  assert.deepEqual(codesOf(rule({ proposed, actorId: "supervisor" })), ["ruling.second-person"]);
  const other = decideRuling({ ...ruling, verdict: "settled", proposed });
  assert.deepEqual(other, { ok: true, events: [{ type: "ImpressionRuled", command: null }] }, "another proposal");
  assert.deepEqual(codesOf(rule({ evidence: "photo", photoUse: "other-paper" })), ["stamping.photo-used"]);
  assert.ok(rule({ evidence: "photo", photoUse: "this-copy" }).ok, "the paper's own photo");
  assert.deepEqual(codesOf(rule({ entitled: false })), ["ruling.not-entitled"]);
  for (const actorId of ["applicant", "custodian"]) assert.deepEqual(codesOf(rule({ actorId })), ["ruling.had-part"]);
  assert.deepEqual(codesOf(rule({ reason: "" })), ["stamping.reason-missing"]);
  for (const state of IMPRESSION_STATES)
    assert.deepEqual(codesOf(rule({ state })), state === "unknown" ? [] : ["ruling.not-unknown"]);
});

test("C09: what was pressed is never decided to be unused, and a spoiled paper is shown in a photo", () => {
  assert.deepEqual(codesOf(rule({ pressed: true })), ["ruling.was-pressed"]);
  const spoiled: { verdict: StampVerdict } = { verdict: "spoiled" };
  assert.deepEqual(codesOf(rule(spoiled)), ["ruling.photo-missing"]);
  assert.ok(rule({ ...spoiled, evidence: "photo" }).ok);
  assert.ok(
    rule({ ...spoiled, evidence: null, proposed: { by: "supervisor", verdict: "spoiled", evidence: "photo" } }).ok,
  );
});

test("C09: nothing is decided without a photo or a statement, his own or that of who said so first", () => {
  const said = { by: "supervisor", verdict: "released" as const };
  assert.deepEqual(codesOf(rule({ evidence: null })), ["ruling.evidence-missing"]);
  assert.deepEqual(codesOf(rule({ evidence: null, proposed: { ...said, evidence: null } })), [
    "ruling.evidence-missing",
  ]);
  assert.ok(rule({ evidence: null, proposed: { ...said, evidence: "statement" } }).ok);
  const other = { ...said, verdict: "settled" as const, evidence: "photo" as const };
  assert.deepEqual(codesOf(rule({ evidence: null, proposed: other })), ["ruling.evidence-missing"], "of another word");
});

test("C11: of the two who decide one had neither part nor duty in the use, unless in the small profile nobody else is there", () => {
  const proposed = { by: "supervisor", verdict: "released" as const, evidence: "photo" as const };
  assert.deepEqual(codesOf(rule({ actorId: "signatory", proposed })), ["ruling.both-had-duty"]);
  assert.ok(rule({ actorId: "signatory", proposed, dutiesMaySettle: true }).ok);
  assert.ok(rule({ actorId: "signatory" }).ok, "he may say so first");
  assert.ok(rule({ actorId: "inspector", proposed }).ok);
  const crew = { parts: ["applicant"], duties: ["supervisor", "signatory"], entitled: ["supervisor", "signatory"] };
  for (const profile of ["strict", "standard", "small"] as const) {
    assert.equal(mayDutiesSettle({ ...crew, profile }), profile === "small");
    assert.equal(mayDutiesSettle({ ...crew, profile, entitled: [...crew.entitled, "inspector"] }), false);
  }
});

test("copies are stamped one after the other, each at all of its places", () => {
  assert.deepEqual(listCopies(2, ["a", "b"]), [
    { copy: 1, place: "a" },
    { copy: 1, place: "b" },
    { copy: 2, place: "a" },
    { copy: 2, place: "b" },
  ]);
  fc.assert(
    fc.property(fc.nat(20), fc.array(fc.string(), { maxLength: 6 }), (copies, places) => {
      assert.equal(listCopies(copies, places).length, copies * places.length);
    }),
  );
});
