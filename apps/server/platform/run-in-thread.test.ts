import assert from "node:assert/strict";
import { test } from "node:test";
import { createThreadPool, type ThreadOutcome } from "./run-in-thread.ts";
import type { TestTask } from "./test-thread-worker.ts";

const script = new URL("./test-thread-worker.ts", import.meta.url);
const createPool = (limits: { mostAtOnce?: number; mostWaiting?: number } = {}) =>
  createThreadPool<TestTask, number>(script, {
    ...{ timeMs: 30_000, memoryMb: 32, mostAtOnce: 1, mostWaiting: 100 },
    ...limits,
  });
const threadOf = (outcome: ThreadOutcome<number>): number => {
  assert.ok(outcome.ok);
  return outcome.answer;
};

test("a thread that answered takes the next task, and is let go after fifty", async () => {
  const run = createPool();
  const threads = await Promise.all(Array.from({ length: 51 }, () => run("tell")));
  const [first] = threads.map(threadOf);
  assert.deepEqual(
    threads.map((one) => threadOf(one) === first),
    Array.from({ length: 51 }, (_, at) => at < 50),
  );
});

for (const task of ["throw", "exit", "fill"] as const)
  test(`a thread that fails is never used again (${task}), and the next task has another`, async () => {
    const run = createPool();
    const before = threadOf(await run("tell"));
    assert.deepEqual(await run(task), { ok: false, why: "failed" });
    assert.notEqual(threadOf(await run("tell")), before);
  });

test("a thread that takes too long is ended, and the next task has another", async () => {
  const run = createPool();
  const before = threadOf(await run("tell"));
  assert.deepEqual(await run("hang", 200), { ok: false, why: "too-slow" });
  assert.notEqual(threadOf(await run("tell")), before);
});

test("beyond those who may wait a caller is told to come back, and nobody before him is kept from his answer", async () => {
  const run = createPool({ mostAtOnce: 2, mostWaiting: 1 });
  const outcomes = await Promise.all([run("tell"), run("tell"), run("tell"), run("tell")]);
  assert.deepEqual(
    outcomes.map((one) => (one.ok ? "answered" : one.why)),
    ["answered", "answered", "answered", "busy"],
  );
  assert.notEqual(outcomes[0]?.ok && outcomes[0].answer, outcomes[1]?.ok && outcomes[1].answer);
});
