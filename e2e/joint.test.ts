import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeSamplePdf } from "../apps/server/platform/sample-pdf.ts";
import { paths } from "../apps/web/src/paths.ts";
import { actByCall } from "./act-by-call.ts";
import { assertNoBarriers } from "./browser.ts";
import { press, type } from "./keyboard.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";
import { ask } from "./visit.ts";

const { visit, server } = onSample();
const asPerson = (name: RegExp) => callAs(server().url, name);
const title = "Statement on invoices within the group";
const statement = makeSamplePdf([
  [
    "# 关联交易开票情况补充说明",
    "致：北港税务局",
    "",
    "澜汐仪器有限公司与澜汐精工有限公司上季度相互开具的发票共九份，",
    "价税合计人民币 96,200.00 元，均已入账并申报。",
    "两家公司对本说明的真实性共同负责。",
    "",
    "澜汐仪器有限公司（盖章）　　　　　　澜汐精工有限公司（盖章）",
  ],
]);

test("C11: one paper, two companies: asked once, decided by different people, sealed in turn, taken home with both seals", async () => {
  await visit(/Xu Zhiyuan/, desk, apply);
  const sides = await readSides();
  // The company's own people agree first; nothing can be sealed before the works' have.
  await visit(/江岚/, phone, (page) => approve(page, sides.own));
  await actByCall(await asPerson(/沈怀宁/), sides.own, "approve");
  await visit(/Fang Lu/, desk, async (page) => {
    await page.goto(paths.request(sides.own));
    await page
      .getByText(/No seal stands on the paper before both sides have agreed/)
      .first()
      .waitFor();
    await page.getByText(/The other side of the joint request \(LP-\d{4}-\d{6}\) is in review/).waitFor();
    assert.equal(await page.getByRole("link", { name: "Open the other side" }).count(), 0, "it is not hers to read");
    await assertNoBarriers(page);
  });
  for (const name of [/罗逸/, /莫谦/]) await actByCall(await asPerson(name), sides.other, "approve");

  await actByCall(await asPerson(/方露/), sides.own, "release");
  await actByCall(await asPerson(/林越/), sides.own, "confirm");
  await visit(/Xu Zhiyuan/, desk, async (page) => {
    await page.goto(paths.request(sides.own));
    await page.getByText(/This side has sealed. It waits for the other side/).waitFor({ timeout: 60_000 });
    assert.equal(await page.getByRole("button", { name: /^Download the sealed file/ }).count(), 0);
    await assertNoBarriers(page);
  });
  await actByCall(await asPerson(/陆文/), sides.other, "release");

  await visit(/Xu Zhiyuan/, desk, async (page) => {
    await page.goto(paths.request(sides.own));
    await page.getByText("The paper carries the seals of both sides.").waitFor({ timeout: 60_000 });
    await assertNoBarriers(page);
    const saved = page.waitForEvent("download");
    await press(page, page.getByRole("button", { name: /^Download the sealed file/ }));
    const file = await (await saved).path();
    const bytes = await readFile(file);
    assert.ok(bytes.subarray(0, statement.length).equals(statement), "what both approved, and nothing before it");
    const added = bytes.toString("latin1", statement.length);
    assert.equal(added.match(/\/SubFilter\s*\/ETSI\.CAdES\.detached/g)?.length, 2, "a seal of each");
    if (existsSync("/usr/bin/pdfsig")) {
      const said = execFileSync("/usr/bin/pdfsig", ["-nocert", file], { encoding: "utf8" });
      assert.equal(said.match(/Signature is Valid/g)?.length, 2, said);
    }
  });
});

test("one side is rejected: the other comes back with the reason on a phone, and both are asked for again", async () => {
  const sample = "关联交易开票情况说明";
  await visit(/Luo Yi/, desk, async (page) => {
    await page.goto("/inbox");
    await page
      .getByRole("link", { name: new RegExp(sample) })
      .first()
      .click();
    await page.waitForURL(/\/decide$/);
    await page.getByText("Joint with Lanxi Instruments Co., Ltd.").first().waitFor();
    await page.getByRole("button", { name: "Reject", exact: true }).click();
    await page.getByLabel("Why do you reject it?").fill("The sum is another quarter's");
    await page.getByRole("button", { name: "Reject the request" }).click();
    const confirm = page.getByRole("button", { name: "Confirm as a sample click" });
    await Promise.race([confirm.click(), page.waitForURL((url) => !url.pathname.endsWith("/decide"))]);
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  });
  await visit(/许知远/, phone, async (page) => {
    await page.goto(paths.requests);
    await page.locator("a.request-line", { hasText: sample }).filter({ hasText: "退回修改" }).first().click();
    await page.getByText(/另一方（LP-\d{4}-\d{6}）已被驳回，本方随之退回。/).waitFor();
    await page.getByText("The sum is another quarter's").first().waitFor();
    await page.getByText("双方均已退回，须一并修改并提交。").waitFor();
    await assertNoBarriers(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await page.locator('a[href$="/edit"]').first().click();
    await page.getByText(/对方为澜汐精工有限公司，提交时已确定。/).waitFor();
    await page.getByText("The sum is another quarter's").first().waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "下一步：放置印章" }).click();
    await page.getByRole("button", { name: "下一步：核对" }).click();
    await page.getByRole("heading", { name: "澜汐精工有限公司的审批" }).waitFor();
    const again = page.getByRole("button", { name: "重新提交" });
    await page.waitForFunction(
      (button) => button instanceof HTMLButtonElement && !button.disabled,
      await again.elementHandle(),
    );
    await assertNoBarriers(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await again.click();
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByText("双方均同意前，任何一方不得用印。任何人不得为双方审批。").first().waitFor();
  });
});

