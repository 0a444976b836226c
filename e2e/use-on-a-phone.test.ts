import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { assertNoBarriers } from "./browser.ts";
import { assertSealed, prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();

test("the same use on a phone in Chinese, by touch", async () => {
  const phone = { width: 390, height: 844, language: "zh-CN" } as const;
  const tap = (page: Page, name: string | RegExp): Promise<void> =>
    page
      .getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) })
      .first()
      .click();
  await actAs(/周明澈/, phone, async (page) => {
    await page.goto("/seals");
    await page
      .getByRole("link", { name: /合同专用章/ })
      .first()
      .click();
    await page.getByRole("link", { name: "申请用印" }).click();
    const chosen = page.waitForEvent("filechooser");
    await tap(page, "选择 PDF");
    await (await chosen).setFiles({ name: "供货合同.pdf", mimeType: "application/pdf", buffer: testContract() });
    await page.getByText("供货合同.pdf", { exact: true }).waitFor();
    await page.getByLabel("文件类别", { exact: true }).selectOption({ label: "合同" });
    await page.getByLabel("相对方", { exact: true }).fill("北辰精密机械");
    await page.getByLabel("事由", { exact: true }).fill("采购量具十二套");
    await tap(page, "下一步：放置印章");
    await tap(page, /合同专用章.*最合适/);
    await page.getByRole("button", { name: /^合同专用章，左边距/ }).waitFor();
    await assertNoBarriers(page);
    await tap(page, "下一步：核对");
    await page.getByText("可以提交。", { exact: true }).waitFor();
    await tap(page, "提交申请");
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByRole("heading", { level: 1, name: "供货合同" }).waitFor();
    await assertNoBarriers(page);
  });
  const answer = async (page: Page, act: string): Promise<void> => {
    await page.goto("/inbox");
    await page
      .getByRole("link", { name: /供货合同/ })
      .first()
      .click();
    await page.waitForURL(/\/decide$/);
    await tap(page, act);
    await page.getByRole("heading", { name: "请确认是您本人" }).waitFor();
    await assertNoBarriers(page);
    await tap(page, "以示例点击确认");
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  };
  for (const name of [/白衡/, /唐静姝/, /沈怀宁/]) await actAs(name, phone, (page) => answer(page, "同意"));
  await actAs(/何安然/, phone, (page) => answer(page, "放行签章"));
  await actAs(/林越/, phone, (page) => answer(page, "监印确认"));
  await actAs(/周明澈/, phone, async (page) => {
    await page.goto("/requests");
    await page
      .getByRole("link", { name: /供货合同/ })
      .first()
      .click();
    const download = page.getByRole("button", { name: "下载签章文件：供货合同.pdf" });
    await download.waitFor({ timeout: 60_000 });
    await assertNoBarriers(page);
    const saved = page.waitForEvent("download");
    await download.click();
    assertSealed(await readFile(await (await saved).path()));
  });
});
