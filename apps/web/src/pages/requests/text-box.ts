import type { Box } from "./placement.ts";

/** A run of text as the reader of PDFs gives it: its matrix, and its length and height in the page's own units. */
export interface TextItem {
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly vertical?: boolean;
}

/** Below the line of writing hang a fifth of the height: g, y, commas. */
const BELOW = 0.2;

/**
 * The upright box around a run on the page as it is shown, whichever way the page or the run is turned. `toPage` takes a
 * point of the page's own space to millimetres.
 */
export function boxOfText(item: TextItem, toPage: (x: number, y: number) => readonly number[]): Box {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform;
  const along = unit(a, b);
  const up = unit(c, d);
  // Vertical writing hangs from its point, centred; horizontal writing stands on it.
  const [start, end] = item.vertical ? [-item.width / 2, item.width / 2] : [0, item.width];
  const [low, high] = item.vertical ? [-item.height, 0] : [-item.height * BELOW, item.height * (1 - BELOW)];
  const corners = [start, end].flatMap((x) =>
    [low, high].map((y) => toPage(e + along.x * x + up.x * y, f + along.y * x + up.y * y)),
  );
  const xs = corners.map(([x = 0]) => x);
  const ys = corners.map(([, y = 0]) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function unit(x: number, y: number): { readonly x: number; readonly y: number } {
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}
