import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "./ids.ts";

test("ids are UUIDv7 of their time, and those of one millisecond sort as they were made", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 2, max: 200 }), (at, count) => {
      const made = Array.from({ length: count }, () => newId("task", at));
      assert.deepEqual(made.toSorted(), made);
      assert.equal(new Set(made).size, count);
      for (const id of made) {
        assert.match(id, /^task_[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.equal(Number.parseInt(id.slice(5, 18).replace("-", ""), 16), at);
      }
    }),
  );
});
