// npm run pictures: the pictures of README and docs, taken anew from the sample organisation.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { paths } from "../apps/web/src/paths.ts";
import { buildWebIfChanged } from "../scripts/build-web.ts";
import { launchBrowser, openPage } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";

interface Picture {
  readonly name: string;
  readonly language: "en" | "zh-CN";
  readonly width: number;
  readonly height: number;
  /** Who is signed in; null for anybody. */
  readonly reader: RegExp | null;
  /** Goes to the page and answers when it shows what the picture is of. */
  readonly open: (page: Page) => Promise<void>;
}

const desk = { language: "en", width: 1280, height: 860 } as const;
const phone = { language: "zh-CN", width: 390, height: 844 } as const;

async function openFirst(page: Page, list: string, link: RegExp, shown: string): Promise<void> {
  await page.goto(list);
  await page.getByRole("link", { name: link }).first().click();
  await page.locator(shown).first().waitFor();
}

const pictures: readonly Picture[] = [
  {
    ...desk,
    name: "seal-wall",
    reader: /Gao Minzhi/,
    open: async (page) => {
      await page.goto(paths.seals);
      await page.locator(".seal-card .seal-face").nth(5).waitFor();
    },
  },
  {
    ...desk,
    name: "seal-use",
    reader: /Ye Shuyan/,
    open: (page) => openFirst(page, `${paths.requests}?view=all&state=authorised`, /LX-\d{4}-\d{6}/, ".refusal"),
  },
  {
    ...phone,
    name: "decide-on-a-phone",
    reader: /唐静姝/,
    open: (page) => openFirst(page, paths.inbox, /LX-\d{4}-\d{6}/, ".act-bar"),
  },
  {
    ...desk,
    name: "ledger",
    reader: /Ye Shuyan/,
    open: async (page) => {
      await page.goto(paths.ledger);
      await page.locator(".entries-table tbody tr").first().waitFor();
    },
  },
];

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
await mkdir(folder, { recursive: true });
const web = await buildWebIfChanged(console.log);
if (!web.ok) throw new Error(web.message);
const server = await startSampleServer();
const browser = await launchBrowser();
try {
  for (const { name, reader, open, ...options } of pictures) {
    const { page, context } = await openPage(browser, server.url, options);
    if (reader) {
      await page.goto(paths.signIn);
      await page.getByRole("button", { name: reader }).first().click();
      await page.waitForURL((url) => url.pathname !== paths.signIn);
    }
    await open(page);
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: `${folder}${name}.png`, animations: "disabled" });
    console.log(`docs/pictures/${name}.png`);
    await context.close();
  }
} finally {
  await browser.close();
  await server.close();
}
