import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatLineNumber, listGrams, REGISTERS } from "./register.ts";

test("two Chinese characters are found, and words of any script, whatever their width or case", () => {
  assert.ok(listGrams("澜汐仪器有限公司").includes("仪器"));
  assert.deepEqual(listGrams("ＬＸ-０１ 公章"), ["lx", "01", "公章"]);
  assert.deepEqual(listGrams("合同章"), ["合同", "同章", "合同章"]);
  assert.deepEqual(listGrams("a — 章"), []);
});

test("every part of a word of two characters or more is found in its text", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z章印合同]{2,12}$/), fc.nat(), fc.nat(), (word, from, length) => {
      const characters = [...word];
      const start = from % (characters.length - 1);
      const part = characters.slice(start, start + 2 + (length % (characters.length - start - 1))).join("");
      const pairs = new Set(listGrams(`x ${word}, y`));
      for (const pair of listGrams(part)) assert.ok(pairs.has(pair));
    }),
  );
});

test("line numbers of different registers never meet", () => {
  const numbers = REGISTERS.map((register) => formatLineNumber("LX", register, 2026, 1));
  assert.equal(new Set(numbers).size, REGISTERS.length);
});
