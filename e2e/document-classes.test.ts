import assert from "node:assert/strict";
import { test } from "node:test";
import { paths } from "../apps/web/src/paths.ts";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";

const { visit } = onSample();

test("C03: a class of one's own is asked for with what it inherits, and who decides reads all it says", async () => {
  let address = "";
  await visit(/Gao Minzhi|高敏之/, { language: "en", width: 1440 }, async (page) => {
    await page.goto(paths.documentClasses);
    const own = page.getByRole("region", { name: "Your own classes" });
    await own.getByText("Based on Contract").waitFor();
    await own.getByText("The office that registers leases takes paper").waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Add a class" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a class" });
    await dialog.getByLabel("Based on").selectOption("official-letter");
    await dialog.getByLabel(/Name.*English/).fill("Letter of comfort");
    await dialog.getByLabel(/Name.*Chinese/).fill("安慰函");
    await dialog.getByLabel("Makes rights or duties").check();
    await dialog.getByLabel("Words it is recognised by").fill("letter of comfort, 安慰函");
    const send = dialog.getByRole("button", { name: "Ask for approval" });
    assert.equal(await send.isDisabled(), true, "a reason is missing");
    await dialog.getByLabel("Why", { exact: true }).fill("Banks ask for them");
    await assertNoBarriers(page);
    await send.click();
    await page.waitForURL(/\/matters\/mat_/);
    await page.getByText("letter of comfort, 安慰函").waitFor();
    address = new URL(page.url()).pathname;
  });
  await visit(/Tang Jingshu|唐静姝/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(address);
    await page.getByText("产生权利义务").first().waitFor();
    await page.getByText("公函").first().waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await assertNoBarriers(page);
  });
});

test("C21: a class is changed by keyboard on a phone; an applicant finds the own class in the choice", async () => {
  await visit(/Gao Minzhi|高敏之/, { language: "zh-CN", width: 390 }, async (page) => {
    await page.goto(paths.documentClasses);
    await page.getByRole("button", { name: /修改\s*报价单/ }).press("Enter");
    const dialog = page.getByRole("dialog", { name: /修改类别“报价单”/ });
    await dialog.getByLabel("电子印章", { exact: true }).selectOption("no");
    await dialog.getByLabel(/原因.*英文/).fill("The customs want paper");
    await dialog.getByLabel(/原因.*中文/).fill("海关要求纸质");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await assertNoBarriers(page);
    await dialog.getByLabel("事由", { exact: true }).fill("海关要求");
    await dialog.getByRole("button", { name: "提请批准" }).press("Enter");
    await page.waitForURL(/\/matters\/mat_/);
    await page.goto(paths.documentClasses);
    await page
      .getByRole("link", { name: /修改正在审批/ })
      .first()
      .waitFor();
  });
  await visit(/Zhou Mingche|周明澈/, { language: "en", width: 1280 }, async (page) => {
    await page.goto(paths.documentClasses);
    await page.getByRole("heading", { level: 1, name: "Classes of documents" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Add a class" }).count(), 0);
  });
});
