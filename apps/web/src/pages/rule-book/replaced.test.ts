import assert from "node:assert/strict";
import { test } from "node:test";
import { findReplacedOn } from "./replaced.ts";

test("a version was replaced on the day the next one took force, whatever drafts lie between", () => {
  const first = { version: 1, inForceOn: "2026-01-05" };
  const draft = { version: 2, inForceOn: null };
  const third = { version: 3, inForceOn: "2026-06-01" };
  const all = [{ version: 4, inForceOn: "2026-09-01" }, third, draft, first];
  assert.equal(findReplacedOn(all, first), "2026-06-01");
  assert.equal(findReplacedOn(all, third), "2026-09-01");
  assert.equal(findReplacedOn([draft, first], first), null);
});
