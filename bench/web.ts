import type { Browser, Page } from "playwright-core";
import { launchBrowser, openPage } from "../e2e/browser.ts";
import { type ServerUnderTest, startServerUnderTest } from "../e2e/server.ts";
import { waitForSample } from "../e2e/wait-for-sample.ts";
import { buildWebIfChanged } from "../scripts/build-web.ts";
import type { BenchLine } from "./line.ts";

/** kB of script, as sent (gzip), that a first visit may need; and seconds of a second start. */
const limits = { "sign-in": 220, inbox: 250, decision: 275, start: 3 };

/**
 * Script that a browser with an empty cache fetches to show a page, until the page itself waits for an idle moment to
 * fetch what it needs later (the reader of documents); and how long the product takes to start a second time.
 */
export async function benchWeb(): Promise<BenchLine[]> {
  const web = await buildWebIfChanged(() => undefined);
  if (!web.ok) throw new Error(web.message);
  const server = await startServerUnderTest();
  const browser = await launchBrowser();
  try {
    await waitForSample(server.url);
    const signIn = await measure(browser, server.url, "/sign-in", null);
    const deciding = await findDecision(server);
    const inbox = await measure(browser, server.url, "/inbox", deciding.cookie);
    const decision = await measure(browser, server.url, `/requests/${deciding.requestId}/decide`, deciding.cookie);
    await browser.close();
    return [
      line("sign-in", signIn, "kB"),
      line("inbox", inbox, "kB"),
      line("decision", decision, "kB"),
      line("start", await timeSecondStart(server), "s"),
    ];
  } finally {
    await browser.close();
    await server.close();
  }
}

function line(name: keyof typeof limits, value: number, unit: string): BenchLine {
  const what = name === "start" ? "second start, until the address is printed" : `script of ${name} before idle, gz`;
  const rounded = Math.round(value * 100) / 100;
  const ratio = Math.round((limits[name] / value) * 100) / 100;
  return { name: `web: ${what}`, value: rounded, unit, ratio, against: `limit ${limits[name]} ${unit}` };
}

/** Somebody of the sample who is asked to decide, signed in by a click, and what he is asked about. */
async function findDecision({ url }: ServerUnderTest): Promise<{ cookie: string; requestId: string }> {
  const { people } = (await (await fetch(`${url}/v1/sample/people`)).json()) as {
    people: { personId: string; waiting: number; roles: string[] }[];
  };
  for (const { personId } of people.filter((one) => one.waiting > 0)) {
    const answer = await fetch(`${url}/v1/sample/sign-in`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ personId }) },
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const list = await fetch(`${url}/v1/seal-use-requests?view=waiting`, { headers: { cookie } });
    const { items } = (await list.json()) as { items: { requestId: string; waitingKind: string }[] };
    const found = items.find((one) => ["unit-head", "legal-review", "signatory"].includes(one.waitingKind));
    if (found) return { cookie, requestId: found.requestId };
  }
  throw new Error("nobody of the sample is asked to decide");
}

interface Loaded {
  name: string;
  startTime: number;
  encodedBodySize: number;
}

async function measure(browser: Browser, origin: string, path: string, cookie: string | null): Promise<number> {
  const { page, context, faults } = await openPage(browser, origin);
  const [name = "", value = ""] = (cookie ?? "").split("=");
  if (cookie) await context.addCookies([{ name, value, url: origin }]);
  await page.addInitScript(noteIdle);
  await page.goto(path, { waitUntil: "networkidle" });
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  if (new URL(page.url()).pathname !== path) throw new Error(`${path} led to ${page.url()}`);
  if (faults.length > 0) throw new Error(faults.join("; "));
  const bytes = await sumScripts(page);
  await context.close();
  return bytes / 1000;
}

/** Runs in the page: notes when it first says that something can wait. */
function noteIdle(): void {
  const marked = globalThis as unknown as { firstIdle?: number };
  const real = globalThis.requestIdleCallback.bind(globalThis);
  globalThis.requestIdleCallback = (callback, options) => {
    marked.firstIdle ??= performance.now();
    return real(callback, options);
  };
}

async function sumScripts(page: Page): Promise<number> {
  const { resources, firstIdle } = await page.evaluate(() => ({
    resources: performance
      .getEntriesByType("resource")
      .map((one) => one as PerformanceResourceTiming)
      .map(({ name, startTime, encodedBodySize }) => ({ name, startTime, encodedBodySize })),
    firstIdle: (globalThis as unknown as { firstIdle?: number }).firstIdle ?? Number.POSITIVE_INFINITY,
  }));
  const scripts = resources.filter((one: Loaded) => /\.m?js$/.test(new URL(one.name).pathname));
  if (scripts.length === 0) throw new Error("the page loaded no script");
  return scripts
    .filter((one: Loaded) => one.startTime < firstIdle)
    .reduce((sum: number, one: Loaded) => sum + one.encodedBodySize, 0);
}

/** Stops the product and starts it again on the same data; the better of three, for other programs may be at work. */
async function timeSecondStart(first: ServerUnderTest): Promise<number> {
  await first.kill();
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const begun = performance.now();
    const again = await startServerUnderTest({ dataDir: first.dataDir });
    // The first round comes after a kill and recovers; it does not count.
    if (round > 0) times.push((performance.now() - begun) / 1000);
    await again.stop();
  }
  return Math.min(...times);
}
