import { createHash } from "node:crypto";
import { type DrawnPage, dotsPerMm, type ShownGlyph } from "@chancery/domain/compare";
import type { ShownSize } from "./page-text.ts";
import {
  type DrawingModule,
  darkness,
  drawColours,
  eachObject,
  hasOnlyText,
  holdsText,
  isApart,
  objectKinds,
  opaqueWhite,
  type PageBox,
} from "./pdf-drawing.ts";
import { drawGlyphs, type ReadLetters } from "./pdf-glyphs.ts";

/** Dots along a side at the most; a larger page is not drawn. */
const mostDots = 4000;
/** How far, of 255, text stands out from paper to be read, and how much paler it is when something lies over it. */
const legible = 100;
const paler = 80;
/** Pictures in a hurry (FPDF_RENDER_NO_SMOOTHIMAGE), without fields and notes. */
const textFlags = 0x2000;

const empty = new Uint8Array(0);
/** A page with nothing but text on it has nothing that is drawn. */
const blankPage: DrawnPage = { width: 0, height: 0, ink: empty, text: empty, hidden: empty, pictures: [] };

/** How a page looks, and how each character of its text does. */
export interface PageLook {
  readonly drawn: DrawnPage;
  /** Names what is drawn besides the text: pages with the same name have the same drawn in the same places. */
  readonly name: string;
  /** Nothing may lie over its text, and all that was read shows. */
  readonly plain: boolean;
  readonly glyphs: readonly ShownGlyph[];
  /** Where its form fields are. */
  readonly fields: readonly PageBox[];
}
export interface LookOptions {
  /** An object's place in millimetres as the page is shown. */
  readonly boxOf: (object: number) => PageBox | null;
  readonly letters: readonly ReadLetters[];
  /** How dark its notes and form fields make the page, at `dotsPerMm`; null where it has none. */
  readonly notes: Uint8Array | null;
  readonly fields: readonly PageBox[];
  /** Whether it is asked how these letters look. */
  readonly wants: (letters: ReadLetters) => boolean;
  /** The page's text is drawn, too, where it is asked for or something may lie over it. */
  readonly asksText: boolean;
  /** Nothing else is drawn of a page with that name that shows all it says. */
  readonly isKnown: (name: string) => boolean;
}

/**
 * Draws a page without its text, its text alone, and, where that can tell more, as it is: what is drawn besides the text,
 * which text cannot be seen or has something over it, and how its characters look. Null where it is too large to be drawn.
 */
