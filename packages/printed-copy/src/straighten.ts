import type { PageMap } from "./match-block.ts";
import { createMarks, giveBack } from "./memory.ts";
import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Rgb } from "./picture.ts";
import { createPlane, type Plane } from "./plane.ts";

/** A photo laid over the page, pixel by pixel, and freed of the light it was taken in. */
export interface StraightPage {
  /** Darkness in red light, 0 for paper. */
  readonly ink: Plane;
  /** How much redder than paper. */
  readonly red: Plane;
  /** Squares of the page that the photo does not show: beyond its edge, or under a finger. */
  readonly unseen: Squares;
}
/** Squares of `step` pixels. */
export interface Squares {
  readonly columns: number;
  readonly rows: number;
  readonly step: number;
  readonly marked: Uint8Array;
}

const step = 4 * comparedPerMm;

/** Reads the photo where the map has the page, and divides by the paper's own brightness around each place. */
export function straighten(reference: PageReference, photo: Rgb, map: PageMap): StraightPage {
  const { width, height } = reference.ink;
  const [red, green, inside] = readAll(photo, map, width, height);
  const paper = findPaper(reference, red, green, inside);
  const odd = findOdd(paper);
  const unseen = findUnseen(paper, odd, inside, width, height);
  fillGaps(paper, unseen, odd);
  giveBack(inside);
  const [rowRed, rowGreen] = [new Float32Array(paper.columns), new Float32Array(paper.columns)];
  for (let y = 0; y < height; y += 1) {
    const gy = Math.min(paper.rows - 1.001, Math.max(0, (y + 0.5) / step - 0.5));
    const ty = gy - (gy | 0);
    for (let column = 0, at = (gy | 0) * paper.columns; column < paper.columns; column += 1, at += 1) {
      const below = at + paper.columns;
      rowRed[column] = (paper.red[at] ?? 0) * (1 - ty) + (paper.red[below] ?? 0) * ty;
      rowGreen[column] = (paper.green[at] ?? 0) * (1 - ty) + (paper.green[below] ?? 0) * ty;
    }
    for (let x = 0, pixel = y * width; x < width; x += 1, pixel += 1) {
      const along = (x + 0.5) / step - 0.5;
      const gx = along < 0 ? 0 : along > paper.columns - 1.001 ? paper.columns - 1.001 : along;
      const at = gx | 0;
      const tx = gx - at;
      const r0 = rowRed[at] ?? 0;
      const g0 = rowGreen[at] ?? 0;
      const r = (red.data[pixel] ?? 0) / Math.max(1, r0 + ((rowRed[at + 1] ?? 0) - r0) * tx);
      const g = (green.data[pixel] ?? 0) / Math.max(1, g0 + ((rowGreen[at + 1] ?? 0) - g0) * tx);
      red.data[pixel] = 1 - r;
      green.data[pixel] = r - g;
    }
  }
  // What was read has become what is answered: the planes are large.
  return { ink: red, red: green, unseen };
}

/** Gives the memory of a straightened photo back that nothing is asked of any more. */
export const letGoOfStraight = ({ ink, red }: StraightPage): void => giveBack(ink, red);

/** The map is asked at every sixteenth pixel; between them it is straight. */
function readAll(photo: Rgb, map: PageMap, width: number, height: number): [Plane, Plane, Uint8Array] {
  const [red, green] = [createPlane(width, height), createPlane(width, height)];
  const inside = createMarks(width * height);
  const grid = 16;
  const { data } = photo;
  const [row, lastX, lastY] = [photo.width * 3, photo.width - 1.001, photo.height - 1.001];
  for (let top = 0; top < height; top += grid)
    for (let left = 0; left < width; left += grid) {
      const corner = (x: number, y: number): readonly [number, number] =>
        map((x + 0.5) / comparedPerMm, (y + 0.5) / comparedPerMm);
      const [a, b, c, d] = [
        corner(left, top),
        corner(left + grid, top),
        corner(left, top + grid),
        corner(left + grid, top + grid),
      ];
      for (let y = top; y < Math.min(height, top + grid); y += 1) {
        const ty = (y - top) / grid;
        const [lx, ly] = [a[0] + (c[0] - a[0]) * ty, a[1] + (c[1] - a[1]) * ty];
        const [sx, sy] = [(b[0] + (d[0] - b[0]) * ty - lx) / grid, (b[1] + (d[1] - b[1]) * ty - ly) / grid];
        const right = Math.min(width, left + grid);
        for (let x = left, at = y * width + left; x < right; x += 1, at += 1) {
          const px = lx + sx * (x - left);
          const py = ly + sy * (x - left);
          if (px < 0 || py < 0 || px > lastX || py > lastY) continue;
          const ix = px | 0;
          const iy = py | 0;
          const tx = px - ix;
          const ty2 = py - iy;
          const from = (iy * photo.width + ix) * 3;
          const below = from + row;
          const topRed = (data[from] ?? 0) * (1 - tx) + (data[from + 3] ?? 0) * tx;
          const lowRed = (data[below] ?? 0) * (1 - tx) + (data[below + 3] ?? 0) * tx;
          const topGreen = (data[from + 1] ?? 0) * (1 - tx) + (data[from + 4] ?? 0) * tx;
          const lowGreen = (data[below + 1] ?? 0) * (1 - tx) + (data[below + 4] ?? 0) * tx;
          red.data[at] = topRed * (1 - ty2) + lowRed * ty2;
          green.data[at] = topGreen * (1 - ty2) + lowGreen * ty2;
          inside[at] = 1;
        }
      }
    }
  return [red, green, inside];
}

