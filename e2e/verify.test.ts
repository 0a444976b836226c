import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { assertNoBarriers, launchBrowser, openPage, type WatchedPage } from "./browser.ts";
import { startSampleServer } from "./sample-server.ts";
import type { ServerUnderTest } from "./server.ts";
import { signInAs } from "./visit.ts";

const samples = process.env.SAMPLES_DIR ?? fileURLToPath(new URL("../../shared/samples", import.meta.url));
const foreign = join(samples, "pdf-signed/files/pyhanko__pades-with-old-style-signing-cert-attr-issser.pdf");

let server: ServerUnderTest;
let browser: Browser;
let sealed: Buffer;
before(async () => {
  server = await startSampleServer();
  browser = await launchBrowser();
  sealed = await downloadSealedFile();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** A file that the sample organisation has sealed and that its inspector may open, fetched by him. */
async function downloadSealedFile(): Promise<Buffer> {
  const { people } = (await (await fetch(`${server.url}/v1/sample/people`)).json()) as {
    people: { personId: string; roles: string[] }[];
  };
  const inspector = people.find((person) => person.roles.includes("inspector")) ?? assert.fail();
  const signedIn = await fetch(`${server.url}/v1/sample/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ personId: inspector.personId }),
  });
  const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? assert.fail();
  const get = (path: string): Promise<Response> => fetch(`${server.url}${path}`, { headers: { cookie } });
  const list = (await (await get("/v1/seal-use-requests?view=all&search=Harbour")).json()) as {
    items: { requestId: string; state: string }[];
  };
  const request = list.items.find((item) => item.state === "registered") ?? assert.fail();
  const detail = (await (await get(`/v1/seal-use-requests/${request.requestId}`)).json()) as {
    documentList: { documentId: string }[];
  };
  const [document] = detail.documentList;
  const file = await get(`/v1/seal-use-requests/${request.requestId}/sealed/${document?.documentId}`);
  assert.equal(file.status, 200);
  return Buffer.from(await file.arrayBuffer());
}

const asPdf = (buffer: Buffer, name = "contract.pdf") => ({ name, mimeType: "application/pdf", buffer });
const flipped = (): Buffer => {
  const copy = Buffer.from(sealed);
  copy[20] = (copy[20] ?? 0) ^ 1;
  return copy;
};
/** Gives the page a file, and answers what it says first. */
async function verify(page: Page, file: ReturnType<typeof asPdf>): Promise<string> {
  await page.goto("/verify");
  await page.locator("#verify-file").setInputFiles(file);
  await page.locator(".answer h1").waitFor();
  return page.locator(".answer h1").innerText();
}
const words = (page: Page): Promise<string[]> => page.locator(".finding-word").allInnerTexts();
const faces = (page: Page): Promise<(string | null)[]> =>
  page.locator(".verify-seal .seal-face").evaluateAll((all) => all.map((face) => face.getAttribute("data-face")));

/** Nothing wider than the window, nothing asked of others, no error. */
async function assertQuiet(watched: WatchedPage): Promise<void> {
  const fits = await watched.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  assert.equal(fits, true, "no sideways scroll");
  assert.deepEqual(watched.outside, []);
  assert.deepEqual(watched.faults, []);
}
/** The same, and no barrier that axe knows. */
async function assertSound(watched: WatchedPage): Promise<void> {
  await assertNoBarriers(watched.page);
  await assertQuiet(watched);
}
async function close(watched: WatchedPage): Promise<void> {
  await watched.leave();
}
test("a stranger finds the page from the sign-in page; a sealed file is proved in the browser and never sent", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.goto("/sign-in");
  await page.getByRole("link", { name: "Verify a file" }).click();
  await page.getByRole("heading", { level: 1, name: "Verify a file" }).waitFor();
  await assertSound(watched);
  await page.locator("#verify-file").setInputFiles(asPdf(sealed));
  await page.getByRole("heading", { level: 1, name: "This file is as it was sealed." }).waitFor();
  assert.deepEqual(await words(page), ["Yes", "Yes", "Yes", "Yes", "In use"]);
  assert.equal(await page.locator(".evidence").getAttribute("data-evidence"), "proved");
  assert.deepEqual(await faces(page), ["live"]);
  assert.deepEqual(sent, []);
  await assertSound(watched);
  await page.locator(".evidence").click();
  await page.getByRole("dialog").getByText("This entry is in the ledger.").waitFor();
  await page.locator(".path svg").waitFor();
  await assertSound(watched);
  await close(watched);
});

test("C17: one flipped byte is refused, and the face turns grey", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  assert.equal(await verify(page, asPdf(flipped())), "This file was changed after it was sealed.");
  assert.deepEqual(await words(page), ["No", "Yes", "Original only", "Original only", "In use"]);
  assert.deepEqual(await faces(page), ["ended"]);
  assert.equal(await page.locator(".evidence").count(), 0);
  await assertSound(watched);
  await close(watched);
});

test("C24: a good answer whose proof was tampered with is not believed", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  await page.route("**/v1/ledger/leaves/**", async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const body = text.replace(
      /(\nindex \d+\n)(.)/,
      (_, index: string, letter: string) => `${index}${letter === "A" ? "B" : "A"}`,
    );
    assert.notEqual(body, text);
    await route.fulfill({ response: answer, body });
  });
  assert.equal(await verify(page, asPdf(sealed)), "The ledger does not bear this answer out.");
  assert.equal((await words(page))[3], "No");
  assert.equal(await page.locator(".evidence").getAttribute("data-evidence"), "fails");
  assert.deepEqual(await faces(page), ["ended"]);
  await assertQuiet(watched);
  await close(watched);
});

test("a server that answers about another file is not believed", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  const digest = `sha256:${createHash("sha256").update(sealed).digest("hex")}`;
  const answer = await (await fetch(`${server.url}/v1/verifications/${digest}`)).text();
  await page.route("**/v1/verifications/*", (route) =>
    route.fulfill({ contentType: "application/json", body: answer }),
  );
  assert.equal(await verify(page, asPdf(flipped())), "The server answered about another file.");
  await close(watched);
});

test("a PDF sealed elsewhere is called intact, by a certificate that is not known here", {
  skip: existsSync(foreign) ? false : "the sample files are not present (SAMPLES_DIR)",
}, async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  const said = await verify(page, asPdf(readFileSync(foreign), "foreign.pdf"));
  assert.equal(said, "This file is intact, but sealed by a certificate we do not know.");
  assert.equal(await page.locator(".verify-seal .seal-face").count(), 0);
  await page.getByText("Your file was sent to this server, read, and not kept.").waitFor();
  await assertSound(watched);
  await close(watched);
});

test("no PDF, no seal, several files one after another: each has its answer", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  const unsealed = Buffer.from(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  );
  await page.goto("/verify");
  await page
    .locator("#verify-file")
    .setInputFiles([
      asPdf(sealed, "a.pdf"),
      asPdf(flipped(), "b.pdf"),
      asPdf(Buffer.from("hello"), "c.pdf"),
      asPdf(unsealed, "d.pdf"),
    ]);
  const list = page.getByRole("navigation", { name: "Files of this visit" });
  for (const [name, answer] of [
    ["a.pdf", "This file is as it was sealed."],
    ["b.pdf", "This file was changed after it was sealed."],
    ["c.pdf", "This file is not a PDF."],
    ["d.pdf", "This file carries no seal."],
  ] as const) {
    const entry = list.getByRole("button", { name: new RegExp(name) });
    await entry.getByText(answer).waitFor();
    await entry.click();
    await page.getByRole("heading", { level: 1, name: answer }).waitFor();
  }
  await assertSound(watched);
  await close(watched);
});

test("a link to a digest tells what was sealed, and says that the reader's own file is not checked", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  const digest = `sha256:${createHash("sha256").update(sealed).digest("hex")}`;
  await page.goto(`/verify?digest=${encodeURIComponent(digest)}`);
  await page.getByRole("heading", { level: 1, name: /Yours has not been checked/ }).waitFor();
  assert.deepEqual(await words(page), ["Not checked", "Yes", "Yes", "Yes", "In use"]);
  assert.deepEqual(await faces(page), ["ended"]);
  await assertQuiet(watched);
  await page.locator("#verify-file").setInputFiles(asPdf(flipped()));
  await page.getByText("The file you checked is another than the one that the link names.").waitFor();
  await page.goto(`/verify?digest=sha256:${"0".repeat(64)}`);
  await page.getByText("Nothing is recorded under the digest in this link.").waitFor();
  await close(watched);
});

test("on a phone in Chinese: the same answers, and the report on paper shows what the page folds away", async () => {
  const watched = await openPage(browser, server.url, { language: "zh-CN", width: 390, height: 844 });
  const { page } = watched;
  assert.equal(await verify(page, asPdf(sealed, "合同.pdf")), "此文件与签章时一致。");
  assert.deepEqual(await words(page), ["是", "是", "是", "是", "在用"]);
  await assertSound(watched);
  await page.emulateMedia({ media: "print" });
  const fingerprint = page.getByText(createHash("sha256").update(sealed).digest("hex")).last();
  assert.equal(await fingerprint.isVisible(), true);
  assert.equal(await page.locator(".public-top").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  assert.equal(await verify(page, asPdf(flipped(), "合同.pdf")), "此文件在签章后被更改。");
  await assertSound(watched);
  await page.setViewportSize({ width: 320, height: 700 });
  await assertQuiet(watched);
  await close(watched);
});

test("the inspector's ledger: checkpoint verified here, checked by the server on demand, every entry with its proof", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  await signInAs(watched.context, server.url, /Ye Shuyan/);
  await page.goto("/");
  await page.getByRole("link", { name: "Ledger" }).click();
  await page.getByText("Verified in this browser").waitFor();
  await page.getByText("This browser sees this ledger for the first time.").waitFor();
  // That it fits together was said before, too, of the ledger as it was at the start.
  const checked = page.waitForResponse((answer) => new URL(answer.url()).pathname === "/v1/ledger/check");
  await page.getByRole("button", { name: "Check now" }).click();
  const { state, leaves } = (await (await checked).json()) as { state: string; leaves: number };
  assert.deepEqual([state, leaves > 1000], ["good", true]);
  await page.getByText("Every entry, hash and checkpoint fits together.").waitFor();
  await page.getByLabel("Kind of entry").selectOption("ImpressionSettled");
  await page.waitForURL(/type=ImpressionSettled/);
  await page
    .getByRole("row", { name: /Impression settled/ })
    .first()
    .waitFor();
  await assertSound(watched);
  const badge = page.locator(".entries-table .evidence").first();
  await badge.click();
  await page.getByRole("dialog").getByText("This entry is in the ledger.").waitFor();
  await assertSound(watched);
  await page.keyboard.press("Escape");
  assert.equal(await badge.getAttribute("data-evidence"), "proved");
  await page.reload();
  await page.getByText(/The ledger (stands at|grew from)/).waitFor();
  await close(watched);
});

test("C24: a ledger with another key than the browser has kept is shown loudly, and nothing is proved by it", async () => {
  const watched = await openPage(browser, server.url, { width: 390, height: 844 });
  const { page } = watched;
  await signInAs(watched.context, server.url, /Ye Shuyan/);
  await page.goto("/ledger");
  await page.getByText("Verified in this browser").waitFor();
  await page.evaluate(() => {
    const known = JSON.parse(localStorage.getItem("chancery.ledger") ?? "{}");
    localStorage.setItem("chancery.ledger", JSON.stringify({ ...known, key: `${known.key}x` }));
  });
  await page.reload();
  await page.getByRole("alert").getByText("This ledger does not continue the one this browser has seen.").waitFor();
  await page.getByText("Does not hold").waitFor();
  await page.locator(".entries-table .evidence").first().click();
  await page.getByRole("dialog").getByText("The proof does not hold.").waitFor();
  await assertSound(watched);
  await close(watched);
});

test("a request's timeline is proved as a whole in the browser, and an altered event is found", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  await signInAs(watched.context, server.url, /Ye Shuyan/);
  const openRequest = async (): Promise<void> => {
    await page.goto("/requests?view=all");
    await page
      .getByRole("link", { name: /Framework agreement, Harbour Metrology/ })
      .first()
      .click();
    await page.getByRole("button", { name: /Check all \d+ entries in this browser/ }).click();
  };
  await openRequest();
  await page.getByText(/All \d+ entries are in the ledger\./).waitFor();
  assert.equal(await page.locator('.timeline [data-evidence="listed"]').count(), 0);
  await assertSound(watched);
  await page.route(/\/v1\/seal-use-requests\/req_[0-9a-f-]+$/, async (route) => {
    const answer = await route.fetch();
    const detail = (await answer.json()) as { timeline: { type: string; facts: Record<string, unknown> }[] };
    const settled = detail.timeline.find((entry) => entry.type === "ImpressionSettled") ?? assert.fail();
    settled.facts.number = "LX-2026-000001";
    await route.fulfill({ response: answer, json: detail });
  });
  await page.reload();
  await openRequest();
  await page.getByText("The ledger does not bear out 1 entry.").waitFor();
  assert.equal(await page.locator('.timeline > li[data-evidence="fails"]').count(), 1);
  await assertSound(watched);
  await close(watched);
});

test("a seal's history is proved as a whole in the browser, by anyone who may see the seal", async () => {
  const watched = await openPage(browser, server.url);
  const { page } = watched;
  await signInAs(watched.context, server.url, /Zhou Mingche/);
  await page.goto("/seals");
  await page
    .getByRole("link", { name: /Contract seal/ })
    .first()
    .click();
  await page.getByRole("button", { name: /Check all \d+ entries in this browser/ }).click();
  await page.getByText(/All \d+ entries are in the ledger\./).waitFor();
  assert.equal(await page.locator('.timeline [data-evidence="listed"]').count(), 0);
  await assertQuiet(watched);
  await close(watched);
});
