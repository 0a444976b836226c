import { after, before } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";
import { visit } from "./visit.ts";

type VisitOnSample = Parameters<typeof visit> extends [Browser, string, ...infer Rest] ? Rest : never;

/**
 * A server with the sample organisation and a browser, there from before the first test of a file until after its last;
 * `settings` are asked for when the server starts.
 */
export function onSample(settings: () => Promise<Record<string, string>> = async () => ({})): {
  /** Signs in as a person of the sample and walks; nothing may go wrong on the way. */
  readonly visit: (...asked: VisitOnSample) => Promise<void>;
  readonly server: () => ServerUnderTest;
  readonly browser: () => Browser;
} {
  let server: ServerUnderTest | undefined;
  let browser: Browser | undefined;
  before(async () => {
    server = await startSampleServer(await settings());
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  const there = <T>(one: T | undefined): T => {
    if (one === undefined) throw new Error("the server of the sample is there once the first test begins");
    return one;
  };
  return {
    visit: (...asked) => visit(there(browser), there(server).url, ...asked),
    server: () => there(server),
    browser: () => there(browser),
  };
}

/** Whether nothing of a page lies beyond its right edge. */
export const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

export const phone = { language: "zh-CN", width: 390 } as const;
export const desk = { language: "en", width: 1440 } as const;
