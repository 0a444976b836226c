import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  changeDraft,
  confideByClass,
  countPlaced,
  type Draft,
  type DraftAction,
  findPlaced,
  listSealIds,
  makeDraft,
} from "./draft.ts";
import { makeBlank, makeFile } from "./test-draft.ts";

const after = (draft: Draft, ...actions: DraftAction[]): Draft => actions.reduce(changeDraft, draft);
const place = (documentId: string, page = 0, sealId = "seal_a"): DraftAction => ({
  type: "place",
  documentId,
  places: [{ sealId, page, xMm: 10, yMm: 20 }],
});
const two = after(
  makeDraft(),
  { type: "add-document", file: makeFile("doc_1", { name: "供货合同_v2.PDF" }) },
  { type: "add-document", file: makeFile("doc_2") },
);

test("the first document gives its name to an untitled application, and only then", () => {
  assert.equal(two.facts.title, "供货合同 v2");
  const named = after(makeDraft({ title: "Mine" }), { type: "add-document", file: makeFile("doc_1") });
  assert.equal(named.facts.title, "Mine");
});

test("a drag or a row of key presses is one step back, another drag is another", () => {
  const drag = (x: number, mark: string): DraftAction => ({ type: "move", key: "p0", to: { xMm: x }, mark });
  const draft = after(two, place("doc_1"), drag(11, "one"), drag(12, "one"), drag(13, "one"), drag(30, "two"));
  const at = (one: Draft): number | undefined => findPlaced(one, "p0")?.placed.xMm;
  assert.equal(at(draft), 30);
  const back = after(draft, { type: "undo" });
  assert.equal(at(back), 13);
  assert.equal(at(after(back, { type: "undo" })), 10);
  assert.equal(countPlaced(after(back, { type: "undo" }, { type: "undo" }).documents), 0);
});

test("after a step back the next move under the same mark is a step of its own", () => {
  const move: DraftAction = { type: "move", key: "p0", to: { xMm: 50 }, mark: "keys" };
  const draft = after(two, place("doc_1"), move, { type: "undo" }, move);
  assert.equal(findPlaced(after(draft, { type: "undo" }), "p0")?.placed.xMm, 10);
});

test("typing is not in the way of stepping back", () => {
  const draft = after(two, place("doc_1"), { type: "fact", change: { purpose: "Gauges" } }, { type: "undo" });
  assert.equal(draft.facts.purpose, "Gauges");
  assert.equal(countPlaced(draft.documents), 0);
});

test("a document taken away comes back with its seals", () => {
  const draft = after(two, place("doc_2", 1), { type: "remove-document", documentId: "doc_2" });
  assert.equal(draft.documents.length, 1);
  assert.equal(countPlaced(after(draft, { type: "undo" }).documents), 1);
});

test("another version of a document keeps seals and reasons where page and place are still there", () => {
  const file = makeFile("doc_1", { unfinished: [makeBlank("a"), makeBlank("b"), makeBlank("c")] });
  const draft = after(
    makeDraft(),
    { type: "add-document", file },
    place("doc_1", 0),
    place("doc_1", 1),
    ...["a", "b", "c"].map(
      (placeId): DraftAction => ({ type: "answer", documentId: "doc_1", placeId, reason: placeId }),
    ),
    {
      type: "replace-document",
      documentId: "doc_1",
      file: makeFile("doc_9", {
        pages: [{ widthMm: 210, heightMm: 297 }],
        unfinished: [makeBlank("a"), makeBlank("b", { text: "other words ____" })],
      }),
    },
  );
  const [document] = draft.documents;
  assert.equal(document?.file.documentId, "doc_9");
  assert.deepEqual(
    document?.placed.map((one) => one.page),
    [0],
  );
  assert.deepEqual(document?.answers, { a: "a" });
});

