import { deflateSync } from "node:zlib";
import type { FontSubset } from "@chancery/seal-image/font";
import { describePdfFont, encodeWithFont } from "@chancery/seal-image/pdf-font";
import { listContents, resourcesOf } from "./reader/page-content.ts";
import { areFontsEmbedded } from "./reader/page-fonts.ts";
import { listPages, type PdfBox, type PdfPage } from "./reader/page-tree.ts";
import type { PdfFile } from "./reader/pdf-file.ts";
import { findEntry, findNameText, type PdfDictionary } from "./reader/pdf-value.ts";
import { setEntries } from "./seal/dictionary-patch.ts";
import { identifierOf, subsetName } from "./seal/embedded-font.ts";
import { writeNumber } from "./seal/pdf-text.ts";
import { shownSize } from "./seal/placement.ts";
import { broken, findFields, openGuarded, refuse, type SealRefusal } from "./seal/seal-guard.ts";
import { TailWriter } from "./seal/tail-writer.ts";

/** What is written beside a page's own content, in millimetres from the top left of the page as it is shown. */
export interface PrintedMark {
  readonly code: {
    readonly xMm: number;
    readonly yMm: number;
    readonly moduleMm: number;
    readonly rows: readonly (readonly boolean[])[];
  };
  readonly lines: readonly {
    readonly xMm: number;
    readonly baselineMm: number;
    readonly sizeMm: number;
    readonly text: string;
  }[];
  /** What the page's own content is drawn smaller by, from the middle of its top edge. */
  readonly shrink: number;
}
export interface PrintedPage {
  /** Counts from 0. */
  readonly page: number;
  readonly mark: PrintedMark;
}
export interface PrintablePage {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Whether it can be drawn smaller: what lies on it as an annotation would stay where it is. */
  readonly mayShrink: boolean;
  /** Whether all its fonts are in the file: else another program draws its letters otherwise. */
  readonly fontsEmbedded: boolean;
}
export interface PrintableDocument {
  readonly file: PdfFile;
  readonly pages: readonly PrintablePage[];
}
type Refused = { readonly ok: false; readonly refusal: SealRefusal };

const POINTS_PER_MM = 72 / 25.4;

/** Opens a document of which copies are to be printed, or says why none can be. The bytes must not change afterwards. */
export function openForPrinting(
  bytes: Uint8Array,
): { readonly ok: true; readonly document: PrintableDocument } | Refused {
  const opened = openGuarded(bytes);
  if (!opened.ok) return opened;
  const { file } = opened;
  if (findFields(file).some(({ type, value }) => type === "Sig" && value !== null))
    return refuse(
      "print.sealed",
      "The file carries an electronic seal. A copy on paper would not show whether it holds.",
    );
  if (file.security !== null)
    return refuse("print.encrypted", "The file is encrypted. Save a copy without, and use that file.");
  const pages = listPages(file);
  if (pages.length === 0) return broken();
  return { ok: true, document: { file, pages: pages.map((page) => describePage(file, page)) } };
}

function describePage(file: PdfFile, page: PdfPage): PrintablePage {
  const annotations = file.get(page.dictionary, "Annots");
  const shown = (annotations?.kind === "array" ? annotations.items : []).some((item) => {
    const kind = findNameText(file.get(file.resolve(item), "Subtype"));
    return kind !== "Link" && kind !== "Popup";
  });
  const fontsEmbedded = areFontsEmbedded(file, page.dictionary);
  return { ...shownSize(page), mayShrink: !shown, fontsEmbedded };
}

/**
 * The pages in the order given, each as often as it is named, with its mark: an update after the document's own bytes with a
 * page tree of its own. The same document and marks give the same bytes.
 */
export function writePrintedPages(
  { file }: PrintableDocument,
  printed: readonly PrintedPage[],
  font: FontSubset,
): { readonly ok: true; readonly bytes: Buffer } | Refused {
  const root = findEntry(file.trailer(), "Root");
  const catalog = file.catalog();
  if (root?.kind !== "reference" || catalog === null || printed.length === 0) return broken();
  const lacking = printed
    .flatMap(({ mark }) => mark.lines)
    .find(({ text }) => [...text].some((one) => !font.glyphs.has(one)));
  if (lacking) return refuse("print.character", `The font has not every character of “${lacking.text}”.`);
  const writer = new TailWriter(file, "print");
  const objects = describePdfFont(font, subsetName(font), () => writer.newNumber());
  for (const { number, entries, stream } of objects) {
    if (stream === null) writer.writeObject(number, 0, `<< ${entries} >>`);
    else writer.writeStream(number, entries, stream);
  }
  const at = { file, writer, font, fontNumber: objects[0]?.number ?? 0, tree: writer.newNumber() };
  const pages = listPages(file);
  // The same page has the same resources and the same ground in each of its copies.
  const grounds = new Map<string, Ground>();
  const kids: number[] = [];
  for (const { page: index, mark } of printed) {
    const page = pages[index];
    if (!page) return refuse("page.not-found", "The page that is to be printed does not exist.");
    const key = `${index}/${mark.shrink}`;
    const ground = grounds.get(key) ?? prepareGround(at, page, mark.shrink);
    if (ground === null) return broken();
    grounds.set(key, ground);
    kids.push(writePage(at, page, ground, mark));
  }
  writer.writeObject(
    at.tree,
    0,
    `<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((number) => `${number} 0 R`).join(" ")}] >>`,
  );
  writer.writeChanged(root.number, setEntries(catalog, { Pages: `${at.tree} 0 R`, ...withoutJumps(catalog) }));
  if (writer.isContradictory) return broken();
  const tail = writer.finish(identifierOf(file));
  return { ok: true, bytes: Buffer.concat([file.bytes, tail]) };
}

