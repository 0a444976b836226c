import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  COPY_ACTS,
  COPY_STATES,
  type CopyAct,
  type CopyState,
  decideCopies,
  isStamped,
  isVoidCopy,
  listCopyActs,
  listUnaccounted,
  type StampedCopy,
  whenCameBack,
} from "./stamped-copy.ts";

const copy = (nth: number, state: CopyState = "here", impressions: StampedCopy["impressions"] = ["settled"]) => ({
  ...{ copy: nth, state, impressions },
});
const said = { receiver: "", way: null, courier: "", reason: "", photo: null } as const;
const asked = {
  ...{ actorId: "applicant", act: "hand-out", copies: [1], known: [copy(1), copy(2)], requestState: "registered" },
  ...{ keepers: ["applicant", "handler", "stamper"], askers: ["applicant", "handler"] },
  ...{ voiders: ["stamper", "supervisor"] },
  ...{ ...said, receiver: "Beicheng Ltd, Ms Wang", way: "in-person", namesOther: false, showing: () => "shown" },
} as const satisfies Parameters<typeof decideCopies>[0];
const codesOf = (change: Partial<Parameters<typeof decideCopies>[0]>): string[] => {
  const decided = decideCopies({ ...asked, ...change });
  return decided.ok ? [] : decided.refusals.map(({ code }) => code);
};

test("C19: a copy is handed out against a receipt: to whom, and for a courier his number", () => {
  assert.deepEqual(decideCopies(asked), {
    ...{ ok: true, events: [{ type: "CopiesMoved", to: "handed-out", copies: [1] }] },
  });
  assert.deepEqual(codesOf({ receiver: " " }), ["copies.receiver-missing"]);
  assert.deepEqual(codesOf({ way: null }), ["copies.receiver-missing"]);
  assert.deepEqual(codesOf({ way: "courier" }), ["copies.courier-missing"]);
  assert.deepEqual(codesOf({ way: "courier", courier: "SF 1234" }), []);
  assert.deepEqual(codesOf({ actorId: "somebody" }), ["copies.not-keeper"]);
  assert.deepEqual(codesOf({ copies: [] }), ["copies.none-chosen"]);
  assert.deepEqual(codesOf({ copies: [1, 3] }), ["copies.not-stamped"]);
});

test("C19: filing says where; what is lost or back says why", () => {
  assert.deepEqual(codesOf({ act: "file", receiver: "" }), ["copies.place-missing"]);
  assert.deepEqual(codesOf({ act: "file", receiver: "Archive, shelf 4" }), []);
  assert.deepEqual(codesOf({ act: "lose" }), ["copies.reason-missing"]);
  assert.deepEqual(codesOf({ act: "lose", reason: "left in a taxi" }), []);
  const out = [copy(1, "handed-out")];
  assert.deepEqual(codesOf({ act: "bring-back", known: out, reason: "not signed" }), []);
  assert.deepEqual(codesOf({ act: "hand-out", known: out }), ["copies.act-not-possible"]);
});

test("C11, C19: a copy is voided by somebody else than who asked for it, with a photo of the voided paper", () => {
  const voided = { ...said, act: "void", actorId: "stamper", reason: "not needed", photo: "nowhere" } as const;
  assert.deepEqual(codesOf(voided), []);
  assert.deepEqual(codesOf({ ...voided, photo: null }), ["copies.photo-missing"]);
  assert.deepEqual(codesOf({ ...voided, photo: "this-copy" }), ["copies.photo-used"], "it shows the paper before that");
  assert.deepEqual(codesOf({ ...voided, photo: "other-paper" }), ["copies.photo-used"]);
  assert.deepEqual(codesOf({ ...voided, namesOther: true }), ["copies.photo-of-other"]);
  assert.deepEqual(codesOf({ ...voided, actorId: "applicant" }), ["copies.voided-by-asker"]);
  assert.deepEqual(codesOf({ ...voided, actorId: "applicant", voiders: ["applicant"] }), ["copies.voided-by-asker"]);
  assert.deepEqual(codesOf({ ...voided, actorId: "somebody" }), ["copies.not-voider"]);
});

test("C09, C17: what was spoiled or nobody can tell goes to nobody, and nothing of a frozen request does", () => {
  for (const state of ["spoiled", "unknown"] as const) {
    const known = [copy(1, "here", ["settled", state])];
    assert.deepEqual(codesOf({ known }), ["copies.not-whole"]);
    const voided = { ...said, act: "void", actorId: "stamper", reason: "spoiled", photo: "nowhere" } as const;
    assert.deepEqual(codesOf({ ...voided, known }), []);
  }
  assert.deepEqual(codesOf({ requestState: "frozen" }), ["copies.frozen"]);
  assert.deepEqual(codesOf({ requestState: "frozen", act: "lose", reason: "stolen" }), []);
  assert.deepEqual(codesOf({ requestState: "opened" }), ["copies.stamping-open"]);
});

