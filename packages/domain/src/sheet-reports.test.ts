import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Refusal } from "./refusal.ts";
import {
  isApartFromSheets,
  judgeSheetCodes,
  listOwnHandRefusals,
  listSheetConfirmerRefusals,
  listSheetDecisionRefusals,
  listSheetReportRefusals,
  type SheetToReport,
} from "./sheet-reports.ts";
import { listTextFaults } from "./test-texts.ts";

const writing = { prefix: "BZ", digits: 5 };
const told = (refusals: readonly Refusal[]): string[] =>
  refusals.map(({ code, facts }) => {
    assert.deepEqual(listTextFaults(code, facts), [], code);
    return code;
  });
const sheet = (number: number, change: Partial<SheetToReport> = {}): SheetToReport => ({
  ...{ number, state: "issued", holderId: "taker", received: true, sealed: false, reported: false },
  ...change,
});
const report = {
  ...({ end: "returned", evidence: "paper" } as const),
  ...{ reporterId: "taker", takerId: "taker", keeperId: "keeper", takerLeft: false },
  ...{ sheets: [sheet(1), sheet(2)], fileOfOthers: false, otherCodes: [] },
} as const;
const ask = (change: Partial<Parameters<typeof listSheetReportRefusals>[0]>): string[] =>
  told(listSheetReportRefusals({ ...report, ...change }, writing));

test("C05: the end of a sheet is reported by who took it, with its file, while the sheet is out and no report waits", () => {
  assert.deepEqual(ask({}), []);
  assert.deepEqual(ask({ evidence: null }), ["forms.copy-missing"]);
  assert.deepEqual(ask({ end: "destroyed", evidence: "picture" }), []);
  for (const evidence of ["paper", null] as const)
    assert.deepEqual(ask({ end: "destroyed", evidence }), ["sheets.photo-missing"]);
  assert.deepEqual(ask({ fileOfOthers: true }), ["forms.copy-of-others"]);
  assert.deepEqual(ask({ otherCodes: ["4PRF-7XQA-M2KD"] }), ["sheets.code-other"]);
  for (const [change, code] of [
    [{ state: "used", holderId: null }, "forms.elsewhere"],
    [{ holderId: "somebody else" }, "forms.other-hand"],
    [{ received: false }, "forms.receipt-missing"],
    [{ reported: true }, "sheets.report-waiting"],
  ] as const)
    assert.deepEqual(ask({ sheets: [sheet(1), sheet(2, change)] }), [code]);
  const sealed = [sheet(1, { sealed: true })];
  assert.deepEqual(ask({ sheets: sealed }), []);
  assert.deepEqual(ask({ sheets: sealed, end: "destroyed", evidence: "picture" }), ["sheets.sealed-by-matter"]);
});

test("C05: the keeper reports for a taker who has left, and for nobody else", () => {
  assert.deepEqual(ask({ reporterId: "keeper" }), ["forms.other-hand"]);
  assert.deepEqual(ask({ reporterId: "keeper", takerLeft: true }), []);
  assert.deepEqual(ask({ reporterId: "somebody else", takerLeft: true }), ["forms.other-hand"]);
});

test("C11: the keeper confirms first, then whoever watches; nobody with a part, and nobody in the place of one", () => {
  const confirm = (change: object, isKeepersTurn = true): string[] =>
    told(
      listSheetConfirmerRefusals(
        { personId: "other", actsFor: [], keeps: false, watches: false, ...change },
        { parties: ["taker", "asker"], isKeepersTurn },
      ),
    );
  assert.deepEqual(confirm({ keeps: true }), []);
  assert.deepEqual(confirm({ watches: true }), ["sheets.confirm-keeper-first"]);
  assert.deepEqual(confirm({ watches: true }, false), []);
  assert.deepEqual(confirm({}, false), ["sheets.confirm-not-asked"]);
  for (const personId of ["taker", "asker"])
    assert.deepEqual(confirm({ personId, keeps: true, watches: true }, false), ["sheets.confirm-own"]);
  assert.deepEqual(confirm({ actsFor: ["taker"], keeps: true, watches: true }), ["sheets.confirm-in-place"]);
});

