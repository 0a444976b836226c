import assert from "node:assert/strict";
import { test } from "node:test";
import { askAgainIn, type StampingView } from "./queries.ts";

const asked = (state: StampingView["state"], photosBeingRead: number, remote: StampingView["remote"] = null) =>
  askAgainIn({ state, photosBeingRead, remote });

test("a stamping that has ended is asked for again until the last of its photos is compared, for that one may freeze it", () => {
  assert.equal(asked("closed", 1), 5_000);
  assert.equal(asked("closed", 0), false);
  assert.equal(asked("opened", 0), 5_000);
  assert.equal(asked("frozen", 0), 5_000);
  assert.equal(asked("opened", 0, { look: null, pressed: 0, refused: 0 }), 2_000);
});
