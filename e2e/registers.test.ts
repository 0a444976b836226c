import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { openPage } from "./browser.ts";
import { onSample } from "./on-sample.ts";
import { signInAs } from "./visit.ts";

const { server, browser } = onSample();

test("the inspector finds a line by two Chinese characters, proves it, and keeps the view", async () => {
  const { page, context, leave, faults } = await openPage(browser(), server().url, { language: "zh-CN", width: 390 });
  await signInAs(context, server().url, /叶书言/);
  await page.goto("/registers");
  await page.getByRole("link", { name: /保管交接台账/ }).click();
  await page.getByRole("searchbox").fill("人事");
  await page.waitForURL(/search=/);
  const rows = page.locator(".line-table tbody tr");
  await page.getByRole("link", { name: /去掉：「人事」/ }).waitFor();
  // The lines of before stay to be seen until the ones found are there.
  await rows.filter({ hasNotText: "人事专用章" }).first().waitFor({ state: "detached" });
  await rows.filter({ hasText: "人事专用章" }).first().waitFor();
  await rows
    .first()
    .getByRole("button", { name: /打开记录/ })
    .click();
  const line = page.getByRole("dialog", { name: /^记录 LX-K-/ });
  await line.getByRole("button", { name: /号记录/ }).click();
  await page.locator(".evidence[data-evidence=proved]").first().waitFor();
  // Escape leaves the proof and not the line it is about.
  await page.keyboard.press("Escape");
  await line.getByText("证明", { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  await line.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "保存此视图" }).click();
  await page.getByLabel("视图名称").fill("人事专用章");
  await page.getByRole("button", { name: "保存视图" }).click();
  await page.getByRole("button", { name: "删除此视图" }).waitFor();
  await page.goto("/registers/custody");
  await page.getByLabel("视图", { exact: true }).selectOption("人事专用章");
  await page.waitForURL(/search=/);
  assert.deepEqual(faults, []);
  await leave();
});

test("the custody book is printed, and is found again on the page of its register", async () => {
  const { page, context, leave, faults } = await openPage(browser(), server().url);
  await signInAs(context, server().url, /Ye Shuyan/);
  await page.goto("/registers/custody");
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Print as a book" }).click();
  // One that takes over a second is fetched from the list when it is ready.
  const found = page.getByRole("link", { name: "Download" }).first();
  const download = await Promise.race([
    waiting,
    found
      .waitFor()
      .then(() => found.click())
      .then(() => waiting),
  ]);
  assert.match(download.suggestedFilename(), /^Register of custody and handovers \d{4}-\d\d-\d\d\.pdf$/);
  assert.equal((await readFile(await download.path())).subarray(0, 5).toString(), "%PDF-");
  await page.reload();
  await found.waitFor();
  assert.deepEqual(faults, []);
  await leave();
});
