import assert from "node:assert/strict";
import { test } from "node:test";
import { writeErrors } from "./errors-sheet.ts";
import type { PreviewLine } from "./queries.ts";

const line = (subject: string, faults: PreviewLine["faults"]): PreviewLine => ({
  ...{ file: "a.xlsx", sheet: "People", row: 3, kind: "people", part: "batch-import", subject, verdict: "refused" },
  ...{ waits: false, makes: [], pictures: [], custodians: [], faults },
});
const refusal = {
  code: "x",
  rule: null,
  facts: {},
  sentence: { en: 'Say "yes", or no.', zh: "请填写。" },
  wayOut: null,
};

test("each error is a line of its own with place, words and way out, in the reader's language", () => {
  const text = writeErrors(
    [
      line("Chen", [
        { column: { en: "Unit", zh: "部门" }, refusal },
        { column: null, refusal },
      ]),
    ],
    ["File", "Sheet"],
    "zh",
  );
  assert.equal(text, "\ufeffFile,Sheet\r\na.xlsx,People,3,部门,Chen,请填写。,\r\na.xlsx,People,3,,Chen,请填写。,\r\n");
});

test("quotes and commas stay in their cell, and nothing that was written becomes a formula", () => {
  const text = writeErrors([line("=1+1", [{ column: null, refusal }])], ["F"], "en");
  assert.equal(text, '\ufeffF\r\na.xlsx,People,3,,\'=1+1,"Say ""yes"", or no.",\r\n');
});
