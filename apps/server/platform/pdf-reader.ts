import type { PageText, TextRun } from "@chancery/domain";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import type { PageTextAnswer, ShownSize } from "./page-text.ts";
import {
  type DrawingModule,
  drawPage,
  objectKinds,
  type PageBox,
  type PageDrawn,
  type PictureData,
  weighPictures,
} from "./pdf-drawing.ts";
import type { ReadLetters } from "./pdf-glyphs.ts";
import { drawLayers, drawNotes, type LookOptions, type PageLook } from "./pdf-layers.ts";

/** The part of PDFium's C interface used here; the wrapper keeps its module private and offers text without places. */
interface PdfiumModule extends DrawingModule {
  HEAPF64: Float64Array;
  _FPDF_LoadMemDocument(at: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_GetPageHeightF(page: number): number;
  _FPDF_PageToDevice(
    page: number,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    x: number,
    y: number,
    outX: number,
    outY: number,
  ): number;
  _FPDFText_LoadPage(page: number): number;
  _FPDFText_ClosePage(text: number): void;
  _FPDFText_CountChars(text: number): number;
  _FPDFText_GetTextObject(text: number, index: number): number;
  _FPDFTextObj_GetFont(object: number): number;
  _FPDFFont_GetFontData(font: number, buffer: number, length: number, outLength: number): number;
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
}

const millimetre = 25.4 / 72;
/** Device units to a point, so that PDFium's whole numbers keep a tenth of a point. */
const fine = 20;
/** Points that are far enough apart for whole numbers to tell a page's scale. */
const span = 10_000;
const mostChars = 400_000;
/** Millimetres that letters are drawn into each other; what goes further back is drawn over the line, as on a form. */
const mostBack = 2;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Reads texts of any number of files, one after the other; loading the library takes longer than reading a page. */
export interface PdfReader {
  readPages(bytes: Uint8Array, mostPages: number): PageTextAnswer;
  /** Every character with its exact place, page by page; null where the file cannot be read. */
  readCharacters(bytes: Uint8Array): PageCharacter[][] | null;
  /**
   * Lets pages be drawn as long as `use` runs, each when it is asked for, with no more than `asks` asks for and a name that is
   * known does not tell already; null where file or page cannot be drawn.
   */
  withDrawnPages<T>(
    bytes: Uint8Array,
    sizes: readonly ShownSize[],
    use: (draw: DrawPage) => T,
    asks: { readonly text: boolean; readonly letters: boolean },
  ): T | null;
}
export type DrawPage = (index: number, isKnown?: (name: string) => boolean) => PageLook | null;
/** A character that shows, in millimetres from the top left of the page as it is shown. */
export interface PageCharacter {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where it begins, and the line it stands on. */
  readonly originX: number;
  readonly baseline: number;
  /** Its font, as long as the document is open. */
  readonly font: number;
}

export async function openPdfReader(): Promise<PdfReader> {
  const library = await PDFiumLibrary.init();
  const pdfium = Reflect.get(library, "module") as PdfiumModule;
  const withPages = <T>(bytes: Uint8Array, read: (document: number, count: number) => T, unreadable: T): T => {
    const at = pdfium._malloc(bytes.length);
    pdfium.HEAPU8.set(bytes, at);
    const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
    try {
      return document === 0 ? unreadable : read(document, pdfium._FPDF_GetPageCount(document));
    } finally {
      if (document !== 0) pdfium._FPDF_CloseDocument(document);
      pdfium._free(at);
    }
  };
  const each = <T>(document: number, count: number, read: (page: number, index: number) => T): T[] | null => {
    const found: T[] = [];
    for (let index = 0; index < count; index += 1) {
      const page = pdfium._FPDF_LoadPage(document, index);
      if (page === 0) return null;
      found.push(read(page, index));
      pdfium._FPDF_ClosePage(page);
    }
    return found;
  };
  return {
    readPages: (bytes, mostPages) =>
      withPages<PageTextAnswer>(
        bytes,
        (document, count) => {
          if (count > mostPages) return { ok: false, code: "text.too-many-pages" };
          const pages = each(document, count, (page, index) => readPage(pdfium, page, index));
          if (pages === null) return { ok: false, code: "text.unreadable" };
          for (const { size } of chooseToDraw(pages)) {
            const page = pdfium._FPDF_LoadPage(document, size.index);
            if (page === 0) continue;
            pages[size.index] = readPage(pdfium, page, size.index, true);
            pdfium._FPDF_ClosePage(page);
          }
          return { ok: true, pages: pages.map(tellSeen) };
        },
        { ok: false, code: "text.unreadable" },
      ),
    readCharacters: (bytes) =>
      withPages<PageCharacter[][] | null>(
        bytes,
        (document, count) => each(document, count, (page) => readCharacters(pdfium, page)),
        null,
      ),
    withDrawnPages: <T>(
      bytes: Uint8Array,
      sizes: readonly ShownSize[],
      use: (draw: DrawPage) => T,
      asks: { text: boolean; letters: boolean },
    ) =>
      withPages<T | null>(
        bytes,
        (document) => {
          const wants = asks.letters ? createSampler() : () => false;
          return use((index, isKnown = () => false) => {
            const [page, size] = [pdfium._FPDF_LoadPage(document, index), sizes[index]];
            if (page === 0) return null;
            const added = size ? drawNotes(pdfium, () => pdfium._FPDF_LoadPage(document, index), size) : null;
            const drawn =
              size && added
                ? drawOne(pdfium, page, { ...size, index }, { ...added, asksText: asks.text, isKnown, wants })
                : null;
            pdfium._FPDF_ClosePage(page);
            return drawn;
          });
        },
        null,
      ),
  };
}

function drawOne(
  pdfium: PdfiumModule,
  page: number,
  size: ShownSize & { readonly index: number },
  of: Omit<LookOptions, "boxOf" | "letters">,
): PageLook | null {
  const scratch = pdfium._malloc(64);
  const shown = placesOn(pdfium, page, scratch);
  const scale = size.widthMm / Math.max(1, pdfium._FPDF_GetPageWidthF(page) * millimetre);
  const boxOf = (object: number): PageBox | null => {
    if (pdfium._FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return null;
    const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(scratch >> 2, (scratch + 16) >> 2);
    const [a, b] = [shown(left, top), shown(right, bottom)];
    return {
      ...{ x: Math.min(a.x, b.x) * scale, y: Math.min(a.y, b.y) * scale },
      ...{ width: Math.abs(a.x - b.x) * scale, height: Math.abs(a.y - b.y) * scale },
    };
  };
  // A font of type 3 has no program: each of its characters is drawn as anything else is (ISO 32000-2, 9.6.4).
  const programs = new Map<number, boolean>();
  const hasProgram = (font: number): boolean => {
    if (font === 0) return false;
    const known = programs.get(font);
    if (known !== undefined) return known;
    pdfium.HEAP32[scratch >> 2] = 0;
    const has = pdfium._FPDFFont_GetFontData(font, 0, 0, scratch) !== 0 && (pdfium.HEAP32[scratch >> 2] ?? 0) > 0;
    programs.set(font, has);
    return has;
  };
  const letters = joinLetters(readCharacters(pdfium, page), scale, hasProgram);
  const drawn = drawLayers(pdfium, page, size, { boxOf, letters, ...of });
  pdfium._free(scratch);
  return drawn;
}

/**
 * Each drawing of a font is looked at where it is used first, a few times: it is the same wherever it is used again. Drawings
 * that are programs may be anything each time.
 */
function createSampler(): (letters: ReadLetters) => boolean {
  const taken = new Map<string, number>();
  return ({ glyph }) => {
    if (glyph === null) return true;
    const count = taken.get(glyph) ?? 0;
    if (count < mostSamples) taken.set(glyph, count + 1);
    return count < mostSamples;
  };
}
const mostSamples = 2;

/** Characters in the place of one another are one drawing, as of two letters that are joined. */
function joinLetters(
  characters: readonly PageCharacter[],
  scale: number,
  hasProgram: (font: number) => boolean,
): ReadLetters[] {
  const letters: { text: string; box: PageBox; glyph: string | null }[] = [];
  for (const { text, x, y, width, height, originX, baseline, font } of characters) {
    const last = letters.at(-1);
    const box = { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
    if (last && last.box.x === box.x && last.box.y === box.y && last.box.width === box.width) {
      last.text += text;
      last.glyph &&= `${last.glyph}${text}`;
      continue;
    }
    const extent = [width, height, x - originX, y - baseline].map((mm) => Math.round(mm * hundredths)).join(" ");
    letters.push({ text, box, glyph: hasProgram(font) ? `${font} ${extent} ${text}` : null });
  }
  return letters;
}
/** Parts of a millimetre that tell one drawing of a font from another. */
const hundredths = 40;

type Shown = (x: number, y: number) => { x: number; y: number };

/** From the page's own points to millimetres from the top left of the page as it is shown. */
function placesOn(pdfium: PdfiumModule, page: number, scratch: number): Shown {
  const width = pdfium._FPDF_GetPageWidthF(page);
  const height = pdfium._FPDF_GetPageHeightF(page);
  const device = (x: number, y: number): { x: number; y: number } => {
    pdfium._FPDF_PageToDevice(
      page,
      0,
      0,
      Math.round(width * fine),
      Math.round(height * fine),
      0,
      x,
      y,
      scratch,
      scratch + 4,
    );
    return { x: pdfium.HEAP32[scratch >> 2] ?? 0, y: pdfium.HEAP32[(scratch >> 2) + 1] ?? 0 };
  };
  // The page is turned, moved and scaled as a whole: three points tell how, and each character is reckoned from them.
  const [zero, right, up] = [device(0, 0), device(span, 0), device(0, span)];
  const unit = millimetre / fine;
  return (x, y) => ({
    x: (zero.x + ((right.x - zero.x) * x + (up.x - zero.x) * y) / span) * unit,
    y: (zero.y + ((right.y - zero.y) * x + (up.y - zero.y) * y) / span) * unit,
  });
}

/** Characters that leave no ink: spaces of any kind, joiners, soft hyphens, fillers, the empty Braille cell. Ink of theirs was not read. */
const saysNothing = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]$/u;

function readCharacters(pdfium: PdfiumModule, page: number): PageCharacter[] {
  const scratch = pdfium._malloc(64);
  const shown = placesOn(pdfium, page, scratch);
  const text = pdfium._FPDFText_LoadPage(page);
  const found: PageCharacter[] = [];
  let last = { object: 0, font: 0 };
  const count = Math.min(mostChars, text === 0 ? 0 : pdfium._FPDFText_CountChars(text));
  for (let at = 0; at < count; at += 1) {
    const code = pdfium._FPDFText_GetUnicode(text, at);
    if (code === 0 || code > 0x10ffff || saysNothing.test(String.fromCodePoint(code))) continue;
    pdfium._FPDFText_GetCharBox(text, at, scratch + 8, scratch + 16, scratch + 24, scratch + 32);
    const [left = 0, right = 0, bottom = 0, top = 0] = pdfium.HEAPF64.subarray((scratch + 8) >> 3, (scratch + 40) >> 3);
    pdfium._FPDFText_GetCharOrigin(text, at, scratch + 40, scratch + 48);
    const [x = 0, y = 0] = pdfium.HEAPF64.subarray((scratch + 40) >> 3, (scratch + 56) >> 3);
    const [a, b, origin] = [shown(left, top), shown(right, bottom), shown(x, y)];
    const object = pdfium._FPDFText_GetTextObject(text, at);
    if (object !== last.object) last = { object, font: object === 0 ? 0 : pdfium._FPDFTextObj_GetFont(object) };
    found.push({
      font: last.font,
      ...{ text: String.fromCodePoint(code), x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) },
      ...{ width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y), originX: origin.x, baseline: origin.y },
    });
  }
  if (text !== 0) pdfium._FPDFText_ClosePage(text);
  pdfium._free(scratch);
  return found;
}

