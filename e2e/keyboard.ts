import type { Locator, Page } from "playwright-core";

/** Presses Tab until the control has the focus, as somebody without a mouse does. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  // Found by its name once, and again only where the page has drawn another in its place: looking by name reads the whole page.
  let found = await control.elementHandle();
  for (let presses = 0; presses < 200; presses += 1) {
    const is = await found?.evaluate((element) =>
      element.isConnected ? (element === document.activeElement ? "focused" : "there") : "gone",
    );
    if (is === "focused") return;
    if (is === "there") await page.keyboard.press("Tab");
    else found = await control.elementHandle();
  }
  throw new Error(`Tab does not reach ${control}`);
}

export async function press(page: Page, control: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

export async function type(page: Page, control: Locator, words: string): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.type(words);
}

/** Waits until the control has the focus by itself, with no Tab pressed. */
export async function waitForFocus(page: Page, control: Locator): Promise<void> {
  await page.waitForFunction((element) => element === document.activeElement, await control.elementHandle());
}
