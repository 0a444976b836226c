import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeTestPdf } from "../apps/server/platform/test-pdf.ts";
import { paths } from "../apps/web/src/paths.ts";
import { actByCall } from "./act-by-call.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";

const { visit, server } = onSample();
const title = "生产线采购合同";
const contract = makeTestPdf([
  "Supply contract",
  "Buyer: Lanxi Instruments Ltd",
  "Seller: Beicheng Precision Ltd",
  "The seller delivers a production line by 30 November 2026.",
  "The price is CNY 25,000,000.00, paid within thirty days of acceptance.",
  "Signed for the buyer:",
]);
const resolution = makeTestPdf([
  "Resolution of the board",
  "The board met on 20 November 2026. All of its members were present.",
  "The purchase was put to the vote, and nobody voted against it.",
  "The board agrees to buy a production line of Beicheng Precision Ltd for CNY 25,000,000.00.",
]);

const tap = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) })
    .first()
    .click();

async function chooseFile(page: Page, open: () => Promise<void>, name: string, buffer: Buffer): Promise<void> {
  const chosen = page.waitForEvent("filechooser");
  await open();
  await (await chosen).setFiles({ name, mimeType: "application/pdf", buffer });
  await page.getByText(name, { exact: true }).first().waitFor();
}

/** Opens the request from the inbox and agrees, with a proof of presence; the phone has no connection just then. */
async function agree(page: Page): Promise<void> {
  await page.goto("/inbox");
  await page.getByRole("link", { name: title }).first().click();
  await page.waitForURL(/\/decide$/);
  await page.getByRole("button", { name: "同意", exact: true }).first().waitFor();
  await page.context().setOffline(true);
  await tap(page, "同意");
  await page.getByText("没有网络连接。").first().waitFor();
  await page.context().setOffline(false);
  await page.getByRole("heading", { name: "请确认是您本人" }).waitFor();
  await assertNoBarriers(page);
  await tap(page, "以示例点击确认");
  await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  await page.getByRole("heading", { level: 1 }).waitFor();
  await assertNoBarriers(page);
}

/** Returns the request to the head of unit's step, with a proof of presence; the session ends while the reason is written. */
async function sendBack(page: Page, reason: string): Promise<void> {
  await page.goto("/inbox");
  const line = page.getByRole("link", { name: title }).first();
  await line.getByText("待审批：董事会办公室").waitFor();
  await line.click();
  await page.waitForURL(/\/decide$/);
  await page.getByText("意见", { exact: true }).first().click();
  await page.getByRole("textbox").first().fill(reason.slice(0, 4));
  await tap(page, "退回修改");
  const dialog = page.getByRole("dialog", { name: "退回修改" });
  assert.equal(await dialog.getByRole("textbox").inputValue(), reason.slice(0, 4));
  await dialog.getByRole("textbox").fill(reason);
  await dialog.getByText(/^部门负责人：/).click();
  await page.context().clearCookies();
  await dialog.getByRole("button", { name: "退回修改", exact: true }).click();
  const ended = page.getByRole("dialog", { name: "您的会话已结束" });
  await ended.waitFor();
  await assertNoBarriers(page);
  await ended.getByRole("button", { name: "先看看本页" }).click();
  await dialog.getByText("您尚未登录，或会话已结束。").waitFor();
  assert.equal(await dialog.getByRole("textbox").inputValue(), reason);
  await dialog.getByRole("button", { name: "退回修改", exact: true }).click();
  await tap(page, /^继续以.*的身份办理$/);
  await tap(page, "以示例点击确认");
  await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
}

test("C01: two of three of the board's office decide on their phones, in Chinese, and only then the signatory is asked", async () => {
  let request = "";
  await visit(/周明澈/, phone, async (page) => {
    await page.goto(paths.apply);
    await chooseFile(page, () => tap(page, "选择 PDF"), `${title}.pdf`, contract);
    await page.getByLabel("文件类别", { exact: true }).selectOption({ label: "合同" });
    await page.getByLabel("相对方", { exact: true }).fill("Beicheng Precision Ltd");
    await page.getByLabel("金额（可不填）", { exact: true }).fill("25000000");
    // The session ends while the application is written: what was typed stays, and is saved once its writer is back.
    await page.context().clearCookies();
    await page.getByLabel("事由", { exact: true }).fill("采购生产线");
    await tap(page, "继续以周明澈的身份办理");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("事由", { exact: true }).inputValue(), "采购生产线");
    await tap(page, "下一步：放置印章");
    await tap(page, /合同专用章.*最合适/);
    await page.getByRole("button", { name: /^合同专用章，左边距/ }).waitFor();
    await tap(page, "下一步：核对");
    // The rule that asks for the paper says why; with the paper nothing is missing any more.
    const papers = page.getByRole("region", { name: "规则要求的附件" });
    await papers.getByText(/^原因：/).waitFor();
    await chooseFile(page, () => papers.getByText("选择文件").click(), "董事会决议.pdf", resolution);
    await page.getByText("可以提交。", { exact: true }).waitFor();
    await assertNoBarriers(page);
    await tap(page, "提交申请");
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    request = new URL(page.url()).pathname;
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    await assertNoBarriers(page);
  });
  await visit(/白衡/, phone, agree);
  await visit(/唐静姝/, phone, (page) => sendBack(page, "附件第三条不能接受"));
  // Whoever decides next reads the objection before anything else.
  await visit(/白衡/, phone, async (page) => {
    await page.goto(`${request}/decide`);
    const objections = page.getByRole("region", { name: "对该文件的异议" });
    await objections.getByText("附件第三条不能接受").waitFor();
    await objections.getByText(/唐静姝/).waitFor();
    await assertNoBarriers(page);
    await agree(page);
  });
  const byCall = async (name: RegExp): Promise<void> =>
    actByCall(await callAs(server().url, name), request.split("/").at(-1) ?? "", "approve");
  await byCall(/唐静姝/);
  await byCall(/许知远/);
  await visit(/沈怀宁/, phone, async (page) => {
    await page.goto("/inbox");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    if ((await page.getByRole("link", { name: title }).count()) > 0)
      throw new Error("one of a quorum of two was enough");
  });
  await visit(/孟霞/, phone, agree);
  await byCall(/沈怀宁/);
  await visit(/周明澈/, phone, async (page) => {
    await page.goto(request);
    await page.getByText("已授权").first().waitFor();
    await assertNoBarriers(page);
  });
});
