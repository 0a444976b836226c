import assert from "node:assert/strict";
import { test } from "node:test";
import { mayTick, stillNamed } from "./running-shown.ts";

const free = { requestId: "req_a", refusal: null } as const;
const refusal = { code: "rules.request-own", sentence: { en: "", zh: "" }, wayOut: null, rule: null, facts: {} };
const own = { requestId: "req_b", refusal } as unknown as Parameters<typeof mayTick>[0];

test("C02: as many are ticked as one matter names; a tick can always be taken out", () => {
  assert.equal(mayTick(free, [], 2), true);
  assert.equal(mayTick(own, [], 2), false);
  assert.equal(mayTick(free, ["req_c", "req_d"], 2), false);
  assert.equal(mayTick(free, ["req_c", "req_a"], 2), true);
});

test("C02: written again, a matter names what may still be named", () => {
  assert.deepEqual(stillNamed([free, own], ["req_a", "req_b", "req_gone"]), ["req_a"]);
});
