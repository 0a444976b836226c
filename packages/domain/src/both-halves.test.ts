import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { joinHalves, readHalf } from "./both-halves.ts";
import { describe } from "./messages.ts";
import { tellLine } from "./register-words.ts";

test("a name kept as one text is read in the reader's language", () => {
  const english = fc.stringMatching(/^[A-Za-z][A-Za-z ·]{0,20}[A-Za-z]$/);
  const chinese = fc.stringMatching(/^[\u4e00-\u9fff]{1,8}$/);
  fc.assert(
    fc.property(english, chinese, (en, zh) => {
      const kept = joinHalves({ en, zh });
      assert.deepEqual([readHalf(kept, "en"), readHalf(kept, "zh")], [en, zh]);
    }),
  );
});

test("a text in one language alone is read by everybody as it was written", () => {
  for (const text of ["Worn out", "磨损", "磨损 · worn", "A · B", "", " · "])
    assert.deepEqual([readHalf(text, "en"), readHalf(text, "zh")], [text, text]);
  assert.equal(joinHalves({ en: "LX", zh: "LX" }), "LX");
});

test("tasks and lines of the registers say a name in the language they are read in", () => {
  const course = joinHalves({ en: "Seals and their keeping", zh: "印章与保管" });
  const person = { timeZone: "UTC", nameOf: () => null };
  const line = tellLine({ register: "training", kind: "passed" }, { course, total: 20 }, person);
  assert.deepEqual(line.facts.find((one) => one.key === "course")?.value, {
    en: "Seals and their keeping",
    zh: "印章与保管",
  });
  const facts = { lock: "A", container: joinHalves({ en: "Safe", zh: "保险柜" }) };
  const { sentence } = describe("task.change-lock", facts);
  assert.ok(sentence.en.includes("Safe") && !sentence.en.includes("保险柜"), sentence.en);
  assert.ok(sentence.zh.includes("保险柜") && !sentence.zh.includes("Safe"), sentence.zh);
});