interface PageRead {
  readonly size: Omit<PageText, "runs">;
  readonly written: readonly TextRun[];
  /** Data of its pictures; what says nothing needs hardly any. */
  readonly data: PictureData;
  readonly drawn: PageDrawn | null;
}

/** Pages with less of pictures than that are drawn at once; the pictures of others take long. */
const pictured = 0.15;
/** Dots of pictures that are drawn of one document at the most: a paper of fifty scanned pages is read in a second. */
const mostPictureDots = 60_000_000;

/** Of pages full of pictures those are drawn that may show nothing: their pictures need the least data. */
function chooseToDraw(pages: readonly PageRead[]): PageRead[] {
  let room = mostPictureDots;
  return pages
    .filter((page) => page.drawn === null)
    .toSorted((a, b) => a.data.bytes - b.data.bytes)
    .filter(({ data }) => {
      const fits = room > 0;
      room -= data.dots;
      return fits;
    });
}

function tellSeen({ size, written, drawn }: PageRead): PageText {
  if (drawn === null) return { ...size, runs: written };
  const looked = written.map((run) => ({ run, look: drawn.look(run) }));
  return {
    ...{ ...size, ink: drawn.ink, pictureInk: drawn.pictureInk },
    runs: looked.filter(({ look }) => look !== "unseen").map(({ run }) => run),
    unseen: looked.filter(({ look }) => look === "unseen").map(({ run }) => run),
    pale: looked.filter(({ look }) => look === "pale").map(({ run }) => run),
  };
}

