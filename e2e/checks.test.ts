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
