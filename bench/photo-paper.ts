import type { Rgb } from "@chancery/printed-copy";
import type { Lot } from "./photo-random.ts";

/** What lies on the table: pixels to the millimetre and colours from 0 to 255. */
export interface Paper {
  readonly perMm: number;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Prints a page: toner spreads a little, is not quite black, and paper is not quite white. */
export function printPage(page: Rgb, perMm: number, lot: Lot): Paper {
  const { width, height } = page;
  const black = lot.between(18, 50);
  const white = [lot.between(243, 253), lot.between(242, 252), lot.between(236, 250)] as const;
  const spread = lot.between(0.85, 1.25);
  const tones = white.map((paper) =>
    Float32Array.from({ length: 256 }, (_, at) => black + (paper - black) * (at / 255) ** spread),
  );
  const data = new Uint8ClampedArray(width * height * 3);
  for (let at = 0; at < data.length; at += 3) {
    const grain = 1 + (lot.next() - 0.5) * 0.02;
    for (let c = 0; c < 3; c += 1) data[at + c] = (tones[c]?.[page.data[at + c] ?? 255] ?? 255) * grain;
  }
  return { perMm, width, height, data };
}

/** Ink over paper: what is under it shows through as through glass of its colour. */
export function inkOver(
  paper: Paper,
  x: number,
  y: number,
  share: number,
  ink: readonly [number, number, number],
): void {
  if (x < 0 || y < 0 || x >= paper.width || y >= paper.height || share <= 0) return;
  const at = (y * paper.width + x) * 3;
  for (let c = 0; c < 3; c += 1)
    paper.data[at + c] = (paper.data[at + c] ?? 0) * (1 - Math.min(1, share) * (1 - (ink[c] ?? 0) / 255));
}

/** A stroke of a pen through points in millimetres. */
function drawStroke(
  paper: Paper,
  points: readonly (readonly [number, number])[],
  ink: readonly [number, number, number],
  wideMm: number,
): void {
  const { perMm } = paper;
  const radius = (wideMm * perMm) / 2;
  const done = new Map<number, number>();
  for (let at = 1; at < points.length; at += 1) {
    const [[x0, y0], [x1, y1]] = [points[at - 1] as readonly [number, number], points[at] as readonly [number, number]];
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) * perMm * 2));
    for (let step = 0; step <= steps; step += 1) {
      const [cx, cy] = [(x0 + ((x1 - x0) * step) / steps) * perMm, (y0 + ((y1 - y0) * step) / steps) * perMm];
      for (let y = Math.floor(cy - radius - 1); y <= cy + radius + 1; y += 1)
        for (let x = Math.floor(cx - radius - 1); x <= cx + radius + 1; x += 1) {
          const share = Math.min(1, Math.max(0, radius + 0.5 - Math.hypot(x - cx, y - cy)));
          const key = y * paper.width + x;
          if (share > (done.get(key) ?? 0)) done.set(key, share);
        }
    }
  }
  for (const [key, share] of done) inkOver(paper, key % paper.width, Math.floor(key / paper.width), share * 0.9, ink);
}

const pens: readonly (readonly [number, number, number])[] = [
  [25, 25, 30],
  [35, 50, 140],
  [30, 60, 170],
];

/** Something written by hand in a place: loops as of a name. */
export function writeByHand(
  paper: Paper,
  place: { xMm: number; yMm: number; widthMm: number; heightMm: number },
  lot: Lot,
): void {
  const ink = lot.pick(pens);
  const wide = lot.between(0.35, 0.7);
  const letters = lot.whole(2, 4);
  for (let letter = 0; letter < letters; letter += 1) {
    const [left, width] = [place.xMm + (place.widthMm * letter) / letters, place.widthMm / letters];
    const knots = Array.from(
      { length: lot.whole(4, 7) },
      () => [left + lot.next() * width, place.yMm + lot.next() * place.heightMm] as const,
    );
    const points: [number, number][] = [];
    for (let at = 0; at + 1 < knots.length; at += 1) {
      const [p0, p1, p2, p3] = [
        knots[at - 1] ?? knots[at],
        knots[at],
        knots[at + 1],
        knots[at + 2] ?? knots[at + 1],
      ] as (readonly [number, number])[];
      if (!p0 || !p1 || !p2 || !p3) continue;
      for (let step = 0; step < 12; step += 1) {
        const t = step / 12;
        const along = (axis: 0 | 1): number =>
          0.5 *
          (2 * p1[axis] +
            (p2[axis] - p0[axis]) * t +
            (2 * p0[axis] - 5 * p1[axis] + 4 * p2[axis] - p3[axis]) * t * t +
            (3 * p1[axis] - p0[axis] - 3 * p2[axis] + p3[axis]) * t * t * t);
        points.push([along(0), along(1)]);
      }
    }
    drawStroke(paper, points, ink, wide);
  }
}
