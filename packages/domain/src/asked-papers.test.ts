import assert from "node:assert/strict";
import { test } from "node:test";
import { listAskedPapers, listFaultyPapers } from "./asked-papers.ts";
import type { RuleSet } from "./rule-set.ts";

const row = (rowId: string, en: string, attachments: RuleSet["scope"]["rows"][number]["output"]["attachments"]) => ({
  ...{ rowId, cells: {}, reason: { en, zh: en }, clause: { en: "", zh: "" } },
  output: { answer: "ask" as const, rightSeals: [], attachments },
});
const scope: RuleSet["scope"] = {
  inputs: [],
  rows: [
    row("a", "Much money.", ["board-resolution"]),
    row("b", "A guarantee.", ["board-resolution", "credit-approval"]),
    {
      ...row("c", "Never.", ["tender-result"]),
      output: { answer: "allow", rightSeals: [], attachments: ["tender-result"] },
    },
  ],
};

test("C01: a paper is asked for once, with the reason of every rule that fired and asks for it", () => {
  assert.deepEqual(listAskedPapers(scope, { one: "a", two: "b", three: "c" }), [
    {
      kind: "board-resolution",
      reasons: [
        { en: "Much money.", zh: "Much money." },
        { en: "A guarantee.", zh: "A guarantee." },
      ],
    },
    { kind: "credit-approval", reasons: [{ en: "A guarantee.", zh: "A guarantee." }] },
  ]);
  assert.deepEqual(listAskedPapers(scope, {}), []);
});

test("C01: a paper is no document of its request, no other paper of it, not blank and readable", () => {
  const paper = (digest: string, fault: "blank" | "not-readable" | null = null, pageWords: string[] = []) => ({
    ...{ kind: "board-resolution" as const, digest, fault, pageWords },
  });
  const documents = [{ digest: "d", pageWords: ["one", "two", ""] }];
  const codes = (...papers: ReturnType<typeof paper>[]) => listFaultyPapers(papers, documents).map(({ code }) => code);
  assert.deepEqual(codes(paper("1"), paper("2")), []);
  assert.deepEqual(codes(paper("d")), ["paper.same-file"]);
  assert.deepEqual(codes(paper("1"), paper("1")), ["paper.same-file"]);
  assert.deepEqual(codes(paper("1", "blank"), paper("2", "not-readable")), ["paper.blank", "paper.not-readable"]);
  // Saved anew, or a page of it alone: other bytes, the same words.
  assert.deepEqual(codes(paper("1", null, ["one", "two", ""])), ["paper.same-words"]);
  assert.deepEqual(codes(paper("1", null, ["two"])), ["paper.same-words"]);
  assert.deepEqual(codes(paper("1", null, ["three"]), paper("2", null, ["three"])), ["paper.same-words"]);
  assert.deepEqual(codes(paper("1", null, ["one", "resolution"])), [], "the document goes with what was resolved");
  assert.deepEqual(codes(paper("1", null, ["", ""]), paper("2", null, [""])), [], "pictures have no words to compare");
});
