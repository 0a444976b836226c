import { findAddedPrint, isMore } from "./added-print.ts";
import { measureEdgeBlur } from "./edge-blur.ts";
import { findOutlines } from "./find-outline.ts";
import { buildPyramid, mapBy } from "./match-block.ts";
import { createMarks, giveBack } from "./memory.ts";
import { comparedPerMm, type PageReference } from "./page-reference.ts";
import type { Place, Rgb } from "./picture.ts";
import { blur, channelOf, createPlane, halve, mostAround, type Plane, widen } from "./plane.ts";
import type { Point } from "./projection.ts";
import { registerPage } from "./register-page.ts";
import { type Squares, type StraightPage, straighten } from "./straighten.ts";

export interface PageComparison {
  /** `unclear`: what is seen agrees, but too little of the page is seen, or it is too blurred to tell letters. */
  readonly verdict: "same" | "differs" | "wrong-page" | "blank" | "unclear" | "not-found";
  /** Where it differs, the worst first. */
  readonly places: readonly Place[];
  /** What has something on it and is not seen. */
  readonly unseen: readonly Place[];
  /** From 0 to 1. */
  readonly confidence: number;
  readonly measures: Measures;
  readonly straight: StraightPage | null;
}
/** What was measured, for whoever wants to know why. */
export interface Measures {
  /** Of the places with something on them, those found where they should be. */
  readonly share: number;
  /** Width of the photo's blur in millimetres on the page. */
  readonly blurMm: number;
  /** The same by the sheet's edge, which a blank sheet shows, too; null where too little of the edge is seen. */
  readonly edgeBlurMm: number | null;
  /** The greatest ink that is too much or missing around one place, in square millimetres of black. */
  readonly worst: number;
  /** Of the page's ink, what the photo lacks. */
  readonly missing: number;
  /** Ink of the photo for that of the page, outside of the places where ink may be added. */
  readonly amount: number;
}

/** Square millimetres of black, too much or missing within a letter's reach, that make a difference. */
export const differenceLimit = 0.06;
const nothing: Measures = { share: 0, blurMm: 0, edgeBlurMm: null, worst: 0, missing: 1, amount: 0 };

/**
 * Compares a photo with the approved page. `code` are the corners of the page's code in the photo, in the order of those of
 * the reference. Ink may be added in `inkPlaces` (seals, signatures) and nowhere else, with `noPrint` by no printer even
 * there; nothing may be missing anywhere.
 */
export function comparePage(
  photo: Rgb,
  reference: PageReference,
  given: {
    readonly code: readonly [Point, Point, Point, Point] | null;
    readonly inkPlaces: readonly Place[];
    readonly noPrint: boolean;
  },
): PageComparison {
  const red = channelOf(photo, 0);
  const pyramid = buildPyramid(red);
  const found = registerPage(reference, pyramid, { outlines: findOutlines(red), code: given.code });
  const edgeBlurMm = found && measureEdgeBlur(reference, red, mapBy(found.projection));
  giveBack(...pyramid);
  if (found === null)
    return { ...{ verdict: "not-found", places: [], unseen: [], confidence: 0 }, measures: nothing, straight: null };
  const straight = straighten(reference, photo, found.map);
  const difference = findDifference(reference, straight, given);
  const { measures: measured, places, unseen, unseenInk } = difference;
  const measures = { ...measured, share: found.share, edgeBlurMm };
  const answer = { places, unseen, measures, straight };
  if (measures.amount < 0.08)
    return { ...answer, verdict: "blank", places: [], confidence: 1 - measures.amount / 0.16 };
  if (found.share < 0.35 || measures.missing > 0.45)
    return {
      ...answer,
      verdict: "wrong-page",
      places: [],
      confidence: Math.min(1, Math.max(1 - found.share, measures.missing)),
    };
  const ratio = measures.worst / differenceLimit;
  // On a page that is nearly empty, and whose words were not found together, a difference may be one of place alone.
  if (places.length > 0 && !found.isHeld) return { ...answer, verdict: "unclear", places: [], confidence: 0 };
  if (places.length > 0) return { ...answer, verdict: "differs", confidence: 1 - 0.5 / Math.max(1, ratio) };
  const confidence = 1 - 0.5 * Math.min(1, ratio);
  const isUnclear = unseenInk > 0.5 || measures.blurMm > 0.45;
  return { ...answer, verdict: isUnclear ? "unclear" : "same", confidence };
}

