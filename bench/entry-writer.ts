import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";

type Pdf = InstanceType<typeof PDFDocument>;

/** How a PDF is written: what the same text looks like to a reader of files. */
export interface WritingStyle {
  readonly font: "song" | "Helvetica" | "Times-Roman" | "Courier";
  readonly size: number;
  readonly margin: number;
  /** A line in one go, each word or each character for itself, or all of a page in any order. */
  readonly runs: "lines" | "words" | "characters" | "shuffled";
  readonly columns: 1 | 2;
  readonly head: string | null;
  readonly numbered: boolean;
  /** The page is written on its side and turned by its /Rotate. */
  readonly rotated: boolean;
  readonly watermark: string | null;
  readonly spacing: number;
  /** A picture at the top of each page, as a data URI: one object that all pages name. */
  readonly logo?: string;
}
export const plainStyle: WritingStyle = {
  ...{ font: "song", size: 11, margin: 72, runs: "lines", columns: 1, head: null, numbered: false },
  ...{ rotated: false, watermark: null, spacing: 0 },
};

/** A line of a document; marks say how it is drawn, not what it says. */
export interface WrittenLine {
  readonly text: string;
  readonly title?: boolean;
  readonly white?: boolean;
  readonly tiny?: boolean;
  /** Begins a page. */
  readonly turns?: boolean;
  /** Points to the right or down of where it would stand. */
  readonly shift?: readonly [x: number, y: number];
  /** Cells of a row beside each other. */
  readonly cells?: readonly string[];
  /** Text over the line, as people fill forms: the blank stays, the value is drawn on it. */
  readonly over?: readonly { readonly at: number; readonly text: string }[];
  /** A picture instead of text. */
  readonly picture?: number;
}

const sheet = { width: 595.28, height: 841.89 };

interface Mark {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly white: boolean;
}

/** Writes the lines as a PDF, the same bytes each time. */
export function writePdf(lines: readonly WrittenLine[], style: WritingStyle): Promise<Uint8Array> {
  const document = new PDFDocument({
    ...{
      size: style.rotated ? [sheet.height, sheet.width] : "A4",
      autoFirstPage: false,
      compress: true,
      pdfVersion: "1.7",
    },
    ...{ margins: { top: 0, bottom: 0, left: 0, right: 0 }, font: style.font === "song" ? bookFontFile() : style.font },
    info: { CreationDate: new Date(0), Producer: "bench", Creator: "bench" },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  const pages = placeMarks(document, lines, style);
  for (const [at, page] of pages.entries()) {
    document.addPage();
    if (style.rotated) {
      Reflect.set(document.page.dictionary.data, "Rotate", 90);
      // The shown page stands; what is written lies.
      document.rotate(-90).translate(-sheet.width, 0);
    }
    if (style.logo) document.image(style.logo, style.margin, 20, { width: 120 });
    for (const picture of page.pictures) document.save().rect(72, picture, 450, 600).fill("#888").restore();
    for (const mark of style.runs === "shuffled" ? shuffle(page.marks) : page.marks) draw(document, mark, style);
    if (style.head) draw(document, { text: style.head, x: style.margin, y: 30, size: 9, white: false }, style);
    if (style.numbered)
      draw(document, { text: `- ${at + 1} / ${pages.length} -`, x: 280, y: 800, size: 9, white: false }, style);
    if (style.watermark) {
      document
        .save()
        .rotate(-50, { origin: [300, 420] })
        .fillOpacity(0.15)
        .fontSize(80);
      document.text(style.watermark, 130, 380, { lineBreak: false }).restore();
    }
  }
  if (pages.length === 0) document.addPage();
  document.end();
  return whole;
}

interface Page {
  marks: Mark[];
  pictures: number[];
}

function placeMarks(document: Pdf, lines: readonly WrittenLine[], style: WritingStyle): Page[] {
  const pages: Page[] = [];
  const bottom = sheet.height - style.margin;
  const gap = 24;
  const width = (sheet.width - 2 * style.margin - (style.columns - 1) * gap) / style.columns;
  let [y, column]: [number, number] = [Number.POSITIVE_INFINITY, style.columns];
  const turn = (): void => {
    column += 1;
    if (column >= style.columns) {
      pages.push({ marks: [], pictures: [] });
      column = 0;
    }
    y = style.margin;
  };
  for (const line of lines) {
    const size = line.tiny ? 1 : line.title ? style.size * 1.6 : style.size;
    document.fontSize(size);
    const left = (): number => style.margin + column * (width + gap);
    const room = size * 1.7;
    if (line.turns) [y, column] = [Number.POSITIVE_INFINITY, style.columns];
    if (y + room > bottom) turn();
    const page = (): Page => pages.at(-1) as Page;
    const [dx, dy] = line.shift ?? [0, 0];
    const put = (text: string, x: number): void => {
      page().marks.push({ text, x: x + dx, y: y + dy, size, white: line.white === true });
    };
    if (line.picture !== undefined) page().pictures.push(line.picture);
    if (line.cells) {
      for (const [at, cell] of line.cells.entries()) put(cell, left() + (at * width) / line.cells.length);
      y += room;
      continue;
    }
    const broken = breakText(document, line.text, width, style);
    for (const [at, text] of broken.entries()) {
      if (y + room > bottom) turn();
      const x = line.title ? left() + (width - document.widthOfString(text)) / 2 : left();
      put(text, x);
      if (at === 0)
        for (const value of line.over ?? []) {
          const before = document.widthOfString(line.text.slice(0, value.at), { characterSpacing: style.spacing });
          page().marks.push({ text: value.text, x: x + before + 4, y: y - 1, size: size * 0.95, white: false });
        }
      y += room;
    }
    if (line.title) y += 10;
  }
  return pages;
}

/** Lines no wider than the column; Chinese breaks anywhere, other words between words. */
function breakText(document: Pdf, text: string, width: number, style: WritingStyle): string[] {
  const broken: string[] = [];
  let line = "";
  for (const piece of text.match(/[\p{L}\p{N}_.,'’&/()-]*[A-Za-z0-9_.,'()]\s*|[\s\S]/gu) ?? []) {
    const next = line + piece;
    if (line !== "" && document.widthOfString(next.trimEnd(), { characterSpacing: style.spacing }) > width) {
      broken.push(line.trimEnd());
      line = piece.trimStart();
    } else line = next;
  }
  return [...broken, line.trimEnd()];
}

function draw(document: Pdf, mark: Mark, style: WritingStyle): void {
  document.fontSize(mark.size).fillColor(mark.white ? "#ffffff" : "#000000");
  const options = { lineBreak: false, characterSpacing: style.spacing } as const;
  if (style.runs === "lines") {
    document.text(mark.text, mark.x, mark.y, options);
    return;
  }
  const pieces = style.runs === "characters" ? [...mark.text] : (mark.text.match(/\s*\S+|\s+$/gu) ?? []);
  let x = mark.x;
  const placed = pieces.map((text) => {
    const at = x;
    x += document.widthOfString(text, { characterSpacing: style.spacing }) + (style.spacing > 0 ? style.spacing : 0);
    return { text, x: at };
  });
  for (const { text, x: at } of style.runs === "shuffled" ? shuffle(placed) : placed)
    if (text.trim() !== "") document.text(text, at, mark.y, options);
}

/** Another order, the same each time. */
function shuffle<Item>(items: readonly Item[]): Item[] {
  return [...items.entries()].toSorted(([a], [b]) => ((a * 7919) % 101) - ((b * 7919) % 101)).map(([, item]) => item);
}
