/** The part of PDFium's C interface that draws a page and its objects. */
export interface DrawingModule {
  /**
   * The functions themselves, for what is asked of each object or character of a page: those of the same names beside them
   * are wrappers, which look the function up by its name at each call.
   */
  readonly wasmExports: {
    FPDFPage_GetObject(page: number, index: number): number;
    FPDFPageObj_GetType(object: number): number;
    FPDFPageObj_SetIsActive(object: number, active: number): number;
  };
  HEAPU8: Uint8Array;
  HEAPF32: Float32Array;
  _FPDF_ClosePage(page: number): void;
  _FPDF_GetPageWidthF(page: number): number;
  _FPDFPage_Flatten(page: number, use: number): number;
  _FPDFPage_GetAnnot(page: number, index: number): number;
  _FPDFPage_CloseAnnot(note: number): void;
  _FPDFAnnot_GetSubtype(note: number): number;
  _FPDFAnnot_GetRect(note: number, rectangle: number): number;
  _FPDFPage_CountObjects(page: number): number;
  _FPDFPage_GetAnnotCount(page: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFImageObj_GetImagePixelSize(image: number, width: number, height: number): number;
  _FPDFImageObj_GetImageDataRaw(image: number, buffer: number, length: number): number;
  HEAP32: Int32Array;
  _malloc(size: number): number;
  _free(at: number): void;
  _FPDFBitmap_Create(width: number, height: number, alpha: number): number;
  _FPDFBitmap_FillRect(bitmap: number, left: number, top: number, width: number, height: number, color: number): void;
  _FPDFBitmap_GetBuffer(bitmap: number): number;
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

/** A place in millimetres from the top left of the page as it is shown. */
export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export const objectKinds = { text: 1, path: 2, image: 3, shading: 4, form: 5 } as const;
/** Forms within forms that are looked into; a page that nests them deeper keeps what is drawn there. */
const mostNested = 12;
const mostObjects = 1_000_000;

/** Shows of a page's objects some kinds only; what a form holds is shown or hidden by itself. */
export function show(pdfium: DrawingModule, page: number, is: (kind: number) => boolean): void {
  eachObject(pdfium, page, (object, kind) => {
    if (kind !== objectKinds.form) pdfium.wasmExports.FPDFPageObj_SetIsActive(object, is(kind) ? 1 : 0);
  });
}

/** Whether nothing but text stands on a page: without it the page is white. */
export const hasOnlyText = (pdfium: DrawingModule, page: number): boolean =>
  pdfium._FPDFPage_GetAnnotCount(page) === 0 && drawsOnlyText(pdfium, page);

/** The same of a page without its notes and form fields. */
export function drawsOnlyText(pdfium: DrawingModule, page: number): boolean {
  let only = true;
  eachObject(pdfium, page, (_, kind) => {
    if (kind !== objectKinds.text) only = false;
  });
  return only;
}

/** Whether all that is not text is drawn before the text, so that none of it lies over a word, wherever it says that it is. */
export function isTextLast(pdfium: DrawingModule, page: number): boolean {
  if (pdfium._FPDFPage_GetAnnotCount(page) > 0) return false;
  let [writes, isLast] = [false, true];
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count && isLast; at += 1) {
    const object = pdfium.wasmExports.FPDFPage_GetObject(page, at);
    const kind = pdfium.wasmExports.FPDFPageObj_GetType(object);
    // What a form holds may lie over its own text.
    if (kind === objectKinds.text) writes = true;
    else isLast = !writes && !(kind === objectKinds.form && holdsText(pdfium, object));
  }
  return isLast;
}

/** Whether a form, or one within it, holds text. */
export function holdsText(pdfium: DrawingModule, form: number, depth = 0): boolean {
  const count = Math.min(mostObjects, pdfium._FPDFFormObj_CountObjects(form));
  for (let at = 0; at < count; at += 1) {
    const object = pdfium._FPDFFormObj_GetObject(form, at);
    const kind = pdfium.wasmExports.FPDFPageObj_GetType(object);
    if (kind === objectKinds.text) return true;
    if (kind === objectKinds.form && (depth >= mostNested || holdsText(pdfium, object, depth + 1))) return true;
  }
  return false;
}

/** Every object of a page, those of its forms too. */
export function eachObject(pdfium: DrawingModule, page: number, take: (object: number, kind: number) => void): void {
  let left = mostObjects;
  const visit = (object: number, depth: number): void => {
    left -= 1;
    const kind = pdfium.wasmExports.FPDFPageObj_GetType(object);
    take(object, kind);
    if (kind !== objectKinds.form || depth >= mostNested) return;
    const count = pdfium._FPDFFormObj_CountObjects(object);
    for (let at = 0; at < count && left > 0; at += 1) visit(pdfium._FPDFFormObj_GetObject(object, at), depth + 1);
  };
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count && left > 0; at += 1) visit(pdfium.wasmExports.FPDFPage_GetObject(page, at), 0);
}

export interface PictureData {
  readonly dots: number;
  readonly bytes: number;
}

/** How large a page's pictures are, without opening them. */
export function weighPictures(pdfium: DrawingModule, page: number): PictureData {
  const at = pdfium._malloc(8);
  let [dotsOf, bytes] = [0, 0];
  eachObject(pdfium, page, (object, kind) => {
    if (kind !== objectKinds.image) return;
    bytes += pdfium._FPDFImageObj_GetImageDataRaw(object, 0, 0);
    if (pdfium._FPDFImageObj_GetImagePixelSize(object, at, at + 4) === 0) return;
    dotsOf += (pdfium.HEAP32[at >> 2] ?? 0) * (pdfium.HEAP32[(at >> 2) + 1] ?? 0);
  });
  pdfium._free(at);
  return { dots: dotsOf, bytes };
}

/** Whether anything is drawn over a text and after it, as what covers it is. */
export const canCover = (pdfium: DrawingModule, page: number, boxOf: (object: number) => PageBox | null): boolean =>
  pdfium._FPDFPage_GetAnnotCount(page) > 0 || drawsOverText(pdfium, page, boxOf);

/** The same of a page without its notes and form fields. */
export function drawsOverText(pdfium: DrawingModule, page: number, boxOf: (object: number) => PageBox | null): boolean {
  const texts: PageBox[] = [];
  let left = mostPairs;
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count; at += 1) {
    const object = pdfium.wasmExports.FPDFPage_GetObject(page, at);
    const kind = pdfium.wasmExports.FPDFPageObj_GetType(object);
    // What a form holds has no place on the page by itself; it may cover its own.
    if (kind === objectKinds.form && holdsText(pdfium, object)) return true;
    const box = boxOf(object);
    if (box === null) return true;
    if (kind === objectKinds.text) {
      texts.push(box);
      continue;
    }
    left -= texts.length;
    if (left < 0 || texts.some((one) => areTouching(one, box))) return true;
  }
  return false;
}

const areTouching = (a: PageBox, b: PageBox): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
/** Pairs of a text and what comes after it that are looked at; beyond that one may cover another. */
const mostPairs = 1_000_000;
