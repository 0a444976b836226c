import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();

async function toBond(page: Page): Promise<void> {
  type Listed = { items: { title: string; requestId: string }[] };
  const { items } = await ask<Listed>(page, "/v1/seal-use-requests?view=all");
  const found = items.find(({ title }) => title.includes("Customs bond"));
  await page.goto(paths.request(found?.requestId ?? assert.fail("the sample has no bond stamped by hand")));
}

test("C19: who asked for stamped copies says on the phone where each went; who stamped voids what comes back, and an inspector reads it", async () => {
  await visit(/Zhou Mingche|周明澈/, phone, async (page) => {
    await toBond(page);
    const card = page.getByRole("region", { name: "用印件去向" });
    await card.getByText(/2 份尚未登记去向/).waitFor();
    await assertNoBarriers(page);
    await card.getByRole("button", { name: "交付……" }).press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("2", { exact: true }).uncheck();
    await dialog.getByLabel("快递", { exact: true }).check();
    await dialog.getByLabel("接收人", { exact: true }).fill("北港海关 王科长");
    await dialog.getByRole("button", { name: "登记交付" }).press("Enter");
    await dialog.getByRole("alert").first().waitFor();
    await assertNoBarriers(page);
    await dialog.getByLabel("快递单号").fill("SF 1042 7788");
    await dialog.getByRole("button", { name: "登记交付" }).press("Enter");
    await dialog.waitFor({ state: "detached" });
    await card.getByText(/1 份尚未登记去向/).waitFor();
    await card.getByText(/交付 北港海关 王科长 · 快递单号 SF 1042 7788/).waitFor();
    assert.equal(await card.getByRole("button", { name: "作废……" }).count(), 0, "C11 nobody voids what he asked for");
    await card.getByRole("button", { name: "收回最终文本……" }).press("Enter");
    await dialog.getByRole("button", { name: "开始比对" }).press("Enter");
    await dialog.getByText("请上传扫描件或逐页照片。").waitFor();
    const other = { name: "page.jpg", mimeType: "image/jpeg", buffer: await page.screenshot({ type: "jpeg" }) };
    await dialog.locator("input[type=file]").last().setInputFiles(other);
    await dialog.getByText("page.jpg", { exact: true }).waitFor();
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "开始比对" }).press("Enter");
    await card.getByText("未见本申请的任何一页").waitFor({ timeout: 60_000 });
    await assertNoBarriers(page);
  });
  await visit(/Chen Yilin|陈亦霖/, desk, async (page) => {
    await toBond(page);
    const card = page.getByRole("region", { name: "Stamped copies" });
    await card.getByRole("button", { name: "Void …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Why").fill("One copy too many");
    await dialog.getByRole("button", { name: "Void", exact: true }).click();
    await dialog.getByText("Take a photo of the voided copies.").waitFor();
    const photo = await page.screenshot({ type: "jpeg" });
    await dialog
      .locator("input[type=file]")
      .first()
      .setInputFiles({ name: "void.jpg", mimeType: "image/jpeg", buffer: photo });
    await dialog.getByText("void.jpg", { exact: true }).waitFor();
    await dialog.getByRole("button", { name: "Void", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await card.getByText("Every copy is accounted for.").waitFor();
    await card.getByRole("link", { name: "Photo of the voided paper" }).waitFor();
    await assertNoBarriers(page);
  });
  await visit(/Ye Shuyan|叶书言/, desk, async (page) => {
    await page.goto(paths.register("copies"));
    await page.getByText("Copies voided").last().waitFor();
    await page.getByText("SF 1042 7788").first().waitFor();
    await assertNoBarriers(page);
  });
});
