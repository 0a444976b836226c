import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { unpackWithin } from "../apps/server/platform/unpack-archive.ts";
import { paths } from "../apps/web/src/paths.ts";
import { actByCall } from "./act-by-call.ts";
import { assertNoBarriers } from "./browser.ts";
import { press } from "./keyboard.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";

const { visit, server } = onSample();
const count = 12;

/** The heads of the list as it is downloaded, with a line for each of so many buyers. */
function fillList(heads: readonly string[], change: (nr: number) => Record<string, string>): string {
  const rows = Array.from({ length: count }, (_, at) => {
    const nr = at + 1;
    const cells: Record<string, string> = {
      ...{
        买方: `北辰精密机械${nr}有限公司`,
        卖方向买方出售: `压力变送器${nr}台`,
        Counterparty: `北辰精密机械${nr}有限公司`,
      },
      ...{ 合同总价为人民币: `${nr},000.00`, 卖方于: "2027-03-31", Amount: `${nr}000.00` },
      ...change(nr),
    };
    return heads.map((head) => cells[head] ?? "");
  });
  return [heads, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n");
}

async function giveList(page: Page, list: string): Promise<void> {
  const chosen = page.waitForEvent("filechooser");
  await press(page, page.getByRole("button", { name: "Choose the filled list" }));
  await (await chosen).setFiles({ name: "buyers.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
}

test("C03: a series from a list: made, asked for, its drawn sample opened on a phone, sealed, and taken home as one archive", async () => {
  let requestId = "";
  await visit(/Zhou Mingche/, desk, async (page) => {
    await page.goto(paths.apply);
    await page.getByText("A series from a list", { exact: true }).click();
    await page.getByLabel("Template", { exact: true }).selectOption({ label: "Sales contract" });
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "Empty list (CSV)" }).click();
    const heads = (await readFile(await (await saved).path(), "utf8")).replace("\ufeff", "").trim().split(",");
    assert.ok(heads.includes("买方") && heads.includes("Counterparty") && heads.includes("Amount"), heads.join(" "));

    await giveList(
      page,
      fillList(heads, (nr) => (nr === 3 ? { 买方: "" } : nr === 5 ? { Amount: "much" } : {})),
    );
    await page.getByText("Nothing was made: 2 places of the list have to be corrected first.").waitFor();
    const faults = page.getByRole("list", { name: "What has to be corrected" });
    await faults.getByText(/Line 4 · 买方/).waitFor();
    await faults.getByText(/Line 6 · Amount/).waitFor();
    await assertNoBarriers(page);

    await giveList(
      page,
      fillList(heads, () => ({})),
    );
    await page.getByText(`${count} documents`, { exact: true }).waitFor();
    await page.getByText("Look at the documents", { exact: true }).click();
    await page.getByLabel("Number, file or counterparty").fill("机械7有限");
    await press(page, page.getByRole("button", { name: /^Open 07 / }));
    await page.getByText("Page 1 of 2").first().waitFor();
    await page.locator(".paper[data-drawn=true]").first().waitFor();
    await assertNoBarriers(page);
    await page.keyboard.press("Escape");
    await page.getByLabel("Title", { exact: true }).fill("Sales contracts of March");
    await page.getByLabel("Reason", { exact: true }).fill("Sales of pressure transmitters");
    await assertNoBarriers(page);
    await press(page, page.getByRole("button", { name: "Next: place the seal" }));
    await press(page, page.getByRole("button", { name: /Contract seal.*Fits best/ }));
    await page.getByRole("button", { name: /^Contract seal, [\d.]+ mm from the left/ }).waitFor();
    await press(page, page.getByRole("button", { name: "Next: check" }));
    await page.getByText(`The same on each of the ${count} documents.`).waitFor();
    await page.getByText("Nothing stands in the way.").waitFor();
    await assertNoBarriers(page);
    await press(page, page.getByRole("button", { name: "Submit the application" }));
    await page.waitForURL(/\/requests\/req_[0-9a-f-]+$/);
    await page.getByText("How the sample was drawn").waitFor();
    await assertNoBarriers(page);
    requestId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  });
  await visit(/白衡/, phone, async (page) => {
    await page.goto("/inbox");
    await page
      .getByRole("link", { name: /Sales contracts of March/ })
      .first()
      .click();
    await page.waitForURL(/\/decide$/);
    await page.getByText("还有 4 份抽中的文件未打开。").waitFor();
    const approve = page.getByRole("button", { name: "同意", exact: true });
    assert.equal(await approve.isDisabled(), true);
    const drawn = page.locator("[data-drawn]:not(.paper)");
    assert.equal(await drawn.count(), 4);
    for (let at = 0; at < 4; at += 1) {
      await drawn.nth(at).locator("summary").click();
      await drawn.nth(at).getByText("已打开").waitFor();
      if (at > 0) await drawn.nth(at).locator("summary").click();
    }
    await page.getByText("抽中的 4 份文件均已打开。").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true);
    await assertNoBarriers(page);
    await approve.click();
    await page.getByRole("button", { name: "以示例点击确认" }).click();
    await page.waitForURL((url) => !url.pathname.endsWith("/decide"));
  });
  const signatory = await callAs(server().url, /沈怀宁/);
  const params = { requestId };
  const { series } = await signatory("GET /v1/seal-use-requests/:requestId", { params });
  assert.equal(series?.toOpen.length, 4, "what another opened is not opened for him");
  for (const documentId of series?.toOpen ?? [])
    await signatory("POST /v1/seal-use-requests/:requestId/opened", { params, body: { documentId } });
  await actByCall(signatory, requestId, "approve");
  await actByCall(await callAs(server().url, /何安然/), requestId, "release");
  await actByCall(await callAs(server().url, /林越/), requestId, "confirm");
  await visit(/Zhou Mingche/, desk, async (page) => {
    await page.goto("/requests");
    await page
      .getByRole("link", { name: /Sales contracts of March/ })
      .first()
      .click();
    const archive = page.getByRole("button", { name: "All sealed files (ZIP)" });
    await page.getByText("Registered", { exact: true }).first().waitFor({ timeout: 120_000 });
    // A part of them can be had before the last is sealed.
    await page.getByRole("button", { name: new RegExp(`^Sealed file ${count} `) }).waitFor({ timeout: 120_000 });
    await assertNoBarriers(page);
    const saved = page.waitForEvent("download");
    await press(page, archive);
    const parts = unpackWithin(await readFile(await (await saved).path()), 100_000_000);
    assert.equal(parts?.length, count + 1, "every file, and the proofs");
  });
});
