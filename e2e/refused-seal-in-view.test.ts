import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { makeTestPdf } from "../apps/server/platform/test-pdf.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";
import { signInAs } from "./visit.ts";

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

const contract = makeTestPdf([
  ...["Supply contract", "Buyer: Lanxi Instruments Ltd", "Seller: Beicheng Precision Ltd"],
  "The seller delivers a production line by 30 November 2026.",
  ...["The price is CNY 300,000.00, paid within thirty days of acceptance.", "Signed for the buyer:"],
]);

/** A new request of a contract, up to the choice of its seal. */
async function toSeals(page: Page): Promise<void> {
  await page.goto("/requests/new");
  const chooser = page.waitForEvent("filechooser");
  await page
    .getByRole("button", { name: /Choose (a )?PDF/ })
    .first()
    .click();
  await (await chooser).setFiles({ name: "contract.pdf", mimeType: "application/pdf", buffer: contract });
  await page.getByLabel("Class of the documents", { exact: true }).selectOption({ label: "Contract" });
  await page.getByLabel("Counterparty", { exact: true }).fill("Beicheng Precision Ltd");
  await page.getByLabel("Reason", { exact: true }).fill("line");
  await page.getByRole("button", { name: "Next: place the seal" }).click();
  await page.getByText("Fits best").waitFor();
}

for (const [width, height] of [
  [1440, 844],
  [390, 844],
] as const)
  for (const way of ["mouse", "keyboard"] as const)
    test(`why a seal may not stand there, and the right one, are seen at once at ${width} px, by ${way}`, async () => {
      const { page, context, leave } = await openPage(browser, server.url, { language: "en", width, height });
      page.setDefaultTimeout(15_000);
      await signInAs(context, server.url, /周明澈|Zhou/);
      await toSeals(page);
      const option = page.getByRole("button", { name: /Purchasing department seal/ }).first();
      if (way === "mouse") await option.click();
      else {
        await option.focus();
        await page.keyboard.press("Enter");
      }
      const right = page.getByRole("button", { name: "Take the Contract seal" });
      await right.waitFor();
      const isSeen = () =>
        right.evaluate((button) => {
          const { x, y, width: w, height: h } = button.getBoundingClientRect();
          const corners = [
            [x + 2, y + 2],
            [x + w - 2, y + h - 2],
          ];
          return corners.every(([at = 0, down = 0]) => button.contains(document.elementFromPoint(at, down)));
        });
      await page.waitForFunction(() => document.readyState === "complete");
      const shots = process.env.SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/seal-${width}-${way}.png` });
      assert.equal(await isSeen(), true);
      if (way === "keyboard") {
        await page.keyboard.press("Tab");
        assert.equal(await right.evaluate((button) => button === document.activeElement), true, "it is next");
        assert.equal(await isSeen(), true);
      }
      await leave();
    });
