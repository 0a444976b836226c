import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DOCUMENT_CLASS_IDS,
  type DocumentClass,
  documentClasses,
  starterBook,
  starterClass,
} from "./document-class.ts";
import { decideSealForDocument, type SealForEntry } from "./entry-check.ts";
import { describe } from "./messages.ts";
import { defaultKindRules } from "./seal-kind.ts";
import { listTextFaults } from "./test-texts.ts";
import { SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

const seal = (type: SealForEntry["type"], change: Partial<SealForEntry> = {}): SealForEntry => ({
  sealId: type,
  kindId: type,
  type,
  external: sealTypeDefaults[type].external,
  inUse: true,
  kind: defaultKindRules(type),
  ...change,
});

test("C06: an internal seal never stands on an external document, whatever the seal's own setting says", () => {
  const internal = SEAL_TYPES.filter((type) => !sealTypeDefaults[type].external);
  assert.ok(internal.includes("department"));
  for (const documentClass of DOCUMENT_CLASS_IDS)
    for (const type of internal)
      for (const external of [true, false]) {
        const { refusals } = decideSealForDocument([seal(type, { external })], documentClass, true, [], starterBook);
        assert.deepEqual(
          refusals.map(({ code, rule }) => [code, rule]),
          [["entry.internal-seal-outside", "C06"]],
          `${type} on ${documentClass}`,
        );
        for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
      }
  const own = decideSealForDocument([seal("contract", { external: false })], "contract", true, [], starterBook);
  assert.equal(own.refusals[0]?.rule, "C06", "a seal that was registered as an internal one stays inside");
});

test("a refusal names an organisation's own kind, and not the type it is based on", () => {
  const kind = { ...defaultKindRules("business"), ownName: { en: "Bid seal", zh: "投标专用章" } };
  const [told] = decideSealForDocument([seal("business", { kind })], "tender", false, [], starterBook).refusals;
  assert.ok(told);
  assert.match(describe(told.code, told.facts).sentence.en, /Bid seal/);
  assert.match(describe(told.code, told.facts).sentence.zh, /投标专用章/);
});

test("C07: a seal stands on the classes that name it, and no other", () => {
  for (const documentClass of DOCUMENT_CLASS_IDS)
    for (const type of SEAL_TYPES) {
      const { refusals } = decideSealForDocument([seal(type)], documentClass, false, [], starterBook);
      const fits = documentClasses[documentClass].sealTypes.includes(type);
      assert.deepEqual(
        refusals.map(({ code }) => code),
        fits ? [] : ["entry.wrong-seal"],
        `${type} on ${documentClass}`,
      );
      for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
    }
});

test("C07 C10: of several seals each is asked for itself; the right ones are suggested, the most fitting first", () => {
  const ofEntity = [
    seal("official"),
    seal("department"),
    seal("contract"),
    seal("legal-representative", { inUse: false }),
    seal("business", { external: false }),
  ];
  const decided = decideSealForDocument(
    [seal("contract"), seal("personnel"), seal("official", { inUse: false })],
    "contract",
    true,
    ofEntity,
    starterBook,
  );
  assert.deepEqual(
    decided.refusals.map(({ code, facts }) => [code, facts.sealType]),
    [
      ["entry.wrong-seal", "personnel"],
      ["entry.seal-not-in-use", "official"],
    ],
  );
  assert.deepEqual(decided.suggested, ["contract", "official"]);
  assert.deepEqual(decideSealForDocument([], "other", true, ofEntity, starterBook).suggested, ["official"]);
  assert.deepEqual(decideSealForDocument([], "internal-notice", false, ofEntity, starterBook).suggested, [
    "department",
    "official",
  ]);
});

test("C06 C07: an own class takes the kinds it names, in its order, and is refused under its own name", () => {
  const lease: DocumentClass = {
    ...starterClass("contract"),
    ...{ classId: "contract--lease", name: { en: "Lease", zh: "租赁合同" }, sealKinds: ["kind_lease", "official"] },
  };
  const book = new Map([...starterBook, [lease.classId, lease]]);
  const fitting = (type: SealForEntry["type"], kindId: string): SealForEntry =>
    seal(type, { sealId: kindId, kindId, kind: { ...defaultKindRules(type), classes: [lease.classId] } });
  const ofEntity = [fitting("official", "official"), seal("contract"), fitting("business", "kind_lease")];
  const { refusals, suggested } = decideSealForDocument([seal("contract")], lease.classId, true, ofEntity, book);
  assert.deepEqual(
    refusals.map(({ code, facts }) => [code, facts.documentClass]),
    [["entry.wrong-seal", "Lease · 租赁合同"]],
  );
  assert.deepEqual(suggested, ["kind_lease", "official"]);
});
