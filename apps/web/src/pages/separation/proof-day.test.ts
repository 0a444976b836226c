import assert from "node:assert/strict";
import { test } from "node:test";
import { standsOn } from "./queries.ts";

test("a chain stands on each of its days, the first and the last among them, and on no other", () => {
  const hole = { from: "2026-12-05", to: "2026-12-09" };
  assert.deepEqual(
    ["2026-12-04", "2026-12-05", "2026-12-09", "2026-12-10"].map((day) => standsOn(hole, day)),
    [false, true, true, false],
  );
  assert.equal(standsOn({ ...hole, to: null }, "2030-01-01"), true);
});
