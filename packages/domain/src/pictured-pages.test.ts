import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeclaredForUse, decideFacts, listDisagreements } from "./decisive-facts.ts";
import { readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { condenseFacts } from "./kept-facts.ts";
import type { PageText } from "./page-text.ts";
import { listPicturedPages, sayPages } from "./pictured-pages.ts";

const page = (text: string, change: Partial<PageText> = {}): PageText => ({
  ...{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0 },
  runs: text === "" ? [] : [{ text, x: 20, y: 40, width: 100, height: 4 }],
  ...change,
});
const factsOf = (...pages: PageText[]) =>
  readFacts(readDocumentText(pages.map((one, index) => ({ ...one, index }))), ["Lanxi Instruments Ltd"], starterBook);
const isPictured = (one: PageText): boolean => listPicturedPages(readDocumentText([one]).pages).length > 0;
const scan = { imageCoverage: 1, written: 0, imaged: true };
const long = "The seller delivers twelve gauges to the buyer. ".repeat(8);

test("C03: a page says what it says in a picture where no text of the file does", () => {
  for (const [one, expected] of [
    [page("", scan), true],
    [page("Supply contract", { ...scan, written: 14 }), true],
    [page(long, scan), true],
    [page(long, { ...scan, written: long.length }), false],
    [page("", { ...scan, imageCoverage: 0.2 }), true],
    [page("A short letter.", { imageCoverage: 0.2, written: 13, imaged: true }), false],
    [page("A short letter, drawn as a form.", { ...scan, written: 27, imaged: false }), false],
    [page("", { ...scan, pictureInk: 0 }), false],
    [page("", { ink: 0.2 }), true],
    [page(""), false],
    [page("A short letter."), false],
  ] as const)
    assert.equal(isPictured(one), expected, JSON.stringify(one));
});

test("C17: a picture with text of the file over it is no scan; with the unseen text of a scanner it is", () => {
  assert.deepEqual(factsOf(page("", scan), page(long, scan)).unscanned, []);
  assert.deepEqual(factsOf(page("", scan), page("1,286,000.00", { ...scan, written: 12 })).unscanned, [1]);
  assert.deepEqual(factsOf(page("", { ...scan, imaged: false })).unscanned, [0]);
  assert.deepEqual(condenseFacts(factsOf(page("", scan), page("A file."))).unscanned, [1], "kept beside the document");
});

test("C03: pages that are pictures are told, decide nothing by themselves, and follow no template", () => {
  const declared: DeclaredForUse = {
    ...{ documentClass: "contract", external: true, counterparty: "Beicheng Ltd" },
    ...{ amountMinor: 100, currency: "CNY" },
  };
  const facts = factsOf(page("", scan), page(long), page("", scan));
  const documents = [{ documentId: "d", facts, template: { documentClass: "contract", verdict: "same" } as const }];
  const told = listDisagreements(declared, documents, starterBook);
  assert.deepEqual(
    told.map(({ fact, read, stricter, page: at }) => [fact, read, stricter, at]),
    [["unread", "1, 3", "read", 0]],
  );
  for (const settled of [[], told.map(({ key }) => key)]) {
    const decided = decideFacts(declared, documents, told, new Set(settled), starterBook);
    assert.deepEqual([decided.documentClass, decided.amountMinor, decided.template], ["contract", 100, "none"]);
  }
});

test("pages are named as people name them", () => {
  assert.equal(sayPages([0, 1, 2, 4]), "1-3, 5");
  assert.equal(sayPages(Array.from({ length: 400 }, (_, at) => at * 2)).split(",").length, 20);
});
