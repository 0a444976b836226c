import assert from "node:assert/strict";
import { test } from "node:test";
import { standingOfCopy } from "./copy-standing.ts";

test("C23: a printed copy stands by its own impressions, whatever became of the others of its request", () => {
  const of = (...impressions: Parameters<typeof standingOfCopy>[0]["impressions"]) =>
    (["authorised", "opened", "closed", "registered", "frozen"] as const).map((request) =>
      standingOfCopy({ request, impressions, lost: false }),
    );
  const open = ["may-be-stamped", "may-be-stamped"];
  assert.deepEqual(of("reserved"), [...open, "not-stamped", "not-stamped", "not-in-force"]);
  assert.deepEqual(of("released", "spoiled"), [...open, "not-stamped", "not-stamped", "not-in-force"]);
  assert.deepEqual(of("unknown", "released"), [...open, "unclear", "unclear", "not-in-force"]);
  assert.deepEqual(of("settled", "released"), ["stamped", "stamped", "stamped", "stamped", "not-in-force"]);
  assert.deepEqual(of(), [...open, "not-stamped", "not-stamped", "not-in-force"]);
  assert.equal(standingOfCopy({ request: "registered", impressions: ["settled"], lost: true }), "lost");
});
