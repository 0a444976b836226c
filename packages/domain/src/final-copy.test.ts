import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  asksForFinalCopy,
  decideFinalCopy,
  decideFinalRuling,
  FINAL_COPY_STATES,
  FINAL_RULINGS,
  type FinalSheet,
  followFinalCopy,
  judgeFinalCopy,
  listSignatureBands,
  SHEET_HINTS,
} from "./final-copy.ts";

const sheet = (
  nth: number,
  page: number | null,
  verdict: FinalSheet["verdict"] = "same",
  hint: FinalSheet["hint"] = null,
): FinalSheet => ({ sheet: nth, page, verdict, hint });
const judge = (pages: number, ...sheets: FinalSheet[]) => {
  const judged = judgeFinalCopy(pages, sheets);
  return [judged.verdict, judged.pages.map(({ page, verdict }) => `${page ?? "+"} ${verdict}`).join(", ")];
};

test("C17: each approved page is as approved, signed, different, unclear or missing, and the whole says what follows", () => {
  assert.deepEqual(judge(2, sheet(1, 0), sheet(2, 1, "signed")), ["same", "0 same, 1 signed"]);
  assert.deepEqual(judge(2, sheet(1, 1, "signed"), sheet(2, null, "blank"), sheet(3, 0)), ["same", "0 same, 1 signed"]);
  assert.deepEqual(judge(2, sheet(1, 0)), ["missing", "0 same, 1 missing"]);
  assert.deepEqual(judge(2, sheet(1, 0, "differs")), ["differs", "0 differs, 1 missing"]);
  assert.deepEqual(judge(1, sheet(1, 0), sheet(2, null, "other")), ["differs", "0 same, + extra"]);
  assert.deepEqual(judge(1, sheet(1, 0, "same", "no-code")), ["unclear", "0 unclear"]);
  assert.deepEqual(judge(1, sheet(1, 0, "same", "forged-code")), ["differs", "0 differs"]);
  assert.deepEqual(judge(1, sheet(1, null, "other")), ["other-paper", "0 missing, + extra"]);
  assert.deepEqual(judge(1, sheet(1, null, "unclear")), ["other-paper", "0 missing, + unclear"]);
  assert.deepEqual(judge(1, sheet(1, 0, "unclear"), sheet(2, 0, "signed")), ["same", "0 signed"]);
  assert.deepEqual(judge(1, sheet(1, 0, "differs"), sheet(2, 0)), ["differs", "0 differs"]);
  assert.deepEqual(followFinalCopy("same"), { state: "filed", finding: false });
  assert.deepEqual(followFinalCopy("differs"), { state: "review", finding: true });
  assert.deepEqual(followFinalCopy("unclear"), { state: "review", finding: false });
  assert.deepEqual(followFinalCopy("missing"), { state: "missing", finding: false });
  assert.deepEqual(followFinalCopy("other-paper"), { state: "refused", finding: false });
});

test("C17: nothing is filed unless every approved page was seen whole and nothing else was; one difference is never outvoted", () => {
  const pages = 4;
  const sheets = fc
    .array(
      fc.record({
        page: fc.option(fc.nat(pages - 1)),
        verdict: fc.constantFrom("same", "signed", "differs", "unclear", "blank", "other"),
        hint: fc.option(fc.constantFrom(...SHEET_HINTS)),
      }),
      { maxLength: 9 },
    )
    .map((list) =>
      list.map(({ page, verdict, hint }, at): FinalSheet => {
        // Only what shows nothing of ours has no page.
        const shown = page !== null && verdict !== "blank" && verdict !== "other" ? page : null;
        const read = shown === null && verdict !== "blank" && verdict !== "unclear" ? "other" : verdict;
        return { sheet: at + 1, page: shown, verdict: read, hint };
      }),
    );
  fc.assert(
    fc.property(sheets, (given) => {
      const judged = judgeFinalCopy(pages, given);
      const clear = (page: number): boolean =>
        given.some(
          (one) => one.page === page && one.hint === null && (one.verdict === "same" || one.verdict === "signed"),
        );
      const all = Array.from({ length: pages }, (_, page) => page);
      if (judged.verdict === "same") {
        assert.ok(all.every(clear));
        assert.ok(given.every((one) => one.verdict !== "differs" && one.verdict !== "other"));
      }
      if (given.some((one) => one.verdict === "differs"))
        assert.notEqual(followFinalCopy(judged.verdict).state, "filed");
      assert.equal(followFinalCopy(judged.verdict).state === "filed", judged.verdict === "same");
      const more = judgeFinalCopy(pages, [...given, sheet(99, 0, "differs")]);
      assert.equal(more.verdict, "differs", "whatever else was seen");
    }),
  );
});

