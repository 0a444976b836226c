import assert from "node:assert/strict";
import { test } from "node:test";
import { findFieldSaid } from "./field-name.ts";

test("C03: a field is called in the page's language, and by Chinese words only as a quotation on an English page", () => {
  assert.deepEqual(findFieldSaid("Field 3", "zh"), { key: "newField", number: 3 });
  assert.deepEqual(findFieldSaid("field 12", "en"), { key: "newField", number: 12 });
  assert.deepEqual(findFieldSaid("买方", "en"), { key: "fieldCalled", name: "买方" });
  assert.deepEqual(findFieldSaid("买方", "zh"), { key: null, name: "买方" });
  assert.deepEqual(findFieldSaid("买方 Buyer", "en"), { key: null, name: "买方 Buyer" });
  assert.deepEqual(findFieldSaid("Goods", "zh"), { key: null, name: "Goods" });
});
