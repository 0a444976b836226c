import assert from "node:assert/strict";
import { test } from "node:test";
import { findMissingNow } from "./missing-now.ts";
import type { RequestDetail } from "./queries.ts";

const waiting = [{ act: "release" }] as unknown as RequestDetail["waiting"];
const standing = (over: { endedAt: string | null; to: string } | null): RequestDetail["standing"] => ({
  ...{ standingId: "st_1", number: "SA-1", nr: 1, count: 3 },
  over,
});
const to = "2026-12-31";

test("C01: an authorised request whose standing authorisation ended is not over, and waits for nobody who could seal it", () => {
  const ask = (state: RequestDetail["state"], of: RequestDetail["standing"] = null, waits = waiting) =>
    findMissingNow({ state, waiting: waits, standing: of });
  assert.equal(ask("authorised", standing({ endedAt: "2026-11-01T00:00:00Z", to })), "standing-ended");
  assert.equal(ask("authorised", standing({ endedAt: null, to }), []), "standing-past");
  assert.equal(ask("authorised", standing(null)), "waiting");
  assert.equal(ask("registered", standing({ endedAt: null, to }), []), "nothing");
  assert.equal(ask("withdrawn", standing({ endedAt: null, to })), "waiting", "it is submitted anew");
  assert.equal(ask("authorised", null, []), "stuck");
  assert.equal(ask("rejected", null, []), "over");
});
