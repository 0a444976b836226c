import { blur, type Plane } from "./plane.ts";
import type { Point } from "./projection.ts";

/** Four points, clockwise as seen, and how much of the sides between them is an edge in the picture. */
export interface EdgeOutline {
  readonly corners: readonly [Point, Point, Point, Point];
  readonly support: number;
}

interface Edge {
  readonly x: number;
  readonly y: number;
  readonly strength: number;
}
/** x cos + y sin = far, `angle` being the line's normal. */
interface Line {
  readonly angle: number;
  readonly far: number;
  readonly votes: number;
}

const [angles, fewest, kept] = [61, 25, 9] as const;
/** Lines of a sheet held by hand lean by half a right angle's third at most. */
const lean = Math.PI / 7;

/**
 * Sheets found by their edges alone, where shadows make a sheet darker in one part than the table in another: pairs of lines
 * across and along, of which the sides are edges from end to end. `small` is a photo of some hundred pixels.
 */
export function findEdgeOutlines(small: Plane): EdgeOutline[] {
  const { width, height } = small;
  const { level, upright, strong } = findEdges(small);
  const across = findLines(level, width, height, Math.PI / 2);
  const along = findLines(upright, width, height, 0);
  const found: EdgeOutline[] = [];
  for (const [at, top] of across.entries())
    for (const bottom of across.slice(at + 1))
      for (const [side, left] of along.entries())
        for (const right of along.slice(side + 1)) {
          const corners = cornersOf(top, bottom, left, right);
          if (corners === null) continue;
          const size = area(corners) / (width * height);
          if (size < 0.2 || size > 1.1) continue;
          const sides = corners.map((corner, one) =>
            supportOf(strong, width, height, corner, corners[(one + 1) % 4] ?? corner),
          );
          const support = Math.min(...sides) + sides.reduce((sum, one) => sum + one, 0) / 4;
          if (support > 0.9) found.push({ corners, support: support + size * 0.3 });
        }
  return found.sort((one, other) => other.support - one.support).slice(0, 3);
}

/** Pixels where the brightness changes by a share of itself, across or along; and all of them as a map. */
function findEdges(small: Plane): { level: Edge[]; upright: Edge[]; strong: Uint8Array } {
  const { width, height } = small;
  const smooth = blur(small, 1);
  const strong = new Uint8Array(width * height);
  const [level, upright]: [Edge[], Edge[]] = [[], []];
  const at = (x: number, y: number): number => smooth.data[y * width + x] ?? 0;
  for (let y = 2; y < height - 2; y += 1)
    for (let x = 2; x < width - 2; x += 1) {
      const light = at(x, y) + 8;
      const dx = (at(x + 1, y) - at(x - 1, y)) / light;
      const dy = (at(x, y + 1) - at(x, y - 1)) / light;
      const strength = Math.hypot(dx, dy);
      if (strength < 0.07) continue;
      strong[y * width + x] = 1;
      (Math.abs(dy) > Math.abs(dx) ? level : upright).push({ x, y, strength: Math.min(strength, 0.25) });
    }
  return { level, upright, strong };
}

/** The lines that most edges lie on, each apart from the others. */
function findLines(edges: readonly Edge[], width: number, height: number, around: number): Line[] {
  const reach = Math.ceil(Math.hypot(width, height));
  const votes = new Float32Array(angles * 2 * reach);
  const turns = Array.from({ length: angles }, (_, at) => around + ((at / (angles - 1)) * 2 - 1) * lean);
  const [cosines, sines] = [turns.map(Math.cos), turns.map(Math.sin)];
  for (const { x, y, strength } of edges)
    for (let at = 0; at < angles; at += 1) {
      const cell = at * 2 * reach + Math.round(x * (cosines[at] ?? 0) + y * (sines[at] ?? 0)) + reach;
      votes[cell] = (votes[cell] ?? 0) + strength;
    }
  const lines: Line[] = [];
  while (lines.length < kept) {
    let best = 0;
    for (let cell = 1; cell < votes.length; cell += 1) if ((votes[cell] ?? 0) > (votes[best] ?? 0)) best = cell;
    const most = votes[best] ?? 0;
    if (most < fewest * 0.07) break;
    const [turn, far] = [Math.floor(best / (2 * reach)), best % (2 * reach)];
    lines.push({ angle: turns[turn] ?? 0, far: far - reach, votes: most });
    for (let at = Math.max(0, turn - 5); at <= Math.min(angles - 1, turn + 5); at += 1) {
      // The same line leans about the picture's middle, not about its corner.
      const shift = Math.round(
        (width / 2) * ((cosines[at] ?? 0) - (cosines[turn] ?? 0)) +
          (height / 2) * ((sines[at] ?? 0) - (sines[turn] ?? 0)),
      );
      const start = at * 2 * reach + far + shift;
      votes.fill(0, Math.max(at * 2 * reach, start - 5), Math.min((at + 1) * 2 * reach, start + 6));
    }
  }
  return lines;
}

function cornersOf(top: Line, bottom: Line, left: Line, right: Line): [Point, Point, Point, Point] | null {
  const [upper, lower] = top.far < bottom.far ? [top, bottom] : [bottom, top];
  const [first, last] = left.far < right.far ? [left, right] : [right, left];
  const corners = [cross(first, upper), cross(upper, last), cross(last, lower), cross(lower, first)];
  const [a, b, c, d] = corners;
  return a && b && c && d && a[0] < b[0] && d[0] < c[0] && a[1] < d[1] && b[1] < c[1] ? [a, b, c, d] : null;
}

function cross(one: Line, other: Line): Point | null {
  const [c1, s1, c2, s2] = [Math.cos(one.angle), Math.sin(one.angle), Math.cos(other.angle), Math.sin(other.angle)];
  const determinant = c1 * s2 - c2 * s1;
  if (Math.abs(determinant) < 0.3) return null;
  return [(one.far * s2 - other.far * s1) / determinant, (c1 * other.far - c2 * one.far) / determinant];
}

const area = ([a, b, c, d]: readonly [Point, Point, Point, Point]): number =>
  Math.abs((c[0] - a[0]) * (d[1] - b[1]) - (d[0] - b[0]) * (c[1] - a[1])) / 2;

/** How much of a side is an edge; what lies beyond the picture does not count against it. */
function supportOf(strong: Uint8Array, width: number, height: number, from: Point, to: Point): number {
  const steps = Math.max(8, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / 2));
  let [on, inside] = [0, 0];
  const [nx, ny] = Math.abs(to[0] - from[0]) > Math.abs(to[1] - from[1]) ? [0, 1] : [1, 0];
  for (let step = 0; step <= steps; step += 1) {
    const x = Math.round(from[0] + ((to[0] - from[0]) * step) / steps);
    const y = Math.round(from[1] + ((to[1] - from[1]) * step) / steps);
    if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) continue;
    inside += 1;
    for (let off = -1; off <= 1; off += 1)
      if (strong[(y + ny * off) * width + x + nx * off]) {
        on += 1;
        break;
      }
  }
  return inside < steps * 0.3 ? 0 : on / inside;
}
