import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cleanFileName, cleanTexts, findUnfitText } from "./clean-input.ts";

test("text with NUL or half a character is found wherever it stands, and named by its path", () => {
  for (const bad of ["a\0b", "\ud800", "x\udc00y"]) {
    assert.equal(findUnfitText(bad)?.path, "");
    assert.equal(findUnfitText({ data: { list: ["fine", bad] } })?.path, "data.list.1");
    assert.equal(findUnfitText({ data: { [bad]: 1 } })?.path, "data");
  }
  assert.equal(findUnfitText({ name: "陈𠮷野 — fine\n", count: 3, none: null }), null);
});

test("input nested without end is refused before anything has to write it down", () => {
  let nested: unknown = "fine";
  for (let depth = 0; depth < 200_000; depth += 1) nested = [nested];
  assert.deepEqual(findUnfitText({ data: nested }), { path: "", message: "is nested too deeply", zh: "层级过深" });
});

test("any JSON text is either whole, or refused", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.equal(findUnfitText({ text }) === null, text.isWellFormed() && !text.includes("\0"));
    }),
  );
});

test("a file's name turns no direction and holds no folder, control character or half a character", () => {
  assert.equal(cleanFileName("contract\u202efdp.exe", "x"), "contractfdp.exe");
  assert.equal(cleanFileName("..\\..\\a/b\0\r\n\u2066c\u2069.pdf", "x"), "bc.pdf");
  assert.equal(cleanFileName("\u202e \u0007", "document.pdf"), "document.pdf");
  assert.equal(cleanFileName("采购合同 (1).pdf", "x"), "采购合同 (1).pdf");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
      const clean = cleanFileName(name, "document.pdf");
      assert.ok(clean !== "" && [...clean].length <= 200 && clean.isWellFormed());
      assert.doesNotMatch(clean, /[\p{Cc}/\\\u202a-\u202e\u2066-\u2069]/u);
      assert.equal(cleanFileName(clean, "document.pdf"), clean);
    }),
  );
});

test("texts turn no direction, wherever in a value they stand; the rest of it stays", () => {
  assert.deepEqual(cleanTexts({ a: ["x\u202ey\u2069", 1, null], b: { c: "\u200e好" } }), {
    a: ["xy", 1, null],
    b: { c: "好" },
  });
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const clean = cleanTexts(value);
      const parts = JSON.stringify(value, (_, one: unknown) => (typeof one === "string" ? cleanTexts(one) : one));
      assert.equal(JSON.stringify(clean), parts);
    }),
  );
});
