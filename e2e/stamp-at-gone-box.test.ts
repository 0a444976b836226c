import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";
import { begin, openFromInbox, press, standBeside } from "./stamping-walk.ts";

const sample = onSample();

let box: BoxOnLine;
after(async () => box?.close());

test("C09 C18: a controller that is revoked says so where one would press, and its stamping ends with the rest not known", async () => {
  const { url } = sample.server();
  box = await prepareBox(url, "E2E-9");
  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await begin(page, "用印控仪盖章");
  });
  await sample.visit(/林越/, phone, standBeside);
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
