import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns, Superseded, TooManyWait } from "./turns.ts";

test("who asks again and again is served the newest last, and others are held up by none of it", async () => {
  const turn = createTurns(2);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (personId: string, name: string): Promise<string> =>
    turn(personId, "look", () => {
      begun.push(name);
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
    });
  const [first, second] = [ask("a", "first"), ask("a", "second")];
  const third = assert.rejects(ask("a", "third"), Superseded, "the newer one takes its place");
  const fourth = ask("a", "fourth");
  const other = ask("b", "other");
  await third;
  assert.deepEqual(begun, ["first", "second", "other"]);
  ends.get("first")?.();
  assert.equal(await first, "first");
  await Promise.resolve();
  assert.deepEqual(begun.at(-1), "fourth");
  for (const name of ["second", "fourth", "other"]) ends.get(name)?.();
  assert.deepEqual(await Promise.all([second, fourth, other]), ["second", "fourth", "other"]);
});

test("work that fails gives its turn on", async () => {
  const turn = createTurns(1);
  const failing = turn("a", "act", () => Promise.reject(new Error("no sheet")));
  const next = turn("a", "act", () => Promise.resolve("done"));
  await assert.rejects(failing, /no sheet/);
  assert.equal(await next, "done");
  assert.equal(await turn("a", "act", () => Promise.resolve("again")), "again");
});

test("what has to be answered is not given up for a look, and waits in order with a few others", async () => {
  const turn = createTurns(1);
  const done: string[] = [];
  let end = (): void => undefined;
  const first = turn("a", "look", () => new Promise<void>((resolve) => (end = resolve)));
  const act = (name: string): Promise<number> => turn("a", "act", () => Promise.resolve(done.push(name)));
  const acts = [act("1"), act("2"), act("3")];
  const look = turn("a", "look", () => Promise.resolve(done.push("look")));
  await assert.rejects(act("one too many"), TooManyWait);
  end();
  await Promise.all([first, ...acts, look]);
  assert.deepEqual(done, ["1", "2", "3", "look"]);
});
