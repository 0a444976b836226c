import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import type { openPage } from "./browser.ts";
import { onSample } from "./on-sample.ts";

/** Does something as one of the sample's people, signed in already. */
export type ActAs = (
  name: RegExp,
  options: Parameters<typeof openPage>[2],
  act: (page: Page) => Promise<void>,
) => Promise<void>;

/**
 * Starts the sample for one test file. Everybody of one use works in a window of his own, in one language and width; where
 * a step goes wrong, a picture of the page is kept.
 */
export function prepareUseWalk(): ActAs {
  const { visit } = onSample();
  return (name, options, act) =>
    visit(name, options, async (page) =>
      act(page).catch(async (error: unknown) => {
        const picture = join(tmpdir(), `chancery-e2e-${page.url().replace(/\W+/g, "-")}.png`);
        await page.screenshot({ path: picture, fullPage: true });
        throw new Error(`on ${page.url()}, seen in ${picture}`, { cause: error });
      }),
    );
}

/** What has to be true of the sealed file, whoever pressed which key: it begins with what was approved. */
export function assertSealed(sealed: Buffer): void {
  const approved = testContract();
  assert.equal(sealed.subarray(0, approved.length).equals(approved), true);
  assert.match(sealed.toString("latin1", approved.length), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
}
