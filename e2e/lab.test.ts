import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, fits, onSample, phone } from "./on-sample.ts";

const { visit } = onSample();

/** The tour's one button has another name after each move: pressed by keyboard until there is none. */
async function followTour(page: Page, name: "Tour" | "导览"): Promise<number> {
  const tour = page.locator("section.lab-tour");
  const next = tour.getByRole("button");
  const over = tour.getByRole("heading", { name: name === "Tour" ? "That was the tour." : "导览到此结束。" });
  let moves = 0;
  for (; moves < 40 && !(await over.isVisible()); moves += 1) {
    const label = await next.innerText();
    await next.press("Enter");
    // The move is done when the button says the next one, or the tour is over; a press may say the same twice, after others.
    await Promise.race([
      tour.getByRole("button", { name: label, exact: true }).waitFor({ state: "detached" }),
      over.waitFor(),
    ]);
  }
  await over.waitFor();
  return moves;
}

test("the virtual controller: the tour by keyboard, in English at 1440 px, and tricks with what both sides say", async () => {
  await visit(/Chen Yilin|陈亦霖/, desk, async (page) => {
    const asked: string[] = [];
    await page.goto(paths.overview);
    await page.getByRole("link", { name: "Virtual controller" }).click();
    await page.getByRole("heading", { level: 1, name: "Virtual controller" }).waitFor();
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    assert.equal(await followTour(page, "Tour"), 18);
    const counts = page.getByLabel("Four counts of the last request");
    for (const count of ["Authorised2", "Stamped2", "Photographed2", "Registered2"])
      await counts.locator("div", { hasText: count }).waitFor();
    await page.getByText("All four agree.").waitFor();
    // The trick of the last step lies on top.
    await page.getByRole("img", { name: /Letter to the bank LAB-0188.*one impression/ }).waitFor();
    await page.getByRole("img", { name: "What the camera saw" }).waitFor();
    const trick = async (name: string, ...codes: string[]): Promise<void> => {
      const one = page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
      await one.getByRole("button").press("Enter");
      for (const code of codes) await one.getByText(code, { exact: true }).waitFor();
    };
    await trick("Forge an authorisation", "BAD_SIG", "TOKEN_REJECTED");
    await trick("Change a record on its way", "BAD_SIGNATURE");
    await trick("Restore yesterday's memory", "TAMPER", "FORK");
    await trick("Be two people at once", "SAME_PERSON", "PRESS_REFUSED");
    await page.getByText("5 of 11 tried").waitFor();
    // What is approved for the dock alone is refused on the desk beside it, with what to do, and pressed once it is back.
    const box = page.locator("section.lab-box");
    const press = async (name: string, at: Page | Locator = page): Promise<void> =>
      at.getByRole("button", { name, exact: true }).press("Enter");
    const screen = page.getByRole("group", { name: "Screen of the box" });
    await page.getByLabel("To be pressed only in the dock").check();
    for (const name of ["Apply", "Approve", "Lift it off its dock"]) await press(name);
    await screen.getByRole("button", { name: /only in its dock/ }).press("Enter");
    for (const name of ["Tao Yi, applicant", "Qiao An, supervisor", "Press"]) await press(name, box);
    await screen.getByText("Put the controller in its station.").waitFor();
    await press("Put it on its dock");
    await press("Press", box);
    await counts.locator("div", { hasText: "Stamped1" }).waitFor();
    await assertNoBarriers(page);
    assert.ok(await fits(page));
    // It asks the server for nothing of its own: what the frame asks for, pictures and scripts.
    const ofFrame = ["/v1/session", "/v1/alarms/urgent"];
    const own = asked.filter((path) => path.startsWith("/v1/") && !ofFrame.includes(path));
    assert.deepEqual(own, []);
    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("status").getByText("A new box stands on the desk. It knows nobody.").waitFor();
    await page.getByText("Step 1 of 7: Pair").waitFor();
  });
});

test("the virtual controller in Chinese at 390 px: the same tour, the box first", async () => {
  await visit(/Chen Yilin|陈亦霖/, phone, async (page) => {
    await page.goto(paths.lab);
    await page.getByRole("heading", { level: 1, name: "虚拟印控仪" }).waitFor();
    assert.ok(await fits(page));
    await followTour(page, "导览");
    await page.getByRole("heading", { level: 2, name: "机器", exact: true }).waitFor();
    const first = await page.locator(".lab section").first().getAttribute("aria-labelledby");
    assert.equal(first, "lab-box");
    assert.ok(await fits(page));
    await assertNoBarriers(page);
  });
});
