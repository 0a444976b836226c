import { leastLike } from "./compare-letters.ts";
import { findRed, type RedInk } from "./find-red.ts";
import { type LaidFace, layFace, layFaceFinely, type Pose, type Specimen } from "./lay-face.ts";
import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Place } from "./picture.ts";
import { blur, createPlane, halve, type Plane, sample, spread } from "./plane.ts";
import type { StraightPage } from "./straighten.ts";

/**
 * `ours`: the seal the request names. `another`: another one of those given. `unknown`: of none of them, so forged or of
 * somebody else. `pale`, `partial` and `doubled` say how the one that the request names was pressed, as far as it can be told: of the
 * last two not every letter is seen. `beside`: it is that one, and other red ink lies beside it. `none`: no red ink.
 */
export type FaceVerdict = "ours" | "another" | "unknown" | "pale" | "partial" | "doubled" | "beside" | "none";
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
  /** Red ink outside the face, in square millimetres. */
  readonly beside: number;
}

const limits = {
  likeness: 0.3,
  pale: 0.25,
  partial: 0.82,
  scrap: 0.45,
  surplus: 0.07,
  second: 0.5,
  letters: 0.42,
  beside: 10,
};

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
  const measures = measureFace(red, best.specimen, best.laid, { blurMm: given.blurMm, others: given.except ?? [] });
  const verdict = judge(measures, best.specimen.id === given.expected);
  return { verdict, specimen: best.specimen.id, place, measures };
}

function judge(
  { likeness, coverage, strength, surplus, letters, second, beside }: FaceMeasures,
  isExpected: boolean,
): FaceVerdict {
  if (likeness < limits.likeness) return "unknown";
  const isDoubled = surplus > limits.surplus && second > limits.second;
  // How less than half a face lies is not known well enough to hold its letters against ours; under two faces no letter is as it was.
  const areLettersSeen = !isDoubled && coverage >= limits.scrap;
  if (areLettersSeen && letters < limits.letters) return "unknown";
  if (!isExpected) return "another";
  if (isDoubled) return "doubled";
  if (coverage < limits.partial) return "partial";
  if (beside > limits.beside) return "beside";
  return strength < limits.pale ? "pale" : "ours";
}

function measureFace(
  red: RedInk,
  specimen: Specimen,
  { pose, likeness }: LaidFace,
  { blurMm, others }: { readonly blurMm: number; readonly others: readonly Place[] },
): FaceMeasures {
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
    beside: areaBeside(red, specimen, pose, { strength, others }),
    coverage: printed / total,
    surplus: beyond / total,
    second: beyond / total > limits.surplus ? findSecond(more, near, seen.hidden) : 0,
  };
}

/** How far from a face its own ink may have been pressed or smeared, and how far from its place another seal, in millimetres. */
const rimMm = { own: 2, others: 8 };

/** How much red ink lies beyond a face and what belongs to other seals, as strong as half of its own at the least, in square millimetres. */
function areaBeside(
  red: RedInk,
  { ink }: Specimen,
  { x, y, turn }: Pose,
  { strength, others }: { readonly strength: number; readonly others: readonly Place[] },
): number {
  const rim = rimMm.own * comparedPerMm;
  const [halfWidth, halfHeight, reach] = [ink.width / 2 + rim, ink.height / 2 + rim, reachOf(ink) + rim];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  let count = 0;
  for (let py = 0, at = 0; py < red.ink.height; py += 1)
    for (let px = 0; px < red.ink.width; px += 1, at += 1) {
      if ((red.ink.data[at] ?? 0) < strength / 2 || red.hidden[at]) continue;
      const [dx, dy] = [px + 0.5 - x, py + 0.5 - y];
      const [fx, fy] = [dx * cos + dy * sin, -dx * sin + dy * cos];
      if (Math.abs(fx) <= halfWidth && Math.abs(fy) <= halfHeight && Math.hypot(dx, dy) <= reach) continue;
      const [xMm, yMm] = [(red.left + px) / comparedPerMm, (red.top + py) / comparedPerMm];
      if (!others.some((place) => isNearPlace(place, xMm, yMm))) count += 1;
    }
  return count / comparedPerMm ** 2;
}

const isNearPlace = (place: Place, xMm: number, yMm: number): boolean =>
  xMm >= place.xMm - rimMm.others &&
  yMm >= place.yMm - rimMm.others &&
  xMm <= place.xMm + place.widthMm + rimMm.others &&
  yMm <= place.yMm + place.heightMm + rimMm.others;

/** How far a face's ink goes from its middle, in its pixels: the corners of the box around a round one are bare. */
function reachOf({ width, height, data }: Plane): number {
  let furthest = 0;
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 1)
      if ((data[at] ?? 0) > 0.5) furthest = Math.max(furthest, Math.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2));
  return furthest;
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
