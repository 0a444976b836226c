import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { actByCall } from "./act-by-call.ts";
import { assertNoBarriers, launchBrowser, openPage } from "./browser.ts";
import { type ServerUnderTest, startServerUnderTest } from "./server.ts";
import { makeSmallCrew, type SmallCrew, smallPassword } from "./small-people.ts";

let server: ServerUnderTest;
let browser: Browser;
let crew: SmallCrew;
before(async () => {
  server = await startServerUnderTest();
  browser = await launchBrowser();
  const code = /\/setup#code=(\S+)/.exec(server.output())?.[1] ?? assert.fail("no setup link on the console");
  crew = await makeSmallCrew(server.url, code);
});
after(async () => {
  await browser?.close();
  await server?.close();
});

async function actAs(login: string, act: (page: Page) => Promise<void>): Promise<void> {
  const { page, leave, outside, faults } = await openPage(browser, server.url);
  await page.goto("/sign-in");
  await page.getByLabel("Sign-in name", { exact: true }).fill(login);
  await page.getByLabel("Password", { exact: true }).fill(smallPassword);
  await page.getByRole("button", { name: "Sign in with the password" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await act(page);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await leave();
}

/** Shows with the password that it is the reader who acts. */
async function present(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Password").fill(smallPassword);
  await dialog.getByRole("button", { name: "Confirm with the password" }).click();
}

const contract = testContract({}, "twelve gauges", "Beicheng Ltd", "Northwind Gauges Ltd");

test("three people and a guest: the first seal names the guest, and a use goes from asking to the sealed file", async () => {
  const { director, keeper, guest } = crew;
  let requestId = "";
  await actAs("emil.ployer", async (page) => {
    await page.goto("/seals/new");
    const field = (name: string) => page.getByLabel(name, { exact: true });
    await field("Custodian").selectOption({ label: "Kei Per" });
    await field("Supervisor").selectOption(guest.personId);
    await field("Supervises until").waitFor();
    await field("What it is needed for").fill("Contracts");
    await page.getByRole("button", { name: "Ask for the seal" }).click();
    await page.getByText("Choose the last day.").waitFor();
    assert.equal(await page.getByText("Say in a sentence what could go wrong.").count(), 1);
    assert.equal(await page.getByText("Everybody the seal needs is named.").count(), 0);
    await assertNoBarriers(page);
    await field("Supervises until").fill(`${new Date().getFullYear() + 1}-12-31`);
    await field("What could go wrong").fill("Who reviews the text also watches the sealing.");
    await page.getByText("Everybody the seal needs is named.").waitFor();
    await page.getByRole("button", { name: "Ask for the seal" }).click();
    await page.getByText("The seal is asked for.").waitFor();
  });
  await actAs("olga.wener", async (page) => {
    await page.goto("/inbox");
    await page.getByRole("link", { name: /NW-01/ }).first().click();
    await page.getByText("Who reviews the text also watches the sealing.").waitFor();
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await present(page);
    await page.getByText("It is carried out.").waitFor();
  });
  for (const login of ["kei.per", "lawrence.jure"])
    await actAs(login, async (page) => {
      await page.goto("/account");
      await page.getByRole("checkbox", { name: /I have read/ }).check();
      await page.getByRole("button", { name: /^Confirm the position/ }).click();
      await present(page);
      await page.getByRole("button", { name: /^Confirm the position/ }).waitFor({ state: "detached" });
    });
  await actAs("emil.ployer", async (page) => {
    await page.goto("/crew");
    await page.getByText("Everyone needed for the first seal use is there.").waitFor();
    await page.goto("/requests/new");
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose PDFs" }).click();
    await (await chosen).setFiles({
      ...{ name: "Supply contract.pdf", mimeType: "application/pdf", buffer: contract },
    });
    await page.getByText("Supply contract.pdf", { exact: true }).waitFor();
    await page.getByLabel("Class of the documents", { exact: true }).selectOption({ label: "Contract" });
    await page.getByLabel("Counterparty", { exact: true }).fill("Beicheng");
    await page.getByLabel("Reason", { exact: true }).fill("Twelve gauges");
    await page.getByRole("button", { name: "Next: place the seal" }).click();
    await page.getByRole("button", { name: /Company seal.*Fits best/ }).click();
    await page.getByRole("button", { name: /^Company seal, [\d.]+ mm from the left/ }).waitFor();
    await page.getByRole("button", { name: "Next: check" }).click();
    await page.getByText("Nothing stands in the way.").waitFor();
    await page.getByRole("button", { name: "Submit the application" }).click();
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    requestId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  });
  await actAs("lawrence.jure", async (page) => {
    await page.goto("/inbox");
    await page
      .getByRole("link", { name: /Supply contract/ })
      .first()
      .click();
    await page.waitForURL(/\/decide$/);
    await page.getByText("Page 1 of 1").first().waitFor();
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await present(page);
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  });
  const proof = { method: "password", password: smallPassword } as const;
  await actByCall(director.call, requestId, "approve", proof);
  await actByCall(keeper.call, requestId, "release", proof);
  await actByCall(guest.call, requestId, "confirm", proof);
  await actAs("emil.ployer", async (page) => {
    await page.goto("/requests");
    await page
      .getByRole("link", { name: /Supply contract/ })
      .first()
      .click();
    const download = page.getByRole("button", { name: "Download the sealed file of Supply contract.pdf" });
    await download.waitFor({ timeout: 60_000 });
    const saved = page.waitForEvent("download");
    await download.click();
    const sealed = await readFile(await (await saved).path());
    assert.match(sealed.toString("latin1", contract.length), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
  });
});
