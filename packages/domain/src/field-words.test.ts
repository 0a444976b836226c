import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isSeveral, nameField } from "./field-words.ts";

test("a field is called by the last name of its path, wherever it stands", () => {
  assert.deepEqual(nameField("data.bodies.0.bodyId"), { en: "the piece or key", zh: "印章实体" });
  assert.deepEqual(nameField("data.bodyIds.3"), { en: "the pieces", zh: "印章实体" });
  assert.equal(nameField("rules.scope.rows.0.cells.amount.from").en, "the lower limit");
  assert.equal(nameField("rules.scope.rows.12.cells.impressions.below").zh, "上限");
  assert.equal(nameField("period.from").en, "the first day");
  assert.deepEqual(nameField(""), { en: "the input", zh: "输入内容" });
});

test("no path, whatever stands in it, comes back as a name out of the program", () => {
  fc.assert(
    fc.property(fc.string(), (path) => {
      const { en, zh } = nameField(path);
      assert.match(en, /^[a-zA-Z -]+$/);
      assert.match(zh, /^[\u4e00-\u9fff]+$/u);
    }),
  );
  for (const path of ["constructor", "toString", "data.__proto__", "hasOwnProperty"])
    assert.equal(nameField(path).en, "one of the entries");
});

test("names of several things are told from those of one, whatever is said of them", () => {
  for (const path of [
    "papers",
    "bodies",
    "people",
    "mentions",
    "counterpartyKinds",
    "validDays",
    "lockIds",
    "comparisonCode",
  ])
    assert.equal(isSeveral(nameField(path).en), true, path);
  for (const path of [
    "address",
    "classId",
    "seriesId",
    "witnessId",
    "digits",
    "act",
    "pressers",
    "goodForImportant",
    "revision",
  ])
    assert.equal(isSeveral(nameField(path).en), false, path);
  for (const path of ["", "unknown", "peopleTo", "lapseOn", "documentClass", "passMark"])
    assert.equal(isSeveral(nameField(path).en), false, path);
});
