import assert from "node:assert/strict";
import { test } from "node:test";
import { assertNoBarriers } from "./browser.ts";
import { onSample } from "./on-sample.ts";

const { visit: actAs } = onSample();

test("C23 a seal is asked for beside its face, approved by its signatory, and its page says what comes next", async () => {
  let matter = "";
  let number = "";
  await actAs(/Gao Minzhi/, {}, async (page) => {
    await page.goto("/seals/new");
    await page.locator(".register-preview .seal-face").waitFor();
    await page.getByLabel("Kind").first().selectOption("business");
    await page.getByText("Physical pieces").click();
    // The next one that neither a seal nor a waiting matter has.
    number = await page.getByLabel("Number", { exact: true }).inputValue();
    await page.getByLabel("What it is needed for").fill("Deliveries of the works");
    await page.getByRole("button", { name: "Ask for the seal" }).click();
    await page.getByRole("link", { name: /Open the matter/ }).click();
    await page.waitForURL("**/matters/mat_*");
    matter = page.url();
  });
  await actAs(/Shen Huaining/, { width: 390, height: 844 }, async (page) => {
    await page.goto(matter);
    await page.getByRole("img", { name: /Business seal/ }).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByRole("button", { name: "Confirm as a sample click" }).click();
    await page.getByText("Carried out").first().waitFor();
  });
  await actAs(/Gao Minzhi/, { width: 390, height: 844, language: "zh-CN" }, async (page) => {
    await page.goto(`/seals?search=${number}`);
    await page.locator("a.seal-card", { hasText: number }).click();
    const next = page.getByRole("region", { name: "下一步" });
    await next.waitFor();
    await assertNoBarriers(page);
    await next.getByRole("link", { name: "接收刻制完成的印章" }).click();
    await page.getByLabel("刻章单位").waitFor();
    assert.equal(await page.getByRole("checkbox", { name: new RegExp(`${number}/1`) }).isChecked(), true);
    await assertNoBarriers(page);
  });
});

test("C10 a custodian reports a loss on a phone: the seal is frozen at once and its page says so", async () => {
  await actAs(/Fang Min|Meng Xia/, { width: 390, height: 844 }, async (page) => {
    await page.goto("/seals?search=LX-03");
    await page.locator("a.seal-card", { hasText: "LX-03" }).click();
    await page.getByRole("button", { name: "Report a loss" }).click();
    await page.locator("dialog textarea").fill("It is not in the finance safe.");
    await assertNoBarriers(page);
    await page.locator("dialog button[type=submit]").click();
    await page.getByText("The loss is recorded").waitFor();
    await page.getByText("nothing can be sealed with it").waitFor();
  });
});

test("C22 C11 what is important by the rules stays so, and a kind of seal changes when a second person confirms it", async () => {
  await actAs(/Gao Minzhi/, {}, async (page) => {
    await page.goto("/seals/kinds");
    await page.getByRole("button", { name: "Change Company seal" }).click();
    await page.getByRole("checkbox", { name: "Important" }).uncheck();
    await page.getByLabel("Why").fill("Drawers are no place for it");
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Ask for the change" }).click();
    await page.getByText("is important by the rules and stays so").waitFor();
    await page.getByRole("checkbox", { name: "Important" }).check();
    await page.getByLabel("Least container").selectOption("safe");
    await page.getByRole("button", { name: "Ask for the change" }).click();
    await page.getByText("It takes force when a second person confirms it").first().waitFor();
    await page.getByText("Safe (now: Any container)").waitFor();
    assert.equal(await page.getByRole("button", { name: "Confirm Company seal" }).count(), 0, "not by who asked");
  });
  await actAs(/Shen Huaining/, {}, async (page) => {
    await page.goto("/seals/kinds");
    await page.getByRole("button", { name: "Confirm Company seal" }).click();
    await page.getByText("Version 2").first().waitFor();
    await assertNoBarriers(page);
  });
});