function findDifference(
  reference: PageReference,
  straight: StraightPage,
  { inkPlaces, noPrint }: { readonly inkPlaces: readonly Place[]; readonly noPrint: boolean },
): { measures: Omit<Measures, "share" | "edgeBlurMm">; places: Place[]; unseen: Place[]; unseenInk: number } {
  const { width, height } = reference.ink;
  const sigma = findBlur(reference.ink, straight.ink);
  const expected = blur(reference.ink, sigma);
  adaptGain(expected, straight.ink);
  const free = maskOf(reference, straight.unseen);
  const noise = findNoise(expected, straight.ink, free);
  const slack = 0.05 + 2 * noise;
  const off = createPlane(width, height);
  const isAllowed = allowedAt(inkPlaces, straight.ink, expected, slack);
  let [missing, all, outside, amount] = [0, 0, 0, 0];
  for (let at = 0; at < off.data.length; at += 1) {
    if (free[at] === 0) continue;
    const should = expected.data[at] ?? 0;
    const is = straight.ink.data[at] ?? 0;
    // Ink may lie an eighth of a millimetre from where it should: the most around a pixel counts, which is no less than the
    // pixel itself, so that it is asked only where that does not settle it.
    const lacks = should - is - slack > 0 ? should - mostAround(straight.ink, at) - slack : 0;
    const more = is - should - slack > 0 ? is - mostAround(expected, at) - slack : 0;
    if (should > 0.1) {
      all += should;
      if (isAllowed[at] === 0) outside += should;
    }
    if (should > 0.1 && lacks > 0) missing += Math.min(should, lacks + slack);
    if (is > 0.12 + 2 * noise && isAllowed[at] === 0) amount += is;
    off.data[at] = (lacks > 0 ? lacks : 0) + (more > 0 && isAllowed[at] === 0 ? more : 0);
  }
  const gathered = gather(off);
  giveBack(off);
  const { places: unseen, ink: unseenInk } = listUnseen(reference, straight.unseen);
  const measured = {
    blurMm: sigma / comparedPerMm,
    missing: all > 0 ? missing / all : 0,
    // Of a page whose words all stand where ink may be added, what it lacks tells how much is there.
    amount: outside > all * 0.1 ? amount / outside : all > 0 ? 1 - missing / all : 1,
  };
  const spots = listSpots(gathered, differenceLimit, comparedPerMm / 2);
  const letGo = (): void => giveBack(expected, free, isAllowed, gathered);
  // A page that is another one is not looked at twice.
  if (measured.missing > 0.3 || spots.length > 60) {
    letGo();
    return {
      measures: { ...measured, worst: spots[0]?.worst ?? 0 },
      places: spots.map(({ place }) => place),
      unseen,
      unseenInk,
    };
  }
  const look: SecondLook = { expected, ink: straight.ink, free, isAllowed, slack };
  const sure = spots
    .map((spot) => ({ ...spot, worst: lookAgain(look, spot.place) }))
    .filter(({ worst }) => worst > differenceLimit);
  const printed = noPrint ? findAddedPrint({ ink: straight.ink, expected, slack, free, isAllowed }) : [];
  sure.push(...printed.map((place) => ({ place, worst: differenceLimit * 2 })));
  const quiet = gathered.data.reduce((most, value) => (value > most && value <= differenceLimit ? value : most), 0);
  letGo();
  const worst = sure.reduce((most, spot) => Math.max(most, spot.worst), quiet);
  return { measures: { ...measured, worst }, places: sure.map(({ place }) => place), unseen, unseenInk };
}

/** Sums within the reach of a letter, over a Gaussian of half a millimetre, in square millimetres; at half the pixels. */
function gather(off: Plane): Plane {
  const reach = 0.5 * comparedPerMm;
  const half = halve(off);
  const gathered = blur(half, reach / 2);
  giveBack(half);
  const area = (2 * Math.PI * reach * reach) / comparedPerMm ** 2;
  for (let at = 0; at < gathered.data.length; at += 1) gathered.data[at] = (gathered.data[at] ?? 0) * area;
  return gathered;
}

interface SecondLook {
  readonly expected: Plane;
  readonly ink: Plane;
  readonly free: Uint8Array;
  readonly isAllowed: Uint8Array;
  readonly slack: number;
}

/**
 * What stands alone on a page, as its number does, may lie some tenths of a millimetre beside where the paper's bend has it.
 * The place is laid anew by itself and measured again.
 */
