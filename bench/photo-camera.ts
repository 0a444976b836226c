import sharp from "sharp";
import type { Paper } from "./photo-paper.ts";
import type { Lot } from "./photo-random.ts";

/** What a photo is taken with, and how badly. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Corners of the paper in the picture: upper left, upper right, lower right, lower left. */
  readonly corners: readonly (readonly [number, number])[];
  readonly blur: number;
  readonly noise: number;
  readonly quality: number;
  readonly cast: readonly [number, number, number];
  readonly shadow: (x: number, y: number) => number;
  readonly curlMm: number;
  readonly lens: number;
  readonly table: number;
  /** A finger over a corner: which, and how far it reaches. */
  readonly finger: { readonly corner: number; readonly reachMm: number } | null;
}

export function aimShot(lot: Lot, paper: { readonly widthMm: number; readonly heightMm: number }): Shot {
  const [width, height] = lot.pick([
    [2448, 3264],
    [2448, 3264],
    [3024, 4032],
    [3024, 4032],
    [1944, 2592],
  ] as const);
  // The paper fills most of the picture, turned by some degrees; each corner goes its own way, as from a hand held aslant.
  const fill = lot.between(0.84, 0.95);
  const scale = Math.min((width * fill) / paper.widthMm, (height * fill) / paper.heightMm);
  const [w, h] = [(paper.widthMm * scale) / 2, (paper.heightMm * scale) / 2];
  const turn = (lot.normal() * 2 * Math.PI) / 180;
  const slant = 0.035 * scale * paper.widthMm;
  const corners = [
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ].map(([x = 0, y = 0]): [number, number] => [
    Math.min(
      width - 4,
      Math.max(4, width / 2 + x * Math.cos(turn) - y * Math.sin(turn) + (lot.next() - 0.5) * 2 * slant),
    ),
    Math.min(
      height - 4,
      Math.max(4, height / 2 + x * Math.sin(turn) + y * Math.cos(turn) + (lot.next() - 0.5) * 2 * slant),
    ),
  ]);
  return {
    ...{ width, height, corners, shadow: makeShadow(lot, width, height) },
    blur: lot.between(0.5, 1.7) * (width / 2448),
    noise: lot.between(1.5, 6),
    quality: lot.whole(62, 92),
    cast: [lot.between(0.92, 1.02), lot.between(0.92, 1), lot.between(0.78, 1.02)],
    curlMm: lot.next() < 0.6 ? lot.between(0.3, 2) : 0,
    lens: lot.between(-0.012, 0.012),
    table: lot.between(40, 175),
    finger: lot.next() < 0.25 ? { corner: lot.whole(0, 3), reachMm: lot.between(8, 22) } : null,
  };
}

/** Light falls off to one side; sometimes a hand or the telephone throws a shadow with a soft edge. */
function makeShadow(lot: Lot, width: number, height: number): (x: number, y: number) => number {
  const [way, fall, level] = [lot.next() * 2 * Math.PI, lot.between(0, 0.35), lot.between(0.72, 1)];
  const hand =
    lot.next() < 0.5
      ? {
          way: lot.next() * 2 * Math.PI,
          at: lot.between(-0.2, 0.35),
          soft: lot.between(0.01, 0.12),
          deep: lot.between(0.12, 0.42),
        }
      : null;
  return (x, y) => {
    const [u, v] = [x / width - 0.5, y / height - 0.5];
    let light = level * (1 - fall * (u * Math.cos(way) + v * Math.sin(way) + 0.5));
    if (hand) {
      const across = u * Math.cos(hand.way) + v * Math.sin(hand.way) - hand.at;
      light *= 1 - hand.deep / (1 + Math.exp(-across / hand.soft));
    }
    return light * (1 - 0.25 * (u * u + v * v));
  };
}

const waves = Float32Array.from({ length: 4097 }, (_, at) => Math.sin((at / 2048) * Math.PI));
/** The sine of so many half turns, from a table: it is asked for each pixel. */
function wave(halfTurns: number): number {
  const at = (halfTurns / 2 - Math.floor(halfTurns / 2)) * 4096;
  return waves[at | 0] ?? 0;
}