interface PaperLight {
  readonly columns: number;
  readonly rows: number;
  readonly red: Float32Array;
  readonly green: Float32Array;
  /** How many pixels of bare paper a square was measured by. */
  readonly count: Uint32Array;
}

/** The paper's brightness, square by square, where the approved page has nothing: what was added later is outvoted. */
function findPaper(reference: PageReference, red: Plane, green: Plane, inside: Uint8Array): PaperLight {
  const { width, height } = red;
  const [columns, rows] = [Math.max(2, Math.ceil(width / step)), Math.max(2, Math.ceil(height / step))];
  const light = {
    columns,
    rows,
    red: new Float32Array(columns * rows),
    green: new Float32Array(columns * rows),
    count: new Uint32Array(columns * rows),
  };
  const [reds, greens] = [new Uint32Array(256), new Uint32Array(256)];
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      reds.fill(0);
      greens.fill(0);
      let count = 0;
      for (let y = row * step; y < Math.min(height, (row + 1) * step); y += 2)
        for (let x = column * step; x < Math.min(width, (column + 1) * step); x += 2) {
          const at = y * width + x;
          if (inside[at] === 0 || reference.inked[at]) continue;
          const r = (red.data[at] ?? 0) | 0;
          const g = (green.data[at] ?? 0) | 0;
          reds[r] = (reds[r] ?? 0) + 1;
          greens[g] = (greens[g] ?? 0) + 1;
          count += 1;
        }
      const at = row * columns + column;
      light.count[at] = count;
      light.red[at] = quantile(reds, count * 0.6);
      light.green[at] = quantile(greens, count * 0.6);
    }
  return light;
}

function quantile(histogram: Uint32Array, count: number): number {
  let below = 0;
  for (let value = 0; value < 256; value += 1) {
    below += histogram[value] ?? 0;
    if (below >= count) return value + 0.5;
  }
  return 255;
}

/** Squares whose ground is no paper: of another colour, or as dark as no shadow makes it. */
function findOdd({ red, green, count }: PaperLight): Uint8Array {
  const measured = [...red.keys()].filter((at) => (count[at] ?? 0) > 40);
  const share = (values: number[], part: number): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 1;
  const hueOf = (at: number): number => (green[at] ?? 0) / Math.max(1, red[at] ?? 0);
  const hue = share(measured.map(hueOf), 0.5);
  const level = share(
    measured.map((at) => red[at] ?? 0),
    0.75,
  );
  const odd = new Uint8Array(red.length);
  for (const at of measured) if (Math.abs(hueOf(at) / hue - 1) > 0.1 || (red[at] ?? 0) < level * 0.33) odd[at] = 1;
  return odd;
}

/** Squares beyond the photo, and odd ones that hang together with the page's edge, as a finger does. */
function findUnseen(light: PaperLight, odd: Uint8Array, inside: Uint8Array, width: number, height: number): Squares {
  const { columns, rows } = light;
  const marked = new Uint8Array(columns * rows);
  const stack: number[] = [];
  for (let at = 0; at < marked.length; at += 1) {
    const [column, row] = [at % columns, Math.floor(at / columns)];
    if (column === 0 || row === 0 || column === columns - 1 || row === rows - 1) stack.push(at);
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (marked[at] || odd[at] === 0) continue;
    marked[at] = 1;
    stack.push(...around(at, columns, rows));
  }
  // The edge of what covers a square lies in the next one.
  const wide = marked.slice();
  marked.forEach((is, at) => {
    if (is) for (const next of around(at, columns, rows)) wide[next] = 1;
  });
  for (let at = 0; at < wide.length; at += 1) {
    const [x, y] = [
      Math.min(width - 1, ((at % columns) + 0.5) * step) | 0,
      Math.min(height - 1, (Math.floor(at / columns) + 0.5) * step) | 0,
    ];
    if (inside[y * width + x] === 0) wide[at] = 1;
  }
  return { columns, rows, step, marked: wide };
}

function around(at: number, columns: number, rows: number): number[] {
  const [column, row] = [at % columns, Math.floor(at / columns)];
  const near: number[] = [];
  for (let dy = -1; dy <= 1; dy += 1)
    for (let dx = -1; dx <= 1; dx += 1) {
      const [x, y] = [column + dx, row + dy];
      if ((dx !== 0 || dy !== 0) && x >= 0 && y >= 0 && x < columns && y < rows) near.push(y * columns + x);
    }
  return near;
}

/** Squares without bare paper, or that are not seen, take the light of their neighbours. */
function fillGaps(light: PaperLight, unseen: Squares, odd: Uint8Array): void {
  const { columns, rows, red, green, count } = light;
  const known = count.map((found, at) => (found > 40 && unseen.marked[at] === 0 && odd[at] === 0 ? 1 : 0));
  for (let round = 0; round < columns + rows; round += 1) {
    const fresh: [at: number, red: number, green: number][] = [];
    for (let at = 0; at < known.length; at += 1) {
      if (known[at]) continue;
      const near = around(at, columns, rows).filter((one) => known[one]);
      if (near.length === 0) continue;
      const mean = (values: Float32Array): number =>
        near.reduce((sum, one) => sum + (values[one] ?? 0), 0) / near.length;
      fresh.push([at, mean(red), mean(green)]);
    }
    if (fresh.length === 0) return;
    for (const [at, r, g] of fresh) [red[at], green[at], known[at]] = [r, g, 1];
  }
}
