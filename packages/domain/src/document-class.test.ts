import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  baseOfClass,
  type ClassBook,
  classIn,
  classLimits,
  DOCUMENT_CLASS_IDS,
  type DocumentClass,
  type DocumentClassId,
  documentClasses,
  isDocumentClassId,
  isOwnClass,
  listClassRefusals,
  nameClass,
  starterBook,
  starterClass,
} from "./document-class.ts";
import { listTextFaults } from "./test-texts.ts";

const lease: DocumentClass = {
  ...starterClass("contract"),
  ...{
    classId: "contract--lease",
    name: { en: "Lease", zh: "租赁合同" },
    sealKinds: ["contract"],
    words: ["租赁合同"],
  },
};
const withLease: ClassBook = new Map([...starterBook, [lease.classId, lease]]);
const codes = (change: Partial<DocumentClass>, book: ClassBook = withLease): string[] =>
  listClassRefusals({ ...lease, ...change }, book).map((one) => {
    assert.deepEqual(listTextFaults(one.code, one.facts), [], one.code);
    return `${one.rule ?? ""} ${one.code}`.trim();
  });

test("an own class is known by its id as based on a starter class, and nothing else is", () => {
  const suffix = fc.stringMatching(/^[0-9a-z]{1,36}$/);
  fc.assert(
    fc.property(fc.constantFrom(...DOCUMENT_CLASS_IDS), suffix, (base, end) => {
      const id: DocumentClassId = `${base}--${end}`;
      assert.deepEqual([baseOfClass(id), isOwnClass(id), isDocumentClassId(id)], [base, true, true]);
      assert.deepEqual([baseOfClass(base), isOwnClass(base)], [base, false]);
    }),
  );
  for (const id of ["", "lease", "no-such--lease", "contract--", "contract--Lease", "contract--a--b", "contract -- a"])
    assert.equal(isDocumentClassId(id), false, id);
});

test("a class that the book does not know is what it is based on, so that nothing is looser for not being known", () => {
  for (const base of DOCUMENT_CLASS_IDS)
    assert.equal(classIn(starterBook, `${base}--gone`).makesRights, documentClasses[base].makesRights);
  assert.deepEqual(classIn(withLease, "contract--lease"), lease);
});

test("a refusal names a class by the product's word, or by both names where the organisation gave them", () => {
  assert.equal(nameClass(withLease, "contract"), "contract");
  assert.equal(nameClass(withLease, "contract--lease"), "Lease · 租赁合同");
  const renamed = new Map([
    ...starterBook,
    ["contract", { ...starterClass("contract"), name: { en: "Deal", zh: "Deal" } }],
  ]);
  assert.equal(nameClass(renamed, "contract"), "Deal");
});

test("C03: a class is never looser than what it is based on, and may be stricter", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ makesRights: false }), ["C03 class.looser"]);
  assert.deepEqual(codes({ ...starterClass("contract"), makesRights: false }), ["C03 class.looser"]);
  assert.deepEqual(
    codes({ classId: "official-letter--comfort", name: { en: "Comfort", zh: "安慰函" }, words: [] }),
    [],
  );
  fc.assert(
    fc.property(fc.constantFrom(...DOCUMENT_CLASS_IDS), fc.boolean(), fc.boolean(), (base, makesRights, own) => {
      const classId: DocumentClassId = own ? `${base}--x` : base;
      const looser = listClassRefusals({ ...starterClass(base), classId, makesRights }, starterBook).some(
        ({ code }) => code === "class.looser",
      );
      assert.equal(looser, documentClasses[base].makesRights && !makesRights);
    }),
  );
});

test("C21: where electronic seals do not come first, the class says why in both languages", () => {
  assert.deepEqual(codes({ electronic: "no" }), ["C21 class.paper-why"]);
  assert.deepEqual(codes({ electronic: "possible", electronicReason: { en: "A notary wants paper", zh: "" } }), [
    "C21 class.paper-why",
  ]);
  assert.deepEqual(codes({ electronic: "no", electronicReason: { en: "The office wants paper", zh: "须纸质" } }), []);
});

test("names, words and the number of own classes are kept apart; each own class has a seal, and Other stays", () => {
  assert.deepEqual(codes({ name: { en: " contract ", zh: "别的" } }), ["class.name-taken"]);
  assert.deepEqual(codes({ name: { en: "", zh: "租赁" } }), ["class.name-missing"]);
  assert.deepEqual(codes({ sealKinds: [] }), ["C07 class.no-seal"]);
  assert.deepEqual(codes({ ...starterClass("contract"), words: ["租赁合同"] }), ["class.word-taken"]);
  assert.deepEqual(codes({ ...starterClass("other"), retired: true }), ["class.other-stays"]);
  assert.deepEqual(codes({ ...starterClass("tender"), retired: true }), []);
  const many = Array.from({ length: classLimits.own }, (_, at): [string, DocumentClass] => [
    `contract--${at}`,
    { ...lease, classId: `contract--${at}`, name: { en: `n${at}`, zh: `n${at}` }, words: [] },
  ]);
  assert.deepEqual(codes({}, new Map([...starterBook, ...many])), ["class.too-many"]);
  assert.deepEqual(codes({}, new Map([...starterBook, ...many.slice(1)])), []);
});
