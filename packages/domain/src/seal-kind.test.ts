import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CONTAINER_KINDS, listContainerRefusals } from "./custody-place.ts";
import { DOCUMENT_CLASS_IDS, documentClasses } from "./document-class.ts";
import {
  defaultKindRules,
  findScopeFault,
  isContainerEnough,
  type KindWanted,
  LEAST_CONTAINERS,
  listHolderRefusals,
  listTypeRefusals,
} from "./seal-kind.ts";
import { SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

const codes = (refusals: readonly { code: string }[]): string[] => refusals.map(({ code }) => code);
const wanted = (change: Partial<KindWanted> = {}): KindWanted => ({
  ...defaultKindRules("business"),
  ...{ type: "business", important: false, shape: "circle", widthMm: 42, heightMm: 42, ...change },
});

test("C22: what is important by the rules stays so and under two; every other kind is the organisation's own to judge", () => {
  for (const type of SEAL_TYPES) {
    const rules = { ...wanted(), ...defaultKindRules(type), type };
    assert.deepEqual(codes(listTypeRefusals({ ...rules, important: true, dualControl: true })), []);
    const expected = sealTypeDefaults[type].important ? ["seal-type.important-stays"] : [];
    assert.deepEqual(codes(listTypeRefusals({ ...rules, important: false })), expected, type);
  }
  assert.deepEqual(codes(listTypeRefusals(wanted({ important: true, dualControl: false }))), [
    "seal-type.important-by-two",
  ]);
});

test("C23 C08: a circle is round, and who is named presses only where a controller counts", () => {
  assert.deepEqual(codes(listTypeRefusals(wanted({ heightMm: 41 }))), ["seal-type.sides-differ"]);
  assert.deepEqual(listTypeRefusals(wanted({ shape: "oval", heightMm: 30 })), []);
  assert.deepEqual(codes(listTypeRefusals(wanted({ pressers: "named", leastContainer: "safe" }))), [
    "seal-type.named-presser",
  ]);
  assert.deepEqual(listTypeRefusals(wanted({ pressers: "named", leastContainer: "controller" })), []);
});

test("C06 C07: a kind's own classes and reach decide, and its seal never reaches further than the kind", () => {
  const anyKind = fc.record({
    classes: fc.subarray([...DOCUMENT_CLASS_IDS]),
    external: fc.boolean(),
  });
  fc.assert(
    fc.property(
      ...[anyKind, fc.boolean(), fc.boolean(), fc.constantFrom(...DOCUMENT_CLASS_IDS), fc.constantFrom(...SEAL_TYPES)],
      (part, sealExternal, external, documentClass, type) => {
        const kind = { ...defaultKindRules(type), ...part };
        const fault = findScopeFault({ type, external: sealExternal, kind }, documentClass, external);
        const inside = external && !(sealExternal && part.external);
        assert.equal(fault, inside ? "internal-outside" : part.classes.includes(documentClass) ? null : "wrong-class");
      },
    ),
  );
  assert.equal(findScopeFault({ ...wanted(), external: true, kind: wanted() }, null, false), "wrong-class");
});

test("the product's own rules of a type are those of its classes of documents", () => {
  for (const type of SEAL_TYPES)
    for (const id of DOCUMENT_CLASS_IDS)
      assert.equal(defaultKindRules(type).classes.includes(id), documentClasses[id].sealTypes.includes(type));
});

test("C13: a stronger demand never lets in what a weaker one keeps out; dual control wants two hands at the locks", () => {
  for (const kind of CONTAINER_KINDS)
    for (const [at, least] of LEAST_CONTAINERS.entries())
      for (const weaker of LEAST_CONTAINERS.slice(0, at))
        assert.ok(!isContainerEnough(kind, least) || isContainerEnough(kind, weaker), `${kind} ${least} ${weaker}`);
  const cabinet = {
    ...({ kind: "cabinet", goodForImportant: false, insideMonitoring: false, lockHolders: ["per_a", null] } as const),
  };
  const ask = (change: Partial<KindWanted>) =>
    codes(listContainerRefusals(cabinet, { important: false, kind: wanted(change) }, "strict"));
  assert.deepEqual(ask({}), []);
  assert.deepEqual(ask({ leastContainer: "safe" }), ["container.below-kind"]);
  assert.deepEqual(ask({ dualControl: true }), ["container.locks-not-apart"]);
});

test("C12: who holds a seal of a kind belongs to its entity, or to its unit, where the kind says so", () => {
  const seal = { entityId: "ent_1", unitId: "unit_1" };
  const near = { entityId: "ent_1", unitId: "unit_1", guest: false };
  for (const holders of ["anybody", "entity", "unit"] as const)
    assert.deepEqual(listHolderRefusals(holders, near, seal), []);
  const beside = { ...near, unitId: "unit_2" };
  assert.deepEqual(listHolderRefusals("entity", beside, seal), []);
  assert.deepEqual(codes(listHolderRefusals("unit", beside, seal)), ["seal-type.holder-unit"]);
  assert.deepEqual(listHolderRefusals("unit", beside, { ...seal, unitId: null }), [], "a seal of the whole entity");
  for (const far of [
    { ...near, entityId: "ent_2" },
    { ...near, entityId: null },
    { ...near, guest: true },
  ]) {
    assert.deepEqual(codes(listHolderRefusals("entity", far, seal)), ["seal-type.holder-entity"]);
    assert.deepEqual(listHolderRefusals("anybody", far, seal), []);
  }
});
