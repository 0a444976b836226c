import { comparedPerMm } from "./page-reference.ts";
import { halve, type Plane } from "./plane.ts";

/** Pixels to the millimetre that letters are compared with: half of what a page is. */
const perMm = comparedPerMm / 2;
/** Half the side of a place of a letter's size, in pixels. */
const half = Math.round(1.6 * perMm);
/** How far rubber and paper may have put a letter aside, in pixels. */
const reach = Math.round(0.75 * perMm);
/** A place with less in it says nothing: neither bare paper nor the middle of a rim. */
const leastSpread = 0.05;
/** Of the ink that a place should have, what was printed of it at the least, for it to be compared. */
const leastPrinted = 0.75;
/** Of a place, what may be hidden. */
const mostHidden = 0.15;

/**
 * How like the least like place of an impression is to the face, place by place of a letter's size: the correlation of both,
 * each put aside to where it fits best; 1 where every place is as it should be, and where nothing can be compared. A face
 * with one other letter is like as a whole and unlike in one place. Where little ink was printed nothing is told.
 */
export function leastLike(printed: Plane, face: Plane, hidden: Uint8Array): number {
  const veil: Plane = { ...face, data: Float32Array.from(hidden) };
  const [seen, should, covered] = [halve(printed), halve(face), halve(veil)];
  const { width, height } = should;
  const area = (2 * half + 1) ** 2;
  const sums = {
    seen: sumUp(seen, (at) => seen.data[at] ?? 0),
    seenSquares: sumUp(seen, (at) => (seen.data[at] ?? 0) ** 2),
    should: sumUp(should, (at) => should.data[at] ?? 0),
    shouldSquares: sumUp(should, (at) => (should.data[at] ?? 0) ** 2),
    covered: sumUp(covered, (at) => covered.data[at] ?? 0),
  };
  const meanOf = (sum: Float64Array, x: number, y: number): number => sumAround(sum, width, x, y) / area;
  const places: { x: number; y: number; mean: number; spread: number; best: number }[] = [];
  const edge = half + reach;
  for (let y = edge; y < height - edge; y += 1)
    for (let x = edge; x < width - edge; x += 1) {
      const mean = meanOf(sums.should, x, y);
      const spread = meanOf(sums.shouldSquares, x, y) - mean * mean;
      if (spread < leastSpread || meanOf(sums.covered, x, y) > mostHidden) continue;
      if (meanOf(sums.seen, x, y) < leastPrinted * mean) continue;
      places.push({ x, y, mean, spread, best: -1 });
    }
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      if (Math.hypot(dx, dy) > reach + 0.2) continue;
      const aside = dy * width + dx;
      const products = sumUp(should, (at) => (should.data[at] ?? 0) * (seen.data[at + aside] ?? 0));
      for (const place of places) {
        const { x, y, mean, spread } = place;
        const other = meanOf(sums.seen, x + dx, y + dy);
        const otherSpread = Math.max(0.01, meanOf(sums.seenSquares, x + dx, y + dy) - other * other);
        const like = (meanOf(products, x, y) - mean * other) / Math.sqrt(spread * otherSpread);
        if (like > place.best) place.best = like;
      }
    }
  return places.reduce((least, { best }) => Math.min(least, best), 1);
}

/** Sums of all values above and to the left of each pixel, so that the sum of any rectangle takes four of them. */
function sumUp({ width, height }: Plane, valueAt: (at: number) => number): Float64Array {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0, at = 0; y < height; y += 1) {
    let row = 0;
    for (let x = 0, to = (y + 1) * (width + 1) + 1; x < width; x += 1, at += 1, to += 1) {
      row += valueAt(at);
      sums[to] = (sums[to - width - 1] ?? 0) + row;
    }
  }
  return sums;
}

/** Of the place of a letter's size around a pixel. */
function sumAround(sums: Float64Array, width: number, x: number, y: number): number {
  const [above, below] = [(y - half) * (width + 1), (y + half + 1) * (width + 1)];
  const [left, right] = [x - half, x + half + 1];
  return (
    (sums[below + right] ?? 0) - (sums[below + left] ?? 0) - (sums[above + right] ?? 0) + (sums[above + left] ?? 0)
  );
}