test("others sign at the height of our seals, across the page, and on lines that were left open", () => {
  const bands = listSignatureBands({
    widthMm: 210,
    seals: [{ xMm: 120, yMm: 200, widthMm: 42, heightMm: 42 }],
    lines: [{ xMm: 40, yMm: 250, widthMm: 30, heightMm: 5 }],
  });
  assert.deepEqual(bands, [
    { xMm: 0, yMm: 188, widthMm: 210, heightMm: 66 },
    { xMm: 34, yMm: 244, widthMm: 42, heightMm: 17 },
  ]);
});

test("C19: a final copy is asked for of what makes rights or duties, as long as something of it may be signed", () => {
  const asked = { makesRights: true, days: 30, copies: [{ state: "voided" }, { state: "handed-out" }] } as const;
  assert.equal(asksForFinalCopy(asked), true);
  assert.equal(asksForFinalCopy({ ...asked, makesRights: false }), false);
  assert.equal(asksForFinalCopy({ ...asked, days: 0 }), false);
  assert.equal(asksForFinalCopy({ ...asked, copies: [{ state: "voided" }] }), false);
});

const brought = {
  ...{ actorId: "applicant", keepers: ["applicant", "stamper"], requestState: "registered", copy: 1, files: 1 },
  known: [
    { copy: 1, state: "handed-out", impressions: ["settled"] },
    { copy: 2, state: "voided", impressions: ["spoiled"] },
  ],
  ...{ filesBefore: 0, last: null },
} as const satisfies Parameters<typeof decideFinalCopy>[0];
const bring = (change: Partial<Parameters<typeof decideFinalCopy>[0]>): unknown => {
  const decided = decideFinalCopy({ ...brought, ...change });
  return decided.ok ? decided.events[0]?.adds : decided.refusals.map(({ code }) => code);
};

test("C19: the scan of a copy is brought by who has to do with it; pages that it lacks are added to it", () => {
  assert.equal(bring({}), false);
  assert.deepEqual(bring({ actorId: "stranger" }), ["final-copy.not-keeper"]);
  assert.deepEqual(bring({ copy: 2 }), ["final-copy.voided"]);
  for (const state of ["declared-void", "found"] as const)
    assert.deepEqual(bring({ known: [{ copy: 1, state, impressions: ["settled"] }] }), ["final-copy.replaced"]);
  assert.deepEqual(bring({ known: [{ copy: 1, state: "lost", impressions: ["settled"] }] }), false);
  assert.deepEqual(bring({ copy: 3 }), ["copies.not-stamped"]);
  assert.deepEqual(bring({ requestState: "opened" }), ["copies.stamping-open"]);
  assert.deepEqual(bring({ files: 0 }), ["final-copy.no-file"]);
  const after = (state: (typeof FINAL_COPY_STATES)[number], lacksPages = false) =>
    bring({ last: { state, lacksPages } });
  assert.deepEqual(
    [after("missing", true), after("review", true), after("refused"), after("not-agreed")],
    [true, true, false, false],
  );
  assert.deepEqual(after("review"), ["final-copy.in-review"]);
  assert.deepEqual(after("reading"), ["final-copy.being-read"]);
  assert.deepEqual(after("filed"), ["final-copy.filed-already"]);
  assert.deepEqual(bring({ files: 3, filesBefore: 58, last: { state: "missing", lacksPages: true } }), [
    "final-copy.too-many-files",
  ]);
});

const ruled = {
  ...{ actorId: "reviewer", state: "review", lacksPages: false, reviewers: ["reviewer", "applicant"] },
  ...{ parts: ["applicant", "decider"], ruling: "agreed-change", reason: "By the annex of 3 May" },
} as const satisfies Parameters<typeof decideFinalRuling>[0];
const rule = (change: Partial<Parameters<typeof decideFinalRuling>[0]>): unknown => {
  const decided = decideFinalRuling({ ...ruled, ...change });
  return decided.ok ? [decided.events[0]?.state, decided.events[0]?.finding] : decided.refusals.map(({ code }) => code);
};

test("C11, C17: a reviewer without a part says what differs; what nobody agreed to is a finding, and is not filed", () => {
  assert.deepEqual(rule({}), ["filed", false]);
  assert.deepEqual(rule({ ruling: "as-approved" }), ["filed", false]);
  assert.deepEqual(rule({ ruling: "not-agreed" }), ["not-agreed", true]);
  assert.deepEqual(rule({ actorId: "applicant" }), ["final-copy.own-part"]);
  assert.deepEqual(rule({ actorId: "stranger" }), ["final-copy.not-reviewer"]);
  assert.deepEqual(rule({ reason: " " }), ["final-copy.reason-missing"]);
  assert.deepEqual(rule({ lacksPages: true }), ["final-copy.lacks-pages"]);
  assert.deepEqual(rule({ lacksPages: true, ruling: "not-agreed" }), ["not-agreed", true]);
  for (const state of FINAL_COPY_STATES)
    for (const ruling of FINAL_RULINGS)
      if (state !== "review") assert.deepEqual(rule({ state, ruling }), ["final-copy.not-in-review"]);
});
