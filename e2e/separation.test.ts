import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { fits, onSample, phone } from "./on-sample.ts";

const { visit } = onSample();

test("C11: the question who could act alone is put with one button, and the answer is kept", async () => {
  await visit(/Ye Shuyan|叶书言/, { language: "en", width: 1440 }, async (page) => {
    await page.goto(paths.separation);
    await page.getByText("Nobody could carry a use alone.").waitFor();
    await page.getByRole("button", { name: "Ask now" }).click();
    await page.getByText(/Last kept answer: .*, by Ye Shuyan\. Chains found: 0\./).waitFor();
    await page.getByRole("row", { name: /authorised signatory.*custodian.*kept apart/i }).waitFor();
    await assertNoBarriers(page);
  });
});

test("C11: on a phone, in Chinese: a role is delegated, the delegate reads it, and ends it", async () => {
  await visit(/沈怀宁/, phone, async (page) => {
    await page.goto(paths.away);
    await page.getByRole("button", { name: "委托角色" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("角色").selectOption({ label: "授权签批人，澜汐仪器有限公司" });
    const people = dialog.getByLabel("代理人");
    // A custodian may not: the matrix says so while one chooses, and the proof shows the chain.
    await people.selectOption({ label: "陈亦霖" });
    const first = await dialog.getByLabel("开始日").inputValue();
    await dialog.getByLabel("结束日").fill(first);
    await dialog
      .getByText(/签批人（经委托）、保管人（经授予）/)
      .first()
      .waitFor();
    await dialog.getByRole("button", { name: "委托", exact: true }).click();
    await dialog.getByText("上述规则不允许该委托。").waitFor();
    await people.selectOption({ label: "周明澈" });
    await dialog.getByText("没有不符之处。").waitFor();
    await dialog.getByLabel("事由").fill("出差一天");
    assert.equal(await fits(page), true);
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "委托", exact: true }).click();
    await page.getByText("周明澈代沈怀宁").waitFor();
    assert.equal(await fits(page), true);
  });
  await visit(/周明澈/, phone, async (page) => {
    await page.goto(paths.account);
    await page.getByRole("link", { name: "指定我的代理人" }).click();
    await page.getByRole("button", { name: /^结束：/ }).click();
    await page.getByRole("dialog").getByLabel("事由").fill("当日已返回");
    await page.getByRole("button", { name: "结束委托" }).click();
    await page.getByText("由周明澈结束").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await assertNoBarriers(page);
  });
});
