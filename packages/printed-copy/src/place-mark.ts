import type { Grey } from "./picture.ts";

/** What has to stand on a page: the code as a square of modules, and lines of text beside it. */
export interface MarkToPlace {
  /** Modules of a side, the quiet zone of four on each side included. */
  readonly modules: number;
  readonly lines: readonly string[];
  /** How wide a line is in units of its size. */
  measure(line: string): number;
}

export interface PlacedMark {
  /** Of the code's quiet zone, from the top left of the page as it is shown. */
  readonly xMm: number;
  readonly yMm: number;
  readonly moduleMm: number;
  readonly lines: readonly {
    readonly xMm: number;
    readonly baselineMm: number;
    readonly sizeMm: number;
    readonly text: string;
  }[];
  /** What the page's own content is drawn smaller by, from the middle of its top edge, to leave room; 1 for not at all. */
  readonly shrink: number;
}

/** Large modules are read from farther; the smallest is four dots of a printer of 254 to the inch. */
const moduleSizes = [0.5, 0.45, 0.4];
/** Printers leave an edge of some four millimetres; the quiet zone may lie in it, text may not. */
const edge = { code: 3, text: 5 };
/** What is darker than that is no ground for a code, by the darkest of its three colours. */
const ground = 235;
const [textSize, lineHeight, gap] = [2.1, 2.9, 1] as const;

/**
 * Finds white paper for code and text: a corner, the lower right one first, as many pages are held by their upper left.
 * Nothing that was approved is ever covered: where no corner is free the page is drawn smaller above a strip. `page` is the
 * page drawn at `perMm` pixels, by the darkest of its colours.
 */
export function placeMark(page: Grey, perMm: number, mark: MarkToPlace): PlacedMark {
  const [width, height] = [page.width / perMm, page.height / perMm];
  const isFree = freeOn(page, perMm);
  for (const moduleMm of moduleSizes) {
    const side = mark.modules * moduleMm;
    for (const [right, lower] of [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ] as const) {
      // A little further in, where the edge itself has a line or a shadow of the scanner.
      for (const inset of [0, 2, 4]) {
        const xMm = right ? width - edge.code - inset - side : edge.code + inset;
        const yMm = lower ? height - edge.code - inset - side : edge.code + inset;
        if (!isFree(xMm, yMm, side, side)) continue;
        const lines = placeLines(mark, { xMm, yMm, side, right }, { width, height, isFree });
        if (lines) return { xMm, yMm, moduleMm, lines, shrink: 1 };
      }
    }
  }
  return placeBelow(mark, width, height);
}

type Free = (xMm: number, yMm: number, widthMm: number, heightMm: number) => boolean;

/** Beside the code: one under the other, or in one line at any height of it, or above or below it towards the page's middle. */
function placeLines(
  mark: MarkToPlace,
  code: { readonly xMm: number; readonly yMm: number; readonly side: number; readonly right: boolean },
  on: { readonly width: number; readonly height: number; readonly isFree: Free },
): PlacedMark["lines"] | null {
  const joined = mark.lines.join("   ");
  for (const lines of [mark.lines, [joined]]) {
    const wide = Math.max(...lines.map((line) => mark.measure(line))) * textSize;
    const high = lines.length * lineHeight;
    const beside = code.right ? code.xMm - gap - wide : code.xMm + code.side + gap;
    const along = code.right ? code.xMm + code.side - wide - 2 : code.xMm + 2;
    const places: (readonly [number, number])[] = [];
    for (let y = code.yMm + code.side - high - 2; y >= code.yMm; y -= 1) places.push([beside, y]);
    places.push([along, code.yMm - high - gap], [along, code.yMm + code.side + gap]);
    for (const [x, y] of places) {
      const isOn =
        x >= edge.text && x + wide <= on.width - edge.text && y >= edge.text && y + high <= on.height - edge.text;
      if (isOn && on.isFree(x, y, wide, high)) return writeLines(lines, x, y);
    }
  }
  return null;
}

function placeBelow(mark: MarkToPlace, width: number, height: number): PlacedMark {
  const moduleMm = 0.5;
  const side = mark.modules * moduleMm;
  const [xMm, yMm] = [width - edge.code - side, height - edge.code - side];
  const widest = Math.max(...mark.lines.map((line) => mark.measure(line)));
  const sizeMm = Math.min(textSize, (xMm - gap - edge.text) / widest);
  return {
    ...{ xMm, yMm, moduleMm },
    lines: writeLines(mark.lines, Math.max(edge.text, xMm - gap - widest * sizeMm), yMm + 4, sizeMm),
    shrink: Math.max(0.5, (yMm - 1) / height),
  };
}

function writeLines(
  lines: readonly string[],
  xMm: number,
  yMm: number,
  sizeMm: number = textSize,
): PlacedMark["lines"] {
  const step = (lineHeight * sizeMm) / textSize;
  return lines.map((text, at) => ({ xMm, baselineMm: yMm + at * step + step * 0.75, sizeMm, text }));
}

/** Whether a place is white all over, by sums over the page. */
function freeOn(page: Grey, perMm: number): Free {
  const { width, height, data } = page;
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0; x < width; x += 1) {
      if ((data[y * width + x] ?? 0) < ground) row += 1;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  return (xMm, yMm, widthMm, heightMm) => {
    const [left, top] = [Math.floor(xMm * perMm), Math.floor(yMm * perMm)];
    const [right, bottom] = [Math.ceil((xMm + widthMm) * perMm), Math.ceil((yMm + heightMm) * perMm)];
    if (left < 0 || top < 0 || right > width || bottom > height) return false;
    const at = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0;
    return at(right, bottom) - at(left, bottom) - at(right, top) + at(left, top) === 0;
  };
}
