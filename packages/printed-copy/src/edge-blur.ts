import type { PageMap } from "./match-block.ts";
import type { Plane } from "./plane.ts";

/** How far a sheet's edge is followed to either side, how finely, and where along its sides, in millimetres and shares. */
const [reachMm, stepMm, wholeMm] = [8, 0.1, 2] as const;
const along = Array.from({ length: 20 }, (_, at) => 0.08 + (at / 19) * 0.84);
/** What paper and table differ by at least, in levels of brightness, and how many places of the edge have to show it. */
const [leastContrast, fewest] = [24, 8] as const;

/**
 * The blur of a photo by the edge of the sheet in it, in millimetres: the one thing that a sheet with nothing on it shows of how
 * sharp its photo is. Null where too little of the edge is seen to tell.
 */
export function measureEdgeBlur(
  sheet: { readonly widthMm: number; readonly heightMm: number },
  photo: Plane,
  map: PageMap,
): number | null {
  const { widthMm, heightMm } = sheet;
  const widths = along
    .flatMap((share) => [
      followEdge(photo, map, [share * widthMm, 0], [0, 1]),
      followEdge(photo, map, [share * widthMm, heightMm], [0, -1]),
      followEdge(photo, map, [0, share * heightMm], [1, 0]),
      followEdge(photo, map, [widthMm, share * heightMm], [-1, 0]),
    ])
    .filter((width) => width !== null)
    .sort((a, b) => a - b);
  // A shadow or the sheet's own curl widens an edge; nothing makes it narrower than the lens does.
  return widths.length < fewest ? null : (widths[widths.length >> 2] ?? null);
}

/** The spread of the edge at one place, from the table inwards; null where it is not seen there. */
function followEdge(
  photo: Plane,
  map: PageMap,
  [x, y]: readonly [number, number],
  [inX, inY]: readonly [number, number],
): number | null {
  const values: number[] = [];
  for (let off = -reachMm; off <= reachMm; off += stepMm) {
    const value = lightAt(photo, map(x + inX * off, y + inY * off));
    if (value === null) return null;
    values.push(value);
  }
  const whole = Math.round(wholeMm / stepMm);
  const [table, paper] = [middle(values.slice(0, whole)), middle(values.slice(-whole))];
  if (paper - table < leastContrast) return null;
  const [low, high] = [table + (paper - table) / 4, paper - (paper - table) / 4];
  // Three in a row are not noise: the last that are as dark as the table, and the first thereafter that are as bright as paper.
  const isRow = (at: number, is: (value: number) => boolean): boolean =>
    [0, 1, 2].every((beside) => is(values[at + beside] ?? paper));
  let from = -1;
  for (let at = 0; at < values.length - 3; at += 1) if (isRow(at, (value) => value < low)) from = at + 2;
  if (from < 0) return null;
  let to = from;
  while (to < values.length && !isRow(to, (value) => value > high)) to += 1;
  // A quarter to three quarters of a Gaussian's sum are 1.349 of its spreads.
  return ((to - from) * stepMm) / 1.349;
}

const middle = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Brightness between four pixels; null beyond the picture. */
function lightAt({ width, height, data }: Plane, [x, y]: readonly [number, number]): number | null {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return null;
  const [tx, ty] = [x - left, y - top];
  const at = top * width + left;
  const upper = (data[at] ?? 0) * (1 - tx) + (data[at + 1] ?? 0) * tx;
  const lower = (data[at + width] ?? 0) * (1 - tx) + (data[at + width + 1] ?? 0) * tx;
  return upper * (1 - ty) + lower * ty;
}
