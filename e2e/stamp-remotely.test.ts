import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { begin, openFromInbox, press, prove } from "./stamping-walk.ts";

const sample = onSample();

let box: BoxOnLine;
after(async () => box?.close());

/** The custodian lays a sheet under the box and says that it is ready: its photo is taken and sent. */
const ready = async (): Promise<void> => {
  await box.controller.present("fp:2");
  const asked = await box.controller.askRemote();
  assert.ok(asked.ok, JSON.stringify(asked));
  await box.sendPhotos();
};
const pressed = async (): Promise<string> => {
  const answer = await box.controller.press();
  return answer.ok ? answer.value.out : answer.code;
};
const told = async (): Promise<void> => {
  for (let turn = 0; turn < 100 && box.controller.view().session?.remote?.refused !== true; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
};
const agreed = async (): Promise<void> => {
  for (let turn = 0; turn < 100 && box.controller.view().session?.remote?.agreed !== true; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
};

test("C04 C09 C17: the supervisor elsewhere sees the paper before each press, refuses and agrees, at phone width in Chinese", async () => {
  box = await prepareBox(sample.server().url, "E2E-R");
  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await begin(page, "用印控仪盖章，监印人远程监印");
  });
  await sample.visit(/林越/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByText("请您远程监印", { exact: true }).waitFor();
    await assertNoBarriers(page);
    await press(page, "我逐次监印，确认");
    await prove(page);
    await page.getByText("目前没有征询", { exact: true }).waitFor();
    await box.choose(requestId);
    await ready();
    await page.getByText("是否同意盖第 1 枚？").waitFor();
    await page.getByRole("img", { name: "盖第 1 枚之前的纸张照片" }).waitFor();
    await assertNoBarriers(page);
    assert.equal(await pressed(), "NO_COSIGN");
    // Refused with a reason: nothing is pressed.
    await press(page, "拒绝");
    await press(page.getByRole("dialog") as unknown as Page, "拒绝");
    await page.getByText("请说明问题，以便盖章人处理。").waitFor();
    await page.getByRole("dialog").getByRole("textbox").fill("不是这一页");
    await press(page.getByRole("dialog") as unknown as Page, "拒绝");
    await page.getByText("第 1 枚被拒绝：不是这一页").waitFor();
    await told();
    assert.equal(await pressed(), "COSIGN_REFUSED");
    // The next question stands above every page of his.
    await page.goto("/emergency");
    await ready();
    await page.getByText(/下一枚等待您的答复/).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("link", { name: "查看照片并答复" }).click();
    await page.getByText("是否同意盖第 1 枚？").waitFor();
    // Asked again, agreed to, pressed.
    for (const nth of [1, 2, 3]) {
      // He was asked about the first already.
      if (nth > 1) await ready();
      await press(page, `纸张一致，同意盖第 ${nth} 枚`);
      await prove(page);
      await agreed();
      assert.equal(await pressed(), "done");
      if (nth === 3) break;
      await page.getByText(`第 ${nth} 枚已经监印人同意盖下`).waitFor();
    }
    await box.sendPhotos();
  });
  await sample.visit(/许知远/, phone, async (page) => {
    await page.goto(`/requests/${requestId}`);
    await page.getByText("远程监印人拒绝盖章").first().waitFor();
    await page.getByText("远程监印人同意盖章").first().waitFor();
  });
  await sample.visit(/Lin Yue/, desk, async (page) => {
    await page.goto(`/requests/${requestId}/photos`);
    await page.getByRole("button", { name: "Photo of no. 3" }).waitFor();
    await assertNoBarriers(page);
  });
});
