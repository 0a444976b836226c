import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  bearsViewMark,
  blankSheetLimits,
  findSheetCodes,
  findSheetFeet,
  listBlankSheetRefusals,
  listLetterheadRefusals,
  listSheetFaults,
  listSheetsRequestRefusals,
  listSheetViewRefusals,
  type SheetsFile,
  type SheetsRequest,
  type SheetToSeal,
  superviseSheets,
  viewOnlyMarks,
} from "./blank-sheets.ts";
import { READER_PARTS } from "./confidential.ts";
import type { Refusal } from "./refusal.ts";
import { listTextFaults } from "./test-texts.ts";

const today = "2026-11-28";
const wanted = { count: 3, backBy: "2026-12-05", today, askedBy: "asker", takerId: "taker", owed: [] };
const codes = (change: object): string[] =>
  listBlankSheetRefusals({ ...wanted, ...change }).map(({ code, rule, facts }) => {
    assert.deepEqual(listTextFaults(code, facts), [], code);
    assert.equal(rule, "C05");
    return code;
  });

test("C05: blank sheets are few, soon back, and asked for by nobody who owes some", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ count: blankSheetLimits.count + 1 }), ["sheets.count"]);
  assert.deepEqual(codes({ backBy: "2026-11-27" }), ["sheets.day-past"]);
  assert.deepEqual(codes({ backBy: "2026-12-30" }), ["sheets.day"]);
  const owing = (personId: string) => ({
    owed: [{ personId, ranges: [{ first: 1, last: 2 }], writing: { prefix: "BZ", digits: 5 } }],
  });
  for (const personId of ["asker", "taker"]) assert.deepEqual(codes(owing(personId)), ["sheets.owed"]);
  assert.deepEqual(codes(owing("somebody else")), []);
  const [told] = listBlankSheetRefusals({ ...wanted, ...owing("taker") });
  assert.equal(told?.facts.range, "BZ00001–BZ00002");
});

test("C05: whatever is asked, what passes is within the limits", () => {
  fc.assert(
    fc.property(fc.integer({ min: -5, max: 100 }), fc.integer({ min: -10, max: 60 }), (count, days) => {
      const backBy = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
      const fits = count >= 1 && count <= blankSheetLimits.count && days >= 0 && days <= blankSheetLimits.days;
      assert.equal(codes({ count, backBy }).length === 0, fits);
    }),
  );
});

const told = (refusals: readonly Refusal[]): string[] =>
  refusals.map(({ code, facts }) => {
    assert.deepEqual(listTextFaults(code, facts), [], code);
    return code;
  });
const sheet = (number: number, change: Partial<SheetToSeal> = {}): SheetToSeal => ({
  ...{ number, state: "issued", holderId: "taker", received: true, sealed: false, askedBy: null, reported: false },
  ...change,
});
const fileOf = (...sheets: SheetToSeal[]): SheetsFile => ({
  ...{ documentId: "doc", entityId: "entity", takerId: "taker", writing: { prefix: "BZ", digits: 5 }, sheets },
});
const use = { applicantId: "taker", entityId: "entity" };

test("C05: a sheet is sealed for who was given it, while it is out, once", () => {
  assert.deepEqual(listSheetFaults(fileOf(sheet(1), sheet(2)), use), []);
  for (const [change, code] of [
    [{ sealed: true }, "sheets.sealed-before"],
    [{ holderId: "somebody else" }, "sheets.not-out"],
    [{ received: false }, "forms.receipt-missing"],
    [{ askedBy: "LX-2026-000001" }, "forms.held-by-request"],
    [{ reported: true }, "sheets.report-waiting"],
  ] as const) {
    const faults = listSheetFaults(fileOf(sheet(1), sheet(2, change)), use);
    assert.deepEqual(told(faults), [code]);
    assert.equal(faults[0]?.facts.range, "BZ00002", "it names the sheet");
  }
  for (const state of ["in-stock", "used", "voided", "missing", "destroyed"] as const)
    assert.deepEqual(
      listSheetFaults(fileOf(sheet(1, { state }), sheet(2)), use).map(({ code, facts }) => [code, facts]),
      [["sheets.not-out", { range: "BZ00001", state }]],
    );
  for (const other of [{ applicantId: "somebody else" }, { entityId: "another" }, { entityId: null }])
    assert.deepEqual(told(listSheetFaults(fileOf(sheet(1)), { ...use, ...other })), ["sheets.not-yours"]);
});

test("C05: a request for sheets is nothing besides, and each sheet bears a seal", () => {
  const plain: SheetsRequest = {
    ...{ ...use, series: false, standing: false, emergency: false, confidential: false, joint: false },
    documents: [{ documentId: "doc", sealedPages: [0, 1] }],
  };
  const file = fileOf(sheet(1), sheet(2));
  const ask = (change: Partial<SheetsRequest>, files = [file]): string[] =>
    told(listSheetsRequestRefusals(files, { ...plain, ...change }));
  assert.deepEqual(ask({}), []);
  assert.deepEqual(ask({ series: true }), ["sheets.with-series"]);
  assert.deepEqual(ask({ standing: true }), ["sheets.with-standing"]);
  assert.deepEqual(ask({ emergency: true }), ["sheets.with-emergency"]);
  assert.deepEqual(ask({ confidential: true }), ["sheets.with-confidential"]);
  assert.deepEqual(ask({ joint: true }), ["sheets.with-joint"]);
  assert.deepEqual(ask({ documents: [{ documentId: "doc", sealedPages: [1] }] }), ["sheets.bare"]);
  assert.deepEqual(ask({ documents: [{ documentId: "doc", sealedPages: [0, 1, 1] }] }), ["sheets.several"]);
  assert.deepEqual(ask({ documents: [...plain.documents, { documentId: "contract", sealedPages: [0] }] }), [
    "sheets.with-others",
  ]);
  const twice = [file, { ...fileOf(sheet(2)), documentId: "again" }];
  assert.deepEqual(ask({ documents: [...plain.documents, { documentId: "again", sealedPages: [0] }] }, twice), [
    "sheets.twice",
  ]);
  assert.deepEqual(ask({ series: true, standing: true, documents: [] }, []), [], "a request without sheets");
});