async function apply(page: Page): Promise<void> {
  await page.goto(paths.apply);
  const chosen = page.waitForEvent("filechooser");
  await press(page, page.getByRole("button", { name: "Choose PDFs" }));
  await (await chosen).setFiles({ name: "Statement.pdf", mimeType: "application/pdf", buffer: statement });
  await page.getByText("Statement.pdf", { exact: true }).waitFor();
  await page.getByLabel("Class of the documents", { exact: true }).selectOption({ label: "Invoice document" });
  await page.getByLabel("Title", { exact: true }).fill(title);
  await type(page, page.getByLabel("Counterparty", { exact: true }), "北港税务局");
  await type(page, page.getByLabel("Amount (optional)", { exact: true }), "96,200");
  await type(page, page.getByLabel("Reason", { exact: true }), "Asked for by the tax office");
  const other = page.getByLabel("Does another of our entities seal the same paper?", { exact: true });
  await other.selectOption({ label: "Lanxi Precision Works Co., Ltd." });
  await page.getByLabel("Which unit there answers for it", { exact: true }).selectOption({ label: "Plant office" });
  await page.getByLabel("It can not wait: ask for an emergency use").check();
  await page.getByText("An emergency use is of one entity alone.").waitFor();
  await page.getByLabel("It can not wait: ask for an emergency use").uncheck();
  await assertNoBarriers(page);
  await press(page, page.getByRole("button", { name: "Next: place the seal" }));
  await press(page, page.getByRole("button", { name: /LX-03/ }));
  await page.getByRole("button", { name: /^Finance seal, [\d.]+ mm from the left/ }).waitFor();
  await press(page, page.getByRole("button", { name: "Next: check" }));
  await page.getByRole("heading", { name: "What Lanxi Precision Works Co., Ltd. still needs" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Submit the application" }).isDisabled(), true);
  await assertNoBarriers(page);
  await press(page, page.getByRole("button", { name: "Back" }));
  await press(page, page.getByRole("button", { name: "Another seal" }));
  await press(page, page.getByRole("button", { name: /LP-05/ }));
  await page.getByRole("button", { name: /^Invoice seal, [\d.]+ mm from the left/ }).waitFor();
  await assertNoBarriers(page);
  await press(page, page.getByRole("button", { name: "Next: check" }));
  await page.getByText("Nothing stands in the way.").waitFor({ timeout: 20_000 });
  const works = page.getByRole("region", { name: "How Lanxi Precision Works Co., Ltd. decides" });
  await works.getByText("Mo Qian").first().waitFor();
  assert.equal(await works.getByText("Shen Huaining").count(), 0, "nobody is asked on both sides");
  await assertNoBarriers(page);
  await press(page, page.getByRole("button", { name: "Submit the application" }));
  await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
  await page.getByRole("link", { name: "Open the other side" }).waitFor();
  await assertNoBarriers(page);
}

/** The two requests that the one draft became. */
async function readSides(): Promise<{ own: string; other: string }> {
  let found: { own: string; other: string } | null = null;
  await visit(/Xu Zhiyuan/, desk, async (page) => {
    type Listed = { items: { requestId: string; title: string; entity: { code: string } }[] };
    const { items } = await ask<Listed>(page, "/v1/seal-use-requests?view=mine");
    const side = (code: string): string =>
      items.find((one) => one.title === title && one.entity.code === code)?.requestId ?? "";
    found = { own: side("LX"), other: side("LP") };
    assert.ok(side("LX") && side("LP"), JSON.stringify(items));
  });
  assert.ok(found);
  return found;
}

async function approve(page: Page, requestId: string): Promise<void> {
  await page.goto("/inbox");
  await page.locator(`a[href*="${requestId}"]`).first().click();
  await page.waitForURL(/\/decide$/);
  await page.getByText("联合申请：两个单位在同一文件上用印").waitFor();
  await assertNoBarriers(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
  await page.getByRole("button", { name: "同意", exact: true }).click();
  const confirm = page.getByRole("button", { name: "以示例点击确认" });
  await Promise.race([confirm.click(), page.waitForURL((url) => !url.pathname.endsWith("/decide"))]);
  await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
}
