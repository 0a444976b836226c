import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox, tag } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
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
