import assert from "node:assert/strict";
import { test } from "node:test";
import { changePeopleFilter, findPeopleFilter } from "./people-filter.ts";

const personId = "per_01a2b3c4-0000-7000-8000-000000000000";

test("an address narrows the list, and what does not fit is left out", () => {
  assert.deepEqual(findPeopleFilter({ duty: "deputy", personId, search: 42, entityId: "ent_x" }), {
    ...{ duty: "deputy", personId, search: "42" },
  });
  assert.deepEqual(findPeopleFilter({ duty: "king", search: "  ", personId: ["a"] }), {});
});

test("a part is changed or taken away, and the others stay", () => {
  const filter = findPeopleFilter({ duty: "deputy", personId });
  assert.deepEqual(changePeopleFilter(filter, { duty: "" }), { personId });
  assert.deepEqual(changePeopleFilter(filter, { search: "LX" }), { duty: "deputy", personId, search: "LX" });
});
