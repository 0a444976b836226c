/** The part of PDFium's C interface that draws a page and its objects. */
export interface DrawingModule {
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
  _FPDFPage_GetObject(page: number, index: number): number;
  _FPDFFormObj_CountObjects(form: number): number;
  _FPDFFormObj_GetObject(form: number, index: number): number;
  _FPDFPageObj_GetType(object: number): number;
  _FPDFPageObj_SetIsActive(object: number, active: number): number;
  _FPDFImageObj_GetImagePixelSize(image: number, width: number, height: number): number;
  _FPDFImageObj_GetImageDataRaw(image: number, buffer: number, length: number): number;
  HEAP32: Int32Array;
  _malloc(size: number): number;
  _free(at: number): void;
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

/** A place in millimetres from the top left of the page as it is shown. */
export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
interface DrawnLine extends PageBox {
  readonly text: string;
}
export interface PageDrawn {
  /** Share of the page that differs from its ground. */
  readonly ink: number;
  /** Share of the page on which its pictures show something. */
  readonly pictureInk: number;
  /** How well a line of text can be seen. */
  readonly look: (line: DrawnLine) => "seen" | "pale" | "unseen";
}

export const objectKinds = { text: 1, image: 3, shading: 4, form: 5 } as const;
/** Dots to the inch that a page is drawn with to see whether there is anything on it. */
const dots = 50;
const mostDots = 1500;
/** How far, of 255, a dot differs from its ground to be seen by a reader. */
const visible = 20;
/** No dot of a line that hardly stands out from its ground, as a watermark does, differs more from it than that. */
const palest = 44;
/** A line of this many letters shows in two of its ten parts: one letter at the edge of what cuts it off is no line. */
const parts = { all: 10, least: 2, letters: 12 };
const leastParts = (text: string): number => {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters >= parts.letters && letters * 2 > text.length ? parts.least : 1;
};
export const opaqueWhite = 0xffffffff;
const groundStep = 3;
/** With the fields and notes that are shown (FPDF_ANNOT), and pictures in a hurry (FPDF_RENDER_NO_SMOOTHIMAGE). */
const drawingFlags = 0x1 | 0x2000;
/** Forms within forms that are looked into; a page that nests them deeper keeps what is drawn there. */
const mostNested = 12;
const mostObjects = 1_000_000;
/** Dots of a square of which one says that a picture shows something there: about five millimetres. */
const cell = 10;
/** A line at least this many dots high is looked at within its edges, which its neighbours reach. */
const thick = 5;

/**
 * Draws a page small, once as it is and once without its text, and tells how much is on it and which lines of text can be
 * seen: those that make a difference, whatever colour they have, whatever covers them and whatever is drawn beneath. The
 * text of a scan, which is meant to be there unseen, can be seen as far as its picture shows something in its place. The
 * page has no text any more afterwards. Null where it cannot be drawn.
 */
export function drawPage(
  pdfium: DrawingModule,
  page: number,
  of: { widthMm: number; heightMm: number; pictures: readonly PageBox[]; writes: boolean },
): PageDrawn | null {
  const scale = Math.min(dots / 25.4, mostDots / Math.max(of.widthMm, of.heightMm, 1));
  const [width, height] = [Math.ceil(of.widthMm * scale), Math.ceil(of.heightMm * scale)];
  const bitmap = width > 0 && height > 0 ? pdfium._FPDFBitmap_Create(width, height, 0) : 0;
  if (bitmap === 0) return null;
  const whole = drawColours(pdfium, page, bitmap, width, height);
  const bare = of.writes ? drawWithoutText(pdfium, page, bitmap, width, height) : whole;
  pdfium._FPDFBitmap_Destroy(bitmap);
  const ground = findGround(whole);
  let inked = 0;
  for (const colour of whole) if (isApart(colour, ground)) inked += 1;
  const onPage = (box: PageBox) => {
    const clamp = (value: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(value * scale)));
    const [top, bottom] = [clamp(box.y, height), clamp(box.y + box.height, height)];
    const inset = bottom - top >= thick ? 1 : 0;
    return {
      ...{ left: clamp(box.x, width), right: clamp(box.x + box.width, width) },
      ...{ top: top + inset, bottom: bottom - inset },
    };
  };
  const some = (box: PageBox, is: (at: number) => boolean): boolean => {
    const { left, right, top, bottom } = onPage(box);
    for (let y = top; y <= bottom; y += 1) for (let x = left; x <= right; x += 1) if (is(y * width + x)) return true;
    return false;
  };
  const lookAtText = (line: DrawnLine): "seen" | "pale" | "unseen" => {
    const { left, right, top, bottom } = onPage(line);
    const across = right - left + 1;
    const least = across < parts.all ? 1 : leastParts(line.text);
    const shown = new Set<number>();
    let isPale = true;
    for (let y = top; y <= bottom; y += 1)
      for (let x = left; x <= right; x += 1) {
        const at = y * width + x;
        if (!isApart(whole[at] ?? 0, bare[at] ?? 0)) continue;
        shown.add(Math.floor(((x - left) * parts.all) / across));
        isPale &&= !isApart(whole[at] ?? 0, bare[at] ?? 0, palest);
        if (shown.size >= least && !isPale) return "seen";
      }
    return shown.size < least ? "unseen" : "pale";
  };
  const bareGround = findGround(bare);
  const isDrawn = (at: number): boolean => isApart(bare[at] ?? 0, bareGround);
  const pictured = coverSquares({ width, height }, of.pictures.map(onPage));
  return {
    ink: inked / (width * height),
    pictureInk: pictured.share(isDrawn),
    look: (line) => {
      const look = lookAtText(line);
      return look !== "seen" && some(line, (at) => pictured.covers(at) && isDrawn(at)) ? "seen" : look;
    },
  };
}