export function drawLayers(
  pdfium: DrawingModule,
  page: number,
  size: ShownSize & { readonly index: number },
  { boxOf, letters, notes, fields, wants, asksText, isKnown }: LookOptions,
): PageLook | null {
  const { width, height } = dotsOf(size);
  if (!isDrawable({ width, height })) return null;
  const onlyText = hasOnlyText(pdfium, page);
  const covers = !onlyText && canCover(pdfium, page, boxOf);
  const pictures = onlyText ? [] : listPictures(pdfium, page, boxOf);
  const show = (is: (kind: number) => boolean): void =>
    eachObject(pdfium, page, (object, kind) => {
      // What a form holds is shown or hidden by itself.
      if (kind !== objectKinds.form) pdfium._FPDFPageObj_SetIsActive(object, is(kind) ? 1 : 0);
    });
  const bitmap = pdfium._FPDFBitmap_Create(width, height, 0);
  if (bitmap === 0) return null;
  const draw = (flags?: number): Uint32Array => drawColours(pdfium, page, bitmap, width, height, flags);
  if (!onlyText) show((kind) => kind !== objectKinds.text);
  const bare = onlyText ? null : draw();
  if (!onlyText) show((kind) => kind === objectKinds.text);
  const glyphs = drawGlyphs(pdfium, page, size, letters, wants);
  const isPlain = !covers && glyphs?.unseen.length === 0;
  const shown = glyphs?.shown ?? [];
  if (isPlain && onlyText && !glyphs.unread && !notes) {
    pdfium._FPDFBitmap_Destroy(bitmap);
    return { drawn: blankPage, name: "", plain: true, glyphs: shown, fields };
  }
  const ink = new Uint8Array(width * height);
  for (let at = 0; at < ink.length; at += 1) {
    const drawn = bare?.[at] ?? opaqueWhite;
    const own = drawn !== opaqueWhite && isApart(drawn, opaqueWhite) ? darkness(drawn) : 0;
    ink[at] = Math.max(own, glyphs?.unread?.[at] ?? 0, notes?.[at] ?? 0);
  }
  const name = createHash("sha256").update(`${width} ${height}\n`).update(ink).digest("base64url");
  const look = { name, plain: isPlain, glyphs: shown, fields };
  if (glyphs && !(isPlain && isKnown(name))) {
    const written = covers ? draw(textFlags) : null;
    if (covers || asksText) show(() => true);
    const whole = covers || asksText ? draw() : null;
    const [text, hidden] = findHidden({ whole, bare, written, ink });
    for (const box of glyphs.unseen) {
      // What stands beyond the page's edge, where a larger paper shows it, is told at the edge.
      const on = (mm: number, most: number): number => Math.max(0, Math.min(most - 1, Math.round(mm * dotsPerMm)));
      const [left, right] = [on(box.x, width), on(box.x + box.width, width)];
      const [top, bottom] = [on(box.y, height), on(box.y + box.height, height)];
      // White words on a dark field are seen.
      for (let y = top; y < Math.max(bottom, top + 1); y += 1)
        for (let x = left; x < Math.max(right, left + 1); x += 1)
          if (ink[y * width + x] === 0) hidden[y * width + x] = 1;
    }
    pdfium._FPDFBitmap_Destroy(bitmap);
    return { ...look, drawn: { width, height, ink, text, hidden, pictures } };
  }
  pdfium._FPDFBitmap_Destroy(bitmap);
  return glyphs && { ...look, drawn: blankPage };
}

const dotsOf = (size: ShownSize): { width: number; height: number } => ({
  width: Math.ceil(size.widthMm * dotsPerMm),
  height: Math.ceil(size.heightMm * dotsPerMm),
});
const isDrawable = ({ width, height }: { width: number; height: number }): boolean =>
  width > 0 && height > 0 && Math.max(width, height) <= mostDots;

/** How a page's notes and form fields are made part of what it shows: as on the screen, and as on paper (FPDFPage_Flatten). */
const flattenFor = [0, 1] as const;

/**
 * What notes and form fields add to a page or cover of it, on the screen or on paper: their looks are drawings of their own, of
 * which no word is read (ISO 32000-2, 12.5.5). Afterwards they are part of the document's page. Null where there are none.
 */
export function drawNotes(
  pdfium: DrawingModule,
  open: () => number,
  size: ShownSize,
): { readonly notes: Uint8Array | null; readonly fields: readonly PageBox[] } | null {
  let page = open();
  if (page === 0) return null;
  if (pdfium._FPDFPage_GetAnnotCount(page) === 0) {
    pdfium._FPDF_ClosePage(page);
    return { notes: null, fields: [] };
  }
  const { width, height } = dotsOf(size);
  const bitmap = isDrawable({ width, height }) ? pdfium._FPDFBitmap_Create(width, height, 0) : 0;
  if (bitmap === 0) return null;
  const fields = listFormFields(pdfium, page, size);
  const bare = drawColours(pdfium, page, bitmap, width, height, textFlags);
  const notes = new Uint8Array(width * height);
  const add = (whole: Uint32Array): void => {
    for (let at = 0; at < notes.length; at += 1) {
      const [without, drawn] = [bare[at] ?? opaqueWhite, whole[at] ?? opaqueWhite];
      // What a white field covers is missing, which tells as much as ink.
      if (isApart(without, drawn)) notes[at] = Math.max(notes[at] ?? 0, darkness(drawn), darkness(without));
    }
  };
  // A note without a look of its own is given one where it is drawn, and none where it is made part of the page.
  add(drawColours(pdfium, page, bitmap, width, height));
  for (const use of flattenFor) {
    pdfium._FPDFPage_Flatten(page, use);
    pdfium._FPDF_ClosePage(page);
    page = open();
    if (page === 0) break;
    add(drawColours(pdfium, page, bitmap, width, height, textFlags));
  }
  if (page !== 0) pdfium._FPDF_ClosePage(page);
  pdfium._FPDFBitmap_Destroy(bitmap);
  return page === 0 ? null : { notes, fields };
}