/** Takes the photo and answers its JPEG. */
export async function takePhoto(paper: Paper, shot: Shot, lot: Lot): Promise<Buffer> {
  const { width, height } = shot;
  const toPaper = mapCorners(shot.corners, paper);
  const picture = new Float32Array(width * height * 3);
  const wood = Array.from(
    { length: 5 },
    () => [lot.between(0.001, 0.02), lot.between(0.02, 0.12), lot.next() * 7, lot.between(3, 9)] as const,
  );
  const tint = [lot.between(0.9, 1.1), 1, lot.between(0.7, 1.05)];
  const [cx, cy, diagonal] = [width / 2, height / 2, Math.hypot(width, height) / 2];
  const curl = shot.curlMm * paper.perMm;
  const fingerAt = shot.finger
    ? [
        [0, 0],
        [paper.width, 0],
        [paper.width, paper.height],
        [0, paper.height],
      ][shot.finger.corner]
    : null;
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [ux, uy] = [(x - cx) / diagonal, (y - cy) / diagonal];
      const bend = 1 + shot.lens * (ux * ux + uy * uy);
      const [px, py] = [cx + (x - cx) * bend, cy + (y - cy) * bend];
      const w = toPaper[6] * px + toPaper[7] * py + 1;
      let fx = (toPaper[0] * px + toPaper[1] * py + toPaper[2]) / w;
      let fy = (toPaper[3] * px + toPaper[4] * py + toPaper[5]) / w;
      if (curl > 0) {
        fy += curl * wave((fx / paper.width) * 1.3) * wave(fy / paper.height);
        fx += curl * 0.5 * wave((fy / paper.height) * 1.7) * wave(fx / paper.width);
      }
      const light = shot.shadow(x, y);
      const at = (y * width + x) * 3;
      const [ix, iy] = [Math.floor(fx), Math.floor(fy)];
      const isPaper = ix >= 0 && iy >= 0 && ix + 1 < paper.width && iy + 1 < paper.height;
      if (fingerAt && shot.finger) {
        // Reaches in from beyond the corner.
        const far = Math.hypot(fx - (fingerAt[0] ?? 0), (fy - (fingerAt[1] ?? 0)) * 1.1) / paper.perMm;
        if (far < shot.finger.reachMm) {
          const round = 1 - 0.35 * (far / shot.finger.reachMm) ** 2;
          picture[at] = 205 * light * round;
          picture[at + 1] = 150 * light * round;
          picture[at + 2] = 125 * light * round;
          continue;
        }
      }
      if (!isPaper) {
        let grain = shot.table;
        for (const [kx, ky, phase, weight] of wood) grain += weight * wave((kx * x + ky * y + phase) / Math.PI);
        for (let c = 0; c < 3; c += 1) picture[at + c] = grain * (tint[c] ?? 1) * light;
        continue;
      }
      const [tx, ty] = [fx - ix, fy - iy];
      const from = (iy * paper.width + ix) * 3;
      const below = from + paper.width * 3;
      for (let c = 0; c < 3; c += 1)
        picture[at + c] =
          (((paper.data[from + c] ?? 0) * (1 - tx) + (paper.data[from + 3 + c] ?? 0) * tx) * (1 - ty) +
            ((paper.data[below + c] ?? 0) * (1 - tx) + (paper.data[below + 3 + c] ?? 0) * tx) * ty) *
          light;
    }
  blurPicture(picture, width, height, shot.blur);
  const bytes = new Uint8ClampedArray(picture.length);
  const noises = Float32Array.from({ length: 65_536 }, () => lot.normal() * shot.noise);
  for (let at = 0; at < picture.length; at += 3) {
    const from = Math.floor(lot.next() * 65_533);
    for (let c = 0; c < 3; c += 1)
      bytes[at + c] = (picture[at + c] ?? 0) * (shot.cast[c] ?? 1) + (noises[from + c] ?? 0);
  }
  return sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: shot.quality })
    .toBuffer();
}

/** A Gaussian, along the rows and then along the columns, a row at a time. */
function blurPicture(picture: Float32Array, width: number, height: number, sigma: number): void {
  const reach = Math.max(1, Math.ceil(sigma * 2.5));
  const weights = new Float32Array(2 * reach + 1);
  for (let at = -reach; at <= reach; at += 1) weights[at + reach] = Math.exp((-at * at) / (2 * sigma * sigma));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / total;
  const long = width * 3;
  const padded = new Float32Array(long + 6 * reach);
  for (let row = 0; row < picture.length; row += long) {
    padded.set(picture.subarray(row, row + long), 3 * reach);
    for (let at = 0; at < 3 * reach; at += 1) {
      padded[at] = picture[row + (at % 3)] ?? 0;
      padded[3 * reach + long + at] = picture[row + long - 3 + (at % 3)] ?? 0;
    }
    for (let x = 0; x < long; x += 1) {
      let sum = 0;
      for (let at = 0; at < weights.length; at += 1) sum += (padded[x + 3 * at] ?? 0) * (weights[at] ?? 0);
      picture[row + x] = sum;
    }
  }
  const rows: Float32Array[] = [];
  const rowAt = (y: number): Float32Array => picture.slice(y * long, (y + 1) * long);
  for (let y = 0; y < height; y += 1) {
    if (y === 0) for (let at = -reach; at <= reach; at += 1) rows.push(rowAt(Math.min(height - 1, Math.max(0, at))));
    else {
      rows.shift();
      rows.push(rowAt(Math.min(height - 1, y + reach)));
    }
    const out = picture.subarray(y * long, (y + 1) * long);
    out.fill(0);
    rows.forEach((row, at) => {
      const weight = weights[at] ?? 0;
      for (let x = 0; x < long; x += 1) out[x] = (out[x] ?? 0) + (row[x] ?? 0) * weight;
    });
  }
}

type Mapping = readonly [number, number, number, number, number, number, number, number];

/** The projective map that takes the corners in the picture to those of the paper. */
function mapCorners(corners: Shot["corners"], paper: Paper): Mapping {
  const targets = [
    [0, 0],
    [paper.width, 0],
    [paper.width, paper.height],
    [0, paper.height],
  ] as const;
  const rows = corners.flatMap(([x, y], at) => {
    const [u, v] = targets[at] as readonly [number, number];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column += 1) {
    const best = rows
      .slice(column)
      .reduce(
        (found, row, at) => (Math.abs(row[column] ?? 0) > Math.abs(rows[found]?.[column] ?? 0) ? column + at : found),
        column,
      );
    [rows[column], rows[best]] = [rows[best] as number[], rows[column] as number[]];
    const pivot = rows[column] as number[];
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (let at = column; at < 9; at += 1) row[at] = (row[at] ?? 0) - factor * (pivot[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row[8] ?? 0) / (row[at] ?? 1)) as unknown as Mapping;
}
