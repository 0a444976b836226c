import { createMarks, giveBack } from "./memory.ts";
import { comparedPerMm } from "./page-reference.ts";
import type { Place } from "./picture.ts";
import { mostAround, type Plane } from "./plane.ts";

/** What of a photo may be ink that was added, and where ink may be added at all. */
export interface AddedInk {
  readonly ink: Plane;
  /** What the approved page has. */
  readonly expected: Plane;
  readonly slack: number;
  /** 1 where the photo shows the page. */
  readonly free: Uint8Array;
  /** 1 where ink may be added. */
  readonly isAllowed: Uint8Array;
}

/** Whether a pixel has more ink than the approved page within a pixel of it, where most have not even more than its own there. */
export function isMore(ink: Plane, expected: Plane, at: number, slack: number): boolean {
  const is = ink.data[at] ?? 0;
  return is > (expected.data[at] ?? 0) + slack && is > mostAround(expected, at) + slack;
}

/** Darker than this in red light is no red ink, of which little is seen there. */
const dark = 0.3;
/** Writing that is lower or higher is no line of print, in mm: from small print to a heading. */
const heights = { least: 1.4, most: 8 } as const;
/** A shorter line may be a name or a date, which a steady hand writes as level as a machine. */
const leastWidthMm = 20;
/** Pieces that stand on the line: letters, or what letters are made of. */
const leastPieces = 7;
/** Of the pieces, how many have to stand on one level; of hands in forms it is about half. */
const levelShare = 0.75;

/**
 * Lines of print where only seals and pens belong: a row of pieces, longer than high, that stand on one level. A pen writes
 * there as it likes; a clause that somebody printed beside the place of the seal is found by what pens do not do.
 */
export function findAddedPrint(added: AddedInk): Place[] {
  const { width, height } = added.ink;
  const marks = createMarks(width * height);
  for (let at = 0; at < marks.length; at += 1) {
    if (added.free[at] === 0 || added.isAllowed[at] === 0) continue;
    const is = added.ink.data[at] ?? 0;
    if (is > dark && isMore(added.ink, added.expected, at, added.slack)) marks[at] = 1;
  }
  const places = listRows(marks, width, height)
    .filter((row) => isPrint(marks, width, row))
    .map(toPlace);
  giveBack(marks);
  return places;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const toPlace = ({ left, top, right, bottom }: Box): Place => ({
  ...{ xMm: left / comparedPerMm, yMm: top / comparedPerMm },
  ...{ widthMm: (right - left + 1) / comparedPerMm, heightMm: (bottom - top + 1) / comparedPerMm },
});

/** What lies together as the letters of a line do: near along it, hardly apart across it. */
function listRows(marks: Uint8Array, width: number, height: number): Box[] {
  const [along, across] = [Math.round(2.5 * comparedPerMm), 2];
  const done = createMarks(marks.length);
  const rows: Box[] = [];
  for (let start = 0; start < marks.length; start += 1) {
    if (marks[start] === 0 || done[start] === 1) continue;
    done[start] = 1;
    const stack = [start];
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      const [from, to] = [Math.max(0, x - along), Math.min(width - 1, x + along)];
      for (let ny = Math.max(0, y - across); ny <= Math.min(height - 1, y + across); ny += 1)
        for (let next = ny * width + from; next <= ny * width + to; next += 1) {
          if (marks[next] === 0 || done[next] === 1) continue;
          done[next] = 1;
          stack.push(next);
        }
    }
    rows.push({ left, top, right, bottom });
  }
  giveBack(done);
  return rows;
}

function isPrint(marks: Uint8Array, width: number, row: Box): boolean {
  const [widthMm, heightMm] = [toPlace(row).widthMm, toPlace(row).heightMm];
  if (widthMm < leastWidthMm || heightMm < heights.least || heightMm > heights.most || widthMm < 5 * heightMm)
    return false;
  // The paper may lie a hair aslant: the level is followed along the line.
  const feet = listPieces(marks, width, row).map(({ left, right, bottom }) => ({ x: (left + right) / 2, y: bottom }));
  if (feet.length < leastPieces) return false;
  const within = (0.06 * heightMm + 0.15) * comparedPerMm;
  let most = 0;
  for (const one of feet)
    for (const other of feet) {
      const run = other.x - one.x;
      if (run < (row.right - row.left) / 3) continue;
      const slope = (other.y - one.y) / run;
      if (Math.abs(slope) > 0.03) continue;
      most = Math.max(most, feet.filter(({ x, y }) => Math.abs(one.y + slope * (x - one.x) - y) <= within).length);
    }
  return most >= levelShare * feet.length;
}

/** What of a row stands between two columns without ink. */
function listPieces(marks: Uint8Array, width: number, { left, top, right, bottom }: Box): Box[] {
  const pieces: Box[] = [];
  let piece: Box | null = null;
  for (let x = left; x <= right + 1; x += 1) {
    let [high, low] = [bottom + 1, top - 1];
    if (x <= right)
      for (let y = top; y <= bottom; y += 1)
        if (marks[y * width + x] === 1) [high, low] = [Math.min(high, y), Math.max(low, y)];
    if (low < top) {
      if (piece) pieces.push(piece);
      piece = null;
    } else
      piece = piece
        ? { left: piece.left, right: x, top: Math.min(piece.top, high), bottom: Math.max(piece.bottom, low) }
        : { left: x, right: x, top: high, bottom: low };
  }
  return pieces;
}
