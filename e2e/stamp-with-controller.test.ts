import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox, tag } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { beginEmergencyAtBox } from "./emergency-at-box.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { openFromInbox, press, prove, standBeside } from "./stamping-walk.ts";

const sample = onSample();

let box: BoxOnLine;
after(async () => box?.close());

test("C01 C04 C08 C09: from an approved request to the filled line, with a simulated controller, at phone width in Chinese", async () => {
  box = await prepareBox(sample.server().url, "E2E-1");
  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await openFromInbox(page);
    await page.getByText("印章在法务印控仪中，请到设备旁。").waitFor();
    await assertNoBarriers(page);
    await press(page, "用印控仪盖章");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
  });
  await sample.visit(/林越/, phone, standBeside);
  await sample.visit(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByText(/印控仪已就绪：已盖 0 \/ 3/).waitFor();
    await assertNoBarriers(page);
    await box.choose(requestId);
    for (const finger of ["fp:2", "fp:3"]) assert.ok((await box.controller.present(finger)).ok);
    const pressed = async () => (await box.controller.press()).ok;
    assert.ok(await pressed());
    await page.getByText(/印控仪已就绪：已盖 1 \/ 3/).waitFor();
    await page.getByText("第 1 枚", { exact: true }).first().waitFor();
    box.box.mechanics = "jam";
    assert.ok(await pressed());
    await page.getByText("有 1 次按下印章未触及纸面").waitFor();
    box.box.mechanics = "good";
    assert.deepEqual([await pressed(), await pressed()], [true, true]);
    await box.sendPhotos();
    await page.getByText("已盖章", { exact: true }).first().waitFor();
    await page.getByText("收回 0，作废 0，未明 0").waitFor({ state: "hidden" });
  });
  await sample.visit(/林越/, phone, async (page) => {
    await openFromInbox(page, /\/photos$/);
    await page.getByRole("button", { name: "第 3 枚的照片" }).waitFor();
    await press(page, "照片与批准件一致");
    await prove(page);
    await page.getByText(/林越 于 .* 已查看/).waitFor();
    await assertNoBarriers(page);
  });
  await sample.visit(/许知远/, phone, async (page) => {
    await page.goto(`/requests/${requestId}`);
    await page.getByText("没有欠缺：台账记录已完整。").waitFor();
  });
  await sample.visit(/Chen Yilin/, desk, async (page) => {
    await page.goto(`/controllers/${box.controllerId}`);
    await page.getByRole("heading", { name: "Seals in it, and whom it knows" }).waitFor();
    await page.getByText(tag).first().waitFor();
    await assertNoBarriers(page);
    await press(page, "Add a finger");
    await page.getByRole("dialog").getByLabel("Whose finger").waitFor();
    await assertNoBarriers(page);
  });
});

test("C02 C17: who reviews an emergency at a controller sees each press before and after, by keyboard, and what did not come", async () => {
  const requestId = await beginEmergencyAtBox(sample.server().url, box, 2);
  const pressed = async () => {
    for (const finger of ["fp:2", "fp:3"]) assert.ok((await box.controller.present(finger)).ok);
    assert.ok((await box.controller.press()).ok);
  };
  box.box.mechanics = "jam";
  await pressed();
  box.box.mechanics = "good";
  await pressed();
  await box.sendPhotos();
  await pressed();
  await sample.visit(/Gao Minzhi/, desk, async (page) => {
    await page.goto(`/requests/${requestId}`);
    const card = page.getByRole("region", { name: "Pictures of each press" });
    await card.getByRole("heading", { name: "Press 3: impression 2, copy 2, page 1" }).waitFor();
    await card.getByText("The seal never left the controller.").waitFor();
    await card
      .getByText(/Evidence T3/)
      .first()
      .waitFor();
    await card.getByRole("button", { name: "Enlarge: The paper before press 2" }).press("Enter");
    const large = page.getByRole("dialog", { name: /^Press 2/ });
    await large.getByRole("img", { name: "The paper after press 2" }).waitFor();
    await assertNoBarriers(page);
    await page.keyboard.press("Escape");
    await large.waitFor({ state: "hidden" });
  });
  await sample.visit(/高敏之/, phone, async (page) => {
    await page.goto(`/requests/${requestId}`);
    await press(page, "复核本次应急用印");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("img", { name: "第 1 次盖章前的纸张" }).waitFor();
    assert.equal(await dialog.getByText("正从印控仪传来").count(), 2, "of the press whose pictures were not sent");
    await assertNoBarriers(page);
    await dialog.getByRole("textbox").fill("当日贴出，照片属实");
    await press(page, "提交复核");
    await page.getByText(/复核：确属紧急/).waitFor();
  });
});
