import assert from "node:assert/strict";
import { test } from "node:test";
import { createSaveQueue, type SaveTrouble, type Timers } from "./save-queue.ts";

/** A clock that only moves when it is told to. */
function makeClock(): Timers & { pass: (ms: number) => Promise<void> } {
  let now = 0;
  const waiting = new Map<object, { at: number; act: () => void }>();
  return {
    set: (act, ms) => {
      const timer = {};
      waiting.set(timer, { at: now + ms, act });
      return timer;
    },
    clear: (timer) => void waiting.delete(timer as object),
    pass: async (ms) => {
      now += ms;
      for (const [timer, { at, act }] of [...waiting])
        if (at <= now && waiting.delete(timer)) {
          act();
          await settle();
        }
    },
  };
}
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}
function makeQueue(trouble: { next: SaveTrouble | null } = { next: null }) {
  const clock = makeClock();
  const saved: string[] = [];
  const states: string[] = [];
  let open: (() => void) | null = null;
  let held = false;
  const queue = createSaveQueue<string>({
    save: async (value) => {
      if (held)
        await new Promise<void>((resolve) => {
          open = resolve;
        });
      if (trouble.next) throw trouble.next;
      saved.push(value);
    },
    judge: (thrown) => thrown as SaveTrouble,
    timers: clock,
    onChange: () => states.push(queue.state().kind),
  });
  return {
    clock,
    saved,
    states,
    queue,
    hold: () => {
      held = true;
    },
    release: async () => {
      held = false;
      open?.();
      await settle();
    },
  };
}

test("many changes are one save, a moment after the last", async () => {
  const { clock, queue, saved, states } = makeQueue();
  for (const value of ["a", "ab", "abc"]) {
    queue.offer(value);
    await clock.pass(300);
  }
  assert.deepEqual(saved, []);
  await clock.pass(400);
  assert.deepEqual(saved, ["abc"]);
  assert.deepEqual(states, ["waiting", "saving", "saved"]);
});

test("changes that never stop are saved every few seconds all the same", async () => {
  const { clock, queue, saved } = makeQueue();
  for (let step = 0; step < 30; step++) {
    queue.offer(`${step}`);
    await clock.pass(500);
  }
  assert.ok(saved.length >= 2 && saved.length <= 4, saved.join());
});

test("what changes while a save is on its way is saved after it, never beside it", async () => {
  const { clock, queue, saved, hold, release } = makeQueue();
  hold();
  queue.offer("one");
  await clock.pass(700);
  queue.offer("two");
  await clock.pass(10_000);
  assert.deepEqual(saved, []);
  await release();
  assert.deepEqual(saved, ["one", "two"]);
  assert.equal(queue.state().kind, "saved");
});

test("a lost connection keeps what was written and tries again, with the newest", async () => {
  const trouble: { next: SaveTrouble | null } = { next: "unreachable" };
  const { clock, queue, saved } = makeQueue(trouble);
  queue.offer("one");
  await clock.pass(700);
  assert.equal(queue.state().kind, "unreachable");
  queue.offer("two");
  await clock.pass(2_000);
  assert.equal(queue.state().kind, "unreachable");
  trouble.next = null;
  await clock.pass(5_000);
  assert.deepEqual(saved, ["two"]);
  assert.equal(queue.state().kind, "saved");
});

test("the next try after the connection is back need not wait", async () => {
  const trouble: { next: SaveTrouble | null } = { next: "unreachable" };
  const { clock, queue, saved } = makeQueue(trouble);
  queue.offer("one");
  await clock.pass(700);
  trouble.next = null;
  assert.equal(await queue.flush(), true);
  assert.deepEqual(saved, ["one"]);
  await clock.pass(60_000);
  assert.deepEqual(saved, ["one"]);
});

test("a conflict stops: nothing is sent until somebody has decided", async () => {
  const trouble: { next: SaveTrouble | null } = { next: "conflict" };
  const { clock, queue, saved } = makeQueue(trouble);
  queue.offer("mine");
  await clock.pass(700);
  trouble.next = null;
  queue.offer("mine, longer");
  await clock.pass(60_000);
  assert.equal(await queue.flush(), false);
  assert.deepEqual(saved, []);
  assert.equal(queue.state().kind, "conflict");
  assert.equal(await queue.retry(), true);
  assert.deepEqual(saved, ["mine, longer"]);
});

test("taking the other version forgets what waited", async () => {
  const { clock, queue, saved } = makeQueue({ next: "conflict" });
  queue.offer("mine");
  await clock.pass(700);
  queue.forget();
  await clock.pass(60_000);
  assert.deepEqual(saved, []);
  assert.equal(queue.state().kind, "saved");
});

test("leaving flushes: true once everything is saved, false while it is not", async () => {
  const trouble: { next: SaveTrouble | null } = { next: null };
  const { queue, saved } = makeQueue(trouble);
  assert.equal(await queue.flush(), true);
  queue.offer("one");
  assert.equal(await queue.flush(), true);
  assert.deepEqual(saved, ["one"]);
  trouble.next = "unreachable";
  queue.offer("two");
  assert.equal(await queue.flush(), false);
});
