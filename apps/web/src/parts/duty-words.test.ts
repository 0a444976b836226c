import assert from "node:assert/strict";
import { test } from "node:test";
import { text as en } from "../i18n/parts.en.ts";
import { text as zh } from "../i18n/parts.zh.ts";
import { dutyWords } from "./duty-words.ts";

test("the page of a seal never sends its reader to the page of the seal", () => {
  assert.equal(dutyWords("people", false), "duties.people");
  assert.equal(dutyWords("people", true), "dutiesHere.people");
  assert.equal(dutyWords("return", true), "dutiesHere.return");
  assert.equal(dutyWords("expires", true), "duties.expires");
  for (const words of [en.seal.dutiesHere.people, en.seal.dutiesHere.return]) assert.doesNotMatch(words, /its page/);
  for (const words of [zh.seal.dutiesHere.people, zh.seal.dutiesHere.return]) assert.doesNotMatch(words, /印章页面/);
});
