import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();

type Listed = { items: { title: string; number: string | null; requestId: string }[] };
async function listAccounts(page: Page): Promise<Listed["items"]> {
  const { items } = await ask<Listed>(page, "/v1/seal-use-requests?view=all");
  return items.filter(({ title }) => title.includes("开户授权书"));
}

test("C09, C19: on the phone a lost copy is reported and its make-up stamping asked for; whoever decides reads which copy, why, and the evidence", async () => {
  let original = "";
  await visit(/Xu Zhiyuan|许知远/, phone, async (page) => {
    const [first] = await listAccounts(page);
    original = first?.requestId ?? assert.fail("the sample has no registered request stamped by hand");
    await page.goto(paths.request(original));
    const card = page.getByRole("region", { name: "用印件去向" });
    await card.getByText("已归档").first().waitFor();
    assert.equal(await card.getByRole("button", { name: "补盖……" }).count(), 0, "nothing is lost yet");
    await card.getByRole("button", { name: "报告遗失……" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("2", { exact: true }).check();
    await dialog.getByLabel("原因").fill("搬迁后档案袋不见了");
    await dialog.getByRole("button", { name: "报告遗失" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await card.getByText("已遗失").waitFor();

    await card.getByRole("button", { name: "补盖……" }).press("Enter");
    await dialog.getByText("第 2 份（遗失）").waitFor();
    await dialog.getByRole("button", { name: "新建补盖申请" }).press("Enter");
    await dialog.getByText("请上传遗失证明材料。").waitFor();
    await assertNoBarriers(page);
    await dialog.getByLabel("该份的情况").fill("搬迁后遍寻不见");
    const buffer = await page.screenshot({ type: "jpeg" });
    await dialog.locator("input[type=file]").last().setInputFiles({ name: "说明.jpg", mimeType: "image/jpeg", buffer });
    await dialog.getByText("说明.jpg", { exact: true }).waitFor();
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "新建补盖申请" }).press("Enter");
    await page.waitForURL(/\/edit\?step=review/);
    await page.getByText("改动后无法提交").waitFor();
    await page.getByText("可以提交。", { exact: true }).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "提交申请" }).first().press("Enter");
    await page.waitForURL((url) => /^\/requests\/req_[^/]+$/.test(url.pathname));
    await page.getByText(/替换 .* 第 2 份（遗失）/).waitFor();
    await page.goto(paths.request(original));
    await card.getByRole("link", { name: /由 .* 补盖/ }).waitFor();
    assert.equal(await card.getByRole("button", { name: "补盖……" }).count(), 0, "one of a copy is under way");
    await assertNoBarriers(page);
  });
  await visit(/Ye Shuyan|叶书言/, desk, async (page) => {
    const made = (await listAccounts(page)).find(({ requestId }) => requestId !== original);
    await page.goto(paths.request(made?.requestId ?? assert.fail("the make-up was not submitted")));
    const link = page.getByRole("link", { name: /Replaces copy 2 of .*, lost/ });
    await link.waitFor();
    await page.getByText("搬迁后遍寻不见").first().waitFor();
    await assertNoBarriers(page);
    await link.click();
    await page.waitForURL((url) => url.pathname === paths.request(original));
    await page.getByRole("region", { name: "Stamped copies" }).getByText("Lost", { exact: true }).waitFor();
  });
});
