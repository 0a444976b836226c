import assert from "node:assert/strict";
import { test } from "node:test";
import { listDockRefusals } from "./docked-press.ts";
import { messages } from "./messages.ts";

test("C09: only in its dock is for a box that speaks for itself, and not for an emergency; each refusal has its sentence and way out", () => {
  const fit = { emergency: false, direct: true };
  assert.deepEqual(listDockRefusals(fit), []);
  const codes = (change: Partial<typeof fit>): string[] =>
    listDockRefusals({ ...fit, ...change }).map(({ code }) => code);
  assert.deepEqual(codes({ emergency: true }), ["docked.emergency"]);
  assert.deepEqual(codes({ direct: false }), ["docked.vendor-cloud"]);
  for (const { code } of listDockRefusals({ emergency: true, direct: false })) {
    const { sentence, wayOut } = messages[code];
    assert.ok(sentence.en && sentence.zh && wayOut?.en && wayOut.zh, code);
  }
});
