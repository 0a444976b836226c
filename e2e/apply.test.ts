import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator, Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { type ServerUnderTest, startServerUnderTest } from "./server.ts";

let server: ServerUnderTest;
let browser: Browser;
before(async () => {
  server = await startServerUnderTest();
  browser = await launchBrowser();
  await makeSample();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function makeSample(): Promise<void> {
  const address = `${server.url}/v1/installation/sample`;
  await fetch(address, { method: "POST" });
  for (let tries = 0; tries < 600; tries += 1) {
    const { state } = (await (await fetch(address)).json()) as { state: string };
    if (state === "sample") return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the sample was not made in a minute");
}

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  for (let presses = 0; presses < 150; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${control}`);
}

async function press(page: Page, control: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

async function type(page: Page, control: Locator, words: string): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.type(words);
}

async function assertNoBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map((violation) => violation.id),
    [],
  );
}

test("a seal is applied for with one PDF by keyboard alone, from the list to the number", async () => {
  const { page, context, outside, faults } = await openPage(browser, server.url);
  const button = (name: string | RegExp): Locator => page.getByRole("button", { name });
  const field = (name: string): Locator => page.getByLabel(name, { exact: true });
  await page.goto("/sign-in");
  await press(page, button(/Zhou Mingche/).first());
  await page.waitForURL((url) => url.pathname !== "/sign-in");
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
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});
