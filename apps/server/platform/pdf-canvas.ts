import type { DrawingModule } from "./pdf-objects.ts";

export const opaqueWhite = 0xffffffff;
/** With the fields and notes that are shown (FPDF_ANNOT), and pictures in a hurry (FPDF_RENDER_NO_SMOOTHIMAGE). */
const withNotes = 0x1 | 0x2000;
/** Pictures in a hurry, without fields and notes. */
export const withoutNotes = 0x2000;

/** Paper that pages are drawn on, in PDFium's own memory: nothing of it is copied. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** Draws a page on white paper, or over what another canvas of that size shows. */
  draw(page: number, flags?: number, over?: Canvas): void;
  /** The colour of each dot from the top left, in one number. It counts until PDFium is asked for anything else. */
  colours(): Uint32Array;
  /** Whether a row is all white, which is told much faster than dot by dot. */
  isWhiteRow(y: number): boolean;
  close(): void;
}

let whiteRow = Buffer.alloc(0);

const bytesOfDot = 4;

/** A part of a larger page: where it lies on it and how large the whole is, in dots. */
export interface CanvasPart {
  readonly left: number;
  readonly top: number;
  readonly wholeWidth: number;
  readonly wholeHeight: number;
}

/** Paper for a page, or for a part of one. Null where there is no room for it. */
export function openCanvas(
  pdfium: DrawingModule,
  width: number,
  height: number,
  { left, top, wholeWidth, wholeHeight }: CanvasPart = { left: 0, top: 0, wholeWidth: width, wholeHeight: height },
): Canvas | null {
  const bitmap = width > 0 && height > 0 ? pdfium._FPDFBitmap_Create(width, height, 0) : 0;
  if (bitmap === 0) return null;
  const buffer = pdfium._FPDFBitmap_GetBuffer(bitmap);
  const row = width * bytesOfDot;
  if (whiteRow.length < row) whiteRow = Buffer.alloc(row, 0xff);
  return {
    ...{ width, height },
    draw: (page, flags = withNotes, over) => {
      if (over) new Uint32Array(pdfium.HEAPU8.buffer, buffer, width * height).set(over.colours());
      else pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, opaqueWhite);
      pdfium._FPDF_RenderPageBitmap(bitmap, page, -left, -top, wholeWidth, wholeHeight, 0, flags);
    },
    // Four bytes to a dot leave no gap between rows.
    colours: () => new Uint32Array(pdfium.HEAPU8.buffer, buffer, width * height),
    isWhiteRow: (y) => whiteRow.compare(pdfium.HEAPU8, buffer + y * row, buffer + (y + 1) * row, 0, row) === 0,
    close: () => pdfium._FPDFBitmap_Destroy(bitmap),
  };
}

/** How far, of 255, a dot differs from its ground to be seen by a reader. */
const visible = 20;
/** Whether a reader tells two dots apart: by the one of three colours that differs most, so that red stands out on black, too. */
export const isApart = (a: number, b: number, by = visible): boolean =>
  a !== b &&
  (Math.abs((a & 255) - (b & 255)) > by ||
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)) > by ||
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)) > by);
/** How far two dots are apart in the colour that differs most, 0 to 255. */
export const farthest = (a: number, b: number): number =>
  Math.max(
    Math.abs((a & 255) - (b & 255)),
    Math.abs(((a >> 8) & 255) - ((b >> 8) & 255)),
    Math.abs(((a >> 16) & 255) - ((b >> 16) & 255)),
  );

/** How far a dot stands out from white paper, 0 to 255. */
export const darkness = (colour: number): number =>
  255 - Math.min(colour & 255, (colour >> 8) & 255, (colour >> 16) & 255);
