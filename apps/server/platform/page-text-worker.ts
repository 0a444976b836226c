import { parentPort, workerData } from "node:worker_threads";
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
  _FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
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

async function readPages(bytes: Uint8Array, mostPages: number): Promise<PageTextAnswer> {
  const library = await PDFiumLibrary.init();
  const pdfium = Reflect.get(library, "module") as PdfiumModule;
  const at = pdfium._malloc(bytes.length);
  pdfium.HEAPU8.set(bytes, at);
  const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
  if (document === 0) return { ok: false, code: "text.unreadable" };
  const count = pdfium._FPDF_GetPageCount(document);
  if (count > mostPages) return { ok: false, code: "text.too-many-pages" };
  const pages: PageText[] = [];
  for (let index = 0; index < count; index += 1) {
    const page = pdfium._FPDF_LoadPage(document, index);
    if (page === 0) return { ok: false, code: "text.unreadable" };
    pages.push(readPage(pdfium, page, index));
    pdfium._FPDF_ClosePage(page);
  }
  return { ok: true, pages };
}

function readPage(pdfium: PdfiumModule, page: number, index: number): PageText {
  const width = pdfium._FPDF_GetPageWidthF(page);
  const height = pdfium._FPDF_GetPageHeightF(page);
  const scratch = pdfium._malloc(64);
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
  const shown = (x: number, y: number): { x: number; y: number } => ({
    x: (zero.x + ((right.x - zero.x) * x + (up.x - zero.x) * y) / span) * unit,
    y: (zero.y + ((right.y - zero.y) * x + (up.y - zero.y) * y) / span) * unit,
  });
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
  return {
    index,
    widthMm: width * millimetre,
    heightMm: height * millimetre,
    runs: runs.map((run) => ({ ...run, text: run.text.trimEnd() })),
    imageCoverage: area > 0 ? Math.min(1, inked / area) : 0,
  };
}

const { bytes, mostPages } = workerData as { bytes: Uint8Array; mostPages: number };
parentPort?.postMessage(
  await readPages(bytes, mostPages).catch((): PageTextAnswer => ({ ok: false, code: "text.unreadable" })),
);
