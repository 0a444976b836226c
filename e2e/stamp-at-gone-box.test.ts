import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";

const sample = onSample();
const phone = { width: 390, height: 844, language: "zh-CN" } as const;
const desk = { width: 1280, height: 900, language: "en" } as const;
/** What the sample has authorised to be stamped: three copies of one page with the company seal. */
const matter = /投标授权书/;

let box: BoxOnLine;
after(async () => box?.close());

const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) })
    .first()
    .click();
const openFromInbox = async (page: Page): Promise<string> => {
  await page.goto("/inbox");
  await page.getByRole("link", { name: matter }).first().click();
  await page.waitForURL(/\/stamp$/);
  return /req_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
};
const prove = async (page: Page): Promise<void> => {
  await page.getByRole("heading", { name: "请确认是您本人" }).waitFor();
  await press(page, "以示例点击确认");
  await page.getByRole("heading", { name: "请确认是您本人" }).waitFor({ state: "hidden" });
};

test("C09 C18: a controller that is revoked says so where one would press, and its stamping ends with the rest not known", async () => {
  const { url } = sample.server();
  box = await prepareBox(url, "E2E-9");
  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await openFromInbox(page);
    await press(page, "用印控仪盖章");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
  });
  await sample.visit(/林越/, phone, async (page) => {
    await openFromInbox(page);
    await press(page, "我在场，确认");
    await prove(page);
    await page.getByText("陈亦霖 正在盖章", { exact: true }).waitFor();
  });
  await sample.visit(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByText(/印控仪已就绪：已盖 0 \/ 3/).waitFor();
    await page.getByText("已连接", { exact: true }).waitFor();
    await box.choose(requestId);
    for (const finger of ["fp:2", "fp:3"]) assert.ok((await box.controller.present(finger)).ok);
    assert.ok((await box.controller.press()).ok);
    await page.getByText(/印控仪已就绪：已盖 1 \/ 3/).waitFor();
    const call = await callAs(url, /Gao Minzhi/);
    await call("POST /v1/controllers/:controllerId/revocation", {
      params: { controllerId: box.controllerId },
      body: { reason: "It was taken away" },
    });
    await page.getByText("已吊销", { exact: true }).waitFor();
    await page.getByText(/该设备已吊销，不再接收其记录/).waitFor();
    assert.equal(await page.getByText(/将纸放好后按下/).count(), 0, "nobody is told to press");
    await page.getByText(/印控仪已就绪/).waitFor({ state: "hidden" });
    await assertNoBarriers(page);
    await press(page, "结束盖章");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/还剩 2 枚，计为已用且未明/).waitFor();
    await assertNoBarriers(page);
    await dialog.getByRole("textbox").fill("设备已被取走");
    await dialog.getByRole("button", { name: /^结束/ }).click();
    await page
      .getByText(/未明 2/)
      .first()
      .waitFor();
  });
  await sample.visit(/Gao Minzhi/, desk, async (page) => {
    await page.goto("/controllers");
    await page.getByText("Revoked", { exact: true }).first().waitFor();
  });
  await sample.visit(/林越/, desk, async (page) => {
    await page.goto(`/requests/${requestId}`);
    await page
      .getByText(/Two people decide/)
      .first()
      .waitFor();
  });
});
