import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { askGate } from "./gate.ts";
import {
  decideMakeUp,
  findMakeUpCause,
  isSamePaper,
  listMakeUpRefusals,
  type MakeUpFacts,
  type PlacedDocument,
  standsForCopy,
} from "./make-up.ts";
import { COPY_STATES, isVoidCopy, type StampedCopy, whenReplaced } from "./stamped-copy.ts";
import { facts as gateFacts } from "./test-gate-facts.ts";

const copy = (state: StampedCopy["state"], impressions: StampedCopy["impressions"] = ["settled"]): StampedCopy => ({
  ...{ copy: 2, state, impressions },
});
const asked = {
  ...{ actorId: "applicant", askers: ["applicant", "handler"], requestState: "registered", useMode: "by-hand" },
  ...{ usesForms: false, copy: copy("lost"), earlier: [], reason: "Left in a taxi", evidenced: true },
} as const satisfies Parameters<typeof decideMakeUp>[0];
const codesOf = (change: Partial<Parameters<typeof decideMakeUp>[0]>): string[] => {
  const decided = decideMakeUp({ ...asked, ...change });
  return decided.ok ? [] : decided.refusals.map(({ code }) => code);
};

test("C19: a copy is replaced where it is lost, or spoiled and voided, and nowhere else", () => {
  for (const state of COPY_STATES)
    for (const impressions of [["settled"], ["settled", "spoiled"]] as const) {
      const lost = state === "lost" || state === "declared-void" || state === "found";
      const spoiled = state === "voided" && impressions.some((one) => one === "spoiled");
      assert.equal(findMakeUpCause(copy(state, impressions)), lost ? "lost" : spoiled ? "spoiled" : null, state);
    }
});

test("C09, C19: a make-up is asked for by whose copies they are, with reason and evidence, once of a copy", () => {
  assert.deepEqual(decideMakeUp(asked), { ok: true, events: [{ type: "MakeUpBegun", cause: "lost" }] });
  assert.deepEqual(codesOf({ actorId: "custodian" }), ["make-up.not-asker"]);
  assert.deepEqual(codesOf({ actorId: "handler" }), []);
  assert.deepEqual(codesOf({ reason: " " }), ["copies.reason-missing"]);
  assert.deepEqual(codesOf({ evidenced: false }), ["make-up.evidence-missing"]);
  assert.deepEqual(codesOf({ copy: null }), ["copies.not-stamped"]);
  assert.deepEqual(codesOf({ copy: copy("handed-out") }), ["make-up.copy-there"]);
  assert.deepEqual(codesOf({ usesForms: true }), ["make-up.forms"]);
  assert.deepEqual(codesOf({ useMode: "electronic" }), ["stamping.not-by-hand"]);
  for (const requestState of ["opened", "closed", "frozen"] as const)
    assert.deepEqual(codesOf({ requestState }), ["make-up.not-registered"], requestState);
  const who = { applicantId: "handler", applicant: { en: "Li Na", zh: "李娜" } };
  const earlier = { ...who, number: "A-2026-0007", state: "in-review", impressions: [] } as const;
  assert.deepEqual(codesOf({ earlier: [earlier] }), ["make-up.asked-already"]);
  const draft = { ...who, number: null, state: "draft", impressions: [] } as const;
  assert.deepEqual(codesOf({ earlier: [draft] }), ["make-up.draft-open"]);
  assert.deepEqual(codesOf({ earlier: [draft], actorId: "handler" }), ["make-up.draft-yours"]);
  assert.deepEqual(codesOf({ earlier: [earlier, draft] }), ["make-up.asked-already"], "the one under way is named");
  assert.deepEqual(codesOf({ earlier: [{ ...draft, applicant: null }] }), [], "nobody waits for who has left");
});

test("C09: an earlier make-up stands in the way while it is under way, or once anything may be on paper by it", () => {
  const number = "A-2026-0007";
  const who = { applicantId: "handler", applicant: { en: "Li Na", zh: "李娜" } };
  for (const state of ["draft", "withdrawn", "rejected", "cancelled", "expired"] as const)
    assert.equal(standsForCopy({ ...who, number, state, impressions: [] }), false, state);
  for (const state of ["in-review", "returned", "authorised", "opened", "frozen"] as const)
    assert.equal(standsForCopy({ ...who, number, state, impressions: [] }), true, state);
  for (const state of ["settled", "spoiled", "unknown", "pressed"] as const)
    assert.equal(standsForCopy({ ...who, number, state: "registered", impressions: ["released", state] }), true, state);
  assert.equal(standsForCopy({ ...who, number, state: "registered", impressions: ["released"] }), false);
});

