import { findEdgeOutlines } from "./edge-outline.ts";
import { halve, type Plane } from "./plane.ts";
import type { Point } from "./projection.ts";

/** Corners of a sheet in a picture, clockwise as seen, from any of them. */
export type Outline = readonly [Point, Point, Point, Point];

/**
 * Where a sheet of paper may lie in a photo: bright areas around the middle whose edge four straight lines make. Several
 * are answered where light makes the limit between paper and table doubtful; a finger over a corner is passed over.
 */
export function findOutlines(photo: Plane): Outline[] {
  let small = photo;
  let scale = 1;
  while (Math.max(small.width, small.height) > 520) {
    small = halve(small);
    scale *= 2;
  }
  const found: { readonly outline: Outline; readonly fit: number }[] = [];
  for (const limit of listLimits(small)) {
    const area = fillFromMiddle(small, limit);
    if (area === null) continue;
    const outline = fitFourLines(area, small.width, small.height);
    if (outline !== null) found.push(outline);
  }
  const distinct: Outline[] = [];
  const byArea = found.sort((one, other) => other.fit - one.fit).map(({ outline }) => outline);
  for (const outline of [...byArea.slice(0, 3), ...findEdgeOutlines(small).map(({ corners }) => corners)]) {
    const isKnown = distinct.some((known) =>
      known.every(([x, y], at) => Math.hypot(x - (outline[at]?.[0] ?? 0), y - (outline[at]?.[1] ?? 0)) < 3),
    );
    if (!isKnown) distinct.push(outline);
  }
  const back = ([x, y]: Point): Point => [(x + 0.5) * scale - 0.5, (y + 0.5) * scale - 0.5];
  return distinct.map(([a, b, c, d]) => [back(a), back(b), back(c), back(d)]);
}

/** Limits of brightness between table and paper: Otsu's, and some towards the paper. */
function listLimits({ data }: Plane): number[] {
  const histogram = new Float64Array(256);
  for (const value of data) {
    const bin = Math.min(255, Math.max(0, Math.round(value)));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let [all, weighted] = [0, 0];
  histogram.forEach((count, value) => {
    all += count;
    weighted += count * value;
  });
  let [below, sum, best, limit] = [0, 0, -1, 128];
  for (let value = 0; value < 255; value += 1) {
    below += histogram[value] ?? 0;
    sum += (histogram[value] ?? 0) * value;
    if (below === 0 || below === all) continue;
    const [low, high] = [sum / below, (weighted - sum) / (all - below)];
    const between = below * (all - below) * (high - low) ** 2;
    if (between > best) [best, limit] = [between, value];
  }
  let [bright, top] = [0, 255];
  while (bright < all * 0.1) bright += histogram[top--] ?? 0;
  return [0, 0.2, 0.4, 0.6, -0.25].map((share) => limit + (share < 0 ? limit : top - limit) * share);
}

/** The bright pixels that hang together with those around the middle; writing inside does not part them. */
function fillFromMiddle({ width, height, data }: Plane, limit: number): Uint8Array | null {
  const filled = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let y = Math.floor(height * 0.4); y < height * 0.6; y += 3)
    for (let x = Math.floor(width * 0.4); x < width * 0.6; x += 3)
      if ((data[y * width + x] ?? 0) > limit) stack.push(y * width + x);
  let count = 0;
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (filled[at] || (data[at] ?? 0) <= limit) continue;
    filled[at] = 1;
    count += 1;
    const x = at % width;
    if (x > 0) stack.push(at - 1);
    if (x + 1 < width) stack.push(at + 1);
    if (at >= width) stack.push(at - width);
    if (at + width < filled.length) stack.push(at + width);
  }
  return count > width * height * 0.15 ? filled : null;
}

