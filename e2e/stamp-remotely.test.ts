import assert from "node:assert/strict";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { prepareBox } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample } from "./on-sample.ts";

const sample = onSample();
const phone = { width: 390, height: 844, language: "zh-CN" } as const;
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
const agreed = async (): Promise<void> => {
  for (let turn = 0; turn < 100 && box.controller.view().session?.remote?.agreed !== true; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
};

test("C04 C09 C17: the supervisor elsewhere sees the paper before each press, refuses and agrees, at phone width in Chinese", async () => {
  box = await prepareBox(sample.server().url, "E2E-R");
  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await openFromInbox(page);
    await press(page, "用印控仪盖章，监印人远程监印");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
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
    assert.equal(await pressed(), "NO_COSIGN");
    // Asked again, agreed to, pressed.
    for (const nth of [1, 2, 3]) {
      await ready();
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
