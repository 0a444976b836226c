import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { makeTestScan } from "../apps/server/features/final-copies/test-scan.ts";
import { takeTestScan } from "../apps/server/features/printed-copies/test-photo.ts";
import { makeTestPdf, testContract } from "../apps/server/platform/test-pdf.ts";
import { stampedPicture } from "../apps/server/platform/test-picture.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, phone } from "./on-sample.ts";
import { matter, openFromInbox, openLock, press, prove, takeOut } from "./stamping-walk.ts";
import { prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();

let photos = 70;

/** As a camera gives it: a file chosen behind the button. */
const photograph = async (page: Page, label: string): Promise<void> => {
  photos += 1;
  const file = { name: "IMG_0001.png", mimeType: "image/png", buffer: Buffer.from(stampedPicture(photos)) };
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
};

test("C04 C08 C09: stamped by hand on a phone in Chinese, with a supervisor, two locks and a network that comes and goes", async () => {
  await actAs(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByRole("heading", { name: "开始之前" }).waitFor();
    await page.getByRole("img", { name: "本页地址的二维码" }).waitFor();
    await assertNoBarriers(page);
    await press(page, "开始盖章");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
  });
  await actAs(/林越/, phone, async (page) => {
    await openFromInbox(page);
    await press(page, "我在场，确认");
    await prove(page);
    await page.getByText("陈亦霖 正在盖章", { exact: true }).waitFor();
    await assertNoBarriers(page);
  });
  await actAs(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByRole("heading", { name: "第 1 枚 共 3 枚" }).waitFor();
    assert.equal(await page.getByLabel("已盖下第 1 枚，拍照").isDisabled(), true, "the seal is in the safe");
    await takeOut(page);
  });
  await actAs(/段睿/, phone, openLock);
  await actAs(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByText("印章在您手中").first().waitFor();
    await assertNoBarriers(page);
    await photograph(page, "已盖下第 1 枚，拍照");
    await page.getByRole("heading", { name: "第 2 枚 共 3 枚" }).waitFor();
    await page.getByRole("img", { name: "第 1 枚的照片" }).waitFor();
    // The network goes away; what is said stays on the phone, over a reload as well.
    await page.route("**/photo?**", (route) => route.abort("internetdisconnected"));
    await photograph(page, "已盖下第 2 枚，拍照");
    await page.getByText(/1 条待发送 · 没有网络/).waitFor();
    await page.getByRole("heading", { name: "第 3 枚 共 3 枚" }).waitFor();
    await assertNoBarriers(page);
    await page.reload();
    await page.getByText(/1 条待发送/).waitFor();
    await page.getByRole("heading", { name: "第 3 枚 共 3 枚" }).waitFor();
    await page.unroute("**/photo?**");
    await press(page, "立即发送");
    await page.getByText(/条待发送/).waitFor({ state: "hidden" });
    await photograph(page, "已盖下第 3 枚，拍照");
    // It ended by itself with the last, which turns out to be bad all the same.
    await press(page, "第 3 枚盖坏，作废此页");
    await assertNoBarriers(page);
    await photograph(page, "拍摄作废页");
    await page.getByText("已盖章", { exact: true }).first().waitFor();
    await page.getByText("收回 0，作废 1，未明 0").waitFor();
    await press(page, /^归位到/);
    await page.getByText("印章不在您手中").first().waitFor();
  });
  await actAs(/林越/, phone, async (page) => {
    await openFromInbox(page, /\/photos$/);
    await press(page, "第 1 枚的照片");
    await page.getByRole("img", { name: "第 1 枚照片，大图" }).waitFor();
    await assertNoBarriers(page);
    await page.keyboard.press("Escape");
    await press(page, "照片与批准件一致");
    await prove(page);
    await page.getByText(/林越 于 .* 已查看/).waitFor();
    await assertNoBarriers(page);
  });
  await actAs(/许知远/, phone, async (page) => {
    await page.goto("/requests");
    await page.getByRole("link", { name: matter }).first().click();
    await page.getByText("没有欠缺：台账记录已完整。").waitFor();
    await assertNoBarriers(page);
  });
});

