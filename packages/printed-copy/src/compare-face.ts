import { leastLike } from "./compare-letters.ts";
import { findRed, type RedInk } from "./find-red.ts";
import { type LaidFace, layFace, layFaceFinely, type Pose, type Specimen } from "./lay-face.ts";
import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Place } from "./picture.ts";
import { blur, createPlane, halve, type Plane, sample, spread } from "./plane.ts";
import type { StraightPage } from "./straighten.ts";

/**
 * `ours`: the seal the request names. `another`: another one of those given. `unknown`: of none of them, so forged or of
 * somebody else. `pale`, `partial` and `doubled` say how the nearest of them was pressed. `none`: no red ink.
 */
export type FaceVerdict = "ours" | "another" | "unknown" | "pale" | "partial" | "doubled" | "none";
export interface FaceComparison {
  readonly verdict: FaceVerdict;
  /** The nearest of the seals given. */
  readonly specimen: string | null;
  readonly place: Place | null;
  readonly measures: FaceMeasures | null;
}
export interface FaceMeasures {
  readonly likeness: number;
  /** Of the face's ink, what was printed. */
  readonly coverage: number;
  /** How red the printed ink is, paper being 0. */
  readonly strength: number;
  /** Ink beyond the face, for that of the face. */
  readonly surplus: number;
  /** How like the least like place of a letter's size is; 1 where nothing differs. */
  readonly letters: number;
  /** Of the ink beyond the face, what a second impression of it explains. */
  readonly second: number;
}

const limits = { likeness: 0.3, pale: 0.25, partial: 0.82, scrap: 0.45, surplus: 0.07, second: 0.5, letters: 0.42 };

/** Compares the red ink in some places of a straightened photo with the seals that may have made it. */
export function compareFace(
  reference: PageReference,
  straight: StraightPage,
  given: {
    readonly places: readonly Place[];
    /** Places of other seals, whose ink is not looked at. */
    readonly except?: readonly Place[];
    readonly specimens: readonly Specimen[];
    readonly expected: string;
    readonly blurMm: number;
  },
): FaceComparison {
  const red = findRed(reference, straight, given.places, { except: given.except ?? [] });
  const [cluster] = red.clusters;
  if (given.places.length === 0 || !cluster) return { verdict: "none", specimen: null, place: null, measures: null };
  const coarse = halve(halve(red.ink));
  const laid = given.specimens
    .map((specimen) => ({ specimen, laid: layFace(coarse, cluster, specimen) }))
    .sort((one, other) => other.laid.likeness - one.laid.likeness);
  // Those that are nearly as like are looked at with all pixels: seals of one size differ by their letters alone.
  const [best] = laid
    .filter((one) => one.laid.likeness > (laid[0]?.laid.likeness ?? 0) - 0.2)
    .map(({ specimen, laid: roughly }) => ({ specimen, laid: layFaceFinely(red.ink, specimen, roughly) }))
    .sort((one, other) => other.laid.likeness - one.laid.likeness);
  const place = { ...cluster, xMm: cluster.xMm + red.left / comparedPerMm, yMm: cluster.yMm + red.top / comparedPerMm };
  if (!best) return { verdict: "unknown", specimen: null, place, measures: null };
  const measures = measureFace(red, best.specimen, best.laid, given.blurMm);
  const verdict = judge(measures, best.specimen.id === given.expected);
  return { verdict, specimen: best.specimen.id, place, measures };
}

function judge(
  { likeness, coverage, strength, surplus, letters, second }: FaceMeasures,
  isExpected: boolean,
): FaceVerdict {
  const isDoubled = surplus > limits.surplus && second > limits.second;
  if (isDoubled) return "doubled";
  if (likeness < limits.likeness) return "unknown";
  // How less than half a face lies is not known well enough to hold its letters against ours.
  if (coverage < limits.scrap) return "partial";
  if (letters < limits.letters) return "unknown";
  if (coverage < limits.partial) return "partial";
  if (strength < limits.pale) return "pale";
  return isExpected ? "ours" : "another";
}

