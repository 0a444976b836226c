import { test } from "node:test";
import { type TestShot, takeTestPhoto } from "../apps/server/features/printed-copies/test-photo.ts";
import { assertNoBarriers } from "./browser.ts";
import { desk, phone } from "./on-sample.ts";
import { printAndBegin } from "./stamping-walk.ts";
import { prepareUseWalk } from "./use-walk.ts";

const actAs = prepareUseWalk();
const patient = { timeout: 120_000 } as const;

test("C09 C17: a photo goes to the copy whose code it shows, in whatever order the pile lies; one of the right page without an impression freezes the stamping, in words that say what to do", async () => {
  const { copy, address, pressed } = await printAndBegin(actAs);
  await actAs(/陈亦霖/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await page.getByText("印章在您手中").first().waitFor();
    const photograph = async (nth: number, shot: TestShot): Promise<void> => {
      const photo = { name: `IMG_000${nth}.jpg`, mimeType: "image/jpeg", buffer: await takeTestPhoto(copy, shot) };
      await page.getByLabel(`已盖下第 ${nth} 枚，拍照`, { exact: true }).setInputFiles(photo);
      await page.getByRole("heading", { name: `第 ${nth + 1} 枚 共 3 枚` }).waitFor();
    };
    // The pile does not lie in order: on top is the second copy, and the first comes after it.
    await photograph(1, { page: 2, over: pressed });
    await page.getByText(/第 1 枚的照片显示第 2 份，已记入该份/).waitFor(patient);
    await page.getByText("第 1 份，第 1 页", { exact: true }).waitFor();
    await page.getByText(/纸张未按顺序排列/).waitFor();
    await assertNoBarriers(page);
    await photograph(2, { page: 1 });
    // The comparison is a job, and the page asks by itself what came of it.
    await page.getByText("已冻结：暂停盖章").waitFor(patient);
    await assertNoBarriers(page);
  });
  await actAs(/林越/, desk, async (page) => {
    await page.goto(`${address}/photos`);
    await page.getByText("No impression in its place").waitFor(patient);
    await page.getByText("The seal that was asked for", { exact: true }).first().waitFor(patient);
    await page.getByText("Photo 1 shows copy 2; booked there.").waitFor();
    await page.getByText("Frozen by what was found in the photos.").waitFor();
    await assertNoBarriers(page);
    await page.goto(address);
    await page.getByText("What froze it is explained").waitFor();
    await page.getByText("Nothing more is stamped while it is frozen.").waitFor();
    await page.getByText(/photos showed another sheet than the next in the order/).waitFor();
    await page.getByText("Booked to its sheet").first().waitFor();
    await page.getByText("Photo 1 shows copy 2", { exact: true }).first().waitFor();
  });
  await actAs(/林越/, phone, async (page) => {
    await page.goto(`${address}/photos`);
    await page.getByText("原位未见印迹").waitFor();
    await assertNoBarriers(page);
  });
});
