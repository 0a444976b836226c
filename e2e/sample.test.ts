import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { launchBrowser, openPage } from "./browser.ts";
import { type ServerUnderTest, startServerUnderTest } from "./server.ts";
import { waitForSample } from "./wait-for-sample.ts";

let server: ServerUnderTest;
let browser: Browser;
before(async () => {
  server = await startServerUnderTest();
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

test("the first page offers the sample and the set-up, without anything from elsewhere, and without barriers", async () => {
  const { page, context, outside, faults } = await openPage(browser, server.url);
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map((violation) => violation.id),
    [],
  );
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the sample is made by the product's own commands: people, seals, requests in many states, one leaf for each change", async () => {
  await waitForSample(server.url);
  const { people } = (await (await fetch(`${server.url}/v1/sample/people`)).json()) as {
    people: { personId: string; roles: string[] }[];
  };
  assert.equal(people.length, 18);
  const checkpoint = await (await fetch(`${server.url}/v1/ledger/checkpoint`)).text();
  assert.ok(Number(checkpoint.split("\n")[1]) > 200);
});

test("a person of the sample signs in by a click and sees the overview, in Chinese on a phone too", async () => {
  for (const [language, width] of [
    ["en", 1440],
    ["zh-CN", 390],
  ] as const) {
    const { page, context, outside, faults } = await openPage(browser, server.url, { language, width, height: 844 });
    await page.goto("/sign-in");
    await page
      .getByRole("button", { name: language === "en" ? /Chen Yilin/ : /陈亦霖/ })
      .first()
      .click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
      true,
      "no sideways scroll",
    );
    assert.deepEqual(outside, []);
    assert.deepEqual(faults, []);
    await context.close();
  }
});
