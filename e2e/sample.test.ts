import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { assertNoBarriers, launchBrowser, openPage } from "./browser.ts";
import { press, type } from "./keyboard.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";

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

test("the sample is made by the product's own commands: people, seals, requests in many states, one leaf for each change", async () => {
  const { people } = (await (await fetch(`${server.url}/v1/sample/people`)).json()) as {
    people: { personId: string; roles: string[] }[];
  };
  assert.equal(people.length, 19);
  const checkpoint = await (await fetch(`${server.url}/v1/ledger/checkpoint`)).text();
  assert.ok(Number(checkpoint.split("\n")[1]) > 200);
});

test("C08 the sample has a seal in every state of its life, and what was used has been kept for as long as its past goes back", async () => {
  const people = (await ask("/v1/sample/people")).people as { personId: string; name: { en: string } }[];
  const gao = people.find((one) => one.name.en === "Gao Minzhi")?.personId;
  const signedIn = await fetch(`${server.url}/v1/sample/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ personId: gao }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const get = (path: string) => ask(path, { cookie });

  const seals = (await get("/v1/seal-choices")).items as { sealId: string; number: string; state: string }[];
  const there = new Set(seals.map((seal) => seal.state));
  const life = ["approved-for-engraving", "made", "filed", "awaiting-issue", "in-use", "in-handover", "taken-out"];
  const ends = ["frozen", "stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "lost", "void"];
  // Of a seal that is applied for there is the matter alone: it is made once it is approved.
  const asked = await get("/v1/matters?view=all&kind=engrave&state=in-review");
  assert.equal((asked.items as unknown[]).length, 1);

  const made = ["approved-for-engraving", "made", "filed", "awaiting-issue"];
  for (const { sealId, number, state } of seals) {
    const { bodies } = (await get(`/v1/seals/${sealId}/custody`)) as {
      bodies: { kind: string; state: string; stays: { from: string }[] }[];
    };
    for (const body of bodies) there.add(body.state);
    const pieces = made.includes(state) ? [] : bodies.filter((body) => body.kind === "physical");
    for (const { stays } of pieces) {
      const since = Math.min(...stays.map((stay) => Date.parse(stay.from)));
      if (state !== "cancelled")
        assert.ok(Date.now() - since > 60 * 86_400_000, `${number} (${state}) has been kept since ${new Date(since)}`);
    }
  }
  assert.deepEqual(
    [...life, ...ends].filter((state) => !there.has(state)),
    [],
  );

  const { items: tasks } = (await get("/v1/tasks?view=all")) as { items: { kind: string }[] };
  assert.deepEqual(
    tasks.filter((task) => ["issue-receipt", "lock-away"].includes(task.kind)),
    [],
  );
});

async function ask(path: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}${path}`, { headers });
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as Record<string, unknown>;
}

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

test("C11 a seal is found, frozen and refused to be unfrozen by keyboard alone; wall and page have no barriers", async () => {
  const { page, context, outside, faults } = await openPage(browser, server.url);
  await page.goto("/sign-in");
  await page
    .getByRole("button", { name: /Gao Minzhi/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.goto("/seals");
  await page.locator("a.seal-card").first().waitFor();
  assert.equal(await page.locator("a.seal-card").count(), 18);
  await assertNoBarriers(page);

  await type(page, page.locator("input[type=search]"), "LX-11");
  await page.waitForURL((url) => url.searchParams.get("search") === "LX-11");
  // What was found before stays until the server has answered.
  await page.locator("a.seal-card").nth(1).waitFor({ state: "detached" });
  await press(page, page.locator("a.seal-card"));
  await page.getByRole("heading", { level: 1, name: /Purchasing department seal/ }).waitFor();
  await assertNoBarriers(page);

  await page.getByRole("button", { name: "Freeze" }).focus();
  await page.keyboard.press("Enter");
  await type(page, page.locator("dialog textarea"), "The department moves house.");
  await press(page, page.locator("dialog button[type=submit]"));
  await page.getByText("nothing can be sealed with it").waitFor();
  const why = page.getByRole("region", { name: "Why can I not unfreeze it? 1 reason." });
  assert.match(await why.innerText(), /C11/);
  assert.equal(await page.getByRole("button", { name: "Unfreeze" }).count(), 0);
  await assertNoBarriers(page);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a face is drawn while it is typed, a state emblem is refused there, and a seal that is asked for waits for its signatory", async () => {
  const { page, context, outside, faults } = await openPage(browser, server.url, { width: 390, height: 844 });
  await page.goto("/sign-in");
  await page
    .getByRole("button", { name: /Gao Minzhi/ })
    .first()
    .click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await page.goto("/seals/new");
  const face = page.locator(".register-preview .seal-face");
  await face.waitFor();
  const drawn = async (): Promise<string> => (await face.getAttribute("style")) ?? "";
  const before = await drawn();
  await page.getByLabel("Lower text").fill("业务专用章");
  await page.waitForFunction((was) => document.querySelector(".seal-face")?.getAttribute("style") !== was, before);
  await page.getByLabel("Lower text").fill("国徽");
  await page.getByRole("alert").filter({ hasText: "made by authorities alone" }).waitFor();
  assert.equal(await face.count(), 0);
  await assertNoBarriers(page);

  await page.getByLabel("Lower text").fill("");
  await page.getByText("1 duty is still open").waitFor();
  await page.getByRole("button", { name: "Ask for the seal" }).click();
  await page.getByText("Say in a sentence why it is needed.").waitFor();
  await page.getByLabel("What it is needed for").fill("A second company seal for the works");
  await page.getByRole("button", { name: "Ask for the seal" }).click();
  await page.getByText("Nothing exists before it is approved.").waitFor();
  assert.match(await page.locator(".register-result").innerText(), /Shen/);
  await assertNoBarriers(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  assert.deepEqual(outside, []);
  assert.deepEqual(faults, []);
  await context.close();
});