test("the right seal takes the wrong one's places, centre on centre, in every document", () => {
  const sizes = [
    { widthMm: 40, heightMm: 30 },
    { widthMm: 42, heightMm: 42 },
  ] as const;
  const draft = after(two, place("doc_1"), place("doc_2"), place("doc_2", 0, "seal_c"), {
    type: "swap-seal",
    from: "seal_a",
    to: "seal_b",
    sizes,
  });
  assert.deepEqual(listSealIds(draft.documents), ["seal_b", "seal_c"]);
  assert.deepEqual(findPlaced(draft, "p0")?.placed, { key: "p0", sealId: "seal_b", page: 0, xMm: 9, yMm: 14 });
  assert.equal(countPlaced(draft.documents, "seal_b"), 2);
});

test("whatever is done, stepping back all the way gives the documents of the beginning, and keys stay apart", () => {
  const action: fc.Arbitrary<DraftAction> = fc.oneof(
    fc.constantFrom("doc_1", "doc_2").map((documentId): DraftAction => place(documentId, 1)),
    fc.record({
      type: fc.constant("move" as const),
      key: fc.constantFrom("p0", "p1", "p2"),
      to: fc.record({ xMm: fc.integer({ min: 0, max: 200 }) }),
      mark: fc.constantFrom("one", "two"),
    }),
    fc.constantFrom("p0", "p1").map((key): DraftAction => ({ type: "remove-place", key })),
    fc
      .constantFrom("a", "b")
      .map((reason): DraftAction => ({ type: "answer", documentId: "doc_1", placeId: "x", reason })),
    fc.constant<DraftAction>({ type: "remove-document", documentId: "doc_2" }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      let draft = after({ ...two, past: [], mark: null }, ...actions);
      const keys = draft.documents.flatMap((document) => document.placed.map((placed) => placed.key));
      assert.equal(new Set(keys).size, keys.length);
      while (draft.past.length > 0) draft = changeDraft(draft, { type: "undo" });
      assert.deepEqual(draft.documents, two.documents);
    }),
  );
});

test("what the check finds missing joins a document once, with its answers, and is there after an undo too", () => {
  const file = makeFile("doc_1", { unfinished: [makeBlank("a")] });
  let draft = changeDraft(makeDraft(), { type: "add-document", file });
  draft = changeDraft(draft, { type: "answer", documentId: "doc_1", placeId: "a", reason: "In annex 2" });
  const unfinished = [makeBlank("a"), makeBlank("m-missing-date-0", { kind: "missing-date", box: null })];
  const read = changeDraft(draft, { type: "reading", documentId: "doc_1", unfinished });
  assert.deepEqual(
    read.documents[0]?.file.unfinished.map(({ placeId }) => placeId),
    ["a", "m-missing-date-0"],
  );
  assert.equal(read.documents[0]?.answers.a, "In annex 2");
  assert.equal(changeDraft(read, { type: "reading", documentId: "doc_1", unfinished }), read);
  assert.equal(changeDraft(read, { type: "undo" }).documents[0]?.file.unfinished.length, 2);
  assert.equal(changeDraft(read, { type: "reading", documentId: "doc_2", unfinished }), read);
});

test("a class makes an application confidential by its default, and never undoes what the applicant wrote", () => {
  const plain = { confidential: null, confidentialFixed: false };
  const byClass = { confidential: { reason: "By class: Bid", readers: [] }, confidentialFixed: false };
  assert.deepEqual(confideByClass(plain, "By class: Contract", "By class: Bid"), {
    confidential: byClass.confidential,
  });
  assert.deepEqual(confideByClass(byClass, "By class: Bid", null), { confidential: null });
  assert.deepEqual(confideByClass(plain, undefined, null), { confidential: null });
  const own = { confidential: { reason: "A merger", readers: [] }, confidentialFixed: false };
  assert.deepEqual(confideByClass(own, "By class: Bid", null), {});
  const named = { ...byClass, confidential: { ...byClass.confidential, readers: ["per_1"] } };
  assert.deepEqual(confideByClass(named, "By class: Bid", null), {});
  assert.deepEqual(confideByClass({ ...plain, confidentialFixed: true }, undefined, "By class: Bid"), {});
});
