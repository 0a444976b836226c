import assert from "node:assert/strict";
import { test } from "node:test";
import { filterOf, findTaskView, handoverOf, placeOf, urgencyOf } from "./tasks.ts";

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

test("a task that asks for a handover leads to the one under way, else to the form with what it knows", () => {
  const task = {
    mayDo: true,
    person: { personId: "per_1", name: { en: "Chen", zh: "陈" } },
    seal: { sealId: "seal_1", number: "LX-01", name: { en: "Seal", zh: "章" } },
  };
  const asked = { matterId: null, cause: "rotation" } as const;
  assert.deepEqual(handoverOf({ ...task, handover: { ...asked, matterId: "mat_1" } }), { open: "/matters/mat_1" });
  assert.deepEqual(handoverOf({ ...task, handover: asked }), {
    begin: { from: "per_1", sealId: "seal_1", cause: "rotation" },
  });
  assert.deepEqual(handoverOf({ ...task, person: null, seal: null, handover: { ...asked, cause: null } }), {
    begin: {},
  });
  assert.equal(handoverOf({ ...task, handover: null }), null);
  assert.equal(handoverOf({ ...task, mayDo: false, handover: asked }), null);
});

test("a task that ends by an act leads to where it is done; what ends by a word has no other place", () => {
  const seal = { sealId: "seal_1", number: "LX-01", name: { en: "Seal", zh: "章" } };
  const task = { endsByWord: false, handover: null, requestId: null, seal };
  assert.equal(placeOf({ ...task, kind: "review-emergency", requestId: "req_1" })?.to, "/requests/req_1");
  assert.equal(placeOf({ ...task, kind: "review-emergency" })?.to, "/emergency", "of a slip");
  assert.equal(placeOf({ ...task, kind: "answer-check" })?.to, "/checks");
  assert.deepEqual(placeOf({ ...task, kind: "withdraw-specimen" }), {
    to: "/specimens-lodged",
    search: { state: "called-back" },
  });
  assert.equal(placeOf({ ...task, kind: "surrender" })?.to, "/seals/seal_1");
  assert.equal(placeOf({ ...task, kind: "surrender", seal: null }), null);
  assert.equal(placeOf({ ...task, kind: "issue-receipt", endsByWord: true }), null);
  assert.equal(placeOf({ ...task, kind: "forced-handover", handover: { matterId: null, cause: null } }), null);
});