interface Writing {
  readonly file: PdfFile;
  readonly writer: TailWriter;
  readonly font: FontSubset;
  readonly fontNumber: number;
  readonly tree: number;
}
interface Ground {
  readonly resources: number;
  readonly contents: readonly string[];
  readonly name: string;
}

/** What leads to a page by its object leads to none of those that are printed. */
function withoutJumps(catalog: PdfDictionary): Record<string, string> {
  const jumps = ["OpenAction", "Outlines", "AA", "StructTreeRoot", "PageLabels"];
  return Object.fromEntries(jumps.filter((key) => catalog.entries.has(key)).map((key) => [key, "null"]));
}

function prepareGround({ file, writer, fontNumber }: Writing, page: PdfPage, shrink: number): Ground | null {
  const own = listContents(file, page.dictionary);
  if (own === null) return null;
  const name = `Printed${fontNumber}`;
  const resources = resourcesOf(file, page.dictionary);
  const fonts = file.get(resources, "Font");
  const entry = `${fontNumber} 0 R`;
  const list =
    fonts?.kind === "dictionary" ? setEntries(fonts, { [name]: entry }) : Buffer.from(`<< /${name} ${entry} >>`);
  const number = writer.newNumber();
  const written =
    resources === null
      ? Buffer.concat([Buffer.from("<< /Font "), list, Buffer.from(" >>")])
      : setEntries(resources, { Font: list });
  writer.writeObject(number, 0, written);
  // Whatever the page's own content leaves set is put back before anything is written beside it.
  const opening = writer.newNumber();
  writer.writeStream(opening, "", Buffer.from(`q\n${shrink === 1 ? "" : shrinkTo(page, shrink)}q\n`));
  return { resources: number, contents: [`${opening} 0 R`, ...own], name };
}

function writePage(at: Writing, page: PdfPage, ground: Ground, mark: PrintedMark): number {
  const { writer } = at;
  const content = writer.newNumber();
  const drawn = deflateSync(Buffer.from(`Q\nQ\n${drawMark(page, mark, ground.name, at.font)}`, "latin1"));
  writer.writeStream(content, "/Filter /FlateDecode", drawn);
  const number = writer.newNumber();
  const box = writeBox(page.box);
  const inherited = { Parent: `${at.tree} 0 R`, MediaBox: box, CropBox: box, Rotate: String(page.rotation) };
  const [Resources, Contents] = [`${ground.resources} 0 R`, `[${[...ground.contents, `${content} 0 R`].join(" ")}]`];
  writer.writeObject(number, 0, setEntries(page.dictionary, { ...inherited, Resources, Contents }));
  return number;
}

const writeBox = ({ x0, y0, x1, y1 }: PdfBox): string => `[${[x0, y0, x1, y1].map(writeNumber).join(" ")}]`;

/** Where the top left of the page as it is shown lies, and how its right and its up go, in the page's own space. */
function shownAxes({ box, rotation }: PdfPage): { readonly turn: string; readonly x: number; readonly y: number } {
  const { x0, y0, x1, y1 } = box;
  const [turn, x, y] = (
    {
      0: ["1 0 0 1", x0, y1],
      90: ["0 1 -1 0", x0, y0],
      180: ["-1 0 0 -1", x1, y0],
      270: ["0 -1 1 0", x1, y1],
    } as const
  )[rotation];
  return { turn, x, y };
}

/** Draws smaller what follows, from the middle of the top edge as it is shown, and nothing beyond the page's box. */
function shrinkTo(page: PdfPage, shrink: number): string {
  const { x0, y0, x1, y1 } = page.box;
  const [across, up] = [(x0 + x1) / 2, (y0 + y1) / 2];
  const [x, y] = ({ 0: [across, y1], 90: [x0, up], 180: [across, y0], 270: [x1, up] } as const)[page.rotation];
  const moved = [x * (1 - shrink), y * (1 - shrink)].map(writeNumber).join(" ");
  return `${writeNumber(shrink)} 0 0 ${writeNumber(shrink)} ${moved} cm\n${[x0, y0, x1 - x0, y1 - y0].map(writeNumber).join(" ")} re W n\n`;
}

function drawMark(page: PdfPage, mark: PrintedMark, name: string, font: FontSubset): string {
  const { turn, x, y } = shownAxes(page);
  const scale = POINTS_PER_MM / page.userUnit;
  const { code, lines } = mark;
  const parts = [`q 0 g ${turn} ${writeNumber(x)} ${writeNumber(y)} cm`];
  const module = code.moduleMm * scale;
  for (const [row, modules] of code.rows.entries()) {
    for (let from = 0; from < modules.length; from += 1) {
      if (!modules[from]) continue;
      const start = from;
      while (modules[from + 1]) from += 1;
      const [left, bottom] = [code.xMm * scale + start * module, -(code.yMm * scale + (row + 1) * module)];
      parts.push(`${[left, bottom, (from + 1 - start) * module, module].map(writeNumber).join(" ")} re`);
    }
  }
  parts.push("f");
  for (const { xMm, baselineMm, sizeMm, text } of lines) {
    const place = `${writeNumber(xMm * scale)} ${writeNumber(-baselineMm * scale)}`;
    parts.push(
      `BT /${name} ${writeNumber(sizeMm * scale)} Tf 1 0 0 1 ${place} Tm <${encodeWithFont(font, text)}> Tj ET`,
    );
  }
  return `${parts.join("\n")}\nQ\n`;
}