test("paper is asked for at the desk in English: copies, why on paper, and what stands in the way", async () => {
  await actAs(/Zhou Mingche/, desk, async (page) => {
    await page.goto("/requests/new");
    const chosen = page.waitForEvent("filechooser");
    await press(page, "Choose PDFs");
    await (await chosen).setFiles({ name: "supply.pdf", mimeType: "application/pdf", buffer: testContract() });
    await page.getByText("supply.pdf", { exact: true }).waitFor();
    await page.getByLabel("Class of the documents").selectOption({ label: "Contract" });
    await page.getByLabel("Counterparty", { exact: true }).fill("Beichen Precision");
    await page.getByLabel("Reason", { exact: true }).fill("Twelve gauges");
    await page.getByRole("radio", { name: "Stamped by hand" }).check();
    await page.getByLabel("Copies", { exact: true }).fill("0");
    await press(page, /^Next/);
    await page.getByText("Write a number of copies from 1 to 300.").waitFor();
    await page.getByLabel("Copies", { exact: true }).fill("2");
    await assertNoBarriers(page);
    await press(page, /^Next/);
    await press(page, /Company seal.*Fits best/);
    await press(page, /^Next/);
    await page.getByText(/Say in a few words why paper is needed/).waitFor();
    await assertNoBarriers(page);
    await press(page, /^Back/);
    await press(page, /^Back/);
    await page.getByLabel("Why on paper", { exact: true }).fill("The registry takes paper only");
    await press(page, /^Next/);
    await press(page, /^Next/);
    await page.getByText("Nothing stands in the way.", { exact: true }).waitFor();
    await press(page, /^Submit/);
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByRole("heading", { level: 1, name: "supply" }).waitFor();
    await page.getByText("Stamped by hand · 2 copies").waitFor();
    await assertNoBarriers(page);
  });
});

test("C17: foreign paper is asked for on a phone in Chinese by its scan, and whoever decides is told that nobody read it for him", async () => {
  const title = /对方合同/;
  const scan = makeTestScan(await takeTestScan([{ bytes: testContract() }]));
  await actAs(/周明澈/, phone, async (page) => {
    await page.goto("/requests/new");
    const chosen = page.waitForEvent("filechooser");
    await press(page, "选择 PDF");
    await (await chosen).setFiles({ name: "对方合同.pdf", mimeType: "application/pdf", buffer: scan });
    await page.getByText("对方合同.pdf", { exact: true }).waitFor();
    await page.getByLabel("文件类别", { exact: true }).selectOption({ label: "合同" });
    await page.getByLabel("相对方", { exact: true }).fill("北辰精密机械");
    await page.getByLabel("事由", { exact: true }).fill("对方已盖章的采购合同");
    await page.getByRole("radio", { name: "手工盖章" }).check();
    await page.getByLabel("份数", { exact: true }).fill("2");
    await page.getByLabel("用纸理由", { exact: true }).fill("对方寄来纸质合同");
    await page.getByRole("checkbox", { name: "纸件由他方打印（外来纸件）" }).check();
    const printer = page.getByLabel("打印方", { exact: true });
    assert.equal(await printer.inputValue(), "北辰精密机械", "whom the paper comes from is mostly the other side");
    await printer.fill("");
    await press(page, /^下一步/);
    await page.getByText("请写明纸件由谁打印。").waitFor();
    await printer.fill("北辰精密机械");
    await assertNoBarriers(page);
    await press(page, /^下一步/);
    await press(page, /公章.*最合适|合同专用章.*最合适/);
    await press(page, /^下一步/);
    await page.getByText("外来纸件，由北辰精密机械打印：按扫描件批准").waitFor();
    await page.getByText("可以提交。", { exact: true }).waitFor();
    await press(page, "提交申请");
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByText("按扫描件批准：没有人替您读过其中的文字").waitFor();
    await assertNoBarriers(page);
  });
  await actAs(/白衡/, phone, async (page) => {
    await page.goto("/inbox");
    await page.getByRole("link", { name: title }).first().click();
    await page.waitForURL(/\/decide$/);
    await page.getByText("按扫描件批准：没有人替您读过其中的文字").waitFor();
    await page.getByText("扫描件中未查找空白处，请自行通读。").waitFor();
    await assertNoBarriers(page);
  });
});

