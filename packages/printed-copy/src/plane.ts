import { createMarks, giveBack, takeMemory } from "./memory.ts";
import type { Rgb } from "./picture.ts";

/** One value a pixel, from the top left. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export const createPlane = (width: number, height: number): Plane => ({
  ...{ width, height },
  data: new Float32Array(takeMemory(width * height * 4), 0, width * height),
});

/** One colour of a picture: 0 red, 1 green, 2 blue. */
export function channelOf({ width, height, data }: Rgb, channel: 0 | 1 | 2): Plane {
  const plane = createPlane(width, height);
  const values = plane.data;
  let from: number = channel;
  for (let at = 0; at < values.length; at += 1) {
    values[at] = data[from] ?? 0;
    from += 3;
  }
  return plane;
}

/** Half the size, each pixel the mean of four. */
export function halve({ width, height, data }: Plane): Plane {
  const half = createPlane(width >> 1, height >> 1);
  for (let y = 0; y < half.height; y += 1) {
    let from = y * 2 * width;
    for (let x = 0, to = y * half.width; x < half.width; x += 1, to += 1, from += 2)
      half.data[to] =
        ((data[from] ?? 0) + (data[from + 1] ?? 0) + (data[from + width] ?? 0) + (data[from + width + 1] ?? 0)) / 4;
  }
  return half;
}

/** Blurred by a Gaussian; what lies beyond the edge is as the edge. */
export function blur(plane: Plane, sigma: number): Plane {
  if (sigma <= 0.05) return plane;
  const reach = Math.max(1, Math.ceil(sigma * 2.7));
  const weights = new Float32Array(reach * 2 + 1);
  let sum = 0;
  for (let at = -reach; at <= reach; at += 1) sum += weights[at + reach] = Math.exp((-at * at) / (2 * sigma * sigma));
  for (let at = 0; at < weights.length; at += 1) weights[at] = (weights[at] ?? 0) / sum;
  return convolve(plane, weights, reach);
}

/**
 * Each pixel the sum of those around it by the weights, along both axes; a row at a time, which is how memory lies. Most
 * rows of a page are bare paper: they add nothing, and are not gone through.
 */
function convolve(plane: Plane, weights: Float32Array, reach: number): Plane {
  const { width, height } = plane;
  const both: Plane = createPlane(width, height);
  const line = new Float32Array(width + 2 * reach);
  // Rows blurred along themselves, as many as are needed at a time.
  const rows: BlurredRow[] = Array.from({ length: weights.length }, () => ({
    ...{ data: new Float32Array(width), isBare: true },
  }));
  const blurRow = (y: number, out: BlurredRow): void => {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    const values = plane.data.subarray(row, row + width);
    const isBare = isAllZero(values);
    if (isBare && !out.isBare) out.data.fill(0);
    out.isBare = isBare;
    if (isBare) return;
    line.set(values, reach);
    line.fill(values[0] ?? 0, 0, reach);
    line.fill(values[width - 1] ?? 0, width + reach);
    for (let x = 0; x < width; x += 1) {
      let sum = (weights[reach] ?? 0) * (line[x + reach] ?? 0);
      for (let at = 1; at <= reach; at += 1)
        sum += (weights[reach + at] ?? 0) * ((line[x + reach - at] ?? 0) + (line[x + reach + at] ?? 0));
      out.data[x] = sum;
    }
  };
  const rowAt = (at: number): BlurredRow => rows[at] as BlurredRow;
  for (let y = -reach; y < reach; y += 1) blurRow(y, rowAt(y + reach));
  for (let y = 0; y < height; y += 1) {
    blurRow(y + reach, rowAt(2 * reach));
    const out = both.data.subarray(y * width, (y + 1) * width);
    addPair(out, rowAt(reach), rowAt(reach), (weights[reach] ?? 0) / 2);
    for (let at = 1; at <= reach; at += 1) addPair(out, rowAt(reach - at), rowAt(reach + at), weights[reach + at] ?? 0);
    rows.push(rows.shift() as BlurredRow);
  }
  return both;
}

interface BlurredRow {
  readonly data: Float32Array;
  isBare: boolean;
}

function isAllZero(values: Float32Array): boolean {
  for (let at = 0; at < values.length; at += 1) if (values[at] !== 0) return false;
  return true;
}

/** Adds two rows, which weigh the same on either side. */
function addPair(out: Float32Array, one: BlurredRow, other: BlurredRow, weight: number): void {
  if (one.isBare && other.isBare) return;
  const [a, b] = [one.data, other.data];
  for (let x = 0; x < out.length; x += 1) out[x] = (out[x] ?? 0) + ((a[x] ?? 0) + (b[x] ?? 0)) * weight;
}

