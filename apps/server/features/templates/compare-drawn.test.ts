import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { compareWithTemplate, readDocumentText, readTemplate } from "@chancery/domain";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { readPageTexts } from "../../platform/page-text.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { inspectDocument } from "../sealing/inspect-document.ts";
import { compareDrawn } from "./compare-drawn.ts";

type Writer = InstanceType<typeof PDFDocument>;
interface Made {
  readonly goods?: string;
  readonly font?: string;
  readonly under?: (page: Writer) => void;
  readonly over?: (page: Writer) => void;
}
/** Points from the top of the page to each line. */
const top = 80;
const step = 22;
const lines = (goods: string): string[] => [
  "Supply contract",
  "between Lanxi Instruments Ltd and Beicheng Ltd.",
  `Goods: ${goods}`,
  "The seller bears the risk until the goods were accepted in writing by the buyer.",
  "The warranty lasts for twelve months after the goods were accepted.",
  "Signed for the buyer:",
];

/** A contract as a program writes it that sets the text anew. */
async function write({ goods = "______________", font = "Helvetica", under, over }: Made = {}): Promise<Buffer> {
  const pdf = new PDFDocument({ size: "A4", margin: 0 });
  const parts: Buffer[] = [];
  pdf.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => pdf.on("end", resolve));
  under?.(pdf);
  pdf.font(font).fontSize(11).fillColor("#000");
  for (const [at, line] of lines(goods).entries()) pdf.text(line, 70, top + at * step, { lineBreak: false });
  over?.(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

async function read(bytes: Buffer) {
  const inspected = await inspectDocument(bytes);
  assert.ok(inspected.ok);
  const texts = await readPageTexts(bytes, inspected.pages);
  assert.ok(texts.ok);
  return texts.pages;
}

/** The verdict, and what is drawn with the millimetres from the top of its page. */
async function compare(template: Buffer, document: Buffer): Promise<string[]> {
  const [texts, pages] = [await read(template), await read(document)];
  const comparison = compareWithTemplate(readTemplate(readDocumentText(texts), []), readDocumentText(pages));
  assert.match(comparison.verdict, /^same/, JSON.stringify(comparison.differences));
  const outcome = await compareDrawn({
    template: {
      digest: createHash("sha256").update(template).digest("hex"),
      bytes: new Uint8Array(template),
      texts,
      marks: [],
    },
    document: { bytes: new Uint8Array(document), pages },
    comparison,
  });
  assert.ok(outcome.ok && outcome.answer);
  const { verdict, differences } = outcome.answer;
  return [verdict, ...new Set(differences.map(({ kind }) => kind))].sort();
}

const picture = (text: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="80"><rect width="800" height="80" fill="#fff"/><text x="4" y="50" font-size="40">${text}</text></svg>`,
    ),
  )
    .png()
    .toBuffer();
/** Strokes of letters, as a program draws them that turns text into outlines. */
function outline(pdf: Writer, x: number, y: number, letters: number): void {
  for (let at = 0; at < letters; at += 1)
    pdf
      .rect(x + at * 7, y, 1.2, 8)
      .rect(x + at * 7 + 3, y, 1.2, 8)
      .rect(x + at * 7, y + 3.5, 4, 1.2);
  pdf.fill("#000");
}
const warranty = top + 4 * step;

test("C03: what is drawn on a document and not on its template changes it: picture, outline, cover, strike-through", async () => {
  const template = await write();
  const clause = await picture("The warranty lasts for one month only.");
  const drawn = async (over: (page: Writer) => void, goods = "twelve gauges") =>
    compare(template, await write({ goods, over }));
  assert.deepEqual(await drawn((pdf) => pdf.image(clause, 70, 300, { width: 300 })), ["changed", "drawn-picture"]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 70, 300, 20)), ["changed", "drawn-lines"]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 290, warranty - 11, 1)), ["changed", "drawn-lines"]);
  assert.deepEqual(
    await drawn((pdf) => {
      pdf.rect(174, warranty - 1, 38, 11).fill("#fff");
      outline(pdf, 176, warranty, 4);
    }),
    ["changed", "drawn-cover", "drawn-lines"],
  );
  assert.deepEqual(await drawn((pdf) => pdf.rect(174, warranty - 1, 36, 11).fill("#fff")), ["changed", "drawn-cover"]);
  const strike = (pdf: Writer, from: number, to: number) =>
    pdf
      .moveTo(from, warranty + 5)
      .lineTo(to, warranty + 5)
      .lineWidth(1)
      .stroke();
  assert.deepEqual(await drawn((pdf) => strike(pdf, 174, 210)), ["changed", "drawn-lines"]);
  assert.deepEqual(await drawn((pdf) => strike(pdf, 70, 400)), ["changed", "drawn-lines"]);
  // A word of the template in the colour of paper is there for programs alone.
  const unseen = makeTestPdf(["The buyer shall pay twelve months after the goods were accepted by him in writing."]);
  const white = unseen.toString("latin1").replace("(The buyer shall pay ", "(The buyer ) Tj 1 g (shall ) Tj 0 g (pay ");
  assert.deepEqual(await compare(unseen, Buffer.from(white, "latin1")), ["changed", "drawn-cover"]);
  // The value of a field is what its text says: nothing covers it or is drawn beside it.
  assert.deepEqual(await drawn((pdf) => pdf.rect(105, top + 2 * step - 1, 40, 11).fill("#fff")), [
    "changed",
    "drawn-cover",
  ]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 180, top + 2 * step, 2)), ["changed", "drawn-lines"]);
});

test("C03: a template filled in, written anew or with its own pictures and lines is no other one", async () => {
  const logo = await picture("LANXI");
  const other = await picture("No warranty at all.");
  const block = (of: { logo?: Buffer; by?: number }) => (pdf: Writer) => {
    const by = of.by ?? 0;
    pdf.image(of.logo ?? logo, 70, 20, { width: 120 });
    pdf
      .rect(60, 260 + by, 400, 60)
      .lineWidth(0.5)
      .stroke();
    pdf
      .moveTo(260, 260 + by)
      .lineTo(260, 320 + by)
      .stroke();
    pdf.rect(60, 340, 400, 20).fill("#ddd");
  };
  const template = await write({ under: block({}) });
  assert.deepEqual(await compare(template, template), ["same"]);
  for (const made of [
    { goods: "twelve gauges", under: block({}) },
    { goods: "twelve gauges", font: "Helvetica-Oblique", under: block({ by: 5 }) },
    // The line of a field drawn as one, and a page painted white before anything is written.
    {
      goods: "twelve gauges",
      under: (pdf: Writer) => {
        pdf.rect(0, 0, 596, 842).fill("#fff");
        block({})(pdf);
        pdf
          .moveTo(106, top + 2 * step + 12)
          .lineTo(200, top + 2 * step + 12)
          .lineWidth(0.5)
          .stroke();
      },
    },
    // What the blank of a signature takes up.
    { over: block({}) },
  ])
    assert.match((await compare(template, await write(made))).join(), /^same/, JSON.stringify(made));
  assert.deepEqual(await compare(template, await write({ goods: "gauges", under: block({ logo: other }) })), [
    ...["changed", "drawn-picture"],
  ]);
  const plain = await write();
  assert.deepEqual(await compare(plain, await write({ goods: "gauges", font: "Helvetica-Oblique" })), [
    "same-but-fields",
  ]);
});
