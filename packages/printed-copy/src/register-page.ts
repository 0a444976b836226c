import type { Outline } from "./find-outline.ts";
import { type InkPlane, mapBy, matchBlock, type PageMap, type Pyramid } from "./match-block.ts";
import { fitCorners, fitProjection, type Pair, type Point, type Projection, project } from "./projection.ts";

/** The approved page for finding it in a photo. */
export interface RegistrationTarget {
  readonly widthMm: number;
  readonly heightMm: number;
  /** At three pixels to the millimetre. */
  readonly coarse: InkPlane;
  /** At six. */
  readonly fine: InkPlane;
  /** Corners of the page's own code in millimetres, clockwise from the upper left; null for paper of others. */
  readonly code: readonly [Point, Point, Point, Point] | null;
}
export interface RegistrationHints {
  readonly outlines: readonly Outline[];
  /** Corners of the code as it lies in the photo, in the same order. */
  readonly code: readonly [Point, Point, Point, Point] | null;
}
export interface Registration {
  readonly map: PageMap;
  readonly projection: Projection;
  /** Of the places of the page that have something on them, those that the photo shows where they should be. */
  readonly share: number;
  /** Whether enough of what stands on the page was found to say where the rest of it lies. */
  readonly isHeld: boolean;
}

const blockHalf = 6;
/** A block is found where it is as like as this, and no other place nearby is nearly as like. */
const [found, distinct] = [0.5, 0.9] as const;
/** A photo of a page held by hand has a perspective of about three in ten thousand a millimetre. */
const stiffness = 3;

interface Block {
  readonly at: Point;
  readonly ink: number;
}

/** Lays the page over the photo: from the sheet's outline or from the code outwards, whichever of them the content confirms. */
export function registerPage(
  target: RegistrationTarget,
  photo: Pyramid,
  hints: RegistrationHints,
): Registration | null {
  const blocks = listBlocks(target.coarse, blockHalf, 8);
  const starts = listStarts(target, hints);
  let best: { projection: Projection; share: number } | null = null;
  for (const start of starts) {
    const tried = settle(target, photo, start, blocks, 3);
    if (tried && (!best || tried.share > best.share)) best = tried;
    if (best && best.share > 0.8) break;
  }
  if (target.code && hints.code && (!best || best.share < 0.8)) {
    const grown = growFromCode(target.coarse, photo, target.code, hints.code, blocks);
    const tried = settle(target, photo, grown, blocks, 1.5);
    if (tried && (!best || tried.share > best.share)) best = tried;
  }
  if (!best) return null;
  return { ...bend(target, photo, best.projection), projection: best.projection, share: best.share };
}

/** Squares of the page with something on them, each some way from the next. */
function listBlocks(ink: InkPlane, halfMm: number, stepMm: number, least = 0.004): Block[] {
  const { perMm, width, height, data } = ink;
  const blocks: Block[] = [];
  const half = Math.round(halfMm * perMm);
  for (let yMm = halfMm + 0.5; yMm < height / perMm - halfMm - 0.5; yMm += stepMm)
    for (let xMm = halfMm + 0.5; xMm < width / perMm - halfMm - 0.5; xMm += stepMm) {
      const [cx, cy] = [Math.round(xMm * perMm), Math.round(yMm * perMm)];
      let [sum, squares, count] = [0, 0, 0];
      for (let y = cy - half; y <= cy + half; y += 2)
        for (let x = cx - half; x <= cx + half; x += 2) {
          const value = data[y * width + x] ?? 0;
          sum += value;
          squares += value * value;
          count += 1;
        }
      const variance = squares / count - (sum / count) ** 2;
      if (variance > least) blocks.push({ at: [xMm, yMm], ink: variance });
    }
  return blocks;
}