function measureFace(red: RedInk, specimen: Specimen, { pose, likeness }: LaidFace, blurMm: number): FaceMeasures {
  const margin = 8 * comparedPerMm;
  const seen = cutOut(red, specimen, pose, margin);
  const face = padded(specimen.ink, margin, blurMm * comparedPerMm);
  const { width, height } = face;
  const core = padded(specimen.ink, margin, 0);
  const strength = strengthOf(seen.ink, core, seen.hidden);
  const share = createPlane(width, height);
  for (let at = 0; at < share.data.length; at += 1) share.data[at] = Math.min(1.2, (seen.ink.data[at] ?? 0) / strength);
  // Rubber gives, and paper bends: ink may lie a quarter of a millimetre aside.
  const near = spread(spread(face));
  const reached = spread(spread(share));
  let [all, printed, beyond] = [0, 0, 0];
  const more = createPlane(width, height);
  for (let at = 0; at < share.data.length; at += 1) {
    if (seen.hidden[at]) continue;
    const should = core.data[at] ?? 0;
    if (should > 0.7) {
      all += 1;
      if ((reached.data[at] ?? 0) > 0.35) printed += 1;
    }
    const surplus = (share.data[at] ?? 0) - (near.data[at] ?? 0) - 0.25;
    if (surplus > 0) {
      more.data[at] = surplus;
      beyond += surplus;
    }
  }
  const total = Math.max(1, all);
  return {
    ...{ likeness, strength, letters: leastLike(share, face, seen.hidden) },
    coverage: printed / total,
    surplus: beyond / total,
    second: beyond / total > limits.surplus ? findSecond(more, near, seen.hidden) : 0,
  };
}

/** The photo's ink around a face, turned upright. */
function cutOut(
  red: RedInk,
  specimen: Specimen,
  { x, y, turn }: Pose,
  margin: number,
): { ink: Plane; hidden: Uint8Array } {
  const [width, height] = [specimen.ink.width + 2 * margin, specimen.ink.height + 2 * margin];
  const ink = createPlane(width, height);
  const hidden = new Uint8Array(width * height);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  for (let row = 0, at = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1, at += 1) {
      const [dx, dy] = [column + 0.5 - width / 2, row + 0.5 - height / 2];
      const [px, py] = [x + dx * cos - dy * sin - 0.5, y + dx * sin + dy * cos - 0.5];
      const [ix, iy] = [Math.round(px), Math.round(py)];
      const isOn = ix >= 0 && iy >= 0 && ix < red.ink.width && iy < red.ink.height;
      hidden[at] = isOn ? (red.hidden[iy * red.ink.width + ix] ?? 0) : 1;
      if (isOn) ink.data[at] = sample(red.ink, px, py);
    }
  return { ink, hidden };
}

function padded({ width, height, data }: Plane, margin: number, sigma: number): Plane {
  const wide = createPlane(width + 2 * margin, height + 2 * margin);
  for (let y = 0; y < height; y += 1)
    wide.data.set(data.subarray(y * width, (y + 1) * width), (y + margin) * wide.width + margin);
  return blur(wide, sigma);
}

/** How red the ink is where the face has it and it was printed: the upper part, for the rest may not have touched. */
function strengthOf(ink: Plane, core: Plane, hidden: Uint8Array): number {
  const values: number[] = [];
  for (let at = 0; at < core.data.length; at += 3)
    if ((core.data[at] ?? 0) > 0.9 && hidden[at] === 0) values.push(ink.data[at] ?? 0);
  values.sort((a, b) => a - b);
  return Math.max(0.04, values[Math.floor(values.length * 0.88)] ?? 0);
}

/** How much of the ink beyond the face the same face explains where it was pressed again, some millimetres aside. */
function findSecond(more: Plane, face: Plane, hidden: Uint8Array): number {
  const { width, height } = more;
  const points: number[] = [];
  let total = 0;
  for (let at = 0; at < more.data.length; at += 2) {
    if ((more.data[at] ?? 0) < 0.15 || hidden[at]) continue;
    points.push(at);
    total += more.data[at] ?? 0;
  }
  if (points.length < 30) return 0;
  const every = Math.max(1, Math.floor(points.length / 3000));
  const reach = Math.round(6 * comparedPerMm);
  let best = 0;
  for (let dy = -reach; dy <= reach; dy += 2)
    for (let dx = -reach; dx <= reach; dx += 2) {
      if (Math.hypot(dx, dy) < comparedPerMm * 0.8 || Math.hypot(dx, dy) > reach) continue;
      let explained = 0;
      for (let at = 0; at < points.length; at += every) {
        const point = points[at] ?? 0;
        const [x, y] = [(point % width) - dx, Math.floor(point / width) - dy];
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        if ((face.data[y * width + x] ?? 0) > 0.3) explained += more.data[point] ?? 0;
      }
      best = Math.max(best, (explained * every) / total);
    }
  return Math.min(1, best);
}
