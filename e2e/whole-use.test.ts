import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { assertNoBarriers, launchBrowser, openPage } from "./browser.ts";
import { press, tabTo, type } from "./keyboard.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";

let server: ServerUnderTest;
let browser: Browser;
before(async () => {
  server = await startSampleServer();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Everybody of one use works in a browser of his own, in one language and width. */
async function actAs(
  name: RegExp,
  options: Parameters<typeof openPage>[2],
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, context, outside, faults } = await openPage(browser, server.url, options);
  await page.goto("/sign-in");
  await press(page, page.getByRole("button", { name }).first());
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await act(page).catch(async (error: unknown) => {
    const picture = join(tmpdir(), `chancery-e2e-${page.url().replace(/\W+/g, "-")}.png`);
    await page.screenshot({ path: picture, fullPage: true });
    throw new Error(`on ${page.url()}, seen in ${picture}`, { cause: error });
  });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
}

/** What has to be true of the sealed file, whoever pressed which key: it begins with what was approved. */
function assertSealed(sealed: Buffer): void {
  const approved = testContract();
  assert.equal(sealed.subarray(0, approved.length).equals(approved), true);
  assert.match(sealed.toString("latin1", approved.length), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
}

test("a use by keyboard alone: applied for, approved by three, released, confirmed, downloaded", async () => {
  await actAs(/Zhou Mingche/, {}, apply);
  for (const name of [/Bai Heng/, /Tang Jingshu/, /Shen Huaining/])
    await actAs(name, {}, async (page) => {
      await openFromInbox(page);
      await assertNoBarriers(page);
      await press(page, page.getByRole("button", { name: "Approve", exact: true }));
      await press(page, page.getByRole("button", { name: "Confirm as a sample click" }));
      await page.waitForURL("**/inbox");
    });
  await actAs(/Chen Yilin/, {}, async (page) => {
    await openFromInbox(page);
    await assertNoBarriers(page);
    await press(page, page.getByRole("button", { name: "Release the sealing" }));
    await press(page, page.getByRole("button", { name: "Confirm as a sample click" }));
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
  });
  await actAs(/Lin Yue/, {}, async (page) => {
    await openFromInbox(page);
    await assertNoBarriers(page);
    await press(page, page.getByRole("button", { name: "Confirm as supervisor" }));
    await press(page, page.getByRole("button", { name: "Confirm as a sample click" }));
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
  });
  await actAs(/Zhou Mingche/, {}, async (page) => {
    await page.goto("/requests");
    await press(page, page.getByRole("link", { name: /Supply contract/ }).first());
    const download = page.getByRole("button", { name: "Download the sealed file of Supply contract.pdf" });
    await download.waitFor({ timeout: 60_000 });
    await assertNoBarriers(page);
    const saved = page.waitForEvent("download");
    await press(page, download);
    assert.match((await saved).suggestedFilename(), /^Supply contract \(LX-\d{4}-\d{6}\)\.pdf$/);
    assertSealed(await readFile(await (await saved).path()));
  });
});

async function openFromInbox(page: Page): Promise<void> {
  await page.goto("/inbox");
  await press(page, page.getByRole("link", { name: /Supply contract/ }).first());
  await page.waitForURL(/\/decide$/);
  await page.getByText("Page 1 of 1").first().waitFor();
}

async function apply(page: Page): Promise<void> {
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name });
  const field = (name: string): Locator => page.getByLabel(name, { exact: true });
  await page.goto("/requests");
  await press(page, page.getByRole("link", { name: /Apply to use a seal/ }));

  const chosen = page.waitForEvent("filechooser");
  await press(page, button("Choose PDFs"));
  await (await chosen).setFiles({
    name: "Supply contract.pdf",
    mimeType: "application/pdf",
    buffer: testContract(),
  });
  await page.getByText("Supply contract.pdf", { exact: true }).waitFor();
  await press(page, button("Next: place the seal"));
  // What is missing gets the focus by itself.
  const missing = await field("Class of the documents").elementHandle();
  await page.waitForFunction((element) => element === document.activeElement, missing);
  await page.keyboard.type("Contract");
  await type(page, field("Counterparty"), "Beicheng Precision Machinery");
  await type(page, field("Amount (optional)"), "1,286,000");
  await type(page, field("Reason"), "Twelve gauges");
  await assertNoBarriers(page);
  await press(page, button("Next: place the seal"));

  await page.getByRole("heading", { level: 1, name: "Where the seal goes" }).waitFor();
  await press(page, button(/Contract seal.*Fits best/));
  const seal = button(/^Contract seal, [\d.]+ mm from the left/);
  await tabTo(page, seal);
  const placeOf = async (): Promise<number[]> => [
    Number(await field("From left, X").inputValue()),
    Number(await field("From top, Y").inputValue()),
  ];
  const [x = 0, y = 0] = await placeOf();
  for (const key of ["ArrowRight", "ArrowRight", "Shift+ArrowDown"]) await page.keyboard.press(key);
  const moved = await placeOf();
  assert.deepEqual(
    moved.map((mm) => mm.toFixed(1)),
    [(x + 2).toFixed(1), (y + 0.1).toFixed(1)],
  );
  await assertNoBarriers(page);
  await press(page, button("Next: check"));

  await page.getByText("Nothing stands in the way.").waitFor();
  await assertNoBarriers(page);
  await press(page, button("Submit the application"));
  await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
  await page
    .getByText(/^LX-\d{4}-\d{6}$/)
    .first()
    .waitFor();
  await page.getByRole("heading", { level: 1, name: "Supply contract" }).waitFor();
}

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
