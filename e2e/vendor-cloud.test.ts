import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type FakeCloud, startFakeCloud } from "../apps/server/features/vendor-clouds/test-vendor-cloud.ts";
import { paths } from "../apps/web/src/paths.ts";
import { takeInHand } from "./box-with-seal.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, onSample, phone } from "./on-sample.ts";
import { callAs } from "./sample-caller.ts";
import { begin, openFromInbox, press, standBeside } from "./stamping-walk.ts";

const sample = onSample();
let fake: FakeCloud;
before(async () => {
  fake = await startFakeCloud();
});
after(() => fake?.close());

/** A container of the kind, with both its locks held, for the box to stand for; the company seal's piece. */
async function prepareContainer(): Promise<{ containerId: string; bodyId: string }> {
  const url = sample.server().url;
  const [gao, chen] = [await callAs(url, /Gao Minzhi/), await callAs(url, /Chen Yilin/)];
  const [duan] = (await chen("GET /v1/containers")).items.flatMap(({ locks }) =>
    locks.flatMap(({ holder }) => (holder && /Duan Rui/.test(holder.name.en) ? [holder] : [])),
  );
  const piece = (await chen("GET /v1/custody/mine")).items.find((one) => /Company seal/.test(one.seal.name.en));
  const entityId = (await gao("GET /v1/session")).entities[0]?.entityId ?? "";
  const { containerId } = await gao("POST /v1/containers", {
    body: {
      ...{ entityId, kind: "controller", name: { en: "Maker's box, Legal", zh: "厂商印控仪（法务）" }, address: "3F" },
      ...{ insideMonitoring: true, camera: "C-3", goodForImportant: true },
      locks: [
        { kind: "key", label: "A" },
        { kind: "code", label: "B" },
      ],
    },
  });
  const made = (await gao("GET /v1/containers")).items.find((one) => one.containerId === containerId);
  const chenId = (await chen("GET /v1/session")).person.personId;
  for (const [at, personId] of [chenId, duan?.personId ?? ""].entries())
    await gao("PUT /v1/containers/:containerId/locks/:lockId/holder", {
      ...{ params: { containerId, lockId: made?.locks[at]?.lockId ?? "" }, body: { personId } },
    });
  assert.ok(piece);
  return { containerId, bodyId: piece.bodyId };
}

test("C09 C18: two people register a maker's cloud and its controller by keyboard, and what it tells of is counted, photographed and graded", async () => {
  const { containerId, bodyId } = await prepareContainer();
  let callPath = "";
  await sample.visit(/高敏之|Gao Minzhi/, desk, async (page) => {
    await page.goto(paths.controllers);
    await page.getByRole("button", { name: "Register a maker's cloud" }).focus();
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog");
    await form.getByLabel("Name in English").fill("Maker's cloud");
    await form.getByLabel("Name in Chinese").fill("厂商云");
    await form.getByLabel("Address").fill(fake.address);
    await form.getByLabel("Access token").fill(fake.token);
    await form.getByLabel("Access secret").fill(fake.secret);
    await assertNoBarriers(page);
    await form.getByLabel("Access secret").press("Enter");
    const shown = page.locator(".call-address");
    await shown.waitFor();
    callPath = new URL((await shown.innerText()).trim()).pathname;
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByText("Waits for the second person").waitFor();
    assert.equal(await page.getByRole("button", { name: "Confirm this cloud" }).count(), 0);
  });
  await sample.visit(/陈亦霖/, phone, async (page) => {
    await page.goto(paths.controllers);
    await press(page, "确认该厂商云");
    await press(page, "登记人员手机号");
    const person = page.getByRole("dialog");
    await person.getByLabel("人员").selectOption({ label: "陈亦霖" });
    await person.getByLabel("手机号").fill("138 0000 0001");
    await assertNoBarriers(page);
    await press(page, "保存");
    await page.getByText("陈亦霖（尾号 0001）").waitFor();
    await assertNoBarriers(page);
  });
  await sample.visit(/高敏之|Gao Minzhi/, desk, async (page) => {
    await page.goto(paths.controllers);
    await page.getByRole("button", { name: "Register its controller" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name in English").fill("Tube, Legal");
    await form.getByLabel("Name in Chinese").fill("法务印章筒");
    await form.getByLabel("Device number").fill("QYS-77");
    await form.getByLabel("Model").fill("T1");
    await form.getByLabel("Container").selectOption(containerId);
    await assertNoBarriers(page);
    await form.getByRole("button", { name: "Register; a second person confirms" }).click();
    await page.getByRole("link", { name: /Tube, Legal/ }).click();
    await page.getByText("You registered it, so another").waitFor();
  });
  await sample.visit(/陈亦霖/, phone, async (page) => {
    await page.goto(paths.controllers);
    await page.getByRole("link", { name: /法务印章筒/ }).click();
    await page.getByText("为记录签名：以厂商的陈述为准").waitFor();
    await page.getByLabel("铭牌编号").fill("QYS-78");
    await press(page, "与设备一致");
    await page.getByText(/还可输入 2 次/).waitFor();
    await assertNoBarriers(page);
    await page.getByLabel("铭牌编号").fill("QYS-77");
    await page.getByLabel("铭牌编号").press("Enter");
    await page.getByText("已注册", { exact: true }).first().waitFor();
    await assertNoBarriers(page);
  });
  const chen = await callAs(sample.server().url, /Chen Yilin/);
  await takeInHand(sample.server().url, bodyId);
  await chen("POST /v1/custody/bodies/:bodyId/lock-away", { params: { bodyId }, body: { containerId } });

  let requestId = "";
  await sample.visit(/陈亦霖/, phone, async (page) => {
    requestId = await begin(page, "用印控仪盖章");
  });
  await sample.visit(/林越/, phone, standBeside);
  await sample.visit(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    await page.getByText(/印控仪已就绪：已盖 0 \/ 3/).waitFor();
    await page.getByText("用印码", { exact: true }).waitFor();
    await page.getByText("厂商云有应答", { exact: true }).waitFor();
    await page.getByText(/^code-/).waitFor();
    await assertNoBarriers(page);
    const [application] = fake.applications;
    assert.ok(application);
    fake.press(application.auths[0]?.serialNo ?? "", 3);
    const called = await fetch(new URL(callPath, sample.server().url), {
      ...{ method: "POST", headers: { "content-type": "application/json" } },
      body: new Uint8Array(fake.callAbout(application.id)),
    });
    assert.deepEqual(await called.json(), { code: 0, message: "success" });
    await page.getByText("已盖章", { exact: true }).first().waitFor();
  });
  await sample.visit(/许知远/, phone, async (page) => {
    await page.goto(`/requests/${requestId}`);
    await page.getByText(/T1 厂商云记录（3 枚）/).waitFor();
    await page.getByText(/记录没有签名/).waitFor();
    await page.getByText("厂商云已接受用印授权").waitFor();
    await assertNoBarriers(page);
  });
});