function lookAgain({ expected, ink, free, isAllowed, slack }: SecondLook, place: Place): number {
  const room = 4 * comparedPerMm;
  const reach = Math.round(0.9 * comparedPerMm);
  const { width, height } = expected;
  const left = Math.max(reach + 1, Math.floor(place.xMm * comparedPerMm) - room);
  const top = Math.max(reach + 1, Math.floor(place.yMm * comparedPerMm) - room);
  const right = Math.min(width - reach - 2, Math.ceil((place.xMm + place.widthMm) * comparedPerMm) + room);
  const bottom = Math.min(height - reach - 2, Math.ceil((place.yMm + place.heightMm) * comparedPerMm) + room);
  if (right - left < 8 || bottom - top < 8) return 0;
  let [best, bx, by] = [Number.POSITIVE_INFINITY, 0, 0];
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      let apart = 0;
      for (let y = top; y < bottom; y += 2)
        for (let x = left; x < right; x += 2) {
          const at = y * width + x;
          if (free[at] === 0) continue;
          const lacks = (expected.data[at] ?? 0) - (ink.data[at + dy * width + dx] ?? 0);
          // Where ink may be added, what is more tells nothing.
          apart += lacks > 0 ? lacks : isAllowed[at] ? 0 : -lacks;
        }
      apart += Math.hypot(dx, dy) * 1e-3;
      if (apart < best) [best, bx, by] = [apart, dx, dy];
    }
  const off = createPlane(right - left, bottom - top);
  const most = (data: Float32Array, at: number): number => {
    let value = 0;
    for (let y = -width; y <= width; y += width)
      for (let x = at + y - 1; x <= at + y + 1; x += 1) if ((data[x] ?? 0) > value) value = data[x] ?? 0;
    return value;
  };
  const shift = by * width + bx;
  for (let y = top; y < bottom; y += 1)
    for (let x = left; x < right; x += 1) {
      const at = y * width + x;
      if (free[at] === 0) continue;
      const lacks = (expected.data[at] ?? 0) - most(ink.data, at + shift) - slack;
      const more = isAllowed[at] ? 0 : (ink.data[at + shift] ?? 0) - most(expected.data, at) - slack;
      off.data[(y - top) * off.width + x - left] = (lacks > 0 ? lacks : 0) + (more > 0 ? more : 0);
    }
  return gather(off).data.reduce((worst, value) => Math.max(worst, value), 0);
}

/** Which blur makes the approved page most like the photo, by its fullest squares. */
function findBlur(ink: Plane, seen: Plane): number {
  const side = 120;
  const squares: { x: number; y: number; ink: number }[] = [];
  for (let y = 0; y + side <= ink.height; y += side)
    for (let x = 0; x + side <= ink.width; x += side) {
      let sum = 0;
      for (let dy = 0; dy < side; dy += 4)
        for (let dx = 0; dx < side; dx += 4) sum += ink.data[(y + dy) * ink.width + x + dx] ?? 0;
      squares.push({ x, y, ink: sum });
    }
  const best = squares
    .sort((one, other) => other.ink - one.ink)
    .slice(0, 7)
    .map(({ x, y }) => {
      const [page, photo] = [cut(ink, x, y, side), cut(seen, x, y, side)];
      let [top, sigma, lower] = [-1, 1, 0];
      // Past the best one it gets less and less like it, and dearer to try.
      for (const tried of [0.4, 0.8, 1.2, 1.6, 2.1, 2.8, 3.8, 5.2]) {
        const likeness = correlate(blur(page, tried), photo);
        lower = likeness > top ? 0 : lower + 1;
        if (likeness > top) [top, sigma] = [likeness, tried];
        else if (lower === 2) break;
      }
      return sigma;
    })
    .sort((a, b) => a - b);
  return best[best.length >> 1] ?? 1;
}

function cut({ width, data }: Plane, x: number, y: number, side: number): Plane {
  const part = createPlane(side, side);
  for (let row = 0; row < side; row += 1)
    part.data.set(data.subarray((y + row) * width + x, (y + row) * width + x + side), row * side);
  return part;
}