/** The places of a page's form fields, in millimetres as the page is shown upright. */
function listFormFields(pdfium: DrawingModule, page: number, size: ShownSize): PageBox[] {
  const scratch = pdfium._malloc(16);
  const unit = size.widthMm / Math.max(1, pdfium._FPDF_GetPageWidthF(page));
  const fields: PageBox[] = [];
  const count = Math.min(mostFields, pdfium._FPDFPage_GetAnnotCount(page));
  for (let at = 0; at < count; at += 1) {
    const note = pdfium._FPDFPage_GetAnnot(page, at);
    if (note === 0) continue;
    if (pdfium._FPDFAnnot_GetSubtype(note) === formField && pdfium._FPDFAnnot_GetRect(note, scratch) !== 0) {
      // A rectangle of PDFium: left, top, right, bottom.
      const [left = 0, top = 0, right = 0, bottom = 0] = pdfium.HEAPF32.subarray(scratch >> 2, (scratch + 16) >> 2);
      fields.push({
        ...{ x: left * unit, y: size.heightMm - Math.max(top, bottom) * unit },
        ...{ width: (right - left) * unit, height: Math.abs(top - bottom) * unit },
      });
    }
    pdfium._FPDFPage_CloseAnnot(note);
  }
  pdfium._free(scratch);
  return fields;
}
/** FPDF_ANNOT_WIDGET. */
const formField = 20;
const mostFields = 1000;

/** The text that shows, and the text that something lies over. */
function findHidden(of: {
  whole: Uint32Array | null;
  bare: Uint32Array | null;
  written: Uint32Array | null;
  ink: Uint8Array;
}): [text: Uint8Array, hidden: Uint8Array] {
  const { whole, bare, written, ink } = of;
  const [text, hidden] = [new Uint8Array(ink.length), new Uint8Array(ink.length)];
  for (let at = 0; at < ink.length; at += 1) {
    const drawn = bare?.[at] ?? opaqueWhite;
    // Where nothing lies over text, it is what makes the difference.
    const [words, ground] = written ? [written[at] ?? opaqueWhite, opaqueWhite] : [whole?.[at] ?? drawn, drawn];
    if (words === ground || !isApart(words, ground, legible)) continue;
    text[at] = 1;
    if (written && isPaler(whole?.[at] ?? 0, words)) hidden[at] = 1;
  }
  return [text, hidden];
}

function listPictures(pdfium: DrawingModule, page: number, boxOf: (object: number) => PageBox | null): PageBox[] {
  const pictures: PageBox[] = [];
  eachObject(pdfium, page, (object, kind) => {
    if (kind !== objectKinds.image && kind !== objectKinds.shading) return;
    const box = pictures.length < mostPictures ? boxOf(object) : null;
    if (box) pictures.push(box);
  });
  return pictures;
}

/** Whether anything is drawn over a text and after it, as what covers it is. */
function canCover(pdfium: DrawingModule, page: number, boxOf: (object: number) => PageBox | null): boolean {
  if (pdfium._FPDFPage_GetAnnotCount(page) > 0) return true;
  const texts: PageBox[] = [];
  let left = mostPairs;
  const count = pdfium._FPDFPage_CountObjects(page);
  for (let at = 0; at < count; at += 1) {
    const object = pdfium._FPDFPage_GetObject(page, at);
    const kind = pdfium._FPDFPageObj_GetType(object);
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
const mostPictures = 200;
/** What is darker than the text is ink of its own and told as such. */
const isPaler = (drawn: number, words: number): boolean =>
  (drawn & 255) - (words & 255) > paler ||
  ((drawn >> 8) & 255) - ((words >> 8) & 255) > paler ||
  ((drawn >> 16) & 255) - ((words >> 16) & 255) > paler;
