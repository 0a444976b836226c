import { type Box, boxOf, keepOnPage, overlap, type Place, type SizeMm, toTenth } from "../requests/placement.ts";

export interface TextBox extends Box {
  readonly text: string;
}
/** A way to mend a place: where to, and, where it is straight, which way and how far. */
export interface Mend {
  readonly to: Place;
  readonly way: "left" | "right" | "up" | "down" | "aside";
  readonly mm: number;
}
export type PlaceFinding =
  | { readonly kind: "off-page"; readonly mend: Mend | null }
  | { readonly kind: "too-large" }
  | { readonly kind: "overlaps"; readonly others: readonly string[]; readonly mend: Mend | null }
  | { readonly kind: "covers"; readonly words: readonly string[]; readonly mend: Mend | null }
  /** On the words of the signature block alone, as is customary. */
  | { readonly kind: "on-block"; readonly words: readonly string[] };

/** A seal that only touches a line with its edge does not cover it. */
const TOUCH_MM = 1;
const FARTHEST_MM = 120;

/** What stands on the page beside the seal that is judged. */
export interface PageAround {
  readonly page: SizeMm;
  readonly runs: readonly TextBox[];
  /** Words a seal may lie on: "Party A (seal)", the own name. */
  readonly block: readonly Box[];
  readonly others: readonly (Box & { readonly key: string })[];
}

/** What is to be said about a place, the most pressing first. Nothing here refuses: a seal over text can be meant. */
export function checkPlace(place: Place, seal: SizeMm, around: PageAround): readonly PlaceFinding[] {
  const { page } = around;
  if (seal.widthMm > page.widthMm || seal.heightMm > page.heightMm) return [{ kind: "too-large" }];
  const findings: PlaceFinding[] = [];
  const kept = keepOnPage(place, seal, page);
  if (isOff(place, seal, page)) findings.push({ kind: "off-page", mend: describeMend(place, kept) });
  const box = boxOf(place, seal);
  const others = around.others.filter((other) => overlap(box, other));
  if (others.length > 0)
    findings.push({
      kind: "overlaps",
      others: others.map((other) => other.key),
      mend: findFreePlace(kept, seal, around),
    });
  const covered = around.runs.filter((run) => overlap(shrink(box), run));
  const inBlock = (run: Box): boolean => around.block.some((words) => overlap(words, run));
  const text = covered.filter((run) => !inBlock(run));
  const wordsOf = (runs: readonly TextBox[]): string[] => runs.map((run) => run.text.trim()).filter(Boolean);
  if (text.length > 0)
    findings.push({
      kind: "covers",
      words: wordsOf(text),
      mend: others.length > 0 ? null : findFreePlace(kept, seal, around),
    });
  else if (covered.length > 0) findings.push({ kind: "on-block", words: wordsOf(covered) });
  return findings;
}

/** Whether a seal lies over the edge of its page. */
export function isOff(place: Place, seal: SizeMm, page: SizeMm): boolean {
  const kept = keepOnPage(place, seal, page);
  return Math.abs(kept.xMm - place.xMm) > 0.1 || Math.abs(kept.yMm - place.yMm) > 0.1;
}

/**
 * The nearest place on the page at which the seal covers no text outside the signature block and no other seal: straight
 * ways are tried first, because they can be said in words.
 */
export function findFreePlace(place: Place, seal: SizeMm, around: PageAround): Mend | null {
  const { page } = around;
  const text = around.runs.filter((run) => !around.block.some((words) => overlap(words, run)));
  const isFree = (at: Place): boolean => {
    const box = boxOf(at, seal);
    return (
      !isOff(at, seal, page) &&
      !around.others.some((other) => overlap(box, other)) &&
      !text.some((run) => overlap(shrink(box), run))
    );
  };
  const by = (dx: number, dy: number): Place => ({ xMm: toTenth(place.xMm + dx), yMm: toTenth(place.yMm + dy) });
  for (let mm = 1; mm <= FARTHEST_MM; mm++) {
    for (const [dx, dy] of STRAIGHT) {
      const to = by(dx * mm, dy * mm);
      if (isFree(to)) return describeMend(place, to);
    }
    // A straight way is worth a detour of a few millimetres.
    if (mm % 4 === 0)
      for (const [dx, dy] of SLANTED) {
        const to = by(Math.round(dx * mm * 0.8), Math.round(dy * mm * 0.8));
        if (isFree(to)) return describeMend(place, to);
      }
  }
  return null;
}

const STRAIGHT = [
  [0, 1],
  [1, 0],
  [-1, 0],
  [0, -1],
] as const;
const SLANTED = [
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
  [0.5, 1],
  [-0.5, 1],
  [1, 0.5],
  [-1, 0.5],
] as const;

function describeMend(from: Place, to: Place): Mend {
  const dx = toTenth(to.xMm - from.xMm);
  const dy = toTenth(to.yMm - from.yMm);
  const mm = toTenth(Math.hypot(dx, dy));
  if (dx !== 0 && dy !== 0) return { to, way: "aside", mm };
  return { to, way: dx > 0 ? "right" : dx < 0 ? "left" : dy < 0 ? "up" : "down", mm };
}

function shrink(box: Box): Box {
  return {
    x: box.x + TOUCH_MM,
    y: box.y + TOUCH_MM,
    width: box.width - 2 * TOUCH_MM,
    height: box.height - 2 * TOUCH_MM,
  };
}

/** How far the words may be from the middle of the seal, as a share of its smaller side, and still lie under its ink. */
const UNDER_INK = 0.42;
const BLOCK_DEPTH_MM = 32;

/**
 * Where a seal presses on these words and on as little else as possible: clauses weigh most, the other lines of the
 * signature block less, and without need it stands centred.
 */
export function settleAt(words: Box, seal: SizeMm, around: PageAround): Place {
  const centre = { x: words.x + words.width / 2, y: words.y + words.height / 2 };
  const most = Math.min(seal.widthMm, seal.heightMm) * UNDER_INK;
  const weigh = (run: Box): number => {
    if (around.block.some((box) => overlap(box, run))) return 0;
    const below = run.y >= words.y - 2 && run.y < words.y + BLOCK_DEPTH_MM;
    return below && run.x < words.x + Math.max(words.width, 60) && run.x + run.width > words.x - 5 ? 1 : 4;
  };
  const weights = around.runs.map((run) => [run, weigh(run)] as const);
  let best = { place: keepOnPage(cornerOf(centre, seal), seal, around.page), cost: Number.POSITIVE_INFINITY };
  const steps = Math.floor(most / 2);
  const offsets = Array.from({ length: steps * 2 + 1 }, (_, step) => (step - steps) * 2);
  for (const dy of offsets)
    for (const dx of offsets) {
      const far = Math.hypot(dx, dy);
      if (far > most) continue;
      const place = keepOnPage(cornerOf({ x: centre.x + dx, y: centre.y + dy }, seal), seal, around.page);
      const box = boxOf(place, seal);
      const inner = shrink(box);
      const text = weights.reduce((sum, [run, weight]) => sum + (overlap(inner, run) ? weight : 0), 0);
      const seals = around.others.filter((other) => overlap(box, other)).length;
      const cost = seals * 20 + text + far * 0.02;
      if (cost < best.cost) best = { place, cost };
    }
  return best.place;
}

function cornerOf(centre: { readonly x: number; readonly y: number }, seal: SizeMm): Place {
  return { xMm: centre.x - seal.widthMm / 2, yMm: centre.y - seal.heightMm / 2 };
}