/** The greatest value of each pixel and its eight neighbours. */
export function spread({ width, height, data }: Plane): Plane {
  const [across, both] = [createPlane(width, height), createPlane(width, height)];
  const wide = across.data;
  for (let row = 0; row < data.length; row += width) {
    let [before, here] = [data[row] ?? 0, data[row] ?? 0];
    const last = row + width - 1;
    for (let at = row; at <= last; at += 1) {
      const after = at < last ? (data[at + 1] ?? 0) : here;
      const most = before > here ? before : here;
      wide[at] = most > after ? most : after;
      before = here;
      here = after;
    }
  }
  for (let at = 0; at < data.length; at += 1) {
    const here = wide[at] ?? 0;
    const above = at >= width ? (wide[at - width] ?? 0) : here;
    const below = at + width < data.length ? (wide[at + width] ?? 0) : here;
    const most = above > here ? above : here;
    both.data[at] = most > below ? most : below;
  }
  giveBack(across);
  return both;
}

/** What `spread` has at one pixel: cheaper where few pixels are asked for. */
export function mostAround({ width, height, data }: Plane, at: number): number {
  const x = at % width;
  const left = x > 0 ? at - 1 : at;
  const right = x + 1 < width ? at + 1 : at;
  const above = at >= width ? -width : 0;
  const below = at + width < width * height ? width : 0;
  let most = data[at] ?? 0;
  for (let row = above; row <= below; row += width)
    for (let near = left + row; near <= right + row; near += 1) {
      const value = data[near] ?? 0;
      if (value > most) most = value;
    }
  return most;
}

/** Marks what lies within some pixels of a marked one, along both axes. */
export function widen(marks: Uint8Array, width: number, height: number, reach: number): Uint8Array {
  const [across, both] = [createMarks(marks.length), createMarks(marks.length)];
  pass(marks, across, reach, height, width, 1);
  pass(across, both, reach, width, 1, width);
  giveBack(across);
  return both;
}

/** Along lines of pixels: `stride` from line to line, `step` from pixel to pixel. */
function pass(from: Uint8Array, to: Uint8Array, reach: number, lines: number, stride: number, step: number): void {
  const count = from.length / lines;
  for (let line = 0; line < lines; line += 1) {
    const start = line * stride;
    let until = -1;
    for (let at = 0; at < count + reach; at += 1) {
      if (at < count && from[start + at * step]) until = at + 2 * reach;
      if (at >= reach && at <= until) to[start + (at - reach) * step] = 1;
    }
  }
}

/** The value between pixels; beyond the edge that of the edge. Asked millions of times, so it makes nothing on the way. */
export function sample(plane: Plane, x: number, y: number): number {
  const width = plane.width;
  const data = plane.data;
  const lastX = width - 1;
  const lastY = plane.height - 1;
  const cx = x < 0 ? 0 : x > lastX ? lastX : x;
  const cy = y < 0 ? 0 : y > lastY ? lastY : y;
  const ix = cx | 0;
  const iy = cy | 0;
  const tx = cx - ix;
  const at = iy * width + ix;
  const right = ix < lastX ? at + 1 : at;
  const below = iy < lastY ? width : 0;
  const a = data[at] ?? 0;
  const c = data[at + below] ?? 0;
  const top = a + ((data[right] ?? 0) - a) * tx;
  return top + (c + ((data[right + below] ?? 0) - c) * tx - top) * (cy - iy);
}

/** Fewer pixels, each the mean of what it covers. */
export function shrink(plane: Plane, width: number, height: number): Plane {
  const small = createPlane(width, height);
  const across = plane.width / width;
  const down = plane.height / height;
  const row = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    const out = small.data.subarray(y * width, (y + 1) * width);
    const end = (y + 1) * down;
    for (let line = Math.floor(y * down); line < end && line < plane.height; line += 1) {
      meanRow(plane.data, line * plane.width, plane.width, across, row);
      const weight = (Math.min(end, line + 1) - Math.max(y * down, line)) / down;
      for (let x = 0; x < width; x += 1) out[x] = (out[x] ?? 0) + (row[x] ?? 0) * weight;
    }
  }
  return small;
}

function meanRow(data: Float32Array, from: number, count: number, across: number, out: Float32Array): void {
  for (let x = 0; x < out.length; x += 1) {
    const start = x * across;
    const end = start + across;
    let sum = 0;
    for (let at = start | 0; at < end && at < count; at += 1)
      sum += (data[from + at] ?? 0) * ((end < at + 1 ? end : at + 1) - (start > at ? start : at));
    out[x] = sum / across;
  }
}
