import type { PdfBox, PdfPage } from "../reader/page-tree.ts";

/** Where a seal stands: millimetres from the top left of the page as it is shown (crop box, rotated). */
export type SealPlacement = {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
};

/** The widget's rectangle in user space, and the size and matrix of an appearance that stands upright on it. */
export type PlacedSeal = {
  readonly rectangle: PdfBox;
  /** Upright size in user space units: the form's /BBox is [0 0 width height]. */
  readonly width: number;
  readonly height: number;
  /** The form's /Matrix: turns the appearance against the page's rotation (ISO 32000-2, 12.5.5). */
  readonly matrix: readonly [number, number, number, number, number, number];
};

const POINTS_PER_MM = 72 / 25.4;

/** The page's size in millimetres as it is shown. */
export function shownSize(page: PdfPage): { widthMm: number; heightMm: number } {
  const { x0, y0, x1, y1 } = page.box;
  const across = ((x1 - x0) * page.userUnit) / POINTS_PER_MM;
  const up = ((y1 - y0) * page.userUnit) / POINTS_PER_MM;
  return page.rotation % 180 === 0 ? { widthMm: across, heightMm: up } : { widthMm: up, heightMm: across };
}

/** Where a rectangle of user space stands on the page as it is shown: the way back of `placeSeal`. */
export function shownPlace(page: PdfPage, { x0, y0, x1, y1 }: PdfBox): SealPlacement {
  const scale = POINTS_PER_MM / page.userUnit;
  const { box } = page;
  const at = (left: number, top: number, width: number, height: number): SealPlacement => ({
    ...{ xMm: left / scale, yMm: top / scale, widthMm: width / scale, heightMm: height / scale },
  });
  switch (page.rotation) {
    case 0:
      return at(x0 - box.x0, box.y1 - y1, x1 - x0, y1 - y0);
    case 90:
      return at(y0 - box.y0, x0 - box.x0, y1 - y0, x1 - x0);
    case 180:
      return at(box.x1 - x1, y0 - box.y0, x1 - x0, y1 - y0);
    case 270:
      return at(box.y1 - y1, box.x1 - x1, y1 - y0, x1 - x0);
  }
}

/** Turns millimetres on the shown page into user space, whatever the page's crop box, rotation and user unit are. */
export function placeSeal(page: PdfPage, placement: SealPlacement): PlacedSeal {
  const scale = POINTS_PER_MM / page.userUnit;
  const left = placement.xMm * scale;
  const top = placement.yMm * scale;
  const width = placement.widthMm * scale;
  const height = placement.heightMm * scale;
  const { x0, y0, x1, y1 } = page.box;
  const at = (x: number, y: number, w: number, h: number): PdfBox => ({ x0: x, y0: y, x1: x + w, y1: y + h });
  switch (page.rotation) {
    case 0:
      return { rectangle: at(x0 + left, y1 - top - height, width, height), width, height, matrix: [1, 0, 0, 1, 0, 0] };
    case 90:
      return { rectangle: at(x0 + top, y0 + left, height, width), width, height, matrix: [0, 1, -1, 0, height, 0] };
    case 180:
      return {
        rectangle: at(x1 - left - width, y0 + top, width, height),
        width,
        height,
        matrix: [-1, 0, 0, -1, width, height],
      };
    case 270:
      return {
        rectangle: at(x1 - top - height, y1 - left - width, height, width),
        width,
        height,
        matrix: [0, -1, 1, 0, 0, width],
      };
  }
}
