import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { judgeReading, listCounterRefusals } from "./counter-reading.ts";

const hour = 3_600_000;
const readAt = Date.UTC(2026, 5, 1);
const reading = { read: 12, readAt, knownThen: 12, reachedAt: null };

test("C09 C18 a number read off the box agrees, waits for strokes on their way, or differs", () => {
  assert.equal(judgeReading(reading, readAt), "agrees");
  assert.equal(judgeReading({ ...reading, read: 11 }, readAt), "less");
  const ahead = { ...reading, read: 13 };
  assert.equal(judgeReading(ahead, readAt), "waits");
  assert.equal(judgeReading(ahead, readAt + 23 * hour), "waits");
  assert.equal(judgeReading(ahead, readAt + 24 * hour), "more");
  assert.equal(judgeReading({ ...ahead, reachedAt: readAt - hour }, readAt + 2 * hour), "agrees", "it came later");
  assert.equal(
    judgeReading({ ...ahead, reachedAt: readAt + hour }, readAt + 2 * hour),
    "more",
    "what was stamped after it was read does not explain it",
  );
  assert.equal(judgeReading({ ...reading, read: null }, readAt), "unread");
});

test("C09 a reading never waits for ever, and more strokes never turn it against whoever stamped as the box told", () => {
  const count = fc.nat(50);
  fc.assert(
    fc.property(
      count,
      count,
      fc.option(fc.integer({ min: -40, max: 40 })),
      fc.nat(60),
      (read, known, reached, hours) => {
        const reachedAt = reached === null ? null : readAt + reached * hour;
        const verdict = judgeReading({ read, readAt, knownThen: known, reachedAt }, readAt + hours * hour);
        if (hours >= 24) assert.notEqual(verdict, "waits");
        if (read > known && reachedAt !== null && reachedAt <= readAt) assert.equal(verdict, "agrees");
        assert.equal(verdict === "less", read < known);
      },
    ),
  );
});

test("C09 whoever finds a piece in its controller reads the counter, or says why he cannot", () => {
  const codes = (answer: Parameters<typeof listCounterRefusals>[0]) =>
    listCounterRefusals(answer).map(({ code }) => code);
  assert.deepEqual(codes({ mounted: true, counter: 12, note: "" }), []);
  assert.deepEqual(codes({ mounted: true, counter: null, note: "" }), ["check.counter-missing"]);
  assert.deepEqual(codes({ mounted: true, counter: null, note: "The battery is empty" }), []);
  assert.deepEqual(codes({ mounted: false, counter: null, note: "" }), []);
  assert.deepEqual(codes({ mounted: false, counter: 3, note: "" }), ["check.counter-unasked"]);
});
