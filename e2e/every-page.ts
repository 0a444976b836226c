import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers, launchBrowser, openPage } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";
import { ask, signInAs } from "./visit.ts";

type Place = keyof typeof paths;
/** Who goes to which pages; `nobody` is not signed in. */
const visitors: readonly { name: RegExp | "nobody"; places: readonly Place[] }[] = [
  { name: "nobody", places: ["signIn", "verify", "printedPage"] },
  { name: /Zhou Mingche|周明澈/, places: ["overview", "account", "requests", "apply", "editRequest"] },
  { name: /Shen Huaining|沈怀宁/, places: ["inbox", "request", "decide", "matters", "matter", "tasks", "away"] },
  {
    name: /Chen Yilin|陈亦霖/,
    places: ["custody", "handOver", "takeOuts", "checks", "training", "course", "ruleBook", "lab", "stamp", "photos"],
  },
  { name: /Ye Shuyan|叶书言/, places: ["rulesOfUse", "rulesVersion", "ledger", "registers", "register", "positions"] },
  { name: /Song Ke|宋珂/, places: ["forms", "formSeries"] },
  { name: /Qin Lang|秦朗/, places: ["organisation", "unitChange", "separation", "settings", "rules", "calendar"] },
  {
    name: /Gao Minzhi|高敏之/,
    places: [
      "crew",
      "seals",
      "seal",
      "registerSeal",
      "sealTypes",
      "sealCustody",
      "containers",
      "alarms",
      "controllers",
      "controller",
      "newMatter",
      "rotation",
      "newCourse",
      "editCourse",
      "importStock",
      "oldBooks",
      "specimensLodged",
      "emergency",
      "standing",
      "templates",
      "template",
      "documentClasses",
      "findings",
    ],
  },
];
/** Addresses that a sample does not show to somebody who is signed in, or that are not a page of their own. */
const elsewhere: readonly Place[] = ["firstRun", "setup", "invitation", "verified", "editMatter"];

/** The address of a place, with the first thing of its kind that the reader's own list shows. */
async function addressOf(page: Page, place: Place): Promise<string> {
  const path = paths[place];
  if (typeof path === "string") return path;
  if (place === "course" || place === "editCourse") return paths[place]("crs_starter");
  // Whoever scans what was not made here is told so.
  if (place === "printedPage") return paths.printedPage("A".repeat(61));
  if (place === "rulesVersion") return paths.rulesVersion("state-owned");
  if (place === "register") return paths.register("custody");
  if (place === "unitChange") {
    const { units } = await ask<{ units: { unitId: string }[] }>(page, "/v1/organisation");
    return paths.unitChange(units[0]?.unitId ?? assert.fail("the sample has no units"));
  }
  const [list, key] =
    place === "formSeries"
      ? ["/v1/form-series", "seriesId"]
      : place === "template"
        ? ["/v1/templates", "versionId"]
        : place === "controller"
          ? ["/v1/controllers", "controllerId"]
          : place === "matter"
            ? ["/v1/matters?view=all", "matterId"]
            : place === "seal" || place === "sealCustody"
              ? ["/v1/seals", "sealId"]
              : [`/v1/seal-use-requests?view=${place === "editRequest" ? "mine&state=draft" : "all"}`, "requestId"];
  const found = await page.evaluate(
    async ([address = "", name = "", mode = ""]) => {
      const { items } = (await (await fetch(address)).json()) as { items: Record<string, string>[] };
      return items.find((one) => mode === "" || (one.useMode === mode && one.state !== "draft"))?.[name];
    },
    [list, key, place === "stamp" || place === "photos" ? "by-hand" : ""],
  );
  return path(found ?? assert.fail(`${list} shows nothing to go to ${place}`));
}

/**
 * Goes to a page as a click on a link does, without loading everything anew: the heading that stood there is gone, and another
 * stands in its place.
 */
async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector("h1")?.setAttribute("data-left", "");
    history.pushState(null, "", to);
  }, address);
  await page.locator("h1:not([data-left])").first().waitFor();
}

/** Shown whole: a heading, no error, nothing wider than the window, no barrier, nothing asked of others. */
async function assertShown(page: Page, address: string): Promise<void> {
  await goWithin(page, address);
  await page.locator("[aria-busy=true], .skeleton").first().waitFor({ state: "detached" });
  assert.equal(await page.locator("[role=alert] .message").count(), 0, `${address} shows an error`);
  assert.equal(
    await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
    true,
    `${address} scrolls sideways`,
  );
  await assertNoBarriers(page);
}

/** Walks every page in one language and width, and tells all that is wrong with any of them. */
export function walkEveryPage(language: "en" | "zh-CN", width: number): void {
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

  test("every address has somebody who goes there", () => {
    const visited = visitors.flatMap((visitor) => visitor.places);
    assert.deepEqual([...visited, ...elsewhere].sort(), Object.keys(paths).sort());
  });

  test(`every page is shown without barriers, in ${language} at ${width} px`, async () => {
    const wrong: string[] = [];
    for (const { name, places } of visitors) {
      const window = await openPage(browser, server.url, { language, width, height: 844 });
      const { page, outside, faults } = window;
      if (name !== "nobody") await signInAs(window.context, server.url, name);
      await page.goto(paths.signIn);
      for (const place of places)
        await assertShown(page, await addressOf(page, place)).catch((error: unknown) =>
          wrong.push(`${place}: ${error instanceof Error ? error.message : String(error)}`),
        );
      wrong.push(...outside.map((address) => `asked elsewhere: ${address}`), ...faults);
      await window.leave();
    }
    assert.deepEqual(wrong, []);
  });
}
