import { vermilion } from "./face-output.ts";
import type { PathCommand } from "./glyph.ts";
import type { FaceOutline } from "./layout-face.ts";
import type { Point } from "./path.ts";

/** Pixels from the top left, four bytes each: red, green, blue, alpha (not premultiplied). */
export type Picture = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

type Edge = {
  readonly x: number;
  readonly slope: number;
  readonly top: number;
  readonly bottom: number;
  readonly winding: 1 | -1;
};

const sublines = 8;
const maxPixels = 16_000_000;

/**
 * Draws a face on a transparent ground with smoothed edges (eight lines a pixel, exact along each line). Throws
 * RangeError above 16 million pixels.
 */
export function rasterise(
  outline: FaceOutline,
  pixelsPerMm: number,
  colour: readonly [number, number, number] = vermilion,
): Picture {
  const width = Math.ceil(outline.widthMm * pixelsPerMm);
  const height = Math.ceil(outline.heightMm * pixelsPerMm);
  if (!(width >= 1 && height >= 1 && width * height <= maxPixels)) {
    throw new RangeError(`A picture has 1 to ${maxPixels} pixels.`);
  }
  const coverage = new Float32Array(width * height);
  for (const { commands } of outline.paths) fillPath(coverage, width, height, listEdges(commands, pixelsPerMm));
  const rgba = new Uint8Array(width * height * 4);
  coverage.forEach((share, at) => {
    if (share > 0) rgba.set([...colour, Math.min(255, Math.round(share * 255))], at * 4);
  });
  return { width, height, rgba };
}

function fillPath(coverage: Float32Array, width: number, height: number, edges: readonly Edge[]): void {
  // Each line of subpixels crosses some edges; they are sorted into the lines once.
  const lines = new Map<number, { x: number; winding: number }[]>();
  for (const edge of edges) {
    const first = Math.max(0, Math.ceil(edge.top * sublines - 0.5));
    const last = Math.min(height * sublines - 1, Math.ceil(edge.bottom * sublines - 0.5) - 1);
    for (let line = first; line <= last; line += 1) {
      const crossing = { x: edge.x + ((line + 0.5) / sublines - edge.top) * edge.slope, winding: edge.winding };
      const crossings = lines.get(line);
      if (crossings === undefined) lines.set(line, [crossing]);
      else crossings.push(crossing);
    }
  }
  for (const [line, crossings] of lines) {
    crossings.sort((one, other) => one.x - other.x);
    const row = Math.floor(line / sublines) * width;
    let winding = 0;
    let start = 0;
    for (const crossing of crossings) {
      const before = winding;
      winding += crossing.winding;
      if (before === 0) start = crossing.x;
      else if (winding === 0) fillSpan(coverage, row, width, start, crossing.x);
    }
  }
}

function fillSpan(coverage: Float32Array, row: number, width: number, from: number, to: number): void {
  const start = Math.max(0, from);
  const end = Math.min(width, to);
  for (let x = Math.floor(start); x < end; x += 1) {
    const share = Math.min(end, x + 1) - Math.max(start, x);
    coverage[row + x] = (coverage[row + x] ?? 0) + share / sublines;
  }
}

function listEdges(commands: readonly PathCommand[], scale: number): Edge[] {
  const edges: Edge[] = [];
  let start: Point = [0, 0];
  let here: Point = [0, 0];
  const lineTo = (next: Point): void => {
    const [x1, y1] = here;
    const [x2, y2] = next;
    const slope = (x2 - x1) / (y2 - y1);
    if (y1 < y2) edges.push({ x: x1, slope, top: y1, bottom: y2, winding: 1 });
    else if (y2 < y1) edges.push({ x: x2, slope, top: y2, bottom: y1, winding: -1 });
    here = next;
  };
  const curveTo = (curve: readonly Point[]): void => {
    const from = here;
    const reach = curve.reduce((most, [x, y]) => Math.max(most, Math.abs(x - from[0]), Math.abs(y - from[1])), 0);
    const pieces = Math.min(200, Math.max(2, Math.ceil(Math.sqrt(reach) * 2)));
    for (let piece = 1; piece <= pieces; piece += 1) lineTo(pointOn([from, ...curve], piece / pieces));
  };
  for (const command of commands) {
    const [letter, ...numbers] = command;
    const points: Point[] = [];
    for (let at = 0; at + 1 < numbers.length; at += 2) {
      points.push([(numbers[at] ?? 0) * scale, (numbers[at + 1] ?? 0) * scale]);
    }
    const [first] = points;
    if (letter === "Z") lineTo(start);
    else if (first === undefined) continue;
    else if (letter === "M") {
      lineTo(start);
      start = first;
      here = first;
    } else if (letter === "L") lineTo(first);
    else curveTo(points);
  }
  lineTo(start);
  return edges;
}

/** A point of a Bézier curve of any degree, by de Casteljau's construction. */
function pointOn(points: readonly Point[], t: number): Point {
  const [first = [0, 0]] = points;
  if (points.length === 1) return first;
  const between = points.slice(1).map(([x, y], at): Point => {
    const [px, py] = points[at] ?? first;
    return [px + (x - px) * t, py + (y - py) * t];
  });
  return pointOn(between, t);
}
