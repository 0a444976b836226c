import assert from "node:assert/strict";
import { test } from "node:test";
import { listDisagreements } from "./decisive-facts.ts";
import { classIn, type DocumentClassId, starterBook } from "./document-class.ts";
import { declaredAs, readPaper } from "./test-papers.ts";
import { type UnnamedPaper, unnamedPapers } from "./test-unnamed-papers.ts";

/** What is asked of a paper that is declared as a letter, or as a notice within the house. */
const ask = ({ external, lines }: UnnamedPaper): string[] =>
  listDisagreements(
    declaredAs(external ? "official-letter" : "internal-notice", external),
    [{ documentId: "d", facts: readPaper(lines), template: null }],
    starterBook,
  ).flatMap(({ fact, read, stricter }) =>
    fact === "class" || fact === "language" ? [`${fact} ${read} ${stricter}`] : [],
  );
const isHeld = (told: string): boolean => {
  const [fact, read = "", stricter] = told.split(" ");
  return fact === "language" || (stricter === "read" && classIn(starterBook, read as DocumentClassId).makesRights);
};

test("C03: papers that bind are held against a letter or a notice whatever they are called, also in a language that is not read", () => {
  for (const paper of unnamedPapers.filter(({ binds }) => binds)) assert.ok(ask(paper).some(isHeld), paper.name);
});

test("C03: letters, notices and minutes of the same names that bind nobody are asked nothing", () => {
  for (const paper of unnamedPapers.filter(({ binds }) => !binds)) assert.deepEqual(ask(paper), [], paper.name);
});