/** Four lines along the edge of an area: seen from each side, the first pixel of it. */
function fitFourLines(area: Uint8Array, width: number, height: number): { outline: Outline; fit: number } | null {
  const sides: Point[][] = [[], [], [], []];
  const first = (from: number, step: number, count: number): number => {
    for (let at = 0; at < count; at += 1) {
      // Two in a row, for single ones are noise.
      if (area[from + at * step] && area[from + (at + 1) * step]) return at;
    }
    return -1;
  };
  for (let x = 0; x < width; x += 1) {
    const top = first(x, width, height - 1);
    if (top < 0) continue;
    sides[0]?.push([x, top - 0.5]);
    sides[2]?.push([x, height - 1 - first((height - 1) * width + x, -width, height - 1) + 0.5]);
  }
  for (let y = 0; y < height; y += 1) {
    const left = first(y * width, 1, width - 1);
    if (left < 0) continue;
    sides[3]?.push([left - 0.5, y]);
    sides[1]?.push([width - 1 - first(y * width + width - 1, -1, width - 1) + 0.5, y]);
  }
  const lines = sides.map((points, side) => fitLine(points, side % 2 === 0));
  const [top, right, bottom, left] = lines;
  if (!top || !right || !bottom || !left) return null;
  const corners = [cross(left, top), cross(top, right), cross(right, bottom), cross(bottom, left)];
  const [a, b, c, d] = corners;
  if (!a || !b || !c || !d) return null;
  const margin = 0.25;
  for (const [x, y] of [a, b, c, d])
    if (x < -width * margin || y < -height * margin || x > width * (1 + margin) || y > height * (1 + margin))
      return null;
  const size = Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])) / 2;
  if (size < width * height * 0.12) return null;
  return { outline: [a, b, c, d], fit: top.share + right.share + bottom.share + left.share };
}

interface Line {
  /** a x + b y = c, with a² + b² = 1. */
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** How many of the points lie on it. */
  readonly share: number;
}

/** The line on which most points lie, found by trying pairs at fixed steps, then drawn through all that lie on it. */
function fitLine(points: readonly Point[], isLevel: boolean): Line | null {
  if (points.length < 30) return null;
  let best: Line | null = null;
  const near = 1.2;
  for (let one = 0; one < 24; one += 1)
    for (let other = one + 6; other < 24; other += 1) {
      const [p, q] = [
        points[Math.floor(((one + 0.5) / 24) * points.length)],
        points[Math.floor(((other + 0.5) / 24) * points.length)],
      ];
      if (!p || !q) continue;
      const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
      if (isLevel ? Math.abs(dy) > Math.abs(dx) : Math.abs(dx) > Math.abs(dy)) continue;
      const length = Math.hypot(dx, dy);
      if (length < 1) continue;
      const [a, b] = [-dy / length, dx / length];
      const c = a * p[0] + b * p[1];
      let on = 0;
      for (const [x, y] of points) if (Math.abs(a * x + b * y - c) < near) on += 1;
      if (!best || on > best.share) best = { a, b, c, share: on };
    }
  if (!best) return null;
  const { a, b, c } = best;
  const on = points.filter(([x, y]) => Math.abs(a * x + b * y - c) < near * 1.5);
  const [mx, my] = [on.reduce((sum, [x]) => sum + x, 0) / on.length, on.reduce((sum, [, y]) => sum + y, 0) / on.length];
  let [sxx, sxy, syy] = [0, 0, 0];
  for (const [x, y] of on) {
    sxx += (x - mx) ** 2;
    sxy += (x - mx) * (y - my);
    syy += (y - my) ** 2;
  }
  const along = 0.5 * Math.atan2(2 * sxy, sxx - syy);
  const [na, nb] = [-Math.sin(along), Math.cos(along)];
  return { a: na, b: nb, c: na * mx + nb * my, share: on.length / points.length };
}

function cross(one: Line, other: Line): Point | null {
  const determinant = one.a * other.b - other.a * one.b;
  if (Math.abs(determinant) < 0.2) return null;
  return [(one.c * other.b - other.c * one.b) / determinant, (one.a * other.c - other.a * one.c) / determinant];
}
