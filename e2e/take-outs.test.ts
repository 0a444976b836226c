import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../apps/web/src/paths.ts";
import { desk, onSample } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();

test("C13: who has nothing to do with where a seal lies is offered its pieces all the same when he asks to take it out", async () => {
  await visit(/Bai Heng/, desk, async (page) => {
    type Choices = { items: { sealId: string; number: string }[] };
    const { items } = await ask<Choices>(page, "/v1/seal-choices");
    const sealId = items.find((one) => one.number === "LX-03")?.sealId;
    await page.goto(`${paths.newMatter}?kind=take-out&sealId=${sealId ?? assert.fail("the sample has no LX-03")}`);
    await page.getByLabel("Piece", { exact: true }).selectOption({ label: "LX-03/1" });
  });
});
