import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeTestPdf } from "../apps/server/platform/test-pdf.ts";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();
const toChanged = async (page: Page): Promise<void> => {
  type Listed = { items: { title: string; requestId: string }[] };
  const { items } = await ask<Listed>(page, "/v1/seal-use-requests?view=all");
  const found = items.find((one) => one.title.includes("东岭"));
  await page.goto(paths.decide(found?.requestId ?? assert.fail("the sample has no changed contract")));
};

test("C03: a contract with one changed clause is found and shown", async () => {
  await visit(/Tang Jingshu|唐静姝/, { language: "en", width: 1440 }, async (page) => {
    await toChanged(page);
    const card = page.getByRole("region", { name: /Compared with Sales contract, version 1/ });
    await card.getByText("Template changed").waitFor();
    // One changed clause is one place, read as a phrase: what stands before it, what was there, what is there.
    await card.getByText("1 place differs").waitFor();
    const first = card.getByRole("button", { name: /不承担/ });
    await first.waitFor();
    assert.equal(await first.locator("ins", { hasText: "不承担" }).count(), 1);
    assert.equal(await first.locator("del", { hasText: "逾期金额" }).count(), 1);
    await card.getByRole("region", { name: "Template", exact: true }).locator(".paper[data-drawn=true]").waitFor();
    await card.getByRole("region", { name: "This document" }).locator(".paper[data-drawn=true]").waitFor();
    assert.ok((await card.locator(".compare-mark[data-side=document]").count()) > 0);
    assert.match((await first.textContent()) ?? "", /逾期付款的,买方.*按逾期金额.*不承担违约责任/);
    await assertNoBarriers(page);
  });
  await visit(/Tang Jingshu|唐静姝/, { language: "zh-CN", width: 390 }, async (page) => {
    await toChanged(page);
    const card = page.getByRole("region", { name: /与模板「产品销售合同」第 1 版比对/ });
    await card.getByText(/有 \d+ 处不同/).waitFor();
    await card.getByRole("button", { name: /不承担/ }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await assertNoBarriers(page);
  });
});

test("C03: a template is registered: its fields are found, one is added, and others decide on it", async () => {
  await visit(/Gao Minzhi|高敏之/, { language: "en", width: 1280 }, async (page) => {
    await page.goto(paths.templates);
    await page.getByRole("link", { name: "Sales contract", exact: true }).waitFor();
    await assertNoBarriers(page);
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Register a template" }).click();
    const buffer = makeTestPdf([
      "Order form",
      "Buyer: ____________",
      "The buyer orders the goods of the list and pays for them within thirty days after they came.",
      "Date: ____________",
    ]);
    await (await chosen).setFiles({ name: "order form.pdf", mimeType: "application/pdf", buffer });
    await page.getByRole("heading", { level: 1, name: "order form" }).waitFor();
    await page.getByRole("button", { name: "Change Buyer" }).waitFor();
    await page.getByRole("button", { name: "Add a field on page 1" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Reference");
    await page.getByLabel("Name in Chinese").fill("订货单");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Propose" }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("Used every week");
    await page.getByRole("dialog").getByRole("button", { name: "Ask for approval" }).click();
    await page.waitForURL(/\/matters\/mat_/);
    await page.getByText("In review").first().waitFor();
  });
});
