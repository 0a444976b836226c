import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Place } from "./picture.ts";
import { blur, createPlane, type Plane, spread } from "./plane.ts";
import type { StraightPage } from "./straighten.ts";

/** Red ink that the approved page has not, and where it lies together. */
export interface RedInk {
  /** Where the upper left pixel of what follows lies on the page. */
  readonly left: number;
  readonly top: number;
  /** How much redder than paper and than the page; zero where the photo shows no paper. */
  readonly ink: Plane;
  /** 1 where black writing or a finger hides whether there is red ink. */
  readonly hidden: Uint8Array;
  /** Where red ink lies together, in millimetres from that pixel, that with most first. */
  readonly clusters: readonly Place[];
}

/** Square millimetres that are red at the least, for an impression's worst remains. */
const leastArea = 12;

/** Looks for red ink within some places and `aroundMm` millimetres around them, but for what lies in `except`. */
export function findRed(
  reference: PageReference,
  straight: StraightPage,
  places: readonly Place[],
  { aroundMm = 15, except = [] }: { readonly aroundMm?: number; readonly except?: readonly Place[] } = {},
): RedInk {
  const page = reference.ink;
  const around = aroundMm * comparedPerMm;
  const from = (values: readonly number[], most: number): number =>
    Math.min(most, Math.max(0, Math.floor(Math.min(...values) * comparedPerMm) - around));
  const to = (values: readonly number[], most: number): number =>
    Math.min(most, Math.max(0, Math.ceil(Math.max(...values) * comparedPerMm) + around));
  const left = from(
    places.map(({ xMm }) => xMm),
    page.width,
  );
  const top = from(
    places.map(({ yMm }) => yMm),
    page.height,
  );
  const width = Math.max(
    1,
    to(
      places.map(({ xMm, widthMm }) => xMm + widthMm),
      page.width,
    ) - left,
  );
  const height = Math.max(
    1,
    to(
      places.map(({ yMm, heightMm }) => yMm + heightMm),
      page.height,
    ) - top,
  );
  const ink = createPlane(width, height);
  const there = createPlane(width, height);
  const hidden = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const start = (top + y) * page.width + left;
    there.data.set(reference.red.data.subarray(start, start + width), y * width);
  }
  const known = reference.hasRed ? spread(spread(there)) : there;
  const { unseen } = straight;
  for (let y = 0, at = 0; y < height; y += 1) {
    const row = Math.min(unseen.rows - 1, Math.floor((top + y) / unseen.step)) * unseen.columns;
    for (let x = 0; x < width; x += 1, at += 1) {
      const pixel = (top + y) * page.width + left + x;
      const covered = unseen.marked[row + Math.min(unseen.columns - 1, Math.floor((left + x) / unseen.step))] === 1;
      const dark = straight.ink.data[pixel] ?? 0;
      // What is dark in red light is writing or a pen: nobody sees red under it.
      if (covered || dark > 0.45 || reference.inked[pixel]) hidden[at] = 1;
      const red = (straight.red.data[pixel] ?? 0) - (known.data[at] ?? 0) * 1.3;
      const isLookedAt = isNear(places, left + x, top + y, around) && !isNear(except, left + x, top + y, 0);
      if (!covered && dark < 0.6 && red > 0 && isLookedAt) ink.data[at] = red;
    }
  }
  const smooth = blur(ink, 1);
  return { left, top, ink: smooth, hidden, clusters: findClusters(smooth) };
}

function isNear(places: readonly Place[], x: number, y: number, around: number): boolean {
  for (const { xMm, yMm, widthMm, heightMm } of places) {
    const [dx, dy] = [x - xMm * comparedPerMm, y - yMm * comparedPerMm];
    if (
      dx >= -around &&
      dy >= -around &&
      dx <= widthMm * comparedPerMm + around &&
      dy <= heightMm * comparedPerMm + around
    )
      return true;
  }
  return false;
}

function findClusters(ink: Plane): Place[] {
  const step = comparedPerMm;
  const [columns, rows] = [Math.floor(ink.width / step), Math.floor(ink.height / step)];
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < rows * step; y += 1)
    for (let x = 0; x < columns * step; x += 1) {
      const cell = Math.floor(y / step) * columns + Math.floor(x / step);
      cells[cell] = (cells[cell] ?? 0) + (ink.data[y * ink.width + x] ?? 0) / step ** 2;
    }
  const done = new Uint8Array(cells.length);
  const boxes: Box[] = [];
  const limit = 0.035;
  for (let start = 0; start < cells.length; start += 1) {
    if (done[start] || (cells[start] ?? 0) < limit) continue;
    const box: Box = { left: columns, right: 0, top: rows, bottom: 0, area: 0, ink: 0 };
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (done[at] || (cells[at] ?? 0) < limit) continue;
      done[at] = 1;
      const [x, y] = [at % columns, Math.floor(at / columns)];
      Object.assign(box, {
        left: Math.min(box.left, x),
        right: Math.max(box.right, x + 1),
        top: Math.min(box.top, y),
        bottom: Math.max(box.bottom, y + 1),
      });
      box.area += 1;
      box.ink += cells[at] ?? 0;
      for (let dy = -3; dy <= 3; dy += 1)
        for (let dx = -3; dx <= 3; dx += 1)
          if (x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows) stack.push((y + dy) * columns + x + dx);
    }
    if (box.area >= 3) boxes.push(box);
  }
  return mergeBoxes(boxes)
    .filter(({ area }) => area >= leastArea)
    .sort((one, other) => other.ink - one.ink)
    .map(({ left, right, top, bottom }) => ({ xMm: left, yMm: top, widthMm: right - left, heightMm: bottom - top }));
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  area: number;
  ink: number;
}

/** Ring, star and letters of one face stand apart from each other: boxes that meet are one. */
function mergeBoxes(boxes: readonly Box[]): Box[] {
  const merged: Box[] = [];
  for (const box of boxes) {
    let grown = { ...box };
    for (let at = 0; at < merged.length; ) {
      const other = merged[at] as Box;
      const meets =
        grown.left <= other.right + 2 &&
        other.left <= grown.right + 2 &&
        grown.top <= other.bottom + 2 &&
        other.top <= grown.bottom + 2;
      if (!meets) {
        at += 1;
        continue;
      }
      merged.splice(at, 1);
      grown = {
        ...{ left: Math.min(grown.left, other.left), right: Math.max(grown.right, other.right) },
        ...{ top: Math.min(grown.top, other.top), bottom: Math.max(grown.bottom, other.bottom) },
        ...{ area: grown.area + other.area, ink: grown.ink + other.ink },
      };
      at = 0;
    }
    merged.push(grown);
  }
  return merged;
}
