import assert from "node:assert/strict";
import { test } from "node:test";
import { findJointStage } from "./joint-stage.ts";

test("what a joint request waits for is told from both sides", () => {
  const other = { number: "LP-2026-0001", bothSealed: false };
  const cases = [
    ["draft", { ...other, state: "draft", number: null }, "draft"],
    ["draft", { ...other, state: "returned" }, "back"],
    ["in-review", { ...other, state: "authorised" }, "waitsAgreement"],
    ["authorised", { ...other, state: "in-review" }, "waitsAgreement"],
    ["authorised", { ...other, state: "opened" }, "agreed"],
    ["registered", { ...other, state: "authorised" }, "waitsSeal"],
    ["authorised", { ...other, state: "registered" }, "otherSealed"],
    ["registered", { ...other, state: "registered", bothSealed: true }, "done"],
    ["registered", { ...other, state: "registered" }, "ended"],
    ["returned", { ...other, state: "withdrawn" }, "back"],
    ["rejected", { ...other, state: "returned" }, "over"],
  ] as const;
  for (const [own, side, stage] of cases) assert.equal(findJointStage(own, side), stage, `${own} ${side.state}`);
});