test("C11: whoever passes keeps or watches, and is no party's person nor any party's stand-in", () => {
  const people = fc.constantFrom("a", "b", "c", "d");
  fc.assert(
    fc.property(
      fc.record({
        ...{ personId: people, actsFor: fc.array(people), keeps: fc.boolean(), watches: fc.boolean() },
        ...{ parties: fc.array(people), isKeepersTurn: fc.boolean() },
      }),
      ({ parties, isKeepersTurn, ...who }) => {
        const passes = listSheetConfirmerRefusals(who, { parties, isKeepersTurn }).length === 0;
        const apart = [who.personId, ...who.actsFor].every((id) => !parties.includes(id));
        assert.equal(isApartFromSheets(who, parties), apart);
        assert.equal(passes, apart && (who.keeps || (who.watches && !isKeepersTurn)));
      },
    ),
  );
});

const own = new Map([
  [1, "4PRF-7XQA-M2KD"],
  [2, "2222-3333-4444"],
]);
const other = "9999-8888-7777";

test("C05: a code of another sheet on the scan is told, an unread one is asked for, another maker's square is neither", () => {
  const judge = (squares: string[], texts: string[] = []) =>
    judgeSheetCodes(own, { squares, texts }, (code) => code === other);
  assert.deepEqual(judge(["4PRF-7XQA-M2KD"], ["BZ00002 2222-3333-4444"]), { others: [], unread: [] });
  assert.deepEqual(judge([], []), { others: [], unread: [1, 2] });
  assert.deepEqual(judge(["4PRF-7XQA-M2KD", other]), { others: [other], unread: [2] });
  assert.deepEqual(judge(["AAAA-BBBB-CCCC"]).others, ["AAAA-BBBB-CCCC"], "made up: no sheet has it");
  assert.deepEqual(judge([], ["AAAA-BBBB-CCCC", other]).others, [other], "letters may stand in any text");
  assert.deepEqual(judge(["https://visa.example/AAAA-BBBB-CCCC"]).others, []);
});

test("C05: whatever is read, a report passes only with codes of its own, and each own code is read or asked for", () => {
  const code = fc.constantFrom(...own.values(), other, "5555-6666-7777");
  fc.assert(
    fc.property(fc.array(code), fc.array(code), (squares, texts) => {
      const { others, unread } = judgeSheetCodes(own, { squares, texts }, () => true);
      const seen = [...squares, ...texts];
      assert.equal(
        others.length === 0,
        seen.every((one) => [...own.values()].includes(one)),
      );
      for (const [number, one] of own) assert.equal(unread.includes(number), !seen.includes(one));
    }),
  );
});

test("C05: who confirms a used copy whose code nobody read reads it from the paper or says why; who rejects says why", () => {
  const decide = (change: object): string[] =>
    told(
      listSheetDecisionRefusals(
        { confirmed: true, end: "returned", unread: [2], own, typed: "", reason: "", ...change },
        writing,
      ),
    );
  assert.deepEqual(decide({}), ["sheets.code-unread"]);
  assert.deepEqual(decide({ typed: "2222-3333-4444" }), []);
  assert.deepEqual(decide({ typed: "4prf-7xqa-m2kd" }), ["sheets.code-unread"], "another one of them");
  assert.deepEqual(decide({ typed: other, reason: "Torn off" }), ["sheets.code-other"]);
  assert.deepEqual(decide({ reason: "The foot was cut off at the counter" }), []);
  assert.deepEqual(decide({ unread: [] }), []);
  assert.deepEqual(decide({ end: "destroyed" }), []);
  assert.deepEqual(decide({ confirmed: false }), ["sheets.reject-unexplained"]);
  assert.deepEqual(decide({ confirmed: false, reason: "I was not there" }), []);
});

test("C11: nobody takes back or voids what is in his own hand", () => {
  const moved = (holderId: string | null) =>
    ({
      ...({ type: "FormsMoved", act: "return", from: { state: "issued", holderId } } as const),
      ...({ first: 1, last: 2, to: { state: "in-stock", holderId: null } } as const),
    }) as const;
  assert.deepEqual(told(listOwnHandRefusals([moved("keeper")], "keeper", writing)), ["sheets.own-hand"]);
  assert.deepEqual(listOwnHandRefusals([moved("taker")], "keeper", writing), []);
});
