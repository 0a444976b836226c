import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { assertNoBarriers } from "./browser.ts";
import { press, type, waitForFocus } from "./keyboard.ts";
import { assertSealed, prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();

test("a use by keyboard alone: applied for, approved by three, released, confirmed, downloaded", async () => {
  await actAs(/Zhou Mingche/, {}, async (page) => {
    // Whoever works by keyboard signs in by keyboard, too.
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await press(page, page.getByRole("button", { name: /Zhou Mingche/ }).first());
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await apply(page);
  });
  for (const name of [/Bai Heng/, /Tang Jingshu/, /Shen Huaining/])
    await actAs(name, {}, async (page) => {
      await openFromInbox(page);
      await assertNoBarriers(page);
      if (name.test("Bai Heng")) await turnAway(page);
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

/** Dialogs that are left give the focus back to what opened them, and do not drop what was typed without asking. */
async function turnAway(page: Page): Promise<void> {
  const button = (name: string): Locator => page.getByRole("button", { name, exact: true });
  const approve = button("Approve");
  await press(page, approve);
  await waitForFocus(page, page.getByRole("dialog").getByRole("heading"));
  await page.keyboard.press("Escape");
  await waitForFocus(page, approve);
  for (const name of ["Return for change", "Reject"]) {
    await press(page, button(name));
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await waitForFocus(page, button(name));
  }
  await press(page, button("Reject"));
  const reason = page.getByRole("dialog").getByRole("textbox");
  await waitForFocus(page, reason);
  await page.keyboard.type("The price");
  await page.keyboard.press("Escape");
  await waitForFocus(page, button("Go on writing"));
  await page.getByText("What you typed has not been sent.").waitFor();
  await assertNoBarriers(page);
  await page.keyboard.press("Escape");
  await waitForFocus(page, reason);
  assert.equal(await reason.inputValue(), "The price");
  await page.keyboard.press("Escape");
  await press(page, button("Drop it"));
  await waitForFocus(page, button("Reject"));
}

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
  await waitForFocus(page, field("Class of the documents"));
  await page.keyboard.type("Contract");
  await type(page, field("Counterparty"), "Beicheng Ltd");
  await type(page, field("Amount (optional)"), "1,286,000");
  await type(page, field("Reason"), "Twelve gauges");
  await assertNoBarriers(page);
  await press(page, button("Next: place the seal"));

  await page.getByRole("heading", { level: 1, name: "Where the seal goes" }).waitFor();
  await press(page, button(/Contract seal.*Fits best/));
  const seal = button(/^Contract seal, [\d.]+ mm from the left/);
  // The card that was pressed goes away: the seal that was placed has the focus.
  await seal.waitFor();
  await waitForFocus(page, seal);
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
