import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleOf, FORM_STATES, formLook, isFormState, listCounts } from "./form-states.ts";

const none = { "in-stock": 0, issued: 0, used: 0, voided: 0, missing: 0, destroyed: 0 };

test("what is in stock is told even where it is none, other states only where they hold something", () => {
  assert.deepEqual(listCounts(none), [{ state: "in-stock", count: 0 }]);
  assert.deepEqual(listCounts({ ...none, missing: 1, issued: 3 }), [
    { state: "in-stock", count: 0 },
    { state: "issued", count: 3 },
    { state: "missing", count: 1 },
  ]);
});

test("only what is missing is shown as a problem", () => {
  assert.deepEqual(
    FORM_STATES.filter((state) => formLook[state].tone === "problem"),
    ["missing"],
  );
  assert.equal(isFormState("missing"), true);
  assert.equal(isFormState("constructor"), false);
});

test("an example is a range the act could take, else one as the series writes it", () => {
  const series = { prefix: "SJ", digits: 4, ranges: [{ state: "issued", written: "SJ0007" }] } as const;
  assert.equal(exampleOf(series, "issued"), "SJ0007");
  assert.equal(exampleOf(series, "in-stock"), "SJ0001–SJ0020");
});
