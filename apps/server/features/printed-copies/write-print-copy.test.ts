import assert from "node:assert/strict";
import { test } from "node:test";
import { openForPrinting } from "@chancery/pdf-seal/print";
import { readPageCode } from "@chancery/printed-copy";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { type DrawnPage, drawPages } from "./draw-page.ts";
import { pageCodeMac } from "./make-print-copy.ts";
import { readCodes } from "./read-codes.ts";
import { mostPrintedPages, type PrintCopyTask, writePrintCopy } from "./write-print-copy.ts";

const requestId = "0197a3c2-5b11-7d40-8e21-0123456789ab";
const key = "5a".repeat(32);
const task = (bytes: Uint8Array, change: Partial<PrintCopyTask> = {}): PrintCopyTask => ({
  ...{ bytes, requestId, copies: [1], address: "", key },
  lines: ["LX-2026-000123", "第 {page}/{pages} 页 · Page {page} of {pages} · {copy}", "SHA-256 {digest}"],
  ...change,
});
async function print(bytes: Uint8Array, change: Partial<PrintCopyTask> = {}): Promise<Uint8Array> {
  const answer = await writePrintCopy(task(bytes, change));
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.bytes;
}
function draw(bytes: Uint8Array, perMm: number): Promise<DrawnPage[]> {
  const opened = openForPrinting(bytes);
  assert.ok(opened.ok);
  const { pages } = opened.document;
  return drawPages(bytes, async (page) => {
    const drawn: DrawnPage[] = [];
    for (const [at, { widthMm, heightMm }] of pages.entries()) drawn.push(await page(at, widthMm, heightMm, perMm));
    return drawn;
  });
}
async function codesOn({ width, height, rgb }: DrawnPage): Promise<string[]> {
  const data = Uint8Array.from({ length: width * height }, (_, at) => rgb[at * 3 + 1] ?? 0);
  return (await readCodes({ width, height, data })).map(({ text }) => text);
}

// Two to three pixels to a module of the code: at fewer, whether it is read depends on the page's digest.
const perMm = 5;
const shapes: Readonly<Record<string, string>> = {
  upright: "",
  "on its side": "/Rotate 90",
  "upside down": "/Rotate 180",
  "on its other side": "/Rotate 270",
  cropped: "/CropBox [20 40 560 800]",
  "in another unit": "/UserUnit 1.5 /Rotate 90",
};
for (const [name, page] of Object.entries(shapes)) {
  test(`C17: a page ${name} carries its code, and its own content is as it was approved`, async () => {
    const approved = testContract({ page });
    const bytes = await print(approved, { copies: [1, 2], address: "HTTPS://SEALS.EXAMPLE/C/" });
    const [before] = await draw(approved, perMm);
    const pages = await draw(bytes, perMm);
    assert.equal(pages.length, 2);
    for (const [at, after] of pages.entries()) {
      const [text = "", ...more] = await codesOn(after);
      const read = readPageCode(text, pageCodeMac(key));
      assert.ok(read.ok && more.length === 0);
      assert.deepEqual([read.code.requestId, read.code.page, read.code.copy], [requestId, 1, at + 1]);
      assert.ok(before && before.rgb.length === after.rgb.length);
      // Ink is added to white paper only.
      for (let byte = 0; byte < after.rgb.length; byte += 1)
        if (before.rgb[byte] !== after.rgb[byte]) assert.equal(before.rgb[byte], 255);
    }
  });
}

test("C17: a page that is dark to its edges is drawn smaller above its code, unless a note on it would stay behind", async () => {
  const dark = "0.2 g 0 0 595 842 re f";
  const [page] = await draw(await print(makeTestPdf([], { drawn: dark })), perMm);
  assert.ok(page && (await codesOn(page)).length === 1);
  const note = "<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] >>";
  const answer = await writePrintCopy(task(makeTestPdf([], { drawn: dark, page: "/Annots [6 0 R]", objects: [note] })));
  assert.ok(!answer.ok && answer.code === "print.no-room" && answer.message.startsWith("Page 1 "));
});

test("the same task gives the same bytes; another copy or key gives others", async () => {
  const approved = testContract();
  const one = Buffer.from(await print(approved));
  assert.ok(one.equals(await print(approved)));
  assert.ok(!one.equals(await print(approved, { copies: [2] })));
  assert.ok(!one.equals(await print(approved, { key: "5b".repeat(32) })));
});

test("what cannot be printed is refused in words", async () => {
  const codeOf = async (bytes: Uint8Array, change: Partial<PrintCopyTask> = {}): Promise<string> => {
    const answer = await writePrintCopy(task(bytes, change));
    return answer.ok ? "ok" : answer.code;
  };
  const approved = testContract();
  assert.equal(await codeOf(approved, { copies: [] }), "print.copies");
  assert.equal(await codeOf(approved, { copies: [0] }), "print.copies");
  const many = Array.from({ length: mostPrintedPages + 1 }, (_, at) => at + 1);
  assert.equal(await codeOf(approved, { copies: many }), "print.too-many");
  assert.equal(await codeOf(Buffer.from("no document")), "pdf.not-pdf");
  assert.equal(await codeOf(approved, { lines: ["\u{1f600}"] }), "print.character");
});
