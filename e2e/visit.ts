import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { openPage } from "./browser.ts";

/** Signs in as a person of the sample, walks, and finds that nothing went wrong on the way. */
export async function visit(
  browser: Browser,
  origin: string,
  name: RegExp,
  options: { language: "en" | "zh-CN"; width: number },
  walk: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, context, faults } = await openPage(browser, origin, { ...options, height: 844 });
  await page.goto(paths.signIn);
  await page.getByRole("button", { name }).first().click();
  await page.waitForURL((url) => url.pathname !== paths.signIn);
  await walk(page);
  assert.deepEqual(faults, []);
  await context.close();
}