/** Each outline laid four ways; those that put the code where it was seen, if it was. */
function listStarts(target: RegistrationTarget, hints: RegistrationHints): Projection[] {
  const { widthMm, heightMm } = target;
  const corners: Point[] = [
    [0, 0],
    [widthMm, 0],
    [widthMm, heightMm],
    [0, heightMm],
  ];
  const starts: { projection: Projection; far: number }[] = [];
  for (const outline of hints.outlines)
    for (let turn = 0; turn < 4; turn += 1) {
      const projection = fitCorners(
        corners,
        corners.map((_, at) => outline[(at + turn) % 4] ?? [0, 0]),
      );
      if (projection === null || !isSheet(outline, turn, widthMm / heightMm)) continue;
      const far = farFromCode(target, hints, projection);
      if (far < 12) starts.push({ projection, far });
    }
  return starts.sort((one, other) => one.far - other.far).map(({ projection }) => projection);
}

/** Whether a sheet of these sides can look like that: held aslant, but not edgewise. */
function isSheet(outline: Outline, turn: number, ratio: number): boolean {
  const side = (at: number): number => {
    const [p, q] = [outline[(at + turn) % 4] ?? [0, 0], outline[(at + 1 + turn) % 4] ?? [0, 0]];
    return Math.hypot(q[0] - p[0], q[1] - p[1]);
  };
  const seen = (side(0) + side(2)) / (side(1) + side(3));
  return seen > ratio * 0.72 && seen < ratio * 1.38;
}

