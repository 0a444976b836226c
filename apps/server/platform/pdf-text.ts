import type { TextRun } from "@chancery/domain";
import { type TurnedLine, writeTurnedLine } from "@chancery/domain/compare";
import type { DrawingModule, PageBox } from "./pdf-objects.ts";

/** The part of PDFium's C interface that reads a page's text. */
export interface TextModule extends DrawingModule {
  readonly wasmExports: DrawingModule["wasmExports"] & {
    FPDFText_GetTextObject(text: number, index: number): number;
    FPDFText_GetUnicode(text: number, index: number): number;
    FPDFText_GetCharOrigin(text: number, index: number, x: number, y: number): number;
    FPDFText_GetCharBox(text: number, index: number, left: number, right: number, bottom: number, top: number): number;
  };
  HEAPF64: Float64Array;
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
  _FPDFTextObj_GetFont(object: number): number;
  _FPDFTextObj_GetTextRenderMode(object: number): number;
  _FPDFText_GetCharAngle(text: number, index: number): number;
  _FPDFPageObj_GetBounds(object: number, left: number, bottom: number, right: number, top: number): number;
}

export const millimetre = 25.4 / 72;
/** Device units to a point, so that PDFium's whole numbers keep a tenth of a point. */
const fine = 20;
/** Points that are far enough apart for whole numbers to tell a page's scale. */
const span = 10_000;
const mostChars = 400_000;
/** Millimetres that letters are drawn into each other; what goes further back is drawn over the line, as on a form. */
const mostBack = 2;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
/** Characters that leave no ink: spaces of any kind, joiners, soft hyphens, fillers, the empty Braille cell. Ink of theirs was not read. */
const saysNothing = /^[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]$/u;

/** A character that shows, in millimetres from the top left of the page as it is shown. */
export interface PageCharacter {
  readonly text: string;
  /** Its number among all characters of the page. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Where it begins, and the line it stands on. */
  readonly originX: number;
  readonly baseline: number;
  /** Its font, and the text object that writes it, as long as the document is open. */
  readonly font: number;
  readonly object: number;
  /** Whether the file writes it to be seen, and not as the unseen text of a scan. */
  readonly written: boolean;
  /** Whether it stands as letters stand, and is not turned. */
  readonly upright: boolean;
  /** How far it is turned clockwise on the page as it is shown, in degrees from 0 to 360. */
  readonly turn: number;
}

/** From the page's own points to millimetres from the top left of the page as it is shown. */
export interface PagePlaces {
  readonly x: (x: number, y: number) => number;
  readonly y: (x: number, y: number) => number;
  /** The place between two corners. */
  readonly box: (left: number, bottom: number, right: number, top: number) => PageBox;
}

export function placesOn(pdfium: TextModule, page: number): PagePlaces {
  const width = pdfium._FPDF_GetPageWidthF(page);
  const height = pdfium._FPDF_GetPageHeightF(page);
  const scratch = pdfium._malloc(8);
  const device = (x: number, y: number): { x: number; y: number } => {
    const [across, down] = [Math.round(width * fine), Math.round(height * fine)];
    pdfium._FPDF_PageToDevice(page, 0, 0, across, down, 0, x, y, scratch, scratch + 4);
    return { x: pdfium.HEAP32[scratch >> 2] ?? 0, y: pdfium.HEAP32[(scratch >> 2) + 1] ?? 0 };
  };
  // The page is turned, moved and scaled as a whole: three points tell how, and each character is reckoned from them.
  const [zero, right, up] = [device(0, 0), device(span, 0), device(0, span)];
  pdfium._free(scratch);
  const unit = millimetre / fine;
  const shownX = (x: number, y: number): number =>
    (zero.x + ((right.x - zero.x) * x + (up.x - zero.x) * y) / span) * unit;
  const shownY = (x: number, y: number): number =>
    (zero.y + ((right.y - zero.y) * x + (up.y - zero.y) * y) / span) * unit;
  return {
    ...{ x: shownX, y: shownY },
    box: (left, bottom, right, top) => {
      const [ax, ay, bx, by] = [shownX(left, bottom), shownY(left, bottom), shownX(right, top), shownY(right, top)];
      return { x: Math.min(ax, bx), y: Math.min(ay, by), width: Math.abs(ax - bx), height: Math.abs(ay - by) };
    },
  };
}

