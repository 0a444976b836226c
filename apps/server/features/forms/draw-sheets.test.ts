import assert from "node:assert/strict";
import { test } from "node:test";
import { findSheetCodes } from "@chancery/domain";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "fast-png";
import { decodeQR } from "qr/decode.js";
import { readPageTexts } from "../../platform/page-text.ts";
import { drawSheets } from "./draw-sheets.ts";

const sheet = (nr: number) => ({
  ...{ number: `BZ0000${nr}`, code: `4PRF-7XQA-M2K${nr + 1}`, matter: "LX-M-2026-000012", backBy: "2026-12-05" },
});
const at = new Date("2026-11-28T08:00:00Z");
/** A letterhead that is dark all over: the worst ground for what has to be read at the foot. */
const dark = encode({ width: 10, height: 14, data: new Uint8Array(10 * 14 * 3).fill(40), channels: 3, depth: 8 });

async function render(bytes: Uint8Array, page: number) {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(bytes));
  const { data, width, height } = await document.getPage(page).render({ scale: 2, render: "bitmap" });
  return { data: new Uint8ClampedArray(data), width, height };
}

test("C05: a camera reads the code of each sheet, on plain paper and on the darkest letterhead", async () => {
  for (const ground of [null, dark]) {
    const bytes = await drawSheets([sheet(1), sheet(2)], { ground, at });
    for (const page of [0, 1]) assert.equal(decodeQR(await render(bytes, page)), sheet(page + 1).code);
  }
});

test("the same sheets give the same bytes, whenever they are drawn; others give others", async () => {
  const draw = (nr: number) => drawSheets([sheet(nr)], { ground: dark, at });
  assert.deepEqual(await draw(1), await draw(1));
  assert.notDeepEqual(await draw(1), await draw(2));
});

test("C05: a sheet to look at bears no code that a camera or a reader finds, and says what it is", async () => {
  for (const ground of [null, dark]) {
    const bytes = await drawSheets([sheet(1)], { ground, at, view: true });
    const drawn = await render(bytes, 0);
    assert.throws(() => decodeQR(drawn));
    const texts = await readPageTexts(bytes, [{ widthMm: 210, heightMm: 297 }]);
    assert.ok(texts.ok);
    const words = texts.pages.flatMap(({ runs }) => runs.map(({ text }) => text)).join(" ");
    // Across the page letters stand one by one: both languages there and at the foot.
    const close = words.replace(/\s/g, "");
    for (const said of ["VIEWONLY", "仅供查看"]) assert.equal(close.split(said).length - 1, 2, `${said}: ${words}`);
    assert.ok(words.includes("BZ00001"), words);
    assert.deepEqual(findSheetCodes(words), []);
  }
});
