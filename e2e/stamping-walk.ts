import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { phone } from "./on-sample.ts";
import type { ActAs } from "./use-walk.ts";

/** What the sample has authorised to be stamped: three copies of one page with the company seal. */
export const matter = /投标授权书/;

/** Presses the first button of that name. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) })
    .first()
    .click();

/** Opens what is to be stamped from the inbox of whoever is signed in, and tells its id. */
export async function openFromInbox(page: Page, leadsTo = /\/stamp$/): Promise<string> {
  await page.goto("/inbox");
  await page.getByRole("link", { name: matter }).first().click();
  await page.waitForURL(leadsTo);
  return /req_[0-9a-f-]+/.exec(page.url())?.[0] ?? "";
}

/** Shows that it is he who acts, in Chinese. */
export async function prove(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "请确认是您本人" }).waitFor();
  await press(page, "以示例点击确认");
  await page.getByRole("heading", { name: "请确认是您本人" }).waitFor({ state: "hidden" });
}

/** The custodian begins by the button of that name, in Chinese, and waits for the supervisor. */
export async function begin(page: Page, by: string): Promise<string> {
  const requestId = await openFromInbox(page);
  await press(page, by);
  await prove(page);
  await page.getByText("监印人尚未确认", { exact: true }).waitFor();
  return requestId;
}

/** The supervisor says that he stands beside it. */
export async function standBeside(page: Page): Promise<void> {
  await openFromInbox(page);
  await press(page, "我在场，确认");
  await prove(page);
  await page.getByText("陈亦霖 正在盖章", { exact: true }).waitFor();
}

/** The custodian takes the seal out, and waits for the other who holds a lock. */
export async function takeOut(page: Page): Promise<void> {
  await press(page, "取出");
  await page.getByRole("dialog").getByRole("button", { name: "取出" }).click();
  await page.getByText(/已通知另一持锁人/).waitFor();
}

/** Who holds the other lock says that he opens it. */
export async function openLock(page: Page): Promise<void> {
  await page.goto("/custody");
  await press(page, "确认开启");
  await page.getByRole("button", { name: "确认开启" }).waitFor({ state: "hidden" });
}

interface BegunOnPaper {
  readonly copy: Uint8Array;
  readonly address: string;
  /** The face of its seal, drawn where the sample has it on that page. */
  readonly pressed: string;
}

/** The seal's face around a point of the page, as SVG in millimetres. */
async function drawFace(page: Page, requestId: string, [xMm, yMm]: readonly [number, number]): Promise<string> {
  const view = await page.request.get(new URL(`/v1/seal-use-requests/${requestId}/stamping`, page.url()).href);
  const { seals } = (await view.json()) as { seals: { sealId: string }[] };
  const drawn = await page.request.get(new URL(`/v1/seals/${seals[0]?.sealId}/face.svg`, page.url()).href);
  if (!drawn.ok()) throw new Error(`the seal's face: ${drawn.status()}`);
  const svg = await drawn.text();
  const [, width = "", height = ""] = /width="([\d.]+)mm" height="([\d.]+)mm"/.exec(svg) ?? [];
  return svg
    .replaceAll(/="([\d.]+)mm"/g, '="$1"')
    .replace("<svg ", `<svg x="${xMm - Number(width) / 2}" y="${yMm - Number(height) / 2}" opacity="0.85" `);
}

/** The copies are printed, the stamping is begun and seen, and the custodian has the seal in hand: the file, and where its request is. */
export async function printAndBegin(actAs: ActAs): Promise<BegunOnPaper> {
  let copy = new Uint8Array();
  let address = "";
  let pressed = "";
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
    pressed = await drawFace(page, address.split("/").at(-1) ?? "", [49, 96]);
  });
  await actAs(/林越/, phone, standBeside);
  await actAs(/陈亦霖/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await takeOut(page);
  });
  await actAs(/段睿/, phone, openLock);
  await actAs(/林越/, phone, async (page) => {
    await page.goto(`${address}/stamp`);
    await page.getByText("印章在陈亦霖手中").waitFor();
  });
  return { copy, address, pressed };
}
