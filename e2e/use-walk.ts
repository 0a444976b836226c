import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";

/** Does something as one of the sample's people, signed in already. */
type ActAs = (
  name: RegExp,
  options: Parameters<typeof openPage>[2],
  act: (page: Page) => Promise<void>,
) => Promise<void>;

/**
 * Starts the sample for one test file. Everybody of one use works in a browser of his own, in one language and width; no
 * page may reach outside, break, or be wider than its window.
 */
export function prepareUseWalk(signIn: (page: Page, name: RegExp) => Promise<void>): ActAs {
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
  return async (name, options, act) => {
    const { page, context, outside, faults } = await openPage(browser, server.url, options);
    await page.goto("/sign-in");
    await signIn(page, name);
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
  };
}

/** What has to be true of the sealed file, whoever pressed which key: it begins with what was approved. */
export function assertSealed(sealed: Buffer): void {
  const approved = testContract();
  assert.equal(sealed.subarray(0, approved.length).equals(approved), true);
  assert.match(sealed.toString("latin1", approved.length), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
}