/** The characters of a page's text in their order; `take` is told each with its number and its code point. */
function eachCharacter(pdfium: TextModule, page: number, take: (text: number, at: number, code: number) => void): void {
  const text = pdfium._FPDFText_LoadPage(page);
  if (text === 0) return;
  const count = Math.min(mostChars, pdfium._FPDFText_CountChars(text));
  for (let at = 0; at < count; at += 1) {
    const code = pdfium.wasmExports.FPDFText_GetUnicode(text, at);
    if (code > 0 && code <= 0x10ffff) take(text, at, code);
  }
  pdfium._FPDFText_ClosePage(text);
}

/** Four numbers of PDFium: where the box of a character is read to. */
function boxOfCharacter(pdfium: TextModule, places: PagePlaces, text: number, at: number, scratch: number): PageBox {
  pdfium.wasmExports.FPDFText_GetCharBox(text, at, scratch, scratch + 8, scratch + 16, scratch + 24);
  const heap = pdfium.HEAPF64;
  const from = scratch >> 3;
  return places.box(heap[from] ?? 0, heap[from + 2] ?? 0, heap[from + 1] ?? 0, heap[from + 3] ?? 0);
}

/** A character as the page's text has it, with those that leave no ink. */
export interface TextCharacter extends PageCharacter {
  readonly isSilent: boolean;
}

/** Every character of a page's text in its order, each with its exact place; spaces have none. One reading serves all that is asked of it. */
export function readText(pdfium: TextModule, page: number, places: PagePlaces): TextCharacter[] {
  const scratch = pdfium._malloc(48);
  const found: TextCharacter[] = [];
  let last = { object: -1, font: 0, written: true, upright: true, turn: 0 };
  const known = new Map<
    number,
    { readonly character: string; readonly isSilent: boolean; readonly isSpace: boolean }
  >();
  const say = (code: number) => {
    const character = String.fromCodePoint(code);
    return { character, isSilent: saysNothing.test(character), isSpace: character.trim() === "" };
  };
  eachCharacter(pdfium, page, (text, at, code) => {
    let said = known.get(code);
    if (said === undefined) {
      said = say(code);
      known.set(code, said);
    }
    const { character, isSilent, isSpace } = said;
    if (isSpace) {
      found.push({ ...nowhere, text: character, at, isSilent });
      return;
    }
    const { x, y, width, height } = boxOfCharacter(pdfium, places, text, at, scratch);
    pdfium.wasmExports.FPDFText_GetCharOrigin(text, at, scratch + 32, scratch + 40);
    const beginX = pdfium.HEAPF64[(scratch + 32) >> 3] ?? 0;
    const beginY = pdfium.HEAPF64[(scratch + 40) >> 3] ?? 0;
    const [originX, baseline] = [places.x(beginX, beginY), places.y(beginX, beginY)];
    const object = pdfium.wasmExports.FPDFText_GetTextObject(text, at);
    // All of an object stands as it does.
    if (object !== last.object || object === 0) {
      const angle = pdfium._FPDFText_GetCharAngle(text, at);
      last = {
        object,
        font: object === 0 ? 0 : pdfium._FPDFTextObj_GetFont(object),
        written: isWritten(pdfium, object),
        upright: Math.abs(Math.sin(angle / 2)) < slight,
        turn: turnOn(places, angle),
      };
    }
    const { font, written, upright, turn } = last;
    // Written out, with the members in the order of `nowhere`: one shape, made at once, for as many as there are.
    found.push({
      text: character,
      at,
      x,
      y,
      width,
      height,
      originX,
      baseline,
      font,
      object,
      written,
      upright,
      turn,
      isSilent,
    });
  });
  pdfium._free(scratch);
  return found;
}
const nowhere: TextCharacter = {
  ...{ text: "", at: 0, x: 0, y: 0, width: 0, height: 0, originX: 0, baseline: 0, font: 0, object: 0 },
  ...{ written: true, upright: true, turn: 0, isSilent: false },
};

