import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, findTaskView, urgencyOf } from "./tasks.ts";

const now = Date.parse("2026-11-27T08:00:00Z");

test("a task is late, soon or later by its clock, and has no urgency once it ended", () => {
  assert.equal(urgencyOf({ state: "open", dueAt: "2026-11-26T08:00:00Z", overdue: true }, now).sign, "octagon");
  assert.equal(urgencyOf({ state: "open", dueAt: "2026-11-28T08:00:00Z", overdue: false }, now).name, "soon");
  assert.equal(urgencyOf({ state: "open", dueAt: "2026-12-28T08:00:00Z", overdue: false }, now).name, "later");
  assert.equal(urgencyOf({ state: "open", dueAt: null, overdue: false }, now).name, "later");
  assert.equal(urgencyOf({ state: "done", dueAt: "2026-11-26T08:00:00Z", overdue: false }, now).name, "ended");
});

test("views of an address ask for what they say, and an unknown one for one's own", () => {
  assert.equal(findTaskView("other"), "mine");
  assert.deepEqual(filterOf(findTaskView("all")), { view: "all" });
  assert.deepEqual(filterOf("collections"), { view: "all", kind: "surrender", overdue: "yes" });
  assert.deepEqual(filterOf("done"), { view: "all", state: "done" });
});
