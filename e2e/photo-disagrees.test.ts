import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { takeTestPhoto } from "../apps/server/features/printed-copies/test-photo.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, phone } from "./on-sample.ts";
import { openFromInbox, openLock, press, prove, standBeside, takeOut } from "./stamping-walk.ts";
import { prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();
const patient = { timeout: 120_000 } as const;

test("C17: a photo of the right page without an impression freezes the stamping, in words that say what to do", async () => {
  let copy = new Uint8Array();
  let address = "";
  await actAs(/陈亦霖/, phone, async (page) => {
    await openFromInbox(page);
    address = page.url().replace(/\/stamp$/, "");
    await page.goto(address);
    await press(page, /^打印/);
    const [download] = await Promise.all([page.waitForEvent("download"), press(page, "生成文件")]);
    copy = new Uint8Array(await readFile(await download.path()));
    await page.goto(`${address}/stamp`);
    await press(page, "开始盖章");
    await prove(page);
    await page.getByText("监印人尚未确认", { exact: true }).waitFor();
  });
  await actAs(/林越/, phone, standBeside);
  await actAs(/陈亦霖/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await takeOut(page);
  });
  await actAs(/段睿/, phone, openLock);
  await actAs(/陈亦霖/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await page.getByText("印章在您手中").first().waitFor();
    const photo = { name: "IMG_0001.jpg", mimeType: "image/jpeg", buffer: await takeTestPhoto(copy) };
    await page.getByLabel("已盖下第 1 枚，拍照", { exact: true }).setInputFiles(photo);
    await page.getByRole("heading", { name: "第 2 枚 共 3 枚" }).waitFor();
    // The comparison is a job, and the page asks by itself what came of it.
    await page.getByText("已冻结：暂停盖章").waitFor(patient);
    await assertNoBarriers(page);
  });
  await actAs(/林越/, desk, async (page) => {
    await page.goto(`${address}/photos`);
    await page.getByText("No impression in its place").waitFor(patient);
    await page.getByText("Frozen by what was found in the photos.").waitFor();
    await assertNoBarriers(page);
    await page.goto(address);
    await page.getByText("What froze it is explained").waitFor();
    await page.getByText("Nothing more is stamped while it is frozen.").waitFor();
  });
  await actAs(/林越/, phone, async (page) => {
    await page.goto(`${address}/photos`);
    await page.getByText("原位未见印迹").waitFor();
    await assertNoBarriers(page);
  });
});