/** What stands on a page; where it is full of pictures it is drawn only if it is asked for. */
function readPage(pdfium: PdfiumModule, page: number, index: number, draws = false): PageRead {
  const width = pdfium._FPDF_GetPageWidthF(page);
  const height = pdfium._FPDF_GetPageHeightF(page);
  const scratch = pdfium._malloc(64);
  const shown = placesOn(pdfium, page, scratch);
  const boxOf = (
    left: number,
    bottom: number,
    right: number,
    top: number,
  ): { x: number; y: number; width: number; height: number } => {
    const a = shown(left, top);
    const b = shown(right, bottom);
    return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  };
  const text = pdfium._FPDFText_LoadPage(page);
  const runs: { text: string; x: number; y: number; width: number; height: number }[] = [];
  const chars = Math.min(mostChars, text === 0 ? 0 : pdfium._FPDFText_CountChars(text));
  let fresh = true;
  for (let at = 0; at < chars; at += 1) {
    const code = pdfium._FPDFText_GetUnicode(text, at);
    if (code === 10 || code === 13) {
      fresh = true;
      continue;
    }
    if (code === 0 || code > 0x10ffff) continue;
    const character = String.fromCodePoint(code);
    if (character.trim() === "") {
      // PDFium makes up the spaces between words; they have no box of their own.
      const before = runs.at(-1);
      if (before && !fresh) before.text += " ";
      continue;
    }
    pdfium._FPDFText_GetCharBox(text, at, scratch + 8, scratch + 16, scratch + 24, scratch + 32);
    const [left = 0, right = 0, bottom = 0, top = 0] = pdfium.HEAPF64.subarray((scratch + 8) >> 3, (scratch + 40) >> 3);
    const box = boxOf(left, bottom, right, top);
    const last = runs.at(-1);
    const gap = last ? box.x - (last.x + last.width) : 0;
    const reach = Math.max(2, (last?.height ?? 0) * 2);
    const sameLine =
      last !== undefined &&
      !fresh &&
      Math.abs(box.y + box.height / 2 - (last.y + last.height / 2)) < reach / 2 + 1 &&
      gap < reach * 2 &&
      gap > (rightToLeft.test(character) ? -reach * 4 : -mostBack);
    if (last && sameLine) {
      last.text += character;
      const [x, y] = [Math.min(last.x, box.x), Math.min(last.y, box.y)];
      last.width = Math.max(last.x + last.width, box.x + box.width) - x;
      last.height = Math.max(last.y + last.height, box.y + box.height) - y;
      last.x = x;
      last.y = y;
    } else {
      runs.push({ text: character, ...box });
    }
    fresh = false;
  }
  if (text !== 0) pdfium._FPDFText_ClosePage(text);
  const pictures: PageBox[] = [];
  const objects = Math.min(5000, pdfium._FPDFPage_CountObjects(page));
  for (let at = 0; at < objects; at += 1) {
    const object = pdfium._FPDFPage_GetObject(page, at);
    const kind = pdfium._FPDFPageObj_GetType(object);
    if (kind !== objectKinds.image && kind !== objectKinds.form && kind !== objectKinds.shading) continue;
    if (pdfium._FPDFPageObj_GetBounds(object, scratch + 40, scratch + 44, scratch + 48, scratch + 52) === 0) continue;
    const [left = 0, bottom = 0, right = 0, top = 0] = pdfium.HEAPF32.subarray(
      (scratch + 40) >> 2,
      (scratch + 56) >> 2,
    );
    pictures.push(boxOf(left, bottom, right, top));
  }
  pdfium._free(scratch);
  const [widthMm, heightMm] = [width * millimetre, height * millimetre];
  const within = (from: number, length: number, most: number): number =>
    Math.max(0, Math.min(from + length, most) - Math.max(from, 0));
  const covered = pictures.reduce(
    (sum, box) => sum + within(box.x, box.width, widthMm) * within(box.y, box.height, heightMm),
    0,
  );
  const imageCoverage = widthMm * heightMm > 0 ? Math.min(1, covered / (widthMm * heightMm)) : 0;
  const written = runs.map((run) => ({ ...run, text: run.text.trimEnd() }));
  const size = { index, widthMm, heightMm, imageCoverage };
  const drawn =
    draws || imageCoverage < pictured
      ? drawPage(pdfium, page, { widthMm, heightMm, pictures, writes: written.length > 0 })
      : null;
  return { size, written, data: weighPictures(pdfium, page), drawn };
}
