import { halve, type Plane, sample } from "./plane.ts";
import { type Point, type Projection, project } from "./projection.ts";

/** A photo in one colour, and its halves, so that a coarse look reads few pixels. */
export type Pyramid = readonly Plane[];

export function buildPyramid(plane: Plane): Pyramid {
  const levels = [plane];
  for (let last = plane; Math.min(last.width, last.height) > 200 && levels.length < 5; ) {
    last = halve(last);
    levels.push(last);
  }
  return levels;
}

/** From millimetres on the page to pixels of the photo. */
export type PageMap = (xMm: number, yMm: number) => Point;
export const mapBy =
  (p: Projection): PageMap =>
  (x, y) =>
    project(p, x, y);

/** Dark places of the approved page, from 0 for paper to 1 for black, at some pixels to the millimetre. */
export interface InkPlane extends Plane {
  readonly perMm: number;
}

export interface BlockMatch {
  /** How far the photo shows the block from where the map has it, in millimetres. */
  readonly dx: number;
  readonly dy: number;
  /** Correlation there, up to 1. */
  readonly likeness: number;
  /** The best correlation elsewhere: lines of writing are like each other. */
  readonly second: number;
}

/**
 * Looks for a square of the page in the photo, around where the map expects it. Null where the square lies beyond the photo
 * or shows nothing to go by.
 */
export function matchBlock(
  ink: InkPlane,
  photo: Pyramid,
  map: PageMap,
  centre: Point,
  halfMm: number,
  searchMm: number,
): BlockMatch | null {
  const { perMm } = ink;
  const [half, search] = [Math.round(halfMm * perMm), Math.max(1, Math.ceil(searchMm * perMm))];
  const [cx, cy] = [Math.round(centre[0] * perMm), Math.round(centre[1] * perMm)];
  if (cx - half < 0 || cy - half < 0 || cx + half >= ink.width || cy + half >= ink.height) return null;
  const seen = readPatch(photo, map, [cx, cy], half + search, perMm);
  if (seen === null) return null;
  const side = 2 * half + 1;
  const count = side * side;
  const wide = 2 * (half + search) + 1;
  // Most of a page is bare paper, which adds nothing: only its ink is gone through, by where it lies in the patch.
  const [inked, places] = [new Float32Array(count), new Int32Array(count)];
  let [dots, sum, squares] = [0, 0, 0];
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const value = ink.data[(cy - half + y) * ink.width + cx - half + x] ?? 0;
      if (value === 0) continue;
      inked[dots] = value;
      places[dots] = y * wide + x;
      dots += 1;
      sum += value;
      squares += value * value;
    }
  const deviation = Math.sqrt(Math.max(0, squares - (sum * sum) / count));
  if (deviation < 0.02 * side) return null;
  const mean = sum / count;
  const steps = 2 * search + 1;
  const scores = new Float32Array(steps * steps);
  const { plain, square } = sumUp(seen, wide);
  const within = (sums: Float64Array, x: number, y: number): number => {
    const [top, bottom] = [y * (wide + 1) + x, (y + side) * (wide + 1) + x];
    return (sums[bottom + side] ?? 0) - (sums[bottom] ?? 0) - (sums[top + side] ?? 0) + (sums[top] ?? 0);
  };
  for (let sy = 0; sy < steps; sy += 1)
    for (let sx = 0; sx < steps; sx += 1) {
      const from = sy * wide + sx;
      let cross = 0;
      for (let at = 0; at < dots; at += 1) cross += (seen[from + (places[at] ?? 0)] ?? 0) * (inked[at] ?? 0);
      const total = within(plain, sx, sy);
      const spread = Math.sqrt(Math.max(1e-6, within(square, sx, sy) - (total * total) / count));
      scores[sy * steps + sx] = (cross - mean * total) / (spread * deviation);
    }
  return findPeak(scores, steps, search, perMm);
}

/** Sums of values and of their squares over all that lies above and to the left. */
function sumUp(values: Float32Array, wide: number): { plain: Float64Array; square: Float64Array } {
  const [plain, square] = [new Float64Array((wide + 1) ** 2), new Float64Array((wide + 1) ** 2)];
  for (let y = 0; y < wide; y += 1) {
    let [row, rowSquare] = [0, 0];
    for (let x = 0; x < wide; x += 1) {
      const value = values[y * wide + x] ?? 0;
      row += value;
      rowSquare += value * value;
      const at = (y + 1) * (wide + 1) + x + 1;
      plain[at] = (plain[at - wide - 1] ?? 0) + row;
      square[at] = (square[at - wide - 1] ?? 0) + rowSquare;
    }
  }
  return { plain, square };
}

function findPeak(scores: Float32Array, places: number, search: number, perMm: number): BlockMatch {
  let best = 0;
  for (let at = 1; at < scores.length; at += 1) if ((scores[at] ?? 0) > (scores[best] ?? 0)) best = at;
  const [bx, by] = [best % places, Math.floor(best / places)];
  const apart = 1.3 * perMm;
  let second = 0;
  for (let at = 0; at < scores.length; at += 1) {
    const score = scores[at] ?? 0;
    if (score > second && Math.hypot((at % places) - bx, Math.floor(at / places) - by) > apart) second = score;
  }
  const at = (x: number, y: number): number => scores[y * places + x] ?? 0;
  const top = scores[best] ?? 0;
  const between = (before: number, after: number): number => {
    const bend = before - 2 * top + after;
    return bend < -1e-9 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
  };
  const fx = bx > 0 && bx + 1 < places ? between(at(bx - 1, by), at(bx + 1, by)) : 0;
  const fy = by > 0 && by + 1 < places ? between(at(bx, by - 1), at(bx, by + 1)) : 0;
  return { dx: (bx - search + fx) / perMm, dy: (by - search + fy) / perMm, likeness: top, second };
}

/** Darkness of a square of the photo in the page's own pixels; null where more than its edge lies beyond the photo. */
function readPatch(photo: Pyramid, map: PageMap, [cx, cy]: Point, half: number, perMm: number): Float32Array | null {
  const [first] = photo;
  if (!first) return null;
  // Over a square of a few millimetres the map is as good as straight: three points of it are enough.
  const [ox, oy] = map(cx / perMm, cy / perMm);
  const [rx, ry] = map((cx + half) / perMm, cy / perMm);
  const [dx, dy] = map(cx / perMm, (cy + half) / perMm);
  const [ax, ay, bx, by] = [(rx - ox) / half, (ry - oy) / half, (dx - ox) / half, (dy - oy) / half];
  if (ox < 0 || oy < 0 || ox >= first.width || oy >= first.height) return null;
  const scale = Math.sqrt(Math.abs(ax * by - ay * bx));
  if (!(scale > 0.02 && scale < 200)) return null;
  let level = 0;
  while (level + 1 < photo.length && scale / 2 ** level > 1.5) level += 1;
  const plane = photo[level] ?? first;
  const shrink = 1 / 2 ** level;
  const side = 2 * half + 1;
  const patch = new Float32Array(side * side);
  for (let y = -half, at = 0; y <= half; y += 1)
    for (let x = -half; x <= half; x += 1, at += 1)
      patch[at] =
        255 - sample(plane, (ox + ax * x + bx * y + 0.5) * shrink - 0.5, (oy + ay * x + by * y + 0.5) * shrink - 0.5);
  return patch;
}
