import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decideFacts, isForReaders, mustBeSettled, sayFact } from "./decisive-facts.ts";
import { starterBook } from "./document-class.ts";
import { ATTACHMENT_KINDS, attachmentNames } from "./rule-set.ts";
import { listUnsaidPapers, type PaperHandedIn } from "./unsaid-papers.ts";

const paper = (named: boolean | null, kind: PaperHandedIn["kind"] = "board-resolution"): PaperHandedIn => ({
  ...{ evidenceId: `ev-${kind}-${named}`, kind, name: "menu.pdf", named },
});

test("C01: a paper whose text does not say what it is has to be settled by a reviewer, a scan and one that does need not", () => {
  const told = listUnsaidPapers([paper(false), paper(true), paper(null)], "doc");
  assert.deepEqual(
    told.map(({ fact, read, text, documentId, stricter }) => [fact, read, text, documentId, stricter]),
    [["paper", "board-resolution", "menu.pdf", "doc", "read"]],
  );
  assert.ok(told.every((one) => mustBeSettled(one, false) && isForReaders(one)));
  assert.deepEqual(
    listUnsaidPapers([paper(false)], undefined),
    [],
    "of an application without documents nothing is said",
  );
});

test("C01: it is said in both languages what it was handed in as", () => {
  for (const kind of ATTACHMENT_KINDS) {
    const { en, zh } = sayFact("paper", kind, starterBook);
    assert.ok(en.endsWith(attachmentNames[kind].en) && zh.includes(attachmentNames[kind].zh), kind);
  }
  assert.deepEqual(sayFact("paper", "", starterBook), { en: "what the application says", zh: "申请所载" });
});

test("C01: whatever papers are handed in, class, amount and reach are decided as without them", () => {
  const declared = {
    ...{ documentClass: "contract" as const, external: true, counterparty: "B", amountMinor: 100, currency: "CNY" },
  };
  const makePaper = fc.record({
    ...{ evidenceId: fc.uuid(), kind: fc.constantFrom(...ATTACHMENT_KINDS), name: fc.string() },
    named: fc.constantFrom(true, false, null),
  });
  fc.assert(
    fc.property(fc.array(makePaper, { maxLength: 5 }), (papers) => {
      const told = listUnsaidPapers(papers, "doc");
      assert.equal(told.length, papers.filter(({ named }) => named === false).length);
      assert.equal(new Set(told.map(({ key }) => key)).size, told.length, "each is settled by itself");
      assert.deepEqual(
        decideFacts(declared, [], told, new Set(), starterBook),
        decideFacts(declared, [], [], new Set(), starterBook),
      );
    }),
  );
});
