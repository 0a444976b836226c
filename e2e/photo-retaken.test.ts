import { test } from "node:test";
import { type TestShot, takeTestPhoto } from "../apps/server/features/printed-copies/test-photo.ts";
import { redPicture } from "../apps/server/platform/test-picture.ts";
import { assertNoBarriers } from "./browser.ts";
import { phone } from "./on-sample.ts";
import { printAndBegin } from "./stamping-walk.ts";
import { prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();
const patient = { timeout: 120_000 } as const;

test("C09 C17: on a phone in Chinese a blurred photo is taken again while its sheet is at hand, and the last photo freezes the stamping on the page that was left open", async () => {
  const { copy, address, pressed } = await printAndBegin(actAs);
  await actAs(/陈亦霖/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await page.getByText("印章在您手中").first().waitFor();
    const give = (label: string, buffer: Buffer): Promise<void> =>
      page
        .getByLabel(label, { exact: true })
        .setInputFiles({ name: `IMG_${buffer.length}.jpg`, mimeType: "image/jpeg", buffer });
    const taken = (shot: TestShot): Promise<Buffer> => takeTestPhoto(copy, shot);
    // What cannot show a sheet is refused at once.
    await give("已盖下第 1 枚，拍照", Buffer.from(redPicture(1, 20)));
    await page.getByText(/图片像素过少/).waitFor();
    await assertNoBarriers(page);
    await page.getByRole("button", { name: "撤回", exact: true }).click();
    await give("已盖下第 1 枚，拍照", await taken({ page: 1, over: pressed, blur: 5 }));
    await page.getByText("第 1 枚的照片未能读出页码").waitFor(patient);
    await assertNoBarriers(page);
    await give("补拍第 1 枚", await taken({ page: 1, over: pressed }));
    await page.getByText("第 1 枚的照片未能读出页码").waitFor({ state: "hidden" });
    await give("已盖下第 2 枚，拍照", await taken({ page: 2, over: pressed, turn: -1 }));
    await page.getByRole("heading", { name: "第 3 枚 共 3 枚" }).waitFor();
    // The last shows no impression, and the stamping has ended when that is found.
    await give("已盖下第 3 枚，拍照", await taken({ page: 3 }));
    await page.getByText(/张照片正在比对/).waitFor();
    await page.getByText("已冻结：盖章后发现问题").waitFor(patient);
    await page.getByText(/张照片正在比对/).waitFor({ state: "hidden", ...patient });
    await assertNoBarriers(page);
    await page.getByRole("link", { name: "在「待办」中说明" }).click();
    await page.waitForURL(/\/tasks$/);
  });
  await actAs(/林越/, phone, async (page) => {
    await page.goto(`${address}/photos`);
    await page.getByText("已补拍：原照片未能识读，打开可同时查看。").waitFor();
    await page.getByRole("button", { name: "第 1 枚的照片" }).click();
    await page.getByText("第 1 枚原先未能识读的照片").click();
    await page.getByRole("img", { name: "第 1 枚原先未能识读的照片" }).waitFor();
    await assertNoBarriers(page);
    await page.goto(address);
    await page.getByText("照片无法识读，已补拍").first().waitFor();
  });
});
