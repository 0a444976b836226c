import { createHash } from "node:crypto";
import { type DrawnPage, dotsPerMm, type ShownGlyph } from "@chancery/domain/compare";
import type { ShownSize } from "./page-text.ts";
import { type Canvas, darkness, isApart, opaqueWhite, openCanvas, withoutNotes } from "./pdf-canvas.ts";
import { drawGlyphs, type ReadLetters } from "./pdf-glyphs.ts";
import {
  canCover,
  type DrawingModule,
  eachObject,
  hasOnlyText,
  objectKinds,
  type PageBox,
  show,
} from "./pdf-objects.ts";

/** Dots along a side at the most; a larger page is not drawn. */
const mostDots = 4000;
/** How far, of 255, text stands out from paper to be read, and how much paler it is when something lies over it. */
const legible = 100;
const paler = 80;

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
  const canvases: Canvas[] = [];
  const draw = (is: (kind: number) => boolean, flags?: number): Canvas => {
    const canvas = openCanvas(pdfium, width, height);
    if (canvas === null) throw new Error("there is no memory to draw a page");
    canvases.push(canvas);
    show(pdfium, page, is);
    canvas.draw(page, flags);
    return canvas;
  };
  const close = (): void => {
    for (const canvas of canvases) canvas.close();
  };
  const bare = onlyText ? null : draw((kind) => kind !== objectKinds.text);
  if (!onlyText) show(pdfium, page, (kind) => kind === objectKinds.text);
  const glyphs = drawGlyphs(pdfium, page, size, letters, wants);
  if (glyphs === null) {
    close();
    return null;
  }
  const isPlain = !covers && glyphs.unseen.length === 0;
  const look = { plain: isPlain, glyphs: glyphs.shown, fields };
  if (isPlain && onlyText && !glyphs.unread && !notes) return { ...look, drawn: blankPage, name: "" };
  const ink = measureInk(width * height, bare, [glyphs.unread, notes]);
  const name = nameInk(ink, width);
  if (isPlain && isKnown(name)) {
    close();
    return { ...look, name, drawn: blankPage };
  }
  const written = covers ? draw((kind) => kind === objectKinds.text, withoutNotes) : null;
  const whole = covers || asksText ? draw(() => true) : null;
  const [text, hidden] = findHidden(ink.length, whole?.colours(), bare?.colours(), written?.colours());
  for (const box of glyphs.unseen) {
    // What stands beyond the page's edge, where a larger paper shows it, is told at the edge.
    const on = (mm: number, most: number): number => Math.max(0, Math.min(most - 1, Math.round(mm * dotsPerMm)));
    const [left, right] = [on(box.x, width), on(box.x + box.width, width)];
    const [top, bottom] = [on(box.y, height), on(box.y + box.height, height)];
    // White words on a dark field are seen.
    for (let y = top; y < Math.max(bottom, top + 1); y += 1)
      for (let x = left; x < Math.max(right, left + 1); x += 1) if (ink[y * width + x] === 0) hidden[y * width + x] = 1;
  }
  close();
  return { ...look, name, drawn: { width, height, ink: ink.slice(), text, hidden, pictures } };
}

/** How far each dot stands out, on the page without its text and on what is laid over it. One page after the other, in the same memory. */
function measureInk(length: number, bare: Canvas | null, over: readonly (Uint8Array | null)[]): Uint8Array {
  if (inkOfPage.length < length) inkOfPage = new Uint8Array(length);
  const ink = inkOfPage.subarray(0, length).fill(0);
  if (bare) {
    const colours = bare.colours();
    for (let y = 0; y < bare.height; y += 1)
      for (let at = y * bare.width, end = bare.isWhiteRow(y) ? at : at + bare.width; at < end; at += 1) {
        const drawn = colours[at] ?? opaqueWhite;
        if (drawn !== opaqueWhite && isApart(drawn, opaqueWhite)) ink[at] = darkness(drawn);
      }
  }
  for (const layer of over)
    for (let at = 0; layer && at < length; at += 1) if ((layer[at] ?? 0) > (ink[at] ?? 0)) ink[at] = layer[at] ?? 0;
  return ink;
}
let inkOfPage = new Uint8Array(0);

/** Names what is drawn and where: its dots from the first that has ink to the last. */
function nameInk(ink: Uint8Array, width: number): string {
  let [from, to] = [0, ink.length];
  while (to > 0 && ink[to - 1] === 0) to -= 1;
  while (from < to && ink[from] === 0) from += 1;
  const size = `${width} ${ink.length} ${from} ${to}\n`;
  return createHash("sha256").update(size).update(ink.subarray(from, to)).digest("base64url");
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
 * which no word is read (ISO 32000-2, 12.5.5). The page is opened anew to look at them, and afterwards they are part of the
 * document's page. Its notes are null where it has none; all is null where they cannot be drawn.
 */
export function drawNotes(
  pdfium: DrawingModule,
  first: number,
  open: () => number,
  size: ShownSize,
): { readonly notes: Uint8Array | null; readonly fields: readonly PageBox[] } | null {
  if (pdfium._FPDFPage_GetAnnotCount(first) === 0) return { notes: null, fields: [] };
  const { width, height } = dotsOf(size);
  const [without, whole] = isDrawable({ width, height })
    ? [openCanvas(pdfium, width, height), openCanvas(pdfium, width, height)]
    : [null, null];
  let page = open();
  if (without === null || whole === null || page === 0) return null;
  const fields = listFormFields(pdfium, page, size);
  const notes = new Uint8Array(width * height);
  without.draw(page, withoutNotes);
  const add = (flags?: number): void => {
    whole.draw(page, flags);
    const [grounds, colours] = [without.colours(), whole.colours()];
    for (let at = 0; at < notes.length; at += 1) {
      const [ground, drawn] = [grounds[at] ?? opaqueWhite, colours[at] ?? opaqueWhite];
      // What a white field covers is missing, which tells as much as ink.
      if (ground !== drawn && isApart(ground, drawn))
        notes[at] = Math.max(notes[at] ?? 0, darkness(drawn), darkness(ground));
    }
  };
  // A note without a look of its own is given one where it is drawn, and none where it is made part of the page.
  add();
  for (const use of flattenFor) {
    pdfium._FPDFPage_Flatten(page, use);
    pdfium._FPDF_ClosePage(page);
    page = open();
    if (page === 0) break;
    add(withoutNotes);
  }
  if (page !== 0) pdfium._FPDF_ClosePage(page);
  without.close();
  whole.close();
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

/** The text that shows, and the text that something lies over; without `bare` the page without its text is white. */
function findHidden(
  length: number,
  whole: Uint32Array | undefined,
  bare: Uint32Array | undefined,
  written: Uint32Array | undefined,
): [text: Uint8Array, hidden: Uint8Array] {
  const [text, hidden] = [new Uint8Array(length), new Uint8Array(length)];
  // Where nothing lies over text, it is what makes the difference.
  const [over, under] = written ? [written, undefined] : [whole, bare];
  for (let at = 0; over && at < length; at += 1) {
    const words = over[at] ?? opaqueWhite;
    const ground = under ? (under[at] ?? opaqueWhite) : opaqueWhite;
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

const mostPictures = 200;
/** What is darker than the text is ink of its own and told as such. */
const isPaler = (drawn: number, words: number): boolean =>
  (drawn & 255) - (words & 255) > paler ||
  ((drawn >> 8) & 255) - ((words >> 8) & 255) > paler ||
  ((drawn >> 16) & 255) - ((words >> 16) & 255) > paler;