test("C17: what is not shown to be stamped is neither handed out nor filed, and nothing closes a copy whose photo is being read", () => {
  const filed = { act: "file", receiver: "Archive" } as const;
  const voided = { ...said, act: "void", actorId: "stamper", reason: "not needed", photo: "nowhere" } as const;
  for (const showing of ["being-read", "to-answer", "not-shown"] as const) {
    const of = { showing: (copy: number) => (copy === 1 ? showing : "shown") } as const;
    assert.deepEqual(codesOf(of), [`copies.${showing}`]);
    assert.deepEqual(codesOf({ ...of, ...filed }), [`copies.${showing}`]);
    assert.deepEqual(codesOf({ ...of, copies: [2] }), []);
    assert.deepEqual(codesOf({ ...of, ...voided }), showing === "being-read" ? ["copies.being-read"] : []);
    assert.deepEqual(codesOf({ ...of, act: "lose", reason: "stolen" }), [], "a loss is told at once");
  }
});

test("C19: a lost copy whose scan came back is here, or found where it had been replaced; nothing else changes by it", () => {
  for (const state of COPY_STATES)
    assert.equal(whenCameBack(state), state === "lost" ? "here" : state === "declared-void" ? "found" : null, state);
});

test("C19: what was never pressed is only paper; each other copy is accounted for or named", () => {
  assert.equal(isStamped(["released", "released"]), false);
  assert.equal(isStamped(["released", "unknown"]), true);
  assert.deepEqual(listUnaccounted([copy(1), copy(2, "filed"), copy(3, "lost"), copy(4)]), [1, 4]);
});

test("C19: a lost copy that was replaced is void when it is found: it is voided on its paper, and goes to nobody", () => {
  const found = [copy(1, "found")];
  assert.deepEqual(listCopyActs(copy(1, "declared-void")), ["find"]);
  assert.deepEqual(codesOf({ act: "find", known: [copy(1, "declared-void")] }), ["copies.reason-missing"]);
  assert.deepEqual(codesOf({ act: "find", known: [copy(1, "lost")], reason: "in a drawer" }), [
    "copies.act-not-possible",
  ]);
  assert.deepEqual(listUnaccounted(found), [1]);
  for (const act of ["hand-out", "file", "bring-back"] as const)
    assert.ok(codesOf({ act, known: found, reason: "why" }).includes("copies.act-not-possible"));
  const voided = { ...said, act: "void", actorId: "stamper", reason: "replaced", photo: "nowhere" } as const;
  assert.deepEqual(codesOf({ ...voided, known: found }), []);
  assert.deepEqual(codesOf({ ...voided, actorId: "applicant", known: found }), ["copies.voided-by-asker"]);
});

test("C19: copies of different states that are lost at once each go their own way", () => {
  const decided = decideCopies({
    ...{ ...asked, ...said, act: "lose", copies: [1, 2], reason: "fire", known: [copy(1), copy(2, "found")] },
  });
  assert.deepEqual(decided, {
    ok: true,
    events: [
      { type: "CopiesMoved", to: "lost", copies: [1] },
      { type: "CopiesMoved", to: "declared-void", copies: [2] },
    ],
  });
});

test("C19: whatever is done with copies, a voided one stays voided, and every other can still be accounted for", () => {
  const acts = fc.array(fc.constantFrom(...COPY_ACTS), { maxLength: 12 });
  const start = fc.constantFrom(...COPY_STATES);
  fc.assert(
    fc.property(start, acts, (from, wanted: readonly CopyAct[]) => {
      let state: CopyState = from;
      const wasVoid = isVoidCopy(from);
      for (const act of wanted) {
        const decided = decideCopies({
          ...asked,
          ...{ act, actorId: act === "void" ? "stamper" : "handler", known: [copy(1, state)] },
          ...{ way: "courier", courier: "1", reason: "why", photo: "nowhere" },
        });
        assert.equal(decided.ok, listCopyActs(copy(1, state)).includes(act));
        if (decided.ok) state = decided.events[0]?.to ?? assert.fail();
        if (from === "voided") assert.equal(state, "voided");
        if (wasVoid) assert.ok(isVoidCopy(state), "what binds nobody never binds again");
      }
      // No state is a dead end by accident.
      if (state !== "voided") assert.ok(listCopyActs(copy(1, state)).length > 0);
    }),
  );
});
