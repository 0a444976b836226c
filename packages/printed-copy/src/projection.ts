export type Point = readonly [x: number, y: number];

/** A projective map of the plane: (a x + b y + c, d x + e y + f) / (g x + h y + 1). */
export interface Projection {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
  readonly g: number;
  readonly h: number;
}

export function project(p: Projection, x: number, y: number): Point {
  const w = p.g * x + p.h * y + 1;
  return [(p.a * x + p.b * y + p.c) / w, (p.d * x + p.e * y + p.f) / w];
}

/** A pair of points that belong together, and how much it counts. */
export interface Pair {
  readonly from: Point;
  readonly to: Point;
  readonly weight: number;
}

/**
 * The projection that takes the pairs' points to each other as nearly as can be, by Gauss and Newton. Points that lie close
 * together say little of the perspective far from them: `stiffness` holds it to what it was before (`near`), in squared
 * pixels for a perspective of one in a thousand a unit.
 */
export function fitProjection(pairs: readonly Pair[], near: Projection, stiffness: number): Projection {
  // Reckoned from the middle of the points, where the figures are of one size.
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const cx = pairs.reduce((sum, { from, weight }) => sum + from[0] * weight, 0) / total;
  const cy = pairs.reduce((sum, { from, weight }) => sum + from[1] * weight, 0) / total;
  let p = moveOrigin(near, cx, cy);
  const [g0, h0] = [p.g, p.h];
  for (let round = 0; round < 6; round += 1) {
    const matrix = Array.from({ length: 8 }, () => new Float64Array(9));
    for (const { from, to, weight } of pairs) {
      const [x, y] = [from[0] - cx, from[1] - cy];
      const w = p.g * x + p.h * y + 1;
      const [u, v] = [(p.a * x + p.b * y + p.c) / w, (p.d * x + p.e * y + p.f) / w];
      addRow(matrix, [x / w, y / w, 1 / w, 0, 0, 0, (-u * x) / w, (-u * y) / w], to[0] - u, weight);
      addRow(matrix, [0, 0, 0, x / w, y / w, 1 / w, (-v * x) / w, (-v * y) / w], to[1] - v, weight);
    }
    const held = stiffness * 1e6;
    addRow(matrix, [0, 0, 0, 0, 0, 0, 1, 0], g0 - p.g, held);
    addRow(matrix, [0, 0, 0, 0, 0, 0, 0, 1], h0 - p.h, held);
    const step = solve(matrix);
    if (step === null) break;
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = step;
    p = { a: p.a + a, b: p.b + b, c: p.c + c, d: p.d + d, e: p.e + e, f: p.f + f, g: p.g + g, h: p.h + h };
    if (Math.abs(c) + Math.abs(f) < 1e-4 && Math.abs(g) + Math.abs(h) < 1e-9) break;
  }
  return moveOrigin(p, -cx, -cy);
}

/** The projection through four pairs of points. */
export function fitCorners(from: readonly Point[], to: readonly Point[]): Projection | null {
  const matrix = Array.from({ length: 8 }, () => new Float64Array(9));
  from.forEach(([x, y], at) => {
    const [u, v] = to[at] ?? [0, 0];
    addRow(matrix, [x, y, 1, 0, 0, 0, -u * x, -u * y], u, 1);
    addRow(matrix, [0, 0, 0, x, y, 1, -v * x, -v * y], v, 1);
  });
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = solve(matrix) ?? [];
  const p = { a, b, c, d, e, f, g, h };
  return Object.values(p).every(Number.isFinite) && a * e - b * d !== 0 ? p : null;
}

/** The same map, of points that are given from another origin. */
function moveOrigin(p: Projection, x: number, y: number): Projection {
  const w = p.g * x + p.h * y + 1;
  const [c, f] = [(p.a * x + p.b * y + p.c) / w, (p.d * x + p.e * y + p.f) / w];
  return { a: p.a / w, b: p.b / w, c, d: p.d / w, e: p.e / w, f, g: p.g / w, h: p.h / w };
}

/** Adds an equation to normal equations. */
function addRow(matrix: Float64Array[], row: readonly number[], right: number, weight: number): void {
  for (let i = 0; i < 8; i += 1) {
    const factor = (row[i] ?? 0) * weight;
    const line = matrix[i];
    if (factor === 0 || !line) continue;
    for (let j = 0; j < 8; j += 1) line[j] = (line[j] ?? 0) + factor * (row[j] ?? 0);
    line[8] = (line[8] ?? 0) + factor * right;
  }
}

/** Gauss with pivots; null where the equations do not say enough. Scaled first, for the unknowns differ by millions. */
function solve(matrix: Float64Array[]): number[] | null {
  const scale = matrix.map((row, at) => 1 / Math.sqrt(Math.max(row[at] ?? 0, 1e-300)));
  matrix.forEach((row, i) => {
    for (let j = 0; j < 8; j += 1) row[j] = (row[j] ?? 0) * (scale[i] ?? 1) * (scale[j] ?? 1);
    row[8] = (row[8] ?? 0) * (scale[i] ?? 1);
  });
  for (let column = 0; column < 8; column += 1) {
    let best = column;
    for (let row = column + 1; row < 8; row += 1)
      if (Math.abs(matrix[row]?.[column] ?? 0) > Math.abs(matrix[best]?.[column] ?? 0)) best = row;
    const [pivot, other] = [matrix[best], matrix[column]];
    if (!pivot || !other || Math.abs(pivot[column] ?? 0) < 1e-13) return null;
    matrix[best] = other;
    matrix[column] = pivot;
    for (const row of matrix) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (factor === 0) continue;
      for (let at = column; at < 9; at += 1) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return matrix.map((row, at) => ((row[8] ?? 0) / (row[at] ?? 1)) * (scale[at] ?? 1));
}
