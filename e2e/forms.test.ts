import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, fits, onSample, phone } from "./on-sample.ts";

const { visit } = onSample();

test("C24: on a phone, in Chinese: forms are received by whoever counts them, and used with a reason", async () => {
  await visit(/许知远/, phone, async (page) => {
    await page.goto(paths.forms);
    await page.getByRole("link", { name: /介绍信/ }).click();
    await page.getByText("您领用了 5 张：JS00116–JS00120").waitFor();
    await page.getByRole("button", { name: "确认签收" }).click();
    await page.getByRole("button", { name: "登记使用" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("号码").fill("JS00116");
    await dialog.getByLabel("没有用印申请的原因").fill("走访经销商，存根留存");
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "登记使用" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("使用 JS00116").waitFor();
  });
});

test("C05: what a stock-take misses waits for the second person, who counts the same", async () => {
  await visit(/Song Ke|宋珂/, desk, async (page) => {
    await page.goto(paths.forms);
    await page.getByRole("link", { name: /Introduction letters/ }).click();
    await page.getByRole("button", { name: "Take stock" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Numbers that lie in stock").fill("121-149");
    await dialog.getByRole("button", { name: "Send the count" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Waits for a second person").waitFor();
  });
  await visit(/Ye Shuyan|叶书言/, desk, async (page) => {
    await page.goto(paths.forms);
    await page.getByRole("link", { name: /Introduction letters/ }).click();
    await page.getByText(/Counted once, \d+ by the book/).waitFor();
    await page.getByLabel("Numbers you counted").fill("121-149");
    await page.getByRole("button", { name: "Enter my count" }).click();
    await page.getByText("Missing: JS00150").waitFor();
    await page.getByText("1 number is missing.").waitFor();
    await assertNoBarriers(page);
  });
});

test("C24: a line is corrected from where it is read: asked for, and a matter until another confirms", async () => {
  await visit(/Ye Shuyan|叶书言/, desk, async (page) => {
    await page.goto(paths.register("controlled-forms"));
    await page.getByRole("button", { name: /000007/ }).click();
    await page.getByRole("button", { name: "Ask for a correction" }).click();
    await page.getByLabel("What is wrong").selectOption({ label: "From whom" });
    await page.getByText("It says: Hengda printers").waitFor();
    await page.getByLabel("What it should read").fill("Weixin printers");
    await page.getByLabel("Why, and what shows it").fill("See the delivery note");
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Ask for the correction" }).click();
    await page.waitForURL(/\/matters\/mat_/);
    await page.getByRole("heading", { level: 1, name: /Correct LX-B/ }).waitFor();
    await page.getByText("From whom · It says: Hengda printers").waitFor();
    await assertNoBarriers(page);
  });
});
