import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Page } from "playwright-core";
import type { BoxOnLine } from "../apps/server/features/gateway/test-box-on-line.ts";
import { readMail, startTestMailServer, type TestMailServer } from "../apps/server/platform/test-mail-server.ts";
import { until } from "../apps/server/platform/test-until.ts";
import { paths } from "../apps/web/src/paths.ts";
import { prepareBox } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { press, type } from "./keyboard.ts";
import { desk, onSample, phone } from "./on-sample.ts";

let mails: TestMailServer;
let folder: string;
let box: BoxOnLine;
const sample = onSample(async () => {
  folder = await mkdtemp(join(tmpdir(), "chancery-mail-"));
  mails = await startTestMailServer({ folder });
  return {
    SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
    MAIL_FROM: "Seals <seals@example.org>",
    SMTP_CA: mails.caFile,
    SMTP_STARTTLS: "required",
  };
});
after(async () => {
  await box?.close();
  await mails?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const strip = (page: Page, label: string) => page.getByRole("region", { name: label });

test("an inspector says where he is written to; who keeps the accounts says it for another", async () => {
  await sample.visit(/Ye Shuyan/, desk, async (page) => {
    await page.goto(paths.account);
    const card = page.getByRole("region", { name: "Mail about alarms" });
    await card.getByLabel("Mail address").fill("ye shuyan");
    await card.getByRole("button", { name: "Keep it" }).click();
    await card.getByText("This is no mail address that can be written to.").waitFor();
    await card.getByLabel("Mail address").fill("ye@example.org");
    await card.getByLabel("English").check();
    await card.getByRole("button", { name: "Keep it" }).click();
    await card.getByText("Kept.").waitFor();
    await assertNoBarriers(page);
  });
  await sample.visit(/秦朗/, phone, async (page) => {
    await page.goto(`${paths.organisation}?view=people`);
    await page.getByRole("button", { name: "高敏之的邮箱" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("邮箱地址").fill("gao@example.org");
    await dialog.getByLabel("中文").check();
    await assertNoBarriers(page);
    await dialog.getByRole("button", { name: "保存" }).click();
    await dialog.getByText("已保存。").waitFor();
  });
});

test("C18: a box that is opened is seen on any page and written about; its custodian cannot end it alone, an inspector can", async () => {
  box = await prepareBox(sample.server().url, "E2E-2");
  await box.controller.sense({ kind: "door-open" });
  await until(
    async () => mails.taken.length,
    (count) => count === 2,
  );
  const mailed = mails.taken.map((one) => ({ to: one.to[0], secure: one.secure, ...readMail(one.text) }));
  const [gao, ye] = mailed.toSorted((a, b) => (a.to ?? "").localeCompare(b.to ?? ""));
  assert.deepEqual([gao?.to, ye?.to, gao?.secure], ["gao@example.org", "ye@example.org", true]);
  assert.match(gao?.body ?? "", /印控仪在无指令时被打开。/);
  assert.ok(ye?.body.includes(`${sample.server().url}${paths.alarms}`));

  await sample.visit(/陈亦霖/, phone, async (page) => {
    await page.goto(paths.custody);
    await strip(page, "紧急报警").getByText("报警（法务印控仪）：印控仪在无指令时被打开。").waitFor();
    await assertNoBarriers(page);
    await strip(page, "紧急报警").getByRole("link", { name: "查看并确认" }).click();
    await page.getByText("您保管该印控仪内的印章：须由其他被通知人员确认。").waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "说明情况" }).click();
    await page.getByRole("dialog").getByLabel("您看到或处理了什么").fill("我更换了墨盒");
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "提交说明" }).click();
    await page.getByText("您的说明已附在报警上。").waitFor();
    await page.getByText(/陈亦霖（机内印章保管人），.*：我更换了墨盒/).waitFor();
    await page.goto(paths.custody);
    await page.getByRole("heading", { level: 1 }).waitFor();
    assert.equal(await strip(page, "紧急报警").count(), 0);
  });
  await sample.visit(/Ye Shuyan/, desk, async (page) => {
    await page.goto(paths.registers);
    await strip(page, "Urgent alarm")
      .getByText(/The controller was opened without an order\./)
      .waitFor();
    await assertNoBarriers(page);
    await press(page, strip(page, "Urgent alarm").getByRole("link"));
    await page.waitForURL(`**${paths.alarms}`);
    await page.getByText(/Told to .*Chen Yilin/).waitFor();
    await page.getByText("Company seal").first().waitFor();
    await press(page, page.getByRole("button", { name: "Acknowledge" }));
    const dialog = page.getByRole("dialog");
    await press(page, dialog.getByRole("button", { name: "Acknowledge it" }));
    await dialog.getByText("Say what you saw or did.").waitFor();
    await type(page, dialog.getByLabel("What you saw or did"), "Ink was changed without an order; talked to Chen");
    await assertNoBarriers(page);
    await press(page, dialog.getByRole("button", { name: "Acknowledge it" }));
    await page.getByText("The alarm is acknowledged.").waitFor();
    await page.getByText("No alarm is open.").waitFor();
    await press(page, page.getByRole("link", { name: "Acknowledged" }));
    await page.getByText(/Acknowledged by Ye Shuyan, .*: Ink was changed/).waitFor();
    await assertNoBarriers(page);
  });
  await sample.visit(/高敏之/, phone, async (page) => {
    await page.goto(paths.findings);
    await page.getByText(/印控仪 E2E-2 发生了什么/).waitFor();
    assert.equal(await strip(page, "紧急报警").count(), 0);
  });
});
