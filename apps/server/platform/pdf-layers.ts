import { type DrawnPage, dotsPerMm } from "@chancery/domain/compare";
import type { ShownSize } from "./page-text.ts";
import {
  type DrawingModule,
  drawColours,
  eachObject,
  hasOnlyText,
  isApart,
  objectKinds,
  opaqueWhite,
  type PageBox,
} from "./pdf-drawing.ts";

/** Dots along a side at the most; a larger page is not drawn. */
const mostDots = 4000;
/** How far, of 255, text stands out from paper to be read, and how much paler it is when something lies over it. */
const legible = 100;
const paler = 80;
/** Pictures in a hurry (FPDF_RENDER_NO_SMOOTHIMAGE), without fields and notes. */
const textFlags = 0x2000;

/** A colour of which every part is at least that is paper's own; what is as transparent as that shows nothing. */
const palest = 235;
const leastOpaque = 20;
/** Ways of drawing text that leave nothing on the page (ISO 32000-2, table 104): invisible, and only to cut off by. */
const unseenModes: ReadonlySet<number> = new Set([3, 7]);
const mostPale = 1000;

/** What of PDFium's interface tells the colour of text. */
export interface LayersModule extends DrawingModule {
  _FPDFPageObj_GetFillColor(object: number, red: number, green: number, blue: number, alpha: number): number;
  _FPDFTextObj_GetTextRenderMode(text: number): number;
}

/** Where text stands that shows nothing by itself: words that only programs read among others that people read. */
function listPaleText(pdfium: LayersModule, page: number, boxOf: (object: number) => PageBox | null): PageBox[] {
  const scratch = pdfium._malloc(16);
  const boxes: PageBox[] = [];
  eachObject(pdfium, page, (object, kind) => {
    if (kind !== objectKinds.text || boxes.length >= mostPale) return;
    const isTold = pdfium._FPDFPageObj_GetFillColor(object, scratch, scratch + 4, scratch + 8, scratch + 12) !== 0;
    const [red = 0, green = 0, blue = 0, alpha = 0] = pdfium.HEAP32.subarray(scratch >> 2, (scratch + 16) >> 2);
    const isPale = isTold && (Math.min(red, green, blue) >= palest || alpha <= leastOpaque);
    const box = isPale || unseenModes.has(pdfium._FPDFTextObj_GetTextRenderMode(object)) ? boxOf(object) : null;
    if (box && box.width > 0 && box.height > 0) boxes.push(box);
  });
  pdfium._free(scratch);
  return boxes;
}

const empty = new Uint8Array(0);
/** A page with nothing but text on it has nothing that is drawn. */
export const blankPage: DrawnPage = { width: 0, height: 0, ink: empty, text: empty, hidden: empty, pictures: [] };

/**
 * Draws a page as it is, without its text, and its text alone: what is drawn besides the text, and which text something lies
 * over. Its text is drawn where it is asked for, or something may lie over it. `boxOf` tells an object's place in millimetres as the page is shown. The page shows only text afterwards. Null where it
 * is too large to be drawn.
 */
export function drawLayers(
  pdfium: LayersModule,
  page: number,
  { widthMm, heightMm }: ShownSize,
  boxOf: (object: number) => PageBox | null,
  asksText: boolean,
): DrawnPage | null {
  const pale = listPaleText(pdfium, page, boxOf);
  if (pale.length === 0 && hasOnlyText(pdfium, page)) return blankPage;
  const [width, height] = [Math.ceil(widthMm * dotsPerMm), Math.ceil(heightMm * dotsPerMm)];
  if (!(width > 0 && height > 0 && Math.max(width, height) <= mostDots)) return null;
  const bitmap = pdfium._FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) return null;
  const show = (is: (kind: number) => boolean): void =>
    eachObject(pdfium, page, (object, kind) => {
      // What a form holds is shown or hidden by itself.
      if (kind !== objectKinds.form) pdfium._FPDFPageObj_SetIsActive(object, is(kind) ? 1 : 0);
    });
  const covers = canCover(pdfium, page);
  const whole = covers || asksText ? drawColours(pdfium, page, bitmap, width, height) : null;
  show((kind) => kind !== objectKinds.text);
  const bare = drawColours(pdfium, page, bitmap, width, height);
  if (covers) show((kind) => kind === objectKinds.text);
  const written = covers ? drawColours(pdfium, page, bitmap, width, height, textFlags) : null;
  pdfium._FPDFBitmap_Destroy(bitmap);
  const [ink, text, hidden] = [0, 1, 2].map(() => new Uint8Array(width * height)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  for (let at = 0; at < ink.length; at += 1) {
    const drawn = bare[at] ?? opaqueWhite;
    if (drawn !== opaqueWhite && isApart(drawn, opaqueWhite)) ink[at] = darkness(drawn);
    // Where nothing lies over text, it is what makes the difference.
    const [words, ground] = written ? [written[at] ?? opaqueWhite, opaqueWhite] : [whole?.[at] ?? drawn, drawn];
    if (words === ground || !isApart(words, ground, legible)) continue;
    text[at] = 1;
    if (written && isPaler(whole?.[at] ?? 0, words)) hidden[at] = 1;
  }
  for (const box of pale) {
    const on = (mm: number, most: number): number => Math.max(0, Math.min(most, Math.round(mm * dotsPerMm)));
    const [left, right] = [on(box.x, width), on(box.x + box.width, width)];
    // White words on a dark field are seen.
    for (let y = on(box.y, height); y < on(box.y + box.height, height); y += 1)
      for (let x = left; x < right; x += 1) if (ink[y * width + x] === 0) hidden[y * width + x] = 1;
  }
  const pictures: PageBox[] = [];
  eachObject(pdfium, page, (object, kind) => {
    if (kind !== objectKinds.image && kind !== objectKinds.shading) return;
    const box = pictures.length < mostPictures ? boxOf(object) : null;
    if (box) pictures.push(box);
  });
  return { width, height, ink, text, hidden, pictures };
}

/** Whether anything is drawn after a text, as what covers it is. */
function canCover(pdfium: DrawingModule, page: number): boolean {
  if (pdfium._FPDFPage_GetAnnotCount(page) > 0) return true;
  let [hasText, covers] = [false, false];
  eachObject(pdfium, page, (_, kind) => {
    if (kind === objectKinds.text) hasText = true;
    else if (kind !== objectKinds.form) covers ||= hasText;
  });
  return covers;
}

const mostPictures = 200;
const darkness = (colour: number): number => 255 - Math.min(colour & 255, (colour >> 8) & 255, (colour >> 16) & 255);
/** What is darker than the text is ink of its own and told as such. */
const isPaler = (drawn: number, words: number): boolean =>
  (drawn & 255) - (words & 255) > paler ||
  ((drawn >> 8) & 255) - ((words >> 8) & 255) > paler ||
  ((drawn >> 16) & 255) - ((words >> 16) & 255) > paler;
