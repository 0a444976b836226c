import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";

const { visit } = onSample();

/** The smallest PNG there is: what is answered with it is the check's own business. */
const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

test("C13: on a phone, in Chinese: a storage check is answered with place and photo, its lists within reach", async () => {
  // Who inspects may answer for every piece; which three the sample draws is left to the lot.
  await visit(/叶书言/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(paths.checks);
    await page.getByRole("button", { name: "回答" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "提交回答" }).click();
    await dialog.getByText("尚缺照片。").waitFor();
    const places = dialog.getByLabel("容器", { exact: true });
    assert.equal(await places.getAttribute("aria-invalid"), "true");
    await places.selectOption({ index: 1 });
    await dialog
      .locator("input[type=file]")
      .last()
      .setInputFiles({ name: "seal.png", mimeType: "image/png", buffer: photo });
    await dialog.getByText("照片已上传。").waitFor();
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "提交回答" }).click();
    await dialog.waitFor({ state: "detached" });
    await page
      .getByText(/账实相符|存放地点不符/)
      .first()
      .waitFor();
  });
});

test("who may not see a page is told once who may, and is led back instead of trying again", async () => {
  await visit(/周明澈/, { language: "zh-CN", width: 390 }, async (page) => {
    for (const path of [paths.findings, paths.controllers, paths.positions, paths.rotation]) {
      await page.goto(path);
      const told = page.getByRole("main").getByRole("alert");
      await told.getByRole("link", { name: "返回总览" }).waitFor();
      await page.waitForLoadState("networkidle");
      assert.equal(await told.count(), 1, path);
      assert.equal(await page.getByRole("button", { name: "重试" }).count(), 0, path);
    }
    await page.goto(paths.importStock);
    await page.getByText("由印章管理员或系统管理员导入表格，由授权签批人决定。").waitFor();
    assert.equal(await page.locator("input[type=file]").count(), 0);
    await page.getByRole("link", { name: "返回总览" }).click();
    await page.waitForURL((url) => url.pathname === paths.overview);
  });
});
