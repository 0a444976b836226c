import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  accessParts,
  CONFIDENTIAL_ACCESS_HOURS,
  decideAccess,
  listConfidentialRefusals,
  listReaderRefusals,
  listSwitchRefusals,
  maskLineFacts,
  type PersonToName,
  READER_PARTS,
  type ReaderPart,
  type ReadingFacts,
  readingOf,
  refuseMasked,
} from "./confidential.ts";

const secret = (parts: readonly ReaderPart[], access = false): ReadingFacts => ({ parts, confidential: true, access });

test("C11: each part reads of a confidential request what the rule says, and all of any other", () => {
  const expected: Record<ReaderPart, string> = {
    ...{ applicant: "open", handler: "open", asked: "open", decided: "open", named: "open", sealing: "open" },
    ...{ keeping: "masked", inspecting: "masked", reviewing: "masked", "was-asked": "hidden", shown: "hidden" },
  };
  for (const part of READER_PARTS) {
    assert.equal(readingOf(secret([part])), expected[part], part);
    assert.equal(readingOf({ ...secret([part]), confidential: false }), "open", part);
  }
  assert.equal(readingOf(secret([])), "hidden");
  assert.equal(readingOf({ ...secret([]), confidential: false }), "hidden");
});

test("C11: an access opens it to who watches and to nobody else", () => {
  for (const part of READER_PARTS) {
    const opened = readingOf(secret([part], true)) === "open";
    assert.equal(opened, accessParts.includes(part) || readingOf(secret([part])) === "open", part);
  }
  assert.equal(readingOf(secret([], true)), "hidden");
});

const parts = fc.uniqueArray(fc.constantFrom(...READER_PARTS));
const rank = (facts: ReadingFacts): number => ["hidden", "masked", "open"].indexOf(readingOf(facts));

test("C11: a further part, or an access, never takes reading away, and being confidential never gives any", () => {
  fc.assert(
    fc.property(parts, parts, fc.boolean(), fc.boolean(), (some, more, confidential, access) => {
      const facts = { parts: some, confidential, access };
      assert.ok(rank({ ...facts, parts: [...some, ...more] }) >= rank(facts));
      assert.ok(rank({ ...facts, access: true }) >= rank({ ...facts, access: false }));
      assert.ok(rank({ ...facts, confidential: true }) <= rank({ ...facts, confidential: false }));
    }),
  );
});

test("C11: an access is taken exactly by who watches, does not read it yet and says why; it lasts a day", () => {
  fc.assert(
    fc.property(
      parts,
      fc.boolean(),
      fc.boolean(),
      fc.constantFrom("", "  ", "An audit"),
      (some, conf, access, reason) => {
        const facts = { parts: some, confidential: conf, access };
        const decided = decideAccess({ ...facts, reason, now: 1000 });
        const watches = some.some((part) => accessParts.includes(part));
        assert.equal(decided.ok, readingOf(facts) === "masked" && watches && reason.trim() !== "");
        if (decided.ok) assert.equal(decided.events[0]?.until, 1000 + CONFIDENTIAL_ACCESS_HOURS * 3_600_000);
      },
    ),
  );
});

test("who does not open it is told how he could", () => {
  assert.equal(refuseMasked(["inspecting"], "LX-1").code, "confidential.needs-access");
  assert.equal(refuseMasked(["keeping"], "LX-1").code, "confidential.not-reader");
});

test("C11: readers are staff of the request's entity; each single condition flips the answer", () => {
  const person: PersonToName = { personId: "p", active: true, guest: false, entityId: "ent" };
  const codes = (change: Partial<PersonToName>, named = ["p"]): string[] =>
    listReaderRefusals(named, [{ ...person, ...change }], "ent").map((one) => one.code);
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({}, []), []);
  for (const change of [{ active: false }, { guest: true }, { entityId: "other" }, { entityId: null }])
    assert.deepEqual(codes(change), ["confidential.not-to-be-named"], JSON.stringify(change));
  assert.deepEqual(codes({}, ["p", "unknown"]), ["confidential.not-to-be-named"]);
  const many = Array.from({ length: 21 }, (_, at) => `p${at}`);
  assert.deepEqual(codes({}, many), ["confidential.too-many-readers"]);
});

test("a confidential request says why, and stays what it was once it has a number", () => {
  assert.deepEqual(listConfidentialRefusals(null), []);
  assert.deepEqual(listConfidentialRefusals("Salaries"), []);
  assert.deepEqual(
    listConfidentialRefusals(" ").map((one) => one.code),
    ["confidential.reason-missing"],
  );
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), fc.constantFrom(null, "LX-1"), (was, wanted, number) => {
      assert.equal(listSwitchRefusals({ number, was, wanted }).length, number !== null && was !== wanted ? 1 : 0);
    }),
  );
});

test("a line of a confidential request keeps who, when and how many, and nothing that somebody wrote", () => {
  assert.deepEqual(
    maskLineFacts({
      ...{ request: "LX-1", impression: "imp", page: 2, applicant: "per", documentClass: "contract", reason: "why" },
      ...{ documentName: "merger.pdf", declared: "Beicheng", read: "Beicheng", remark: "note", reads: "words" },
    }),
    { request: "LX-1", impression: "imp", page: 2, applicant: "per" },
  );
});