/** How far from where it was seen a projection has the code, in millimetres; zero where there is none to go by. */
function farFromCode(target: RegistrationTarget, hints: RegistrationHints, projection: Projection): number {
  if (!target.code || !hints.code) return 0;
  let [off, size] = [0, 0];
  target.code.forEach(([x, y], at) => {
    const [px, py] = project(projection, x, y);
    const [sx, sy] = hints.code?.[at] ?? [0, 0];
    const [nx, ny] = hints.code?.[(at + 1) % 4] ?? [0, 0];
    off += Math.hypot(px - sx, py - sy) / 4;
    size += Math.hypot(nx - sx, ny - sy) / 4;
  });
  const [a, b] = [target.code[0], target.code[1]];
  return (off / Math.max(1e-6, size)) * Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** From the code outwards: near it its corners tell enough, and each block that is found tells a little further. */
function growFromCode(
  ink: InkPlane,
  photo: Pyramid,
  code: readonly [Point, Point, Point, Point],
  seen: readonly [Point, Point, Point, Point],
  blocks: readonly Block[],
): Projection {
  const near = affineOf(code, seen);
  const corners = code.map((from, at): Pair => ({ from, to: seen[at] ?? [0, 0], weight: 2 }));
  let projection = fitProjection(corners, near, stiffness);
  const pairs = new Map<Block, Pair>();
  const tries = new Map<Block, number>();
  for (let round = 0; round < 40; round += 1) {
    const known = [...code, ...[...pairs.values()].map(({ from }) => from)];
    const ring = blocks
      .filter((block) => !pairs.has(block) && (tries.get(block) ?? 0) < 3)
      .map((block) => ({
        block,
        far: Math.min(...known.map(([x, y]) => Math.hypot(x - block.at[0], y - block.at[1]))),
      }))
      .sort((one, other) => one.far - other.far)
      .slice(0, 14);
    if (ring.length === 0) break;
    for (const { block, far } of ring) {
      tries.set(block, (tries.get(block) ?? 0) + 1);
      const match = matchBlock(ink, photo, mapBy(projection), block.at, blockHalf, Math.min(5, 0.7 + far * 0.05));
      if (!match || match.likeness < found || match.second > match.likeness * distinct) continue;
      const to = project(projection, block.at[0] + match.dx, block.at[1] + match.dy);
      pairs.set(block, { from: block.at, to, weight: match.likeness });
    }
    projection = fitRobustly([...corners, ...pairs.values()], near, stiffness);
    dropStrays(pairs, projection);
  }
  return projection;
}

function affineOf(code: readonly Point[], seen: readonly Point[]): Projection {
  const [[x0, y0] = [0, 0], [x1] = [1, 0], , [, y3] = [0, 1]] = code;
  const [[u0, v0] = [0, 0], [u1, v1] = [0, 0], , [u3, v3] = [0, 0]] = seen;
  const [w, h] = [x1 - x0, y3 - y0];
  const [a, b, d, e] = [(u1 - u0) / w, (u3 - u0) / h, (v1 - v0) / w, (v3 - v0) / h];
  return { a, b, c: u0 - a * x0 - b * y0, d, e, f: v0 - d * x0 - e * y0, g: 0, h: 0 };
}

const offBy = ({ from, to }: Pair, projection: Projection): number => {
  const [x, y] = project(projection, from[0], from[1]);
  return Math.hypot(x - to[0], y - to[1]);
};

/** Fits twice more with those counting less that do not fit. */
function fitRobustly(pairs: readonly Pair[], near: Projection, held: number): Projection {
  let projection = fitProjection(pairs, near, held);
  for (let round = 0; round < 3; round += 1) {
    const offs = pairs.map((pair) => offBy(pair, projection));
    const usual = Math.max(0.7, [...offs].sort((a, b) => a - b)[offs.length >> 1] ?? 1);
    const weighted = pairs.map((pair, at) => {
      const share = (offs[at] ?? 0) / (4 * usual);
      return { ...pair, weight: share < 1 ? pair.weight * (1 - share * share) ** 2 : pair.weight * 1e-6 };
    });
    projection = fitProjection(weighted, near, held);
  }
  return projection;
}

function dropStrays(pairs: Map<Block, Pair>, projection: Projection): void {
  const offs = [...pairs.values()].map((pair) => offBy(pair, projection)).sort((a, b) => a - b);
  const most = Math.max(3, 5 * (offs[offs.length >> 1] ?? 1));
  for (const [block, pair] of pairs) if (offBy(pair, projection) > most) pairs.delete(block);
}

/** Looks for all blocks, nearer each time, and fits the projection to those that are found. */
function settle(
  target: RegistrationTarget,
  photo: Pyramid,
  start: Projection,
  blocks: readonly Block[],
  searchMm: number,
): { projection: Projection; share: number } | null {
  let projection = start;
  let share = 0;
  for (const [round, search] of [searchMm, Math.min(searchMm, 2), 1].entries()) {
    const looked = round === 0 ? blocks.filter((_, at) => at % 2 === 0) : blocks;
    let [inside, good] = [0, 0];
    const pairs: Pair[] = [];
    for (const block of looked) {
      const match = matchBlock(target.coarse, photo, mapBy(projection), block.at, blockHalf, search);
      if (!match) continue;
      inside += 1;
      if (match.likeness < found || match.second > match.likeness * distinct) continue;
      good += 1;
      const to = project(projection, block.at[0] + match.dx, block.at[1] + match.dy);
      pairs.push({ from: block.at, to, weight: match.likeness });
    }
    if (inside < 3) return null;
    share = good / inside;
    if (pairs.length < 6) return { projection, share };
    projection = fitRobustly(pairs, projection, pairs.length < 20 ? stiffness : 0.01);
  }
  return { projection, share };
}

/** Paper is never quite flat: follows it by small squares, smoothly, so that no single word is followed anywhere. */
function bend(page: RegistrationTarget, photo: Pyramid, projection: Projection): Pick<Registration, "map" | "isHeld"> {
  const blocks = listBlocks(page.coarse, 5, 7, 0.0015);
  let field: Field | null = null;
  let isHeld = true;
  for (const { ink, search, far, reach } of [
    { ink: page.coarse, search: 1.2, far: page.code === null ? 8 : null, reach: 16 },
    { ink: page.fine, search: 0.5, far: null, reach: 11 },
  ]) {
    const map = follow(projection, field);
    const find = ({ at }: Block, within: number, least: number, most: number): Shift[] => {
      const match = matchBlock(ink, photo, map, at, 5, within);
      if (!match || match.likeness < least || match.second > match.likeness * most) return [];
      const before = field ? displacement(field, at[0], at[1]) : ([0, 0] as const);
      return [{ at, dx: before[0] + match.dx, dy: before[1] + match.dy, weight: match.likeness ** 2 }];
    };
    const near = blocks.flatMap((block) => find(block, search, 0.45, 0.95));
    // A lone foot far from all other words is held down by nothing where no code stands beside it.
    const lone = far === null ? [] : blocks.filter((block) => near.every((one) => isApart(one.at, block.at)));
    const all = [...near, ...lone.flatMap((block) => find(block, far ?? 0, 0.6, 0.9))];
    if (far !== null) isHeld = blocks.length >= fewBlocks || all.length >= blocks.length * heldBy;
    field = smooth(dropOdd(all), reach, page);
  }
  return { map: follow(projection, field), isHeld };
}

/** A page with no more squares than that is nearly empty; it is held by so many of them. */
const [fewBlocks, heldBy] = [80, 0.9] as const;
const aloneMm = 30;
const isApart = (one: Point, other: Point): boolean => Math.hypot(one[0] - other[0], one[1] - other[1]) > aloneMm;

interface Shift {
  readonly at: Point;
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/** Without those that go elsewhere than their neighbours. */
function dropOdd(shifts: readonly Shift[]): Shift[] {
  const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;
  return shifts.filter((shift) => {
    const around = shifts.filter(({ at }) => Math.hypot(at[0] - shift.at[0], at[1] - shift.at[1]) < 25);
    if (around.length < 3) return true;
    return (
      Math.abs(shift.dx - middle(around.map(({ dx }) => dx))) < 0.4 &&
      Math.abs(shift.dy - middle(around.map(({ dy }) => dy))) < 0.4
    );
  });
}

const fieldStep = 5;
interface Field {
  readonly columns: number;
  readonly rows: number;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

function smooth(shifts: readonly Shift[], reach: number, page: RegistrationTarget): Field | null {
  if (shifts.length < 6) return null;
  const [columns, rows] = [Math.ceil(page.widthMm / fieldStep) + 1, Math.ceil(page.heightMm / fieldStep) + 1];
  const field = { columns, rows, dx: new Float32Array(columns * rows), dy: new Float32Array(columns * rows) };
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      // Where nothing is near, what is far counts, weakly.
      let [total, dx, dy] = [1e-4, 0, 0];
      for (const shift of shifts) {
        const far = ((shift.at[0] - column * fieldStep) ** 2 + (shift.at[1] - row * fieldStep) ** 2) / (reach * reach);
        const weight = shift.weight * (far < 12 ? Math.exp(-far / 2) : 0);
        total += weight;
        dx += weight * shift.dx;
        dy += weight * shift.dy;
      }
      field.dx[row * columns + column] = dx / total;
      field.dy[row * columns + column] = dy / total;
    }
  return field;
}

function displacement({ columns, rows, dx, dy }: Field, xMm: number, yMm: number): Point {
  const [gx, gy] = [
    Math.min(columns - 1.001, Math.max(0, xMm / fieldStep)),
    Math.min(rows - 1.001, Math.max(0, yMm / fieldStep)),
  ];
  const [ix, iy] = [gx | 0, gy | 0];
  const [tx, ty, at] = [gx - ix, gy - iy, iy * columns + ix];
  const between = (values: Float32Array): number => {
    const [a = 0, b = 0, c = 0, d = 0] = [values[at], values[at + 1], values[at + columns], values[at + columns + 1]];
    return (a + (b - a) * tx) * (1 - ty) + (c + (d - c) * tx) * ty;
  };
  return [between(dx), between(dy)];
}

function follow(projection: Projection, field: Field | null): PageMap {
  if (field === null) return mapBy(projection);
  return (x, y) => {
    const [dx, dy] = displacement(field, x, y);
    return project(projection, x + dx, y + dy);
  };
}
