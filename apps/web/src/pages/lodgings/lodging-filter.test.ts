import assert from "node:assert/strict";
import { test } from "node:test";
import { changeLodgingFilter, findLodgingFilter } from "./lodging-filter.ts";

test("a filter is read from the address, and what is no choice narrows nothing", () => {
  assert.deepEqual(findLodgingFilter({ state: "overdue", kind: "bank" }), { state: "overdue", kind: "bank" });
  assert.deepEqual(findLodgingFilter({ state: "gone", kind: 3 }), {});
});

test("one part of a filter is changed or taken away, the other stays", () => {
  assert.deepEqual(changeLodgingFilter({ state: "overdue", kind: "bank" }, { state: "withdrawn" }), {
    ...{ state: "withdrawn", kind: "bank" },
  });
  assert.deepEqual(changeLodgingFilter({ state: "overdue", kind: "bank" }, { kind: "" }), { state: "overdue" });
});
