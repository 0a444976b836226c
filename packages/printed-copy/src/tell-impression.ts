import { findRed } from "./find-red.ts";
import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Place, Rgb } from "./picture.ts";
import type { StraightPage } from "./straighten.ts";

/**
 * Whether an impression is seen where one is expected. `found`: red ink that the approved page has not lies together there.
 * `none`: the place is seen, and has none. `untold`: the place is covered or beyond the picture, or the picture has no colours.
 */
export type ImpressionSight = "found" | "none" | "untold";

/** How far beside its place a hand may press, in mm: as far as ink may be added without the page being another one. */
export const besidePlaceMm = 12;
/** Of the place itself, how much has to be seen before anything is said to be missing from it. */
const leastSeen = 0.6;
/** How far the channels of a pixel part at the least, of 255, that counts as coloured, and how many of a picture's pixels are. */
const coloured = { by: 4, share: 0.02 } as const;

/** Looks for red ink in the place of one seal on a photo that was straightened; `others` are the places of other seals of the page. */
export function tellImpression(
  reference: PageReference,
  { photo, straight }: { readonly photo: Rgb; readonly straight: StraightPage },
  { own: place, others }: { readonly own: Place; readonly others: readonly Place[] },
): ImpressionSight {
  const beside = others.filter((other) => !isWithin(place, other));
  const red = findRed(reference, straight, [place], { aroundMm: besidePlaceMm, except: beside });
  if (red.clusters.length > 0) return "found";
  return shareSeen(straight, place) < leastSeen || !isInColour(photo) ? "untold" : "none";
}

/** Whether the middle of one place lies in another: then what is pressed there may be either. */
function isWithin(place: Place, other: Place): boolean {
  const [x, y] = [place.xMm + place.widthMm / 2, place.yMm + place.heightMm / 2];
  return x >= other.xMm && x <= other.xMm + other.widthMm && y >= other.yMm && y <= other.yMm + other.heightMm;
}

function shareSeen({ unseen }: StraightPage, { xMm, yMm, widthMm, heightMm }: Place): number {
  let [all, seen] = [0, 0];
  for (let y = 0.5; y < heightMm; y += 1)
    for (let x = 0.5; x < widthMm; x += 1) {
      const column = Math.floor(((xMm + x) * comparedPerMm) / unseen.step);
      const row = Math.floor(((yMm + y) * comparedPerMm) / unseen.step);
      all += 1;
      if (column < 0 || row < 0 || column >= unseen.columns || row >= unseen.rows) continue;
      if (unseen.marked[row * unseen.columns + column] === 0) seen += 1;
    }
  return all === 0 ? 0 : seen / all;
}

/** A lamp, a lens and paper are never without a tint: what has none was taken, or stored, without colours. */
function isInColour({ data }: Rgb): boolean {
  let [many, count] = [0, 0];
  for (let at = 0; at + 2 < data.length; at += 3 * 41) {
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) >= coloured.by) many += 1;
    count += 1;
  }
  return many >= count * coloured.share;
}