/** Of an angle on the page's own paper, clockwise, the one on the page as it is shown, in degrees from 0 to 360. */
function turnOn(places: PagePlaces, angle: number): number {
  const [x, y] = [Math.cos(angle), -Math.sin(angle)];
  const turn = Math.atan2(places.y(x, y) - places.y(0, 0), places.x(x, y) - places.x(0, 0));
  return ((turn * 180) / Math.PI + 360) % 360;
}

/** Every character that leaves ink, with its exact place. */
export const readCharacters = (pdfium: TextModule, page: number): PageCharacter[] =>
  readText(pdfium, page, placesOn(pdfium, page)).filter(({ isSilent }) => !isSilent);

/** Of half an angle: about six degrees. */
const slight = 0.05;

/** Text rendering modes that draw nothing: unseen, and as a path to clip by (ISO 32000-2, table 104). */
const drawsNothing: ReadonlySet<number> = new Set([3, 7]);
const isWritten = (pdfium: TextModule, object: number): boolean =>
  object === 0 || !drawsNothing.has(pdfium._FPDFTextObj_GetTextRenderMode(object));

/** How many characters a page's file writes to be seen; the text of a scan is there unseen. */
export const countWritten = (text: readonly TextCharacter[]): number =>
  text.reduce((count, { isSilent, written }) => count + (!isSilent && written ? 1 : 0), 0);

/** The text of a page: what runs from left to right in pieces of lines, and the lines that do not. */
export function listRuns(
  text: readonly TextCharacter[],
  turned: readonly TurnedLine[],
  isLeftOut: (at: number) => boolean = () => false,
): TextRun[] {
  if (turned.length === 0) return joinRuns(text, isLeftOut);
  const own = new Set(turned.flatMap((line) => line.map(({ at }) => at)));
  const lines = turned.map((line) => line.filter(({ at }) => !isLeftOut(at))).filter((line) => line.length > 0);
  return [...joinRuns(text, (at) => own.has(at) || isLeftOut(at)), ...lines.map(writeTurnedLine)];
}

/** Pieces of lines, as the file holds them, without the characters that `isLeftOut` names by their numbers. */
export function joinRuns(text: readonly TextCharacter[], isLeftOut: (at: number) => boolean = () => false): TextRun[] {
  const runs: { text: string; x: number; y: number; width: number; height: number }[] = [];
  let fresh = true;
  for (const { text: character, at, x: left, y: top, width, height } of text) {
    if (character === "\n" || character === "\r") {
      fresh = true;
      continue;
    }
    if (isLeftOut(at)) continue;
    const last = runs.at(-1);
    if (character.trim() === "") {
      // PDFium makes up the spaces between words; they have no box of their own.
      if (last && !fresh) last.text += " ";
      continue;
    }
    const gap = last ? left - (last.x + last.width) : 0;
    const reach = Math.max(2, (last?.height ?? 0) * 2);
    const sameLine =
      last !== undefined &&
      !fresh &&
      Math.abs(top + height / 2 - (last.y + last.height / 2)) < reach / 2 + 1 &&
      gap < reach * 2 &&
      gap > (rightToLeft.test(character) ? -reach * 4 : -mostBack);
    if (last && sameLine) {
      last.text += character;
      const [x, y] = [Math.min(last.x, left), Math.min(last.y, top)];
      last.width = Math.max(last.x + last.width, left + width) - x;
      last.height = Math.max(last.y + last.height, top + height) - y;
      last.x = x;
      last.y = y;
    } else runs.push({ text: character, x: left, y: top, width, height });
    fresh = false;
  }
  return runs.map((run) => ({ ...run, text: run.text.trimEnd() }));
}

/** The place of an object in millimetres as the page is shown; null where it has none. */
export function boxOfObject(pdfium: TextModule, places: PagePlaces, object: number, scratch: number): PageBox | null {
  if (pdfium._FPDFPageObj_GetBounds(object, scratch, scratch + 4, scratch + 8, scratch + 12) === 0) return null;
  const [heap, from] = [pdfium.HEAPF32, scratch >> 2];
  return places.box(heap[from] ?? 0, heap[from + 1] ?? 0, heap[from + 2] ?? 0, heap[from + 3] ?? 0);
}