test("C05 C04: whatever the rules say, sheets are sealed before a second person; nothing else is made stricter", () => {
  assert.deepEqual(superviseSheets({ supervised: false, presence: false }, [fileOf(sheet(1))]), {
    ...{ supervised: true, presence: false },
  });
  assert.equal(superviseSheets({ supervised: false }, []).supervised, false);
});

test("C05: the code of a sheet is found in a text, also in wide letters, and only what is one", () => {
  assert.deepEqual(findSheetCodes("BZ00001 4PRF-7XQA-M2KD 2026 and 4PRF-7XQA-M2KD"), ["4PRF-7XQA-M2KD"]);
  assert.deepEqual(findSheetCodes("４ＰＲＦ－７ＸＱＡ－Ｍ２ＫＤ"), ["4PRF-7XQA-M2KD"]);
  assert.deepEqual(findSheetCodes("4PRF - 7XQA\u2010 M2KD"), ["4PRF-7XQA-M2KD"], "in pieces");
  for (const text of ["4PRF-7XQA-M2K", "A4PRF-7XQA-M2KD", "1PRF-7XQA-M2KD", "", "4prf-7xqa-m2kd"])
    assert.deepEqual(findSheetCodes(text), [], text);
});

test("C05: a letterhead is one upright page of A4, without a seal of its own, of a series of sheets", () => {
  const a4 = { widthMm: 210, heightMm: 297 };
  const judge = (change: Partial<Parameters<typeof listLetterheadRefusals>[0]>): string[] =>
    told(listLetterheadRefusals({ kind: "blank-sheet", pages: [a4], signatures: 0, ...change }));
  assert.deepEqual(judge({}), []);
  assert.deepEqual(judge({ pages: [{ widthMm: 211.5, heightMm: 296 }] }), []);
  assert.deepEqual(judge({ pages: [a4, a4] }), ["letterhead.pages"]);
  assert.deepEqual(judge({ pages: [{ widthMm: 297, heightMm: 210 }] }), ["letterhead.size"]);
  assert.deepEqual(judge({ signatures: 1 }), ["letterhead.signed"]);
  assert.deepEqual(judge({ kind: "receipt" }), ["letterhead.other-kind"]);
});

test("C05: sheets are shown to taker, keeper and whoever decides, seals or supervises now; to no other reader", () => {
  const view = (change: object): string[] =>
    listSheetViewRefusals({
      ...{ personId: "reader", takerId: "taker", keeperId: "keeper", parts: [], range: "BZ1", ...change },
    }).map(({ code, rule, facts }) => {
      assert.deepEqual(listTextFaults(code, facts), []);
      return `${code} ${rule}`;
    });
  const refused = ["sheets.not-to-open C05"];
  for (const personId of ["taker", "keeper"]) assert.deepEqual(view({ personId }), []);
  for (const part of READER_PARTS)
    assert.deepEqual(view({ parts: [part] }), ["asked", "sealing"].includes(part) ? [] : refused, part);
  assert.deepEqual(view({}), refused);
});

const run = (text: string, height = 20) => ({ text, x: 10, y: 10, width: 20, height });

test("C05: a page with the marks of both languages across it is a copy of a sheet, in whatever order its letters are read", () => {
  const letters = [...viewOnlyMarks.zh, ...viewOnlyMarks.en.replace(" ", "")];
  fc.assert(
    fc.property(fc.shuffledSubarray(letters, { minLength: letters.length }), fc.array(fc.string()), (order, more) => {
      const runs = [...more.map((text) => run(text, 4)), ...order.map((text) => run(text))];
      assert.ok(bearsViewMark({ runs }));
      assert.ok(bearsViewMark({ runs: [], unseen: runs }) && bearsViewMark({ runs: [], pale: runs }));
    }),
  );
  assert.ok(bearsViewMark({ runs: [run("仅供查看"), run("View only")] }), "each in one piece");
  for (const runs of [[run("VIEW ONLY")], [run("仅供查看 VIEW ONLY", 4)], letters.slice(1).map((text) => run(text))])
    assert.equal(bearsViewMark({ runs }), false);
});

test("C05: the foot of a sheet is read with its code and without; a list of sheets is none", () => {
  const foot = { number: "BZ00004", matter: "LX-M-2026-000012" };
  for (const text of [
    "BZ00004 4PRF-7XQA-M2KD LX-M-2026-000012 2026-12-01",
    "BZ00004   LX-M-2026-000012   2026-12-01 VIEW",
  ])
    assert.deepEqual(findSheetFeet([run("Dear Sir,", 4), run(text, 3)]), [foot]);
  const list = Array.from({ length: 3 }, (_, at) => run(`BZ0000${at} LX-M-2026-000012 2026-12-01`, 3));
  assert.deepEqual(findSheetFeet(list), []);
});
