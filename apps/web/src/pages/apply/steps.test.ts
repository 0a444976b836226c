import assert from "node:assert/strict";
import { test } from "node:test";
import { changeDraft, type Draft, makeDraft } from "./draft.ts";
import {
  findOpenStep,
  findStep,
  isComplete,
  listFactGaps,
  listOpenPlaces,
  listStepStates,
  listUnplaced,
} from "./steps.ts";
import { makeBlank, makeFile } from "./test-draft.ts";

const filled = makeDraft({
  entityId: "ent_1",
  title: "Supply contract",
  documentClass: "contract",
  counterparty: "Beicheng",
  purpose: "Gauges",
});
const withDocument = changeDraft(filled, { type: "add-document", file: makeFile("doc_1") });
const placed = (draft: Draft): Draft =>
  changeDraft(draft, { type: "place", documentId: "doc_1", places: [{ sealId: "seal_1", page: 0, xMm: 1, yMm: 1 }] });

test("an empty application lacks everything that is asked for, in the order of the page", () => {
  assert.deepEqual(listFactGaps(makeDraft()), ["documents", "entity", "documentClass", "title", "purpose"]);
  assert.deepEqual(listFactGaps(withDocument), []);
});

test("a counterparty is asked for only where the document leaves the organisation", () => {
  const facts = { ...withDocument.facts, counterparty: " " };
  assert.deepEqual(listFactGaps({ ...withDocument, facts }), ["counterparty"]);
  assert.deepEqual(listFactGaps({ ...withDocument, facts: { ...facts, external: false } }), []);
});

test("of foreign paper somebody has to be named who printed it, as long as it is stamped by hand", () => {
  const of = (change: Partial<Draft["facts"]>) =>
    listFactGaps({ ...withDocument, facts: { ...withDocument.facts, ...change } });
  assert.deepEqual(of({ useMode: "by-hand", paperPrintedBy: " " }), ["printer"]);
  assert.deepEqual(of({ useMode: "by-hand", paperPrintedBy: "Beicheng" }), []);
  assert.deepEqual(of({ paperPrintedBy: "" }), []);
});

test("an amount that is none is said, no amount is none", () => {
  const of = (amount: string) => listFactGaps({ ...withDocument, facts: { ...withDocument.facts, amount } });
  assert.deepEqual(of("about five"), ["amount"]);
  assert.deepEqual(of(""), []);
  assert.deepEqual(of("5,000"), []);
});

test("every document needs a seal, every unfinished place an answer, an empty page another file", () => {
  assert.deepEqual(
    listUnplaced(withDocument).map((document) => document.file.documentId),
    ["doc_1"],
  );
  assert.ok(isComplete(placed(withDocument), "place"));
  const blanks = [makeBlank("a"), makeBlank("e", { kind: "empty-page", answerable: false })];
  let draft = placed(changeDraft(filled, { type: "add-document", file: makeFile("doc_1", { unfinished: blanks }) }));
  const open = (): string[] => draft.documents.flatMap((one) => listOpenPlaces(one).map((place) => place.placeId));
  assert.deepEqual(open(), ["a", "e"]);
  for (const placeId of ["a", "e"])
    draft = changeDraft(draft, { type: "answer", documentId: "doc_1", placeId, reason: "agreed in annex 2" });
  assert.deepEqual(open(), ["e"]);
  assert.equal(isComplete(draft, "place"), false);
});

test("a draft opened again goes on at the first step that is not complete", () => {
  assert.equal(findOpenStep(makeDraft()), "documents");
  assert.equal(findOpenStep(withDocument), "place");
  assert.equal(findOpenStep(placed(withDocument)), "review");
});

test("the step bar shows as done only what lies behind and is complete", () => {
  const states = (draft: Draft, step: "documents" | "place" | "review") =>
    listStepStates(draft, step).map(({ state }) => state);
  assert.deepEqual(states(placed(withDocument), "documents"), ["now", "todo", "todo"]);
  assert.deepEqual(states(placed(withDocument), "review"), ["done", "done", "now"]);
  assert.deepEqual(states(withDocument, "review"), ["done", "todo", "now"]);
  assert.equal(findStep("place"), "place");
  assert.equal(findStep("elsewhere"), undefined);
});
