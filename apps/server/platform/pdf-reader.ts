import { PDFiumLibrary } from "@hyzyla/pdfium";
import { limitWasmMemory } from "./limit-wasm-memory.ts";
import { type AskedPages, chooseToDraw, joinPages, type PageRead, type PagesRead } from "./page-parts.ts";
import type { PageTextAnswer, ShownSize } from "./page-text.ts";
import { drawPage } from "./pdf-drawing.ts";
import type { ReadLetters } from "./pdf-glyphs.ts";
import { drawLayers, drawNotes, type LookOptions, type PageLook } from "./pdf-layers.ts";
import { holdsImage, objectKinds, type PageBox, weighPictures } from "./pdf-objects.ts";
import {
  boxOfObject,
  countWritten,
  millimetre,
  type PageCharacter,
  placesOn,
  readCharacters,
  readRuns,
  type TextModule,
} from "./pdf-text.ts";

/** The part of PDFium's C interface used here; the wrapper keeps its module private and offers text without places. */
interface PdfiumModule extends TextModule {
  _FPDF_LoadMemDocument(at: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDFFont_GetFontData(font: number, buffer: number, length: number, outLength: number): number;
}

/** Reads texts of any number of files, one after the other; loading the library takes longer than reading a page. */
export interface PdfReader {
  readPages(bytes: Uint8Array, mostPages: number): PageTextAnswer;
  readPart(bytes: Uint8Array, asked: AskedPages): PagesRead;
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

/** Bytes that reading and drawing a file may take. */
const mostMemory = 768 * 1024 * 1024;

/** Opens the reader of a thread, one for all its tasks. */
export async function openPdfReader(): Promise<PdfReader> {
  limitWasmMemory(mostMemory);
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
  const each = <T>(
    document: number,
    indices: readonly number[],
    read: (page: number, index: number) => T,
  ): T[] | null => {
    const found: T[] = [];
    for (const index of indices) {
      const page = pdfium._FPDF_LoadPage(document, index);
      if (page === 0) return null;
      found.push(read(page, index));
      pdfium._FPDF_ClosePage(page);
    }
    return found;
  };
  const allOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  const readPart = (bytes: Uint8Array, asked: AskedPages): PagesRead =>
    withPages<PagesRead>(
      bytes,
      (document, count) => {
        if ("mostPages" in asked && count > asked.mostPages) return { ok: false, code: "text.too-many-pages" };
        const isDrawn = "drawn" in asked;
        const indices = isDrawn ? asked.drawn : allOf(count).filter((index) => index % asked.step === asked.first);
        const pages = each(document, indices, (page, index) => readPage(pdfium, page, index, isDrawn));
        return pages === null ? { ok: false, code: "text.unreadable" } : { ok: true, pages };
      },
      { ok: false, code: "text.unreadable" },
    );
  return {
    readPart,
    readPages: (bytes, mostPages) => {
      const all = readPart(bytes, { mostPages, first: 0, step: 1 });
      if (!all.ok) return all;
      const chosen = chooseToDraw(all.pages);
      const drawn = chosen.length > 0 ? readPart(bytes, { drawn: chosen }) : ({ ok: true, pages: [] } as const);
      return drawn.ok ? { ok: true, pages: joinPages([...all.pages, ...drawn.pages]) } : drawn;
    },
    readCharacters: (bytes) =>
      withPages<PageCharacter[][] | null>(
        bytes,
        (document, count) => each(document, allOf(count), (page) => readCharacters(pdfium, page)),
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
            const added = size ? drawNotes(pdfium, page, () => pdfium._FPDF_LoadPage(document, index), size) : null;
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
  const scratch = pdfium._malloc(16);
  const places = placesOn(pdfium, page);
  const scale = size.widthMm / Math.max(1, pdfium._FPDF_GetPageWidthF(page) * millimetre);
  const boxOf = (object: number): PageBox | null => {
    const box = boxOfObject(pdfium, places, object, scratch);
    return box && { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
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
    const extent = `${dots(width)} ${dots(height)} ${dots(x - originX)} ${dots(y - baseline)}`;
    letters.push({ text, box, glyph: hasProgram(font) ? `${font} ${extent} ${text}` : null });
  }
  return letters;
}
/** Fortieths of a millimetre tell one drawing of a font from another. */
const dots = (mm: number): number => Math.round(mm * 40);

/** Pages with less of pictures than that are drawn at once; the pictures of others take long. */
const pictured = 0.15;
const mostObjects = 5000;

/** What stands on a page; where it is full of pictures it is drawn only if it is asked for. */
function readPage(pdfium: PdfiumModule, page: number, index: number, isAsked: boolean): PageRead {
  const [widthMm, heightMm] = [
    pdfium._FPDF_GetPageWidthF(page) * millimetre,
    pdfium._FPDF_GetPageHeightF(page) * millimetre,
  ];
  const places = placesOn(pdfium, page);
  const lines = readRuns(pdfium, page, places);
  const pictures = listPictures(pdfium, page, places);
  const within = (from: number, length: number, most: number): number =>
    Math.max(0, Math.min(from + length, most) - Math.max(from, 0));
  const covered = pictures.reduce(
    (sum, box) => sum + within(box.x, box.width, widthMm) * within(box.y, box.height, heightMm),
    0,
  );
  const imageCoverage = widthMm * heightMm > 0 ? Math.min(1, covered / (widthMm * heightMm)) : 0;
  const size = {
    ...{ index, widthMm, heightMm, imageCoverage },
    ...(pictures.length > 0
      ? { written: lines.length > 0 ? countWritten(pdfium, page) : 0, imaged: holdsImage(pdfium, page) }
      : {}),
  };
  const drawn = isAsked || imageCoverage < pictured ? drawPage(pdfium, page, { ...size, pictures, lines }) : null;
  if (drawn === null) return { page: { ...size, runs: lines }, pictures: weighPictures(pdfium, page) };
  const withLook = (look: string) => lines.filter((_, at) => drawn.looks[at] === look);
  return {
    page: {
      ...{ ...size, ink: drawn.ink, pictureInk: drawn.pictureInk },
      runs: lines.filter((_, at) => drawn.looks[at] !== "unseen"),
      unseen: withLook("unseen"),
      pale: withLook("pale"),
    },
    pictures: null,
  };
}

/** Where the pictures of a page lie, and what else may be one. */
function listPictures(pdfium: PdfiumModule, page: number, places: ReturnType<typeof placesOn>): PageBox[] {
  const scratch = pdfium._malloc(16);
  const pictures: PageBox[] = [];
  const count = Math.min(mostObjects, pdfium._FPDFPage_CountObjects(page));
  for (let at = 0; at < count; at += 1) {
    const object = pdfium._FPDFPage_GetObject(page, at);
    const kind = pdfium._FPDFPageObj_GetType(object);
    if (kind !== objectKinds.image && kind !== objectKinds.form && kind !== objectKinds.shading) continue;
    const box = boxOfObject(pdfium, places, object, scratch);
    if (box) pictures.push(box);
  }
  pdfium._free(scratch);
  return pictures;
}
