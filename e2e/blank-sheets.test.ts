import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { dayInTest } from "../apps/server/platform/test-days.ts";
import { makeTestPdf } from "../apps/server/platform/test-pdf.ts";
import { redPicture } from "../apps/server/platform/test-picture.ts";
import { paths } from "../apps/web/src/paths.ts";
import { actByCall } from "./act-by-call.ts";
import { assertNoBarriers } from "./browser.ts";
import { press } from "./keyboard.ts";
import { desk, fits, onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";

const { visit, server } = onSample();
const toSeries = async (page: Page, name: RegExp): Promise<void> => {
  await page.goto(paths.forms);
  await page.getByRole("link", { name }).first().click();
};
const picture = Buffer.from(redPicture());

test("C05 C04: blank sheets from asking to a copy that is back: approved by two, sealed before two, and each told", async () => {
  let matter = "";
  let request = "";
  await visit(/Jiang Lan/, desk, async (page) => {
    await page.goto(`${paths.newMatter}?kind=blank-sheets`);
    await page.getByLabel("How many sheets").fill("2");
    await page.getByLabel("Back by").fill(dayInTest(Date.now() + 7 * 86_400_000));
    await page.getByLabel("Who takes them").selectOption({ label: "Zhou Mingche" });
    await page.getByLabel("Paper").fill("Letterhead");
    await page.getByLabel("Title").fill("Two sheets for the consulate");
    await page.getByLabel("Reason").fill("Visas of two engineers");
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Keep the draft" }).click();
    await page.waitForURL(/\/matters\/mat_/);
    await page.getByRole("button", { name: "Submit the matter" }).click();
    await page.getByText("In review", { exact: true }).first().waitFor();
    matter = new URL(page.url()).pathname;
  });
  for (const name of [/沈怀宁/, /高敏之/])
    await visit(name, phone, async (page) => {
      await page.goto(matter);
      await page.getByText("公司信笺").or(page.getByText("Letterhead")).first().waitFor();
      assert.equal(await fits(page), true);
      await page.getByRole("button", { name: "同意", exact: true }).click();
      await page.getByRole("button", { name: "以示例点击确认" }).click();
      await page.getByRole("button", { name: "同意", exact: true }).waitFor({ state: "detached" });
    });
  await visit(/周明澈/, phone, async (page) => {
    await toSeries(page, /空白用纸/);
    await page.getByText("您领用了 2 张：BZ00006–BZ00007").waitFor();
    await page.getByRole("button", { name: "确认签收" }).click();
    const given = page.getByRole("listitem").filter({ hasText: "BZ00006–BZ00007" }).first();
    await given.getByRole("button", { name: "申请用印" }).waitFor();
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    await given.getByRole("button", { name: "申请用印" }).click();
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+\/edit/);
    await page.getByText("BZ00006 BZ00007.pdf").first().waitFor();
    await page.getByLabel("文件类别").selectOption({ label: "公函" });
    await page.getByLabel("相对方", { exact: true }).fill("领事馆");
    await page.getByRole("button", { name: "下一步：放置印章" }).click();
    await page.getByRole("button", { name: "下一步：核对" }).click();
    await page.getByRole("button", { name: "提交申请" }).click();
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByText("纸上尚无内容", { exact: false }).waitFor();
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    request = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  });
  await visit(/白衡/, phone, async (page) => {
    await page.goto("/inbox");
    await page
      .getByRole("link", { name: /BZ00006/ })
      .first()
      .click();
    await page.waitForURL(/\/decide$/);
    await page.getByText("纸上尚无内容", { exact: false }).waitFor();
    await page.getByRole("button", { name: "同意", exact: true }).first().click();
    await page.getByRole("button", { name: "以示例点击确认" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  });
  for (const [name, act] of [
    [/沈怀宁/, "approve"],
    [/陈亦霖/, "release"],
    [/林越/, "confirm"],
  ] as const)
    await actByCall(await callAs(server().url, name), request, act);

  // The keeper takes the sealed sheets to the printer; who decided on them does not.
  await visit(/Song Ke/, desk, async (page) => {
    await toSeries(page, /Blank sheets/);
    const link = page.getByRole("link", { name: "Sealed file of BZ00006–BZ00007" });
    await link.waitFor({ timeout: 60_000 });
    const saved = page.waitForEvent("download");
    await link.click();
    const bytes = await readFile(await (await saved).path());
    assert.match(bytes.toString("latin1"), /\/SubFilter\s*\/ETSI\.CAdES\.detached/);
    await page.reload();
    await page.getByText("downloaded once").waitFor();
    await assertNoBarriers(page);
  });
  await visit(/Zhou Mingche/, desk, async (page) => {
    await toSeries(page, /Blank sheets/);
    await page.getByRole("button", { name: "Report what became of them" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Numbers", { exact: true }).fill("BZ00006");
    await dialog.getByLabel("What became of it").selectOption({ label: "Used copy returned" });
    await dialog.getByLabel("Why there is no seal use").fill("Form of the consulate, filled in there");
    await dialog
      .locator("input[type=file]:not([capture])")
      .setInputFiles({ name: "scan.png", mimeType: "image/png", buffer: picture });
    await dialog.getByText("The file is here.").waitFor();
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "Send the report" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Still out: BZ00006–BZ00007").waitFor();
    await page.getByText("Reported, not confirmed yet: BZ00006").waitFor();
    assert.equal(await page.getByRole("button", { name: "I have the used copy" }).count(), 0);
    await assertNoBarriers(page);
  });
  // Its keeper confirms it on his telephone: the code was not to be read, so he says why.
  await visit(/宋珂/, phone, async (page) => {
    await page.goto("/tasks");
    await page.getByText("请确认「空白用纸」空白用纸 BZ00006 的去向", { exact: false }).first().waitFor();
    await toSeries(page, /空白用纸/);
    await page.getByText("未能从文件中读取 BZ00006 的编码。").waitFor();
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "已收到使用件" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("无法辨认的，请说明原因").fill("领事馆裁去了页脚");
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "确认", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("已确认", { exact: true }).first().waitFor();
  });
  await visit(/Zhou Mingche/, desk, async (page) => {
    await toSeries(page, /Blank sheets/);
    await page.getByText("Still out: BZ00007").waitFor();
    await page.getByText(/Confirmed by Song Ke/).waitFor();
  });
  await visit(/Ye Shuyan/, desk, async (page) => {
    await page.goto(`${paths.register("use")}?search=BZ00007`);
    await page.getByText("BZ00007").first().waitFor();
  });
});

test("C05: who may change the series gives it a letterhead, and is told why a file is none", async () => {
  await visit(/高敏之/, phone, async (page) => {
    await toSeries(page, /空白用纸/);
    await page.getByText("letterhead.pdf").waitFor();
    const give = async (pdf: Buffer): Promise<void> => {
      const chosen = page.waitForEvent("filechooser");
      await press(page, page.getByRole("button", { name: "更换" }));
      await (await chosen).setFiles({ name: "new.pdf", mimeType: "application/pdf", buffer: pdf });
    };
    const page595 = makeTestPdf(["Lanxi"]);
    await give(Buffer.from(page595.toString("latin1").replace("[0 0 595 842]", "[0 0 420 595]"), "latin1"));
    await page.getByText("信笺底稿应为 A4 纵向", { exact: false }).waitFor();
    await assertNoBarriers(page);
    await give(page595);
    await page.getByText("new.pdf").waitFor();
    assert.equal(await fits(page), true);
    await press(page, page.getByRole("button", { name: "取消底稿" }));
    await page.getByText("用纸为普通白纸。").waitFor();
  });
});
