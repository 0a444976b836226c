import assert from "node:assert/strict";
import { test } from "node:test";
import { isBlank } from "./blank-text.ts";

test("a text of spaces and unseen characters is blank, whatever they are; one character that shows is not", () => {
  for (const text of ["", " \n\t", "\u3000", "\u200b\u200d", "\ufeff", "\u2060 \u00ad", "\u2800", "\u3164"])
    assert.equal(isBlank(text), true, JSON.stringify(text));
  for (const text of ["a", "\u200b.", "章", "👩\u200d💻"]) assert.equal(isBlank(text), false, text);
});
