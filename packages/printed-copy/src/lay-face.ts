import { comparedPerMm } from "./page-reference.ts";
import type { Place } from "./picture.ts";
import { halve, type Plane, sample } from "./plane.ts";

/** A face as it was kept: how much ink each pixel has, 0 to 1, at eight pixels to the millimetre. */
export interface Specimen {
  readonly id: string;
  readonly ink: Plane;
}

/** Where a face lies on the page: its middle in pixels, and how far it is turned, clockwise. */
export interface Pose {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

/** Points of a face from its middle, some with ink and some without. */
interface Probe {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly signs: Float32Array;
}
export interface LaidFace {
  readonly pose: Pose;
  /** Mean ink of the photo where the face has ink, less that where it has none, by the spread of both; up to 1. */
  readonly likeness: number;
}

/**
 * Finds roughly how a face lies within red ink: turned by any angle, and beyond the ink where only part of it was printed.
 * `coarse` has two pixels to the millimetre; poses are in pixels of the page.
 */
export function layFace(coarse: Plane, cluster: Place, specimen: Specimen): LaidFace {
  const probe = probeOf(specimen.ink, 4, 900);
  const [width, height] = [specimen.ink.width, specimen.ink.height];
  const left = cluster.xMm * comparedPerMm;
  const top = cluster.yMm * comparedPerMm;
  const [right, bottom] = [left + cluster.widthMm * comparedPerMm, top + cluster.heightMm * comparedPerMm];
  const slack = 2 * comparedPerMm;
  const span = (from: number, to: number, side: number): [number, number] => {
    const [one, other] = [from + side / 2, to - side / 2];
    return [Math.min(one, other) - slack, Math.max(one, other) + slack];
  };
  const [fromX, toX] = span(left, right, width);
  const [fromY, toY] = span(top, bottom, height);
  const step = 1.3 * comparedPerMm;
  const best: LaidFace[] = [];
  for (let turn = 0; turn < 72; turn += 1)
    for (let y = fromY; y <= toY; y += step)
      for (let x = fromX; x <= toX; x += step) {
        const pose = { x, y, turn: (turn * Math.PI) / 36 };
        const likeness = likenessAt(coarse, probe, pose, 4);
        if (best.length < 6 || likeness > (best.at(-1)?.likeness ?? 0)) {
          best.push({ pose, likeness });
          best.sort((one, other) => other.likeness - one.likeness);
          if (best.length > 6) best.pop();
        }
      }
  const climbed = best.slice(0, 4).map(({ pose }) => climb(coarse, probe, pose, 4, 6, 0.045));
  climbed.sort((one, other) => other.likeness - one.likeness);
  return climbed[0] ?? { pose: { x: 0, y: 0, turn: 0 }, likeness: 0 };
}

/** The same at all pixels. */
export function layFaceFinely(red: Plane, specimen: Specimen, { pose }: LaidFace): LaidFace {
  const near = climb(halve(red), probeOf(specimen.ink, 2, 1600), pose, 2, 3, 0.02);
  return climb(red, probeOf(specimen.ink, 1, 4000), near.pose, 1, 1.2, 0.006);
}

/** Goes to the better neighbour as long as there is one, by ever smaller steps. */
function climb(red: Plane, probe: Probe, start: Pose, scale: number, step: number, turn: number): LaidFace {
  let pose = start;
  let likeness = likenessAt(red, probe, pose, scale);
  let [by, around] = [step, turn];
  for (let round = 0; round < 40 && by > step / 9; round += 1) {
    let better = false;
    for (const [dx, dy, dt] of [
      [by, 0, 0],
      [-by, 0, 0],
      [0, by, 0],
      [0, -by, 0],
      [0, 0, around],
      [0, 0, -around],
    ] as const) {
      const tried = { x: pose.x + dx, y: pose.y + dy, turn: pose.turn + dt };
      const found = likenessAt(red, probe, tried, scale);
      if (found > likeness) [pose, likeness, better] = [tried, found, true];
    }
    if (!better) [by, around] = [by / 2, around / 2];
  }
  return { pose, likeness };
}

/** Evenly drawn points: as many with ink as without. */
function probeOf(ink: Plane, scale: number, most: number): Probe {
  const [on, off]: [number[], number[]] = [[], []];
  for (let y = 0; y < ink.height; y += scale)
    for (let x = 0; x < ink.width; x += scale) {
      const value = ink.data[y * ink.width + x] ?? 0;
      if (value > 0.7) on.push(y * ink.width + x);
      else if (value < 0.1) off.push(y * ink.width + x);
    }
  const draw = (all: readonly number[]): number[] => {
    const every = Math.max(1, all.length / (most / 2));
    return Array.from({ length: Math.floor(all.length / every) }, (_, at) => all[Math.floor(at * every)] ?? 0);
  };
  const [inked, bare] = [draw(on), draw(off)];
  const points = [...inked, ...bare];
  return {
    xs: Float32Array.from(points, (at) => (at % ink.width) + 0.5 - ink.width / 2),
    ys: Float32Array.from(points, (at) => Math.floor(at / ink.width) + 0.5 - ink.height / 2),
    signs: Float32Array.from(points, (_, at) => (at < inked.length ? 1 : 0)),
  };
}

/** Correlation of the photo's ink with the face's at some points. */
function likenessAt(red: Plane, { xs, ys, signs }: Probe, { x, y, turn }: Pose, scale: number): number {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  let [on, off, squares, inked] = [0, 0, 0, 0];
  for (let at = 0; at < xs.length; at += 1) {
    const px = xs[at] ?? 0;
    const py = ys[at] ?? 0;
    const value = sample(red, (x + px * cos - py * sin) / scale - 0.5, (y + px * sin + py * cos) / scale - 0.5);
    squares += value * value;
    if (signs[at]) {
      on += value;
      inked += 1;
    } else off += value;
  }
  const count = xs.length;
  const bare = count - inked;
  if (inked === 0 || bare === 0) return 0;
  const mean = (on + off) / count;
  const spread = Math.sqrt(Math.max(1e-9, squares / count - mean * mean));
  return ((on / inked - off / bare) / spread) * Math.sqrt((inked / count) * (bare / count));
}