test("C02 C04 C09: what can not wait is stamped by hand on a phone in Chinese: asked for, agreed to by one, seen, photographed", async () => {
  const title = /退款说明/;
  const notice = makeTestPdf([
    "To all who work at Lanxi Instruments Ltd",
    "From noon of this day on refunds are paid at the counter of the hall, and nowhere else.",
    "Signed for the company:",
  ]);
  await actAs(/周明澈/, phone, async (page) => {
    await page.goto("/emergency");
    await page.getByText(/沈怀宁 · 授权签批人/).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("link", { name: "申请应急用印" }).click();
    const chosen = page.waitForEvent("filechooser");
    await press(page, "选择 PDF");
    await (await chosen).setFiles({ name: "退款说明.pdf", mimeType: "application/pdf", buffer: notice });
    await page.getByText("退款说明.pdf", { exact: true }).waitFor();
    await page.getByLabel("文件类别", { exact: true }).selectOption({ label: "内部通知" });
    await page.getByRole("radio", { name: /^对内/ }).check();
    await page.getByLabel("事由", { exact: true }).fill("当日贴出的退款说明");
    await page.getByRole("radio", { name: "手工盖章" }).check();
    await page.getByLabel("份数", { exact: true }).fill("2");
    await page.getByLabel("用纸理由", { exact: true }).fill("张贴在营业厅门口");
    await page.getByLabel("为何不能等待", { exact: true }).fill("须于今日十二时前张贴，部门负责人出差。");
    await assertNoBarriers(page);
    await press(page, /^下一步/);
    await press(page, /公章/);
    await press(page, /^下一步/);
    await page.getByText("可以提交。", { exact: true }).waitFor();
    await press(page, "提交申请");
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByText(/应急用印，.* 截止/).waitFor();
    await assertNoBarriers(page);
  });
  const open = async (page: Page, leadsTo: RegExp): Promise<void> => {
    await page.goto("/inbox");
    await page.getByRole("link", { name: title }).first().click();
    await page.waitForURL(leadsTo);
  };
  await actAs(/沈怀宁/, phone, async (page) => {
    await open(page, /\/decide$/);
    await press(page, "同意");
    await prove(page);
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  });
  await actAs(/陈亦霖/, phone, async (page) => {
    await open(page, /\/stamp$/);
    await page.getByText(/应急用印，.* 截止/).waitFor();
    await press(page, "开始盖章");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
    await takeOut(page);
  });
  await actAs(/林越/, phone, async (page) => {
    await open(page, /\/stamp$/);
    await press(page, "我在场，确认");
    await prove(page);
    await page.getByText("陈亦霖 正在盖章", { exact: true }).waitFor();
  });
  await actAs(/段睿/, phone, openLock);
  await actAs(/陈亦霖/, phone, async (page) => {
    await open(page, /\/stamp$/);
    await page.getByText("印章在您手中").first().waitFor();
    for (const nth of [1, 2]) await photograph(page, `已盖下第 ${nth} 枚，拍照`);
    await page.getByText("已盖章", { exact: true }).first().waitFor();
    await assertNoBarriers(page);
  });
  await actAs(/林越/, phone, async (page) => {
    await open(page, /\/photos$/);
    await page.getByText(/本次用印经一名签批人同意/).waitFor();
    await press(page, "照片与批准件一致");
    await prove(page);
    await page.getByText(/林越 于 .* 已查看/).waitFor();
    await assertNoBarriers(page);
  });
});
