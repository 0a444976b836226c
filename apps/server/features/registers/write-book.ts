import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";
import { type BookWords, bookWords } from "./book-words.ts";
import type { SheetCheckpoint, SheetHead, SheetRow, SheetWriter } from "./sheet.ts";

type Document = InstanceType<typeof PDFDocument>;

/** A4, lying; points. */
const page = { width: 841.89, height: 595.28, left: 40, right: 40, top: 72, bottom: 66 };
const size = { title: 13, head: 8.5, body: 8.5, foot: 7.5 };
const gap = 8;
const columns = [
  { key: "number", width: 104 },
  { key: "at", width: 82 },
  { key: "told", width: 372 },
  { key: "seal", width: 132 },
  { key: "leaf", width: 39 },
] as const;

/**
 * The printable book of a register: a head on each page with whose book it is, which register and which period; numbered
 * lines; and at the foot of each page the ledger's checkpoint, so that one sheet of it can be held against the ledger.
 */
export function createBookWriter(head: SheetHead): SheetWriter {
  const words = bookWords[head.language];
  const document = new PDFDocument({
    ...{ size: "A4", layout: "landscape", autoFirstPage: false, bufferPages: true, pdfVersion: "1.7", compress: true },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    lang: head.language === "zh" ? "zh-CN" : "en",
    displayTitle: true,
    font: bookFontFile(),
    info: { Title: `${head.entity} · ${head.register}`, Subject: head.period, Creator: "Chancery" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  let y = 0;
  let lines = 0;
  const turn = (): void => {
    document.addPage();
    writeHead(document, head, words);
    y = page.top;
  };
  const add = (row: SheetRow): void => {
    const cells = columns.map(({ key, width }) => ({ text: cellOf(row, key, words), width: width - gap }));
    document.fontSize(size.body);
    const height = Math.max(...cells.map(({ text, width }) => document.heightOfString(text, { width }))) + 6;
    if (y + height > page.height - page.bottom) turn();
    let x = page.left;
    for (const [at, { text, width }] of cells.entries()) {
      document.fillColor("#14171f").text(text, x, y + 3, { width });
      x += columns[at]?.width ?? 0;
    }
    y += height;
    rule(document, y, "#d5d9e2");
    lines += 1;
  };
  turn();
  return {
    add: (rows) => {
      for (const row of rows) add(row);
    },
    end: async (checkpoint) => {
      if (lines === 0) document.fontSize(size.body).text(words.empty, page.left, y + 6);
      document.addPage();
      writeClosing(document, { head, words, lines, checkpoint });
      const { count } = document.bufferedPageRange();
      for (let at = 0; at < count; at += 1) {
        document.switchToPage(at);
        writeFoot(document, words, checkpoint, at + 1, count);
      }
      document.end();
      return whole;
    },
  };
}

function cellOf(row: SheetRow, key: (typeof columns)[number]["key"], words: BookWords): string {
  if (key === "leaf") return row.leaf === null ? "–" : String(row.leaf);
  if (key !== "told") return onOneLine(row[key]);
  const corrections = [
    row.corrects === "" ? "" : words.corrects(row.corrects),
    row.correctedBy === "" ? "" : words.correctedBy(row.correctedBy),
  ];
  const more = [row.request, row.unit, ...corrections];
  return onOneLine([row.told, ...more].filter((part) => part !== "").join(" · "));
}

/** Line ends and control characters of what people wrote have no place in a row. */
const onOneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, " ");

function rule(document: Document, y: number, colour: string): void {
  document
    .moveTo(page.left, y)
    .lineTo(page.width - page.right, y)
    .lineWidth(0.5)
    .strokeColor(colour)
    .stroke();
}

function writeHead(document: Document, head: SheetHead, words: BookWords): void {
  const width = page.width - page.left - page.right;
  document.fillColor("#14171f").fontSize(size.title);
  document.text(`${head.entity} · ${head.register}`, page.left, 26, {
    width: width * 0.68,
    height: 18,
    ellipsis: true,
  });
  document.fontSize(size.head).fillColor("#4a5263");
  document.text(head.period, page.left + width * 0.68, 30, { width: width * 0.32, align: "right" });
  if (head.narrowed !== "") document.text(head.narrowed, page.left, 44, { width, height: 11, ellipsis: true });
  let x = page.left;
  for (const { key, width: column } of columns) {
    document.text(words.columns[key], x, 57, { width: column - gap, lineBreak: false });
    x += column;
  }
  rule(document, page.top - 2, "#14171f");
}

function writeFoot(document: Document, words: BookWords, checkpoint: SheetCheckpoint, at: number, count: number): void {
  const y = page.height - page.bottom + 20;
  rule(document, y - 6, "#14171f");
  document.fontSize(size.foot).fillColor("#4a5263");
  const root = `${checkpoint.root.slice(0, 12)}…${checkpoint.root.slice(-12)}`;
  document.text(words.foot(checkpoint.size, root, checkpoint.keyName), page.left, y, { lineBreak: false });
  document.text(words.page(at, count), page.width - page.right - 160, y, { width: 160, align: "right" });
}

function writeClosing(
  document: Document,
  about: { head: SheetHead; words: BookWords; lines: number; checkpoint: SheetCheckpoint },
): void {
  const { head, words, lines, checkpoint } = about;
  const width = page.width - page.left - page.right;
  document.fillColor("#14171f").fontSize(size.title).text(words.closing, page.left, 40, { width });
  document.fontSize(10).moveDown(0.6);
  document.text(words.holds(head.entity, head.register, head.period, lines, head.madeAt), { width });
  if (head.narrowed !== "") document.text(head.narrowed, { width });
  document.moveDown(0.8);
  for (const [step, text] of words.steps.entries()) document.text(`${step + 1}. ${text}`, { width, paragraphGap: 4 });
  document.moveDown(0.8).fontSize(9).text(words.note, { width }).moveDown(0.3);
  document.fontSize(8.5).text(checkpoint.note, { width });
  document.moveDown(1.2).fontSize(10).text(words.signatures, { width });
}
