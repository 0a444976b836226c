import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, findInboxView, findListFilter } from "./inbox.ts";

test("an address that names no part of the inbox shows what waits", () => {
  assert.equal(findInboxView(undefined), "waiting");
  assert.equal(findInboxView("constructor"), "waiting");
  assert.equal(findInboxView("decided"), "decided");
});

test("filters come from the address, unknown ones are left out", () => {
  const states = ["draft", "in-review"] as const;
  assert.deepEqual(findListFilter({ view: "all", state: "draft", search: "LX" }, states), {
    view: "all",
    state: "draft",
    search: "LX",
  });
  assert.deepEqual(findListFilter({ view: "waiting", state: "gone", search: "  " }, states), { view: "mine" });
  assert.deepEqual(findListFilter({ search: 417 }, states), { view: "mine", search: "417" });
  const sealId = "seal_01a05001-d232-7a37-a2d1-5fd346f4bfff";
  assert.deepEqual(findListFilter({ view: "all", sealId }, states), { view: "all", sealId });
  assert.deepEqual(findListFilter({ view: "all", sealId: "%" }, states), { view: "all" });
  assert.equal(findListFilter({ search: "x".repeat(300) }, states).search?.length, 100);
});

test("a row leads to what the reader does next", () => {
  const electronic = { requestId: "req_1", useMode: "electronic", waitingKind: null } as const;
  const draft = { ...electronic, state: "draft" } as const;
  assert.equal(addressOf(draft, "mine"), "/requests/req_1/edit");
  assert.equal(addressOf(draft, "all"), "/requests/req_1");
  assert.equal(addressOf({ ...electronic, state: "in-review" }, "waiting"), "/requests/req_1/decide");
  assert.equal(addressOf({ ...electronic, state: "in-review" }, "decided"), "/requests/req_1");
  const byHand = { ...electronic, useMode: "by-hand" } as const;
  assert.equal(addressOf({ ...byHand, state: "in-review" }, "waiting"), "/requests/req_1/decide");
  for (const state of ["authorised", "opened"] as const)
    assert.equal(addressOf({ ...byHand, state }, "waiting"), "/requests/req_1/stamp");
  assert.equal(addressOf({ ...byHand, state: "closed", waitingKind: "photos" }, "waiting"), "/requests/req_1/photos");
});
