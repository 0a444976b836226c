import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();
const toConfidential = async (page: Page): Promise<void> => {
  type Listed = { items: { confidential: string; requestId: string }[] };
  const { items } = await ask<Listed>(page, "/v1/seal-use-requests?view=all");
  const found = items.find((one) => one.confidential !== "no");
  await page.goto(paths.request(found?.requestId ?? assert.fail("the sample has no confidential request")));
};

test("C11: an inspector finds a confidential request masked, opens it on a phone by saying why, and its applicant sees that", async () => {
  await visit(/Ye Shuyan|叶书言/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(`${paths.requests}?view=all`);
    await page.getByText("保密用印申请").first().waitFor();
    assert.equal(await page.getByText("收购意向书").count(), 0);
    await toConfidential(page);
    await page.getByRole("button", { name: "说明理由并查阅" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "查阅", exact: true }).press("Enter");
    await dialog.getByText("请写明一句理由。").waitFor();
    await dialog.getByRole("textbox").fill("审计委员会第 7 号投诉");
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "查阅", exact: true }).press("Enter");
    await page.getByRole("heading", { name: /收购意向书/ }).waitFor();
    await page.getByText("审计委员会第 7 号投诉").first().waitFor();
  });
  await visit(/Xu Zhiyuan|许知远/, { language: "en", width: 1440 }, async (page) => {
    await toConfidential(page);
    const card = page.getByRole("region", { name: "Confidential", exact: true });
    await card.getByText("审计委员会第 7 号投诉").waitFor();
    await card.getByText(/^Ye Shuyan, .* open until /).waitFor();
    await card.getByRole("combobox", { name: "Name a reader" }).selectOption({ label: "Chen Yilin" });
    await card.getByRole("button", { name: "Name as a reader" }).press("Enter");
    await card.getByRole("button", { name: "Take Chen Yilin off" }).press("Enter");
    await card.getByRole("button", { name: "Take Chen Yilin off" }).waitFor({ state: "detached" });
    await assertNoBarriers(page);
  });
});