function correlate(one: Plane, other: Plane): number {
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  const count = one.data.length;
  for (let at = 0; at < count; at += 1) {
    const x = one.data[at] ?? 0;
    const y = other.data[at] ?? 0;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const spread = (sxx - (sx * sx) / count) * (syy - (sy * sy) / count);
  return spread > 0 ? (sxy - (sx * sy) / count) / Math.sqrt(spread) : 0;
}

/** Makes the expected ink as dark as the photo has it around each place: toner, light and camera differ. */
function adaptGain(expected: Plane, seen: Plane): void {
  const { width, height } = expected;
  const step = 20 * comparedPerMm;
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const [cross, square] = [new Float64Array(columns * rows), new Float64Array(columns * rows)];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const value = expected.data[y * width + x] ?? 0;
      if (value < 0.15) continue;
      const at = Math.floor(y / step) * columns + Math.floor(x / step);
      cross[at] = (cross[at] ?? 0) + value * (seen.data[y * width + x] ?? 0);
      square[at] = (square[at] ?? 0) + value * value;
    }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const [allCross, allSquare] = [sum(cross), sum(square)];
  const usual = allSquare > 0 ? allCross / allSquare : 1;
  const gains = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      let [c, s] = [usual * 40, 40];
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y += 1)
        for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x += 1) {
          c += cross[y * columns + x] ?? 0;
          s += square[y * columns + x] ?? 0;
        }
      gains[row * columns + column] = Math.min(1.3, Math.max(0.35, c / s));
    }
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const gain = gains[Math.floor(y / step) * columns + Math.floor(x / step)] ?? 1;
      expected.data[y * width + x] = (expected.data[y * width + x] ?? 0) * gain;
    }
}

/** Spread of the paper's own darkness where nothing is expected. */
function findNoise(expected: Plane, seen: Plane, free: Uint8Array): number {
  const values: number[] = [];
  for (let at = 0; at < expected.data.length; at += 97)
    if (free[at] && mostAround(expected, at) < 0.02) values.push(Math.abs(seen.data[at] ?? 0));
  values.sort((a, b) => a - b);
  return Math.min(0.1, values[Math.floor(values.length * 0.68)] ?? 0.02);
}

/** What is not compared along the edges, in pixels: a scan shows the sheet a little aslant, and where it ends the table begins. */
const edgeOf = ({ code }: PageReference): number => (code === null ? 6 : 3) * comparedPerMm;

/** Pixels that are compared: seen, not of the code, and not at the very edge of the sheet. */
function maskOf(reference: PageReference, unseen: Squares): Uint8Array {
  const { width, height } = reference.ink;
  const free = createMarks(width * height);
  const edge = edgeOf(reference);
  const code = codeBox(reference);
  for (let y = edge; y < height - edge; y += 1) {
    const row = Math.min(unseen.rows - 1, Math.floor(y / unseen.step)) * unseen.columns;
    for (let x = edge; x < width - edge; x += 1) {
      if (unseen.marked[row + Math.min(unseen.columns - 1, Math.floor(x / unseen.step))]) continue;
      if (x >= code.left && x <= code.right && y >= code.top && y <= code.bottom) continue;
      free[y * width + x] = 1;
    }
  }
  return free;
}

/** The code with its quiet zone, in pixels: it was read, so it needs no comparison. */
function codeBox({ code }: PageReference): { left: number; right: number; top: number; bottom: number } {
  if (code === null) return { left: 0, right: -1, top: 0, bottom: -1 };
  const room = 1.5 * comparedPerMm;
  const [xs, ys] = [code.map(([x]) => x * comparedPerMm), code.map(([, y]) => y * comparedPerMm)];
  return {
    ...{ left: Math.min(...xs) - room, right: Math.max(...xs) + room },
    ...{ top: Math.min(...ys) - room, bottom: Math.max(...ys) + room },
  };
}

/** How far a stroke that begins in a place for signatures may go beyond it, in pixels. */
const overshoot = 8 * comparedPerMm;

