import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { assertNoBarriers, launchBrowser, openPage } from "./browser.ts";
import { type ServerUnderTest, startServerUnderTest } from "./server.ts";

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
  await assertNoBarriers(page);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("an organisation is set up with the code of the console; the browser's way back loses nothing, and the account signs in", async () => {
  const { page, context, outside, faults } = await openPage(browser, server.url, { width: 390, height: 844 });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const link = /\S+\/setup#code=\S+/.exec(server.output())?.[0] ?? assert.fail("no setup link on the console");
  await page.goto(link);
  await field("Name of the organisation, English").fill("Lanxi Instruments");
  await page.getByRole("button", { name: "Go on to the administrator" }).click();
  await page.getByText("The name is needed in both languages.").first().waitFor();
  await field("Name of the organisation, Chinese").fill("澜汐仪器");
  await field("Code in numbers").fill("lx");
  await assertNoBarriers(page);
  await page.getByRole("button", { name: "Go on to the administrator" }).click();
  await field("Sign-in name").waitFor();
  await page.goBack();
  assert.equal(await field("Name of the organisation, Chinese").inputValue(), "澜汐仪器");
  await page.goForward();
  const finish = page.getByRole("button", { name: "Set up the organisation" });
  const code = await field("One-time code").inputValue();
  await field("One-time code").fill("not the right one");
  await field("Password").fill("short");
  await finish.click();
  assert.equal(await page.locator("[aria-invalid]").count(), 5, "both names, sign-in name and passwords, told at once");
  await field("Name of the first administrator, English").fill("Qin Lang");
  await field("Name of the first administrator, Chinese").fill("秦朗");
  await field("Sign-in name").fill("qin.lang");
  await field("Password").fill("a long walk by the river");
  await field("The same once more").fill("a long walk by the river");
  await finish.click();
  await page.getByText("This is not the code printed on the console").waitFor();
  assert.equal(await field("One-time code").getAttribute("aria-invalid"), "true", "told at its field");
  await field("One-time code").fill(code);
  await assertNoBarriers(page);
  await finish.click();
  await page.getByRole("heading", { level: 1, name: "Who is still missing" }).waitFor();
  await assertNoBarriers(page);
  await context.clearCookies();
  await page.goto("/sign-in");
  await field("Sign-in name").fill("qin.lang");
  await field("Password").fill("another walk by the river");
  await page.getByRole("button", { name: "Sign in with the password" }).click();
  await page.getByRole("alert").waitFor();
  await assertNoBarriers(page);
  await field("Password").fill("a long walk by the river");
  await page.getByRole("button", { name: "Sign in with the password" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  // Among real seals there is no virtual controller unless the server was told to have one.
  await page.goto("/lab/controller");
  await page.getByRole("heading", { level: 1, name: "There is no page here." }).waitFor();
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});
