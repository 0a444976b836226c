import assert from "node:assert/strict";
import { test } from "node:test";
import { listTicked, mayTick } from "./several.ts";

const quick = { stepId: "step_1", digest: `sha256:${"a".repeat(64)}` };
const memo = (requestId: string) => ({ requestId, quick, documentClass: "internal-notice" as const });

test("low-risk requests of one class are ticked together, as many as one act takes", () => {
  assert.equal(mayTick(memo("a"), [], 20), true);
  assert.equal(mayTick({ ...memo("a"), quick: null }, [], 20), false);
  assert.equal(mayTick(memo("b"), [memo("a")], 20), true);
  assert.equal(mayTick({ ...memo("b"), documentClass: "contract" }, [memo("a")], 20), false);
  assert.equal(mayTick(memo("b"), [memo("a")], 1), false);
  assert.equal(mayTick(memo("a"), [memo("a")], 1), true, "a tick can be taken away");
});

test("what was decided meanwhile is not approved any more", () => {
  assert.deepEqual(listTicked([memo("a"), { ...memo("b"), quick: null }], ["a", "b", "gone"]), [memo("a")]);
});