/** Where ink may be added: the places themselves, and near them the strokes that begin there. */
function allowedAt(places: readonly Place[], ink: Plane, expected: Plane, slack: number): Uint8Array {
  const { width, height } = ink;
  const allowed = createMarks(width * height);
  const far = createMarks(width * height);
  const boxes = places.map(({ xMm, yMm, widthMm, heightMm }) => ({
    ...{ left: Math.round(xMm * comparedPerMm), right: Math.round((xMm + widthMm) * comparedPerMm) },
    ...{ top: Math.round(yMm * comparedPerMm), bottom: Math.round((yMm + heightMm) * comparedPerMm) },
  }));
  const mark = (marks: Uint8Array, by: number): void => {
    for (const { left, right, top, bottom } of boxes)
      for (let y = Math.max(0, top - by); y < Math.min(height, bottom + by); y += 1)
        marks.fill(1, y * width + Math.max(0, left - by), y * width + Math.min(width, Math.max(left, right) + by));
  };
  mark(far, overshoot);
  mark(allowed, 0);
  const stack: number[] = [];
  const isAdded = (at: number): boolean => isMore(ink, expected, at, slack);
  for (let at = 0; at < allowed.length; at += 1) if (allowed[at] && isAdded(at)) stack.push(at);
  for (let at = stack.pop(); at !== undefined; at = stack.pop())
    for (const next of [at - 1, at + 1, at - width, at + width]) {
      if (allowed[next] !== 0 || far[next] !== 1 || !isAdded(next)) continue;
      allowed[next] = 1;
      stack.push(next);
    }
  giveBack(far);
  if (boxes.length === 0) return allowed;
  const wide = widen(allowed, width, height, 2);
  giveBack(allowed);
  return wide;
}

interface Spot {
  readonly place: Place;
  readonly worst: number;
}

/** Rectangles around what exceeds a limit, those of one line together, the worst first. */
function listSpots(plane: Plane, limit: number, perMm: number): Spot[] {
  const { width, height, data } = plane;
  const step = perMm / 2;
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const cells = new Float32Array(columns * rows);
  for (let y = 0; y < height; y += 1)
    for (let x = 0, row = Math.floor(y / step) * columns; x < width; x += 1) {
      const value = data[y * width + x] ?? 0;
      // Most of a plane is nothing, which no cell is less than.
      if (value <= 0) continue;
      const cell = row + Math.floor(x / step);
      if (value > (cells[cell] ?? 0)) cells[cell] = value;
    }
  const done = new Uint8Array(cells.length);
  const found: Spot[] = [];
  for (let start = 0; start < cells.length; start += 1) {
    if (done[start] || (cells[start] ?? 0) <= limit) continue;
    let [left, right, top, bottom, worst] = [columns, 0, rows, 0, 0];
    const stack = [start];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (done[at] || (cells[at] ?? 0) <= limit * 0.5) continue;
      done[at] = 1;
      const [x, y] = [at % columns, Math.floor(at / columns)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      worst = Math.max(worst, cells[at] ?? 0);
      // Letters of a word stand apart: a line is followed farther than a column.
      for (let dy = -2; dy <= 2; dy += 1)
        for (let dx = -6; dx <= 6; dx += 1) {
          const [nx, ny] = [x + dx, y + dy];
          if (nx >= 0 && ny >= 0 && nx < columns && ny < rows) stack.push(ny * columns + nx);
        }
    }
    const mm = step / perMm;
    const place = {
      xMm: left * mm,
      yMm: top * mm,
      widthMm: (right - left + 1) * mm,
      heightMm: (bottom - top + 1) * mm,
    };
    found.push({ place, worst });
  }
  return found.sort((one, other) => other.worst - one.worst);
}

/** Squares that are not seen though the page has something there, and how much, in square millimetres of black. */
function listUnseen(reference: PageReference, unseen: Squares): { places: Place[]; ink: number } {
  const { width, height, data } = reference.ink;
  // Mostly all of a page is seen.
  let marks: Plane | null = null;
  const code = codeBox(reference);
  const edge = edgeOf(reference);
  let ink = 0;
  for (const [at, is] of unseen.marked.entries()) {
    if (!is) continue;
    const [left, top] = [(at % unseen.columns) * unseen.step, Math.floor(at / unseen.columns) * unseen.step];
    let here = 0;
    for (let y = Math.max(edge, top); y < Math.min(height - edge, top + unseen.step); y += 1)
      for (let x = Math.max(edge, left); x < Math.min(width - edge, left + unseen.step); x += 1)
        if (x < code.left || x > code.right || y < code.top || y > code.bottom) here += data[y * width + x] ?? 0;
    here /= comparedPerMm ** 2;
    if (here < 0.05) continue;
    ink += here;
    marks ??= createPlane(width, height);
    for (let y = top; y < Math.min(height, top + unseen.step); y += 1)
      marks.data.fill(1, y * width + left, y * width + Math.min(width, left + unseen.step));
  }
  if (marks === null) return { places: [], ink };
  const places = listSpots(marks, 0.5, comparedPerMm).map(({ place }) => place);
  giveBack(marks);
  return { places, ink };
}
