import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareCounter, countBeyond } from "./counter-books.ts";

const books = { first: 40, newest: 43, done: 3, unknown: 0, open: false };

test("C09: counter and stored strokes agree, or differ by so many", () => {
  assert.equal(compareCounter(books), 0);
  assert.equal(compareCounter({ ...books, newest: 45 }), 2, "two impressions of which no stroke is stored");
  assert.equal(compareCounter({ ...books, newest: 41 }), -2, "two strokes that the drive never counted");
  assert.equal(compareCounter({ ...books, newest: 0 }), -43, "a counter that was set back");
});

test("C09: a stroke counts once; what the drive counted beyond that was pressed and is not recorded", () => {
  const beyond = (out: "done" | "aborted" | "unknown", risen: number): number =>
    countBeyond({ begun: 40, ended: 40 + risen, out });
  assert.deepEqual([beyond("done", 1), beyond("done", 2), beyond("done", 0)], [0, 1, 0]);
  assert.deepEqual([beyond("unknown", 0), beyond("unknown", 1), beyond("unknown", 3)], [0, 0, 2]);
  assert.deepEqual([beyond("aborted", 0), beyond("aborted", 1)], [0, 1]);
});

test("C09: strokes that nobody can tell, and one that goes on, may have counted or not, and hide no other difference", () => {
  const tally = fc.record({ done: fc.nat(50), unknown: fc.nat(5), open: fc.boolean(), first: fc.nat(1000) });
  fc.assert(
    fc.property(tally, fc.nat(60), ({ done, unknown, open, first }, counted) => {
      const slack = unknown + Number(open);
      const found = compareCounter({ first, newest: first + counted, done, unknown, open });
      const fits = counted >= done && counted <= done + slack;
      assert.equal(found === 0, fits);
      // What is found is just what would have to be explained for the books to fit.
      if (!fits) assert.equal(found, counted > done ? counted - done - slack : counted - done);
    }),
  );
});
