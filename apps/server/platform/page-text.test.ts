import assert from "node:assert/strict";
import { test } from "node:test";
import { findUnfinishedPlaces } from "@chancery/domain";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { readPageTexts } from "./page-text.ts";
import { makeTestPdf, type TestPdfParts } from "./test-pdf.ts";

const read = async (lines: readonly string[], drawn = "") => {
  const answer = await readPageTexts(makeTestPdf(lines, { drawn }), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(answer.ok);
  const [page] = answer.pages;
  assert.ok(page);
  const say = (runs: typeof page.runs = []): string[] => runs.map(({ text }) => text);
  return { runs: say(page.runs), unseen: say(page.unseen), ink: page.ink ?? Number.NaN };
};
const line = (text: string, colour: string, y: number): string =>
  `q ${colour} BT /F1 12 Tf 60 ${y} Td (${text}) Tj ET Q`;

test("C05: text in the colour of its ground is no text of the page, and is told as what nobody sees", async () => {
  const hidden = "This guarantee may be prolonged without end.";
  for (const colour of ["1 g", "0.99 0.99 0.98 rg", "3 Tr"])
    assert.deepEqual(
      await read(["The seller delivers."], line(hidden, colour, 600)).then(({ runs, unseen }) => ({ runs, unseen })),
      {
        runs: ["The seller delivers."],
        unseen: [hidden],
      },
    );
  const alone = await read([], line(hidden, "1 g", 600));
  assert.deepEqual(alone, { runs: [], unseen: [hidden], ink: 0 });
});

test("C05: text under a painted field is not seen; white text on a dark field is", async () => {
  const covered = await read(["The seller delivers.", "The price is CNY 12."], "q 1 g 40 762 400 14 re f Q");
  assert.deepEqual([covered.runs, covered.unseen], [["The seller delivers."], ["The price is CNY 12."]]);
  const inverted = await read([], `q 0.1 g 50 590 300 24 re f Q ${line("Item and quantity", "1 g", 598)}`);
  assert.deepEqual([inverted.runs, inverted.unseen], [["Item and quantity"], []]);
});

test("C05: small and pale text that a reader still sees stays text", async () => {
  for (const colour of ["0.75 g", "0.9 0.9 0.4 rg", "0.2 0.2 1 rg"])
    assert.deepEqual((await read([], line("Terms overleaf", colour, 600))).runs, ["Terms overleaf"]);
  const small = await read([], "BT /F1 4 Tf 60 600 Td (Terms overleaf) Tj ET");
  assert.deepEqual(small.runs, ["Terms overleaf"]);
});

test("C05: text that hardly stands out from its ground is told as pale; a line cut down to a letter is not seen", async () => {
  const pages = async (drawn: string) => {
    const answer = await readPageTexts(makeTestPdf([], { drawn }), [{ widthMm: 210, heightMm: 297 }]);
    assert.ok(answer.ok);
    const [page] = answer.pages;
    return [page?.runs, page?.pale, page?.unseen].map((runs) => runs?.map(({ text }) => text));
  };
  const text = "The seller delivers twelve gauges.";
  for (const colour of ["0.88 g", "0.85 g"])
    assert.deepEqual(await pages(line(text, colour, 600)), [[text], [text], []], colour);
  for (const colour of ["0.6 g", "0 g", "0.9 0.9 0.4 rg"])
    assert.deepEqual(await pages(line(text, colour, 600)), [[text], [], []], colour);
  assert.deepEqual(await pages(`q 58 590 8 24 re W n ${line(text, "0 g", 600)} Q`), [[], [], [text]]);
});

test("C05: what is drawn counts as ink, and a page without anything has none", async () => {
  assert.equal((await read([])).ink, 0);
  const chart = await read([], "0.3 0.5 0.9 rg 100 300 60 200 re f 200 300 60 320 re f 300 300 60 90 re f");
  assert.ok(chart.ink > 0.06 && chart.ink < 0.1, String(chart.ink));
});

/** A picture of one dot over the whole page, or a part of it. */
const picture = (shade: string, width = 595, height = 842): string =>
  `q ${width} 0 0 ${height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID ${shade}> EI Q`;
const kindsOf = async (lines: readonly string[], drawn: string, parts: TestPdfParts = {}): Promise<string[]> => {
  const answer = await readPageTexts(makeTestPdf(lines, { ...parts, drawn }), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(answer.ok);
  return findUnfinishedPlaces(answer.pages, []).map(({ kind }) => kind);
};
const unseenLetter = Array.from({ length: 20 }, (_, at) =>
  line("The seller delivers twelve gauges to the buyer.", "0.97 g", 600 - at * 14),
).join(" ");
const head = ["Lanxi Instruments Ltd", "12 High Street, London EC1A 1BB, Tel. 020 7946 0000"];

test("C05: letter paper with nothing but unseen text on it is blank, and the text is told", async () => {
  assert.deepEqual(await kindsOf(head, unseenLetter), ["unseen-text", "no-content"]);
  assert.deepEqual(await kindsOf([], unseenLetter), ["unseen-text", "empty-page"]);
});

test("C05: neither lines nor a white picture nor an empty form make unseen text a text, or a page less blank", async () => {
  const ruled = Array.from({ length: 20 }, (_, at) => `0.4 w 60 ${603 - at * 14} m 500 ${603 - at * 14} l S`).join(" ");
  assert.ok((await kindsOf(head, `${unseenLetter} ${ruled}`)).includes("no-content"));
  const onTop = head.map((text, at) => line(text, "0 g", 780 - at * 14)).join(" ");
  assert.deepEqual(await kindsOf([], `${picture("FF")} ${onTop} ${unseenLetter}`), ["unseen-text", "no-content"]);
  assert.deepEqual(await kindsOf([], picture("FF") + unseenLetter), ["unseen-text", "empty-page"]);
  const form = {
    page: "/Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >>",
    objects: [
      `<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Length ${unseenLetter.length} >>\nstream\n${unseenLetter}\nendstream`,
    ],
  };
  assert.deepEqual(await kindsOf([], "/X Do", form), ["unseen-text", "empty-page"]);
});

test("C05: a colour on black is seen, and black on black is not", async () => {
  const black = "q 0 g 0 0 595 842 re f Q";
  assert.deepEqual((await read([], `${black} ${line("Price on request", "1 0 0 rg", 600)}`)).runs, [
    "Price on request",
  ]);
  assert.deepEqual((await read([], `${black} ${line("Price on request", "0.05 g", 600)}`)).runs, []);
});

test("C05: off the page nothing is seen; text over a picture, and what a scan says of its own, is", async () => {
  assert.deepEqual((await read(head, line("Without any liability.", "0 g", -40))).unseen, ["Without any liability."]);
  const over = await read([], `${picture("40", 595, 400)} ${line("Price on request", "1 g", 300)}`);
  assert.deepEqual([over.runs, over.unseen], [["Price on request"], []]);
  // Dark dots where the words are, as in the picture of a paper.
  const scan = `q 595 0 0 842 0 0 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /AHx ID ${"FF00FF00FF00FF00".repeat(8)}> EI Q`;
  const scanned = await read([], `${scan} ${line("The seller delivers twelve gauges.", "3 Tr", 600)}`);
  assert.deepEqual([scanned.runs, scanned.unseen], [["The seller delivers twelve gauges."], []]);
});

test("C17: of a picture it is told how much the file writes over it, other than the unseen text of a scan", async () => {
  const scan = `q 595 0 0 842 0 0 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /AHx ID ${"FF00FF00FF00FF00".repeat(8)}> EI Q`;
  const written = async (drawn: string) => {
    const answer = await readPageTexts(makeTestPdf([], { drawn }), [{ widthMm: 210, heightMm: 297 }]);
    assert.ok(answer.ok);
    return [answer.pages[0]?.written, answer.pages[0]?.imaged];
  };
  assert.deepEqual(await written(`${scan} ${line("Twelve gauges", "3 Tr", 600)}`), [0, true]);
  assert.deepEqual(await written(`${scan} ${line("Twelve", "0 g", 600)} ${line("gauges", "3 Tr", 500)}`), [6, true]);
  assert.deepEqual(await written(scan), [0, true]);
  assert.deepEqual(await written(line("Twelve gauges", "0 g", 600)), [undefined, undefined]);
});

/** Pages as a scanner makes them, 150 dots to the inch; one of them of a white sheet. */
async function makeScans(pages: number, white: number): Promise<Uint8Array> {
  const [width, height] = [1240, 1754];
  const scan = (inked: boolean): Promise<Buffer> => {
    const dots = Buffer.alloc(width * height, 252);
    for (let y = 200; inked && y < 1500; y += 1)
      for (let x = 150; x < 1090; x += 1) if (y % 40 < 14 && (x * 7 + (y % 40) * 3) % 11 < 5) dots[y * width + x] = 40;
    return sharp(dots, { raw: { width, height, channels: 1 } })
      .jpeg({ quality: 80 })
      .toBuffer();
  };
  const [written, empty] = [await scan(true), await scan(false)];
  const document = new PDFDocument({ autoFirstPage: false });
  const parts: Buffer[] = [];
  const whole = new Promise((resolve) => document.once("end", resolve));
  document.on("data", (part: Buffer) => void parts.push(part));
  for (let at = 0; at < pages; at += 1) {
    document.addPage({ size: "A4", margin: 0 });
    document.image(at === white ? empty : written, 0, 0, { width: 595.28 });
  }
  document.end();
  await whole;
  return Buffer.concat(parts);
}

test("C05: of many pages full of pictures those that need the least data are looked at, so that a white sheet among scans is found", async () => {
  const scans = await makeScans(50, 24);
  // In one thread, and parted among two.
  for (const shown of [[], new Array(50).fill({ widthMm: 210, heightMm: 297 })]) {
    const answer = await readPageTexts(scans, shown);
    assert.ok(answer.ok);
    assert.deepEqual(
      findUnfinishedPlaces(answer.pages, []).map(({ kind, page }) => [kind, page]),
      [["empty-page", 24]],
    );
    assert.ok(answer.pages.filter((page) => page.ink !== undefined).length < 50);
  }
});

test("C05: pages that two threads read come in their order, and what nobody sees on one of them is told of it", async () => {
  const pages = 11;
  const document = new PDFDocument({ autoFirstPage: false });
  const parts: Buffer[] = [];
  const whole = new Promise((resolve) => document.once("end", resolve));
  document.on("data", (part: Buffer) => void parts.push(part));
  for (let at = 0; at < pages; at += 1) {
    document.addPage({ size: "A4", margin: 0 }).rect(60, 20, 80, 30).fill("#a01c24");
    document.fillColor("#000").text(`Page ${at}`, 70, 100, { lineBreak: false });
    document.fillColor("#fff").text(at === 7 || at === 8 ? `Hidden ${at}` : "", 70, 200, { lineBreak: false });
  }
  document.end();
  await whole;
  const answer = await readPageTexts(Buffer.concat(parts), new Array(pages).fill({ widthMm: 210, heightMm: 297 }));
  assert.ok(answer.ok);
  const say = (runs: readonly { text: string }[] = []): string => runs.map(({ text }) => text).join();
  assert.deepEqual(
    answer.pages.map(({ index, runs, unseen }) => [index, say(runs), say(unseen)]),
    Array.from({ length: pages }, (_, at) => [at, `Page ${at}`, at === 7 || at === 8 ? `Hidden ${at}` : ""]),
  );
});

test("C05: text that a form covers itself, or that something covers beside a picture drawn before it, is not seen", async () => {
  const words = line("The price is CNY 12.", "0 g", 600);
  const cover = "q 1 g 40 590 400 30 re f Q";
  assert.deepEqual((await read([], `${picture("40", 100, 40)} ${words} ${cover}`)).unseen, ["The price is CNY 12."]);
  assert.deepEqual((await read([], `${picture("40", 100, 40)} ${cover} ${words}`)).unseen, []);
  const inside = `${words} ${cover}`;
  const answer = await readPageTexts(
    makeTestPdf([], {
      page: "/Resources << /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >>",
      objects: [
        `<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Length ${inside.length} >>\nstream\n${inside}\nendstream`,
      ],
      drawn: "/X Do",
    }),
    [],
  );
  assert.ok(answer.ok);
  assert.deepEqual(
    answer.pages[0]?.unseen?.map(({ text }) => text),
    ["The price is CNY 12."],
  );
});

test("C05: thin lines of a page are read with their places, and parts of one as one", async () => {
  const drawn = "q 60 700 m 200 700 l S 200 700 m 300 700 l S 60 500 m 60 600 l S 60 300 100 50 re S Q";
  const answer = await readPageTexts(makeTestPdf(["Place of delivery:"], { drawn }), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(answer.ok);
  const rules = answer.pages[0]?.rules?.map(({ x, width, height }) => [x, width, height].map(Math.round));
  assert.deepEqual(rules, [
    [21, 85, 1],
    [21, 1, 36],
  ]);
  const without = await readPageTexts(makeTestPdf(["Place of delivery: Lanxi"]), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(without.ok);
  assert.equal(without.pages[0]?.rules, undefined);
});
