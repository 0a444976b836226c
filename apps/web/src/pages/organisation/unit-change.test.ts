import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOfChange, findUnitChange, readUnitChange } from "./unit-change.ts";

test("an address names a change, and the closing where it names none that is known", () => {
  assert.equal(findUnitChange("merge-unit"), "merge-unit");
  assert.equal(findUnitChange("sell-unit"), "close-unit");
  assert.equal(findUnitChange(undefined), "close-unit");
});

test("a change can be looked at once what it needs is chosen; what is no text is not taken", () => {
  assert.deepEqual(readUnitChange("close-unit", {}), { kind: "close-unit", peopleTo: null });
  assert.deepEqual(readUnitChange("close-unit", { peopleTo: "unit_2" }), { kind: "close-unit", peopleTo: "unit_2" });
  assert.equal(readUnitChange("merge-unit", { keptSealIds: ["seal_1"] }), null);
  assert.equal(readUnitChange("rename-unit", { name: { en: "Sales", zh: " " } }), null);
  assert.deepEqual(readUnitChange("merge-unit", { intoUnitId: "unit_2", keptSealIds: ["seal_1", 7] }), {
    ...{ kind: "merge-unit", intoUnitId: "unit_2", keptSealIds: ["seal_1"] },
  });
});

test("what is looked at is what the matter asks for", () => {
  const data = { intoUnitId: "unit_2", keptSealIds: [] };
  const change = readUnitChange("merge-unit", data);
  assert.deepEqual(change && dataOfChange(change), data);
});