function drawWithoutText(
  pdfium: DrawingModule,
  page: number,
  bitmap: number,
  width: number,
  height: number,
): Uint32Array {
  if (hasOnlyText(pdfium, page)) return new Uint32Array(width * height).fill(opaqueWhite);
  hideText(pdfium, page);
  return drawColours(pdfium, page, bitmap, width, height);
}

/** The colour of each dot as PDFium keeps it, in one number. */
export function drawColours(
  pdfium: DrawingModule,
  page: number,
  bitmap: number,
  width: number,
  height: number,
  flags = drawingFlags,
): Uint32Array {
  pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, opaqueWhite);
  pdfium._FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
  const stride = pdfium._FPDFBitmap_GetStride(bitmap) / 4;
  const drawn = new Uint32Array(pdfium.HEAPU8.buffer, pdfium._FPDFBitmap_GetBuffer(bitmap), stride * height);
  const colours = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) colours.set(drawn.subarray(y * stride, y * stride + width), y * width);
  return colours;
}

/** Whether a reader tells two dots apart: by the one of three colours that differs most, so that red stands out on black, too. */
export const isApart = (a: number, b: number, by = visible): boolean =>
  a !== b &&
  (Math.abs((a & 255) - (b & 255)) > by ||
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) > by ||
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)) > by);

/** How far a dot stands out from white paper, 0 to 255. */
export const darkness = (colour: number): number =>
  255 - Math.min(colour & 255, (colour >> 8) & 255, (colour >> 16) & 255);

/** The colour that most of a page has; every few dots are enough to tell. */
function findGround(colours: Uint32Array): number {
  const counts = new Uint32Array(1 << 15);
  let [most, ground] = [0, 0];
  for (let at = 0; at < colours.length; at += groundStep) {
    const colour = colours[at] ?? 0;
    const key = ((colour & 0xf80000) >> 9) | ((colour & 0xf800) >> 6) | ((colour & 0xf8) >> 3);
    const count = (counts[key] ?? 0) + 1;
    counts[key] = count;
    if (count > most) [most, ground] = [count, colour];
  }
  return ground;
}

/** Whether nothing but text stands on a page: without it the page is white. */
export function hasOnlyText(pdfium: DrawingModule, page: number): boolean {
  if (pdfium._FPDFPage_GetAnnotCount(page) > 0) return false;
  let only = true;
  eachObject(pdfium, page, (_, kind) => {
    if (kind !== objectKinds.text) only = false;
  });
  return only;
}

function hideText(pdfium: DrawingModule, page: number): void {
  eachObject(pdfium, page, (object, kind) => {
    if (kind === objectKinds.text) pdfium._FPDFPageObj_SetIsActive(object, 0);
  });
}

/** Whether a form, or one within it, holds text. */
export function holdsText(pdfium: DrawingModule, form: number, depth = 0): boolean {
  const count = Math.min(mostObjects, pdfium._FPDFFormObj_CountObjects(form));
  for (let at = 0; at < count; at += 1) {
    const object = pdfium._FPDFFormObj_GetObject(form, at);
    const kind = pdfium._FPDFPageObj_GetType(object);
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
    const kind = pdfium._FPDFPageObj_GetType(object);
    take(object, kind);
    if (kind !== objectKinds.form || depth >= mostNested) return;
    const count = pdfium._FPDFFormObj_CountObjects(object);
    for (let at = 0; at < count && left > 0; at += 1) visit(pdfium._FPDFFormObj_GetObject(object, at), depth + 1);
  };
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count && left > 0; at += 1) visit(pdfium._FPDFPage_GetObject(page, at), 0);
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

interface DotBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
interface Squares {
  /** Whether a dot lies in a square that a picture reaches. */
  readonly covers: (at: number) => boolean;
  /** The share of all squares that a picture reaches and in which there is such a dot. */
  readonly share: (is: (at: number) => boolean) => number;
}

/** The squares of a page that its pictures reach, however many lie over one another. */
function coverSquares(size: { readonly width: number; readonly height: number }, pictures: readonly DotBox[]): Squares {
  const across = Math.ceil(size.width / cell);
  const covered = new Uint8Array(across * Math.ceil(size.height / cell));
  for (const { left, right, top, bottom } of pictures)
    for (let y = Math.floor(top / cell); y <= Math.floor(bottom / cell); y += 1)
      covered.fill(1, y * across + Math.floor(left / cell), y * across + Math.floor(right / cell) + 1);
  const squareOf = (at: number): number =>
    Math.floor(Math.floor(at / size.width) / cell) * across + Math.floor((at % size.width) / cell);
  const covers = (at: number): boolean => covered[squareOf(at)] === 1;
  const share = (is: (at: number) => boolean): number => {
    if (pictures.length === 0) return 0;
    const shown = new Set<number>();
    for (let at = 0; at < size.width * size.height; at += 1) if (is(at) && covers(at)) shown.add(squareOf(at));
    return shown.size / Math.max(1, covered.length);
  };
  return { covers, share };
}
