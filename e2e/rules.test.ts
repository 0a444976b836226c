import assert from "node:assert/strict";
import { test } from "node:test";
import type { Locator } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";
import { ask } from "./visit.ts";

const { visit } = onSample();
/** Chooses of a list that is searched by typing. */
async function choose(form: Locator, list: string, ...values: readonly string[]): Promise<void> {
  const field = form.getByLabel(list, { exact: true });
  for (const value of values) {
    await field.fill(value);
    await field.press("Enter");
  }
  await field.press("Escape");
}

test("C01: external contracts over a million go to the board: written, tried, approved by another, in force", async () => {
  let matter = "";
  await visit(/Gao Minzhi|高敏之/, { language: "en", width: 1280 }, async (page) => {
    await page.goto(paths.rulesOfUse);
    await page.getByRole("button", { name: "Begin a draft" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("What the draft is for").fill("The board decides above a million");
    await dialog.getByRole("button", { name: "Begin the draft" }).click();
    await page.getByRole("button", { name: "Add a row" }).click();
    // A new row answers as what holds otherwise does; a reason is missing, which keeps the draft from being proposed.
    const form = page.locator(".rule-form");
    await form.waitFor();
    assert.equal(await form.getByLabel("Answer", { exact: true }).inputValue(), "allow");
    assert.equal(await page.getByRole("button", { name: "Propose it" }).isDisabled(), true);
    await choose(form, "Class of document", "Contract");
    await form.getByLabel("Leaves the organisation").selectOption("yes");
    await form.getByLabel("Amount from").fill("1,000,000");
    await form.getByLabel("Answer", { exact: true }).selectOption({ label: "Allowed with papers" });
    await choose(form, "Papers to attach", "resolution of the board");
    await form.getByLabel("Reason, English").fill("The board answers for large contracts.");
    await form.getByLabel("Reason, Chinese").fill("大额合同由董事会负责。");
    await page.getByText("Nothing is missing: the draft can be proposed.").waitFor();
    await page.getByRole("region", { name: "Try a case" }).getByLabel("Amount").fill("1,200,000");
    await page.getByText("allowed with resolution of the board").waitFor();
    await page.getByRole("row", { name: /The board answers for large contracts.*Answers the case/ }).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Propose it" }).click();
    await dialog.getByLabel("Why").fill("Decided in the spring meeting");
    await dialog.getByRole("button", { name: "Ask for approval" }).click();
    await page.waitForURL(/\/matters\/mat_/);
    matter = new URL(page.url()).pathname;
    await page.getByText("In review").first().waitFor();
  });
  await visit(/Shen Huaining|沈怀宁/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(matter);
    await page.getByText(/文件类别为合同，且文件对外，且金额为1,000,000 及以上：须附董事会决议。/).waitFor();
    // Who decides is told that the draft was never tried, or how its last trial ended.
    await page.getByRole("heading", { name: "最近一次回溯测算" }).waitFor();
    await page.getByText("本草稿尚未用以往申请或模拟年度作回溯测算。").waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "同意", exact: true }).click();
    await page.getByRole("button", { name: "以示例点击确认" }).click();
    await page.getByRole("link", { name: "查看规则" }).waitFor();
  });
  await visit(/Zhou Mingche|周明澈/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(paths.rulesOfUse);
    await page.getByText("大额合同由董事会负责。").waitFor();
    await assertNoBarriers(page);
  });
});

test("C02: a running request is named to take the rules in force, another agrees, and its applicant reads why it came back", async () => {
  let [requestId, number, matter] = ["", "", ""];
  await visit(/Zhou Mingche|周明澈/, { language: "en", width: 390 }, async (page) => {
    type Line = { requestId: string; number: string; emergency: unknown; confidential: string };
    const { items } = await ask<{ items: Line[] }>(page, "/v1/seal-use-requests?view=mine&state=in-review");
    const plain = items.find((one) => one.emergency === null && one.confidential === "no");
    assert.ok(plain);
    ({ requestId, number } = plain);
  });
  await visit(/Gao Minzhi|高敏之/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(paths.rulesOfUse);
    await page.getByText(/件在办申请仍适用旧规则/).waitFor();
    await page.getByRole("link", { name: "查看", exact: true }).click();
    const card = page.getByRole("region", { name: "仍适用旧规则的在办申请" });
    await card.getByRole("searchbox", { name: "按编号或标题查找" }).fill(number);
    await card.getByRole("checkbox", { name: new RegExp(number) }).check();
    await card.getByText("已选 1 件").waitFor();
    await card.getByRole("searchbox", { name: "按编号或标题查找" }).fill("ZZ-000");
    await card.getByText("没有此类仍适用旧规则的在审申请。").waitFor();
    assert.equal(await card.getByRole("checkbox", { name: new RegExp(number) }).isChecked(), true, "it stays chosen");
    await assertNoBarriers(page);
    await card.getByRole("button", { name: "改用现行规则" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("事由").fill("董事会要求一并审阅");
    await dialog.getByRole("button", { name: "提请批准" }).click();
    await page.waitForURL(/\/matters\/mat_/);
    matter = new URL(page.url()).pathname;
  });
  await visit(/Gao Minzhi|高敏之/, { language: "en", width: 1280 }, async (page) => {
    await page.goto(`${paths.rulesOfUse}?view=versions`);
    const card = page.getByRole("region", { name: "Running requests under earlier rules" });
    await card.getByText(/LX-M-\d+-\d+ on the same subject is still open/).waitFor();
    assert.equal(await card.getByRole("checkbox", { name: new RegExp(number) }).isDisabled(), true);
    await assertNoBarriers(page);
  });
  await visit(/Shen Huaining|沈怀宁/, { language: "en", width: 390 }, async (page) => {
    await page.goto(matter);
    await page.getByText(number).first().waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByRole("button", { name: "Confirm as a sample click" }).click();
    await page.getByText("Came back to its applicant").waitFor();
  });
  for (const [language, why] of [
    ["en", /The rules of use in force are to hold for this request/],
    ["zh-CN", /本申请须适用现行用印规则/],
  ] as const)
    await visit(/Zhou Mingche|周明澈/, { language, width: 390 }, async (page) => {
      await page.goto(paths.request(requestId));
      await page.getByText(why).waitFor();
      await page.getByText("董事会要求一并审阅").first().waitFor();
      await assertNoBarriers(page);
      await page.goto(paths.editRequest(requestId));
      await page.getByText(why).waitFor();
    });
});

test("a gap is filled where it is told, and a step taken back: by keyboard and mouse, on a phone, in Chinese", async () => {
  await visit(/Gao Minzhi|高敏之/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(paths.rulesOfUse);
    await page.getByRole("button", { name: "新建草稿" }).click();
    await page.getByRole("dialog").getByLabel("草稿用途").fill("试写");
    await page.getByRole("dialog").getByRole("button", { name: "新建草稿" }).click();
    await page.getByRole("link", { name: /^用印限制/ }).click();
    const last = page.getByRole("button", { name: /^删除第 \d+ 行$/ }).last();
    await last.click();
    await page
      .getByText(/用印限制：以下情形没有规则/)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "在此新增一行" }).first().click();
    await page.getByRole("button", { name: "撤销" }).click();
    await page.getByRole("button", { name: "撤销" }).click();
    await page.getByText("内容完整，可以提请审批。").waitFor();
    const up = page.getByRole("button", { name: "上移第 2 行" });
    await up.focus();
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("该行现为第 1 行，共 4 行。").waitFor({ state: "attached" });
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText("已保存。").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await assertNoBarriers(page);
  });
});
