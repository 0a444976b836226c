import type { PageText } from "@chancery/domain";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import type { PageTextAnswer } from "./page-text.ts";

/** The part of PDFium's C interface used here; the wrapper keeps its module private and offers text without places. */
interface PdfiumModule {
  HEAPF64: Float64Array;
  HEAPF32: Float32Array;
  HEAP32: Int32Array;
  HEAPU8: Uint8Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _FPDF_LoadMemDocument(at: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
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
  _FPDFText_GetUnicode(text: number, index: number): number;
  _FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
  _FPDFBitmap_Create(width: number, height: number, alpha: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, color: number): void;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
  _FPDFBitmap_GetStride(bitmap: number): number;
  _FPDFBitmap_Destroy(bitmap: number): void;
  _FPDF_RenderPageBitmap(
    bitmap: number,
    page: number,
    startX: number,
    startY: number,
    sizeX: number,
    sizeY: number,
    rotate: number,
    flags: number,
  ): void;
}

const millimetre = 25.4 / 72;
/** Device units to a point, so that PDFium's whole numbers keep a tenth of a point. */
const fine = 20;
/** Points that are far enough apart for whole numbers to tell a page's scale. */
const span = 10_000;
const objectKinds = { image: 3, path: 2, shading: 4, form: 5 } as const;
const mostChars = 400_000;
/** Millimetres that letters are drawn into each other; what goes further back is drawn over the line, as on a form. */
const mostBack = 2;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/** Reads texts of any number of files, one after the other; loading the library takes longer than reading a page. */
export interface PdfReader {
  readPages(bytes: Uint8Array, mostPages: number): PageTextAnswer;
  /** Every character with its exact place, page by page; null where the file cannot be read. */
  readCharacters(bytes: Uint8Array): PageCharacter[][] | null;
}
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
          return pages ? { ok: true, pages } : { ok: false, code: "text.unreadable" };
        },
        { ok: false, code: "text.unreadable" },
      ),
    readCharacters: (bytes) =>
      withPages<PageCharacter[][] | null>(
        bytes,
        (document, count) => each(document, count, (page) => readCharacters(pdfium, page)),
        null,
      ),
  };
}

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

function readCharacters(pdfium: PdfiumModule, page: number): PageCharacter[] {
  const scratch = pdfium._malloc(64);
  const shown = placesOn(pdfium, page, scratch);
  const text = pdfium._FPDFText_LoadPage(page);
  const found: PageCharacter[] = [];
  const count = Math.min(mostChars, text === 0 ? 0 : pdfium._FPDFText_CountChars(text));
  for (let at = 0; at < count; at += 1) {
    const code = pdfium._FPDFText_GetUnicode(text, at);
    if (code === 0 || code > 0x10ffff || String.fromCodePoint(code).trim() === "") continue;
    pdfium._FPDFText_GetCharBox(text, at, scratch + 8, scratch + 16, scratch + 24, scratch + 32);
    const [left = 0, right = 0, bottom = 0, top = 0] = pdfium.HEAPF64.subarray((scratch + 8) >> 3, (scratch + 40) >> 3);
    pdfium._FPDFText_GetCharOrigin(text, at, scratch + 40, scratch + 48);
    const [x = 0, y = 0] = pdfium.HEAPF64.subarray((scratch + 40) >> 3, (scratch + 56) >> 3);
    const [a, b, origin] = [shown(left, top), shown(right, bottom), shown(x, y)];
    found.push({
      ...{ text: String.fromCodePoint(code), x: Math.min(a.x, b.x), y: Math.min(a.y, b.y) },
      ...{ width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y), originX: origin.x, baseline: origin.y },
    });
  }
  if (text !== 0) pdfium._FPDFText_ClosePage(text);
  pdfium._free(scratch);
  return found;
}

function readPage(pdfium: PdfiumModule, page: number, index: number): PageText {
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
  let inked = 0;
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
    inked +=
      Math.max(0, Math.min(right, width) - Math.max(left, 0)) *
      Math.max(0, Math.min(top, height) - Math.max(bottom, 0));
  }
  pdfium._free(scratch);
  const area = width * height;
  const imageCoverage = area > 0 ? Math.min(1, inked / area) : 0;
  const written = runs.map((run) => ({ ...run, text: run.text.trimEnd() }));
  const size = { index, widthMm: width * millimetre, heightMm: height * millimetre, imageCoverage };
  const seen = imageCoverage < pictured ? drawPage(pdfium, page, size) : null;
  if (seen === null) return { ...size, runs: written };
  return {
    ...{ ...size, ink: seen.ink },
    runs: written.filter(seen.shows),
    unseen: written.filter((run) => !seen.shows(run)),
  };
}

/** A page with more pictures than that may carry the text of a scan, which is meant to be there unseen. */
const pictured = 0.15;
/** Dots to the inch that a page is drawn with to see whether there is anything on it. */
const dots = 50;
const mostDots = 1500;
/** How far, of 255, a dot differs from its ground to be seen by a reader. */
const visible = 20;
const opaqueWhite = 0xffffffff;
/** With the fields and notes that are shown (FPDF_ANNOT). */
const withAnnotations = 1;

/** Draws a page small, and tells how much is on it and whether a line of text can be seen; null where it cannot be drawn. */
function drawPage(
  pdfium: PdfiumModule,
  page: number,
  { widthMm, heightMm }: { widthMm: number; heightMm: number },
): { ink: number; shows: (box: { x: number; y: number; width: number; height: number }) => boolean } | null {
  const scale = Math.min(dots / 25.4, mostDots / Math.max(widthMm, heightMm, 1));
  const [width, height] = [Math.ceil(widthMm * scale), Math.ceil(heightMm * scale)];
  const bitmap = width > 0 && height > 0 ? pdfium._FPDFBitmap_Create(width, height, 0) : 0;
  if (bitmap === 0) return null;
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, opaqueWhite);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, withAnnotations);
  const stride = pdfium._FPDFBitmap_GetStride(bitmap);
  const from = pdfium._FPDFBitmap_GetBuffer(bitmap);
  // What matters is what a reader tells apart, so three colours become one brightness, and coloured ink stays darker.
  const shades = new Uint8Array(width * height);
  const counts = new Uint32Array(256);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = from + y * stride + x * 4;
      const heap = pdfium.HEAPU8;
      const shade = Math.min(heap[at] ?? 255, heap[at + 1] ?? 255, heap[at + 2] ?? 255);
      shades[y * width + x] = shade;
      counts[shade] = (counts[shade] ?? 0) + 1;
    }
  pdfium._FPDFBitmap_Destroy(bitmap);
  const ground = counts.indexOf(Math.max(...counts));
  const inked = counts.reduce((sum, count, shade) => (Math.abs(shade - ground) > visible ? sum + count : sum), 0);
  const shows = (box: { x: number; y: number; width: number; height: number }): boolean => {
    const clamp = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value * scale)));
    const [left, right] = [clamp(box.x, width), clamp(box.x + box.width, width)];
    const [top, bottom] = [clamp(box.y, height), clamp(box.y + box.height, height)];
    const [dark, bright] = [{ value: 255 }, { value: 0 }];
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        const shade = shades[y * width + x] ?? 255;
        dark.value = Math.min(dark.value, shade);
        bright.value = Math.max(bright.value, shade);
      }
    return bright.value - dark.value > visible;
  };
  return { ink: inked / (width * height), shows };
}
