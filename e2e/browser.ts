import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "node:test";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "playwright-core";
import { testFolder } from "../apps/server/platform/test-folder.ts";

declare global {
  interface Window {
    axe: typeof axe;
  }
}

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * What the packaged one would be given for places where little runs: in one process all windows fetch by the network of
 * the first, without the others' cookies; pages are to be seen with the web's security on; and without a zygote every
 * window's process begins from nothing.
 */
const unwanted = new Set([
  "--single-process",
  "--disable-web-security",
  "--allow-running-insecure-content",
  "--no-zygote",
]);

/** Playwright has what the browser's processes share lie on the disk, as files made anew for every picture. */
const ignoreDefaultArgs = testFolder() === tmpdir() ? [] : ["--disable-dev-shm-usage"];

/** An installed Chromium, else the one that comes with the test packages; it needs nothing of the system. */
export async function launchBrowser(): Promise<Browser> {
  const quiet = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // No page lives long enough here to be paid back what making its code faster costs.
    "--js-flags=--no-opt",
  ];
  const chosen = process.env.CHROMIUM_PATH ?? installed.find((path) => existsSync(path));
  if (chosen && process.env.CHROMIUM_PATH !== "packaged")
    return chromium.launch({ executablePath: chosen, args: quiet, ignoreDefaultArgs });
  const folder = await unpackBrowser();
  return inFolder(folder, async (packaged) => {
    const args = packaged.args.filter((arg) => !unwanted.has(arg));
    const executablePath = await packaged.executablePath();
    const launch = (): Promise<Browser> =>
      chromium.launch({ executablePath, args: [...args, ...quiet], ignoreDefaultArgs });
    // Once in some hundred starts it ends in a segmentation fault of its own, before any page; the next start goes well.
    return launch().catch((error: unknown) => {
      if (/SIGSEGV/.test(String(error))) return launch();
      throw error;
    });
  });
}

/**
 * The folder with the packaged browser, which only this user writes to. Several test files may be the first to need it: each
 * unpacks it beside, and what is whole is put in its place at once, so that nobody starts what another is still writing.
 */
async function unpackBrowser(): Promise<string> {
  const described = await readFile(new URL("../package.json", import.meta.resolve("@sparticuz/chromium")));
  const edition = createHash("sha256").update(described).digest("hex").slice(0, 12);
  const folder = join(tmpdir(), `chancery-chromium-${process.getuid?.() ?? 0}-${edition}`);
  if (existsSync(folder)) return folder;
  const beside = await mkdtemp(`${folder}-`);
  try {
    await inFolder(beside, (packaged) => packaged.executablePath());
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** The packaged browser unpacks itself to TMPDIR and takes whatever lies there under its name. */
async function inFolder<T>(
  folder: string,
  use: (packaged: typeof import("@sparticuz/chromium").default) => Promise<T>,
) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    return await use(packaged);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

export interface WatchedPage {
  page: Page;
  context: BrowserContext;
  /** Leaves the page; nothing of who was signed in or of what he kept stays for the next one. */
  leave: () => Promise<void>;
  /** Addresses outside the server that the page asked for: there must be none. */
  outside: string[];
  /** Errors of the page and breaches of the content security policy. */
  faults: string[];
}

const opened = new Set<Page>();

// A page that never showed what was waited for is told by what it showed instead.
afterEach(async (test) => {
  if (!("passed" in test) || test.passed) return;
  for (const page of opened) {
    if (page.isClosed()) continue;
    const text = await page.locator("body").innerText({ timeout: 5_000 });
    console.log(`${test.name}\n${page.url()}\n${text.slice(0, 3_000)}`);
  }
});

interface Screen {
  readonly width?: number;
  readonly height?: number;
  readonly language?: "en" | "zh-CN";
}

/**
 * Windows that nobody uses just now, by browser and screen: what a window has fetched and compiled once it need not fetch
 * and compile again.
 */
const free = new WeakMap<Browser, Map<string, Page[]>>();

function freeWindows(browser: Browser, screen: string): Page[] {
  const all = free.get(browser) ?? new Map<string, Page[]>();
  const windows = all.get(screen) ?? [];
  all.set(screen, windows);
  free.set(browser, all);
  return windows;
}

/** A page that is watched: it may ask this server for things and nobody else, and may have no errors. */
export async function openPage(browser: Browser, origin: string, options: Screen = {}): Promise<WatchedPage> {
  const screen = { width: options.width ?? 1440, height: options.height ?? 900, language: options.language ?? "en" };
  const windows = freeWindows(browser, JSON.stringify([origin, screen]));
  const page = windows.pop() ?? (await openWindow(browser, origin, screen));
  const context = page.context();
  opened.add(page);
  page.on("close", () => opened.delete(page));
  const outside: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (!["blob:", "data:"].includes(protocol) && host !== new URL(origin).host) outside.push(request.url());
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  // What the server refuses, and a network that the test itself has cut, are no faults of a page.
  const expected = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/;
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) faults.push(message.text());
  });
  const leave = async (): Promise<void> => {
    const protocol = await context.newCDPSession(page);
    await protocol.send("Storage.clearDataForOrigin", {
      origin,
      storageTypes: "cookies,local_storage,indexeddb,service_workers,cache_storage",
    });
    await context.clearCookies();
    opened.delete(page);
    page.removeAllListeners();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto(resting);
    windows.push(page);
  };
  return { page, context, leave, outside, faults };
}

/** What a window that nobody uses shows: a line of text of the same server, so that it stays what it is. */
const resting = "/v1/ledger/checkpoint";

async function openWindow(browser: Browser, origin: string, screen: Required<Screen>): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    locale: screen.language,
    // Nothing here looks at a movement; whoever asks for less of it gets the same pages.
    reducedMotion: "reduce",
    baseURL: origin,
    acceptDownloads: true,
  });
  // A machine that does much else beside may take its time; what never comes is told all the same.
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

const rules = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const protocols = new WeakMap<Page, Promise<CDPSession>>();

/** As a script of its own, which the browser compiles once for all documents of a window; as an argument it did so each time. */
async function bringRules(page: Page): Promise<void> {
  const there = protocols.get(page) ?? page.context().newCDPSession(page);
  protocols.set(page, there);
  const { exceptionDetails } = await (await there).send("Runtime.evaluate", { expression: `${rules};0` });
  assert.equal(exceptionDetails, undefined);
}

/** No barrier that axe knows stands in the page as it is now. */
export async function assertNoBarriers(page: Page): Promise<void> {
  // Where the page stands already, a second look needs no second reading of the rules.
  if (!(await page.evaluate(() => "axe" in window))) await bringRules(page);
  // A dialog that begins to go while the rules are read is judged half way: only what a second look finds too is in the page.
  const first = await lookForBarriers(page);
  const barriers = first.length === 0 ? first : await lookForBarriers(page);
  assert.deepEqual(barriers, [], page.url());
}

async function lookForBarriers(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // A button that just came alive and a dialog that goes are not judged by the colours half way. One movement may begin
    // as another ends: it is quiet when nothing has moved for two frames.
    for (let quiet = 0; quiet < 2; quiet += 1) {
      const moving = document
        .getAnimations()
        .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
      if (moving.length > 0) quiet = -1;
      await Promise.allSettled(moving.map(({ finished }) => finished));
      await new Promise((drawn) => requestAnimationFrame(drawn));
    }
    // Of what is read beforehand, style sheets serve a rule that is on trial and not judged by.
    const preload = { assets: ["media"] };
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"], preload });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  });
}