test("C19: a copy that was replaced is void, and stays so", () => {
  for (const state of COPY_STATES)
    if (findMakeUpCause(copy(state, ["spoiled"])) !== null) assert.ok(isVoidCopy(whenReplaced(state)), state);
});

const paper: readonly PlacedDocument[] = [
  { digest: "sha256:a", placements: [{ sealId: "s1", page: 0, xMm: 20, yMm: 30 }] },
  {
    digest: "sha256:b",
    placements: [
      { sealId: "s1", page: 1, xMm: 20, yMm: 30 },
      { sealId: "s2", page: 1, xMm: 90, yMm: 30 },
    ],
  },
];
const facts: MakeUpFacts = {
  ...{ original: "A-2026-0003", originalState: "registered", copy: 2, replaced: copy("lost"), other: null },
  ...{ useMode: "by-hand", copies: 1, samePaper: true, begun: false },
};
const faultsOf = (change: Partial<MakeUpFacts>): string[] =>
  listMakeUpRefusals({ ...facts, ...change }).map(({ code }) => code);

test("C09: one copy is replaced by one copy, while it is lost or void", () => {
  assert.deepEqual(listMakeUpRefusals(null), []);
  assert.deepEqual(faultsOf({}), []);
  assert.deepEqual(faultsOf({ copies: 2 }), ["make-up.copies"]);
  assert.deepEqual(faultsOf({ useMode: "electronic" }), ["make-up.copies"]);
  assert.deepEqual(faultsOf({ samePaper: false }), ["make-up.other-paper"]);
  assert.deepEqual(faultsOf({ replaced: copy("here") }), ["make-up.found"]);
  assert.deepEqual(faultsOf({ replaced: copy("found") }), [], "it is void, and nothing was pressed in its place");
  assert.deepEqual(faultsOf({ replaced: copy("voided") }), ["make-up.found"], "nobody needed it");
  assert.deepEqual(faultsOf({ replaced: null }), ["make-up.found"]);
  assert.deepEqual(faultsOf({ other: "A-2026-0007" }), ["make-up.asked-already"]);
});

test("C09, C19: once its stamping has begun a make-up goes on, whatever becomes of the paper of the void copy", () => {
  for (const state of COPY_STATES) {
    const faults = faultsOf({ begun: true, replaced: copy(state) });
    assert.deepEqual(faults, isVoidCopy(state) ? [] : ["make-up.found"], state);
  }
});

test("C09: a paper is the same whatever the order of files and places, and another with any seal or place more, less or moved", () => {
  assert.ok(isSamePaper(paper, paper.toReversed()));
  const places = paper.flatMap(({ placements }, at) => placements.map((_, nth) => [at, nth] as const));
  const change = fc.tuple(fc.constantFrom(...places), fc.constantFrom("more", "less", "moved", "other-seal"));
  fc.assert(
    fc.property(change, ([[at, nth], what]) => {
      const other = paper.map((document, one) => {
        if (one !== at) return document;
        const place = document.placements[nth] ?? assert.fail();
        const rest = document.placements.filter((_, index) => index !== nth);
        const changed = {
          more: [place, place],
          less: [],
          moved: [{ ...place, xMm: place.xMm + 0.5 }],
          "other-seal": [{ ...place, sealId: "s9" }],
        }[what];
        return { ...document, placements: [...rest, ...changed] };
      });
      assert.equal(isSamePaper(paper, other), false, what);
    }),
  );
  assert.equal(isSamePaper(paper, [{ ...paper[0], digest: "sha256:c" } as PlacedDocument, ...paper.slice(1)]), false);
});

test("C09: the gate lets nothing replace a copy that was found, by hand and with a controller alike", () => {
  for (const byController of [false, true]) {
    const way = { useMode: "by-hand", byController } as const;
    assert.equal(askGate({ ...gateFacts, ...way, makeUp: facts }).allowed, true);
    const answer = askGate({ ...gateFacts, ...way, makeUp: { ...facts, replaced: copy("here") } });
    assert.deepEqual(
      answer.conditions.filter(({ met }) => !met).map(({ id, code, control }) => [id, code, control]),
      [["copy-to-replace", "make-up.found", "C09"]],
    );
  }
});
