import type { InkPlane } from "./match-block.ts";
import { createMarks, giveBack } from "./memory.ts";
import type { Rgb } from "./picture.ts";
import { channelOf, type Plane, shrink, widen } from "./plane.ts";
import type { Point } from "./projection.ts";
import type { RegistrationTarget } from "./register-page.ts";

/** Pixels to the millimetre that pages are compared at: letters of ten points are fifteen pixels high. */
export const comparedPerMm = 8;

/** The approved page, made ready once for any number of photos. */
export interface PageReference extends RegistrationTarget {
  /** Darkness in red light, where red ink hardly shows, and how much redder than paper; from 0 to 1. */
  readonly ink: InkPlane;
  readonly red: Plane;
  readonly hasRed: boolean;
  /** 1 where there is something on the page within three pixels. */
  readonly inked: Uint8Array;
}

/**
 * Reads the approved page as it is drawn at eight pixels to the millimetre. `code` are the corners of its own code in
 * millimetres, clockwise from the upper left; null for paper of others, which was scanned.
 */
export function preparePage(page: Rgb, code: readonly [Point, Point, Point, Point] | null): PageReference {
  const [red, green] = [channelOf(page, 0), channelOf(page, 1)];
  const ink = darknessOf(red);
  const greenInk = darknessOf(green);
  // The darkness in green light gives way to what of it is more than in red.
  const redness = greenInk;
  let hasRed = false;
  const marks = createMarks(ink.data.length);
  for (let at = 0; at < marks.length; at += 1) {
    const more = (greenInk.data[at] ?? 0) - (ink.data[at] ?? 0);
    redness.data[at] = more > 0 ? more : 0;
    if (more > 0.05) hasRed = true;
    if (more > 0.1 || (ink.data[at] ?? 0) > 0.1) marks[at] = 1;
  }
  const inked = widen(marks, page.width, page.height, 3);
  giveBack(marks);
  return {
    widthMm: page.width / comparedPerMm,
    heightMm: page.height / comparedPerMm,
    ink: { ...ink, perMm: comparedPerMm },
    ...{ red: redness, hasRed },
    inked,
    coarse: shrinkInk(ink, 3),
    fine: shrinkInk(ink, 6),
    code,
  };
}

/** Gives the memory of a page back that no photo is compared with any more. */
export const letGoOfPage = ({ ink, red, inked, coarse, fine }: PageReference): void =>
  giveBack(ink, red, inked, coarse, fine);

/** From 0 for the page's own paper to 1 for black: a scan's paper is not quite white. Changes the plane. */
function darknessOf(plane: Plane): Plane {
  const { data } = plane;
  const histogram = new Float64Array(256);
  for (let at = 0; at < data.length; at += 1) {
    const bin = (data[at] ?? 0) | 0;
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  let [above, white] = [0, 255];
  while (white > 60 && above < data.length * 0.25) above += histogram[white--] ?? 0;
  const scale = 1 / white;
  for (let at = 0; at < data.length; at += 1) {
    const dark = 1 - (data[at] ?? 0) * scale;
    data[at] = dark > 0 ? dark : 0;
  }
  return plane;
}

function shrinkInk(ink: Plane, perMm: number): InkPlane {
  const scale = comparedPerMm / perMm;
  return { ...shrink(ink, Math.floor(ink.width / scale), Math.floor(ink.height / scale)), perMm };
}
