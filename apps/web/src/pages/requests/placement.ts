/** Geometry of placing: millimetres from the top left of the page as it is shown, as the contract has it. */
export interface SizeMm {
  readonly widthMm: number;
  readonly heightMm: number;
}
export interface Place {
  readonly xMm: number;
  readonly yMm: number;
}
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** CSS pixels a millimetre at true size (CSS Values 4, 6.2: 96 px are one inch). */
export const TRUE_SIZE = 96 / 25.4;
const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3, 4].map((zoom) => zoom * TRUE_SIZE);

/** The scale at which so many millimetres fill so many pixels. */
export function fitWidth(widthMm: number, width: number): number {
  return Math.max(0.1, width / Math.max(1, widthMm));
}

/** The next scale up (1) or down (-1) from where it is; stays at the ends. */
export function zoomBy(scale: number, step: 1 | -1): number {
  const next = step > 0 ? ZOOMS.find((zoom) => zoom > scale * 1.001) : ZOOMS.findLast((zoom) => zoom < scale * 0.999);
  return next ?? scale;
}

/** A length to the tenth of a millimetre, which is what is kept. */
export function toTenth(mm: number): number {
  return Math.round(mm * 10) / 10;
}

/** The nearest place at which the whole seal stands on the page; a page smaller than the seal holds it at its corner. */
export function keepOnPage(place: Place, seal: SizeMm, page: SizeMm): Place {
  return {
    xMm: keepWithin(place.xMm, page.widthMm - seal.widthMm),
    yMm: keepWithin(place.yMm, page.heightMm - seal.heightMm),
  };
}

function keepWithin(mm: number, most: number): number {
  // Down to the tenth: rounding up would put the edge of the seal over the edge of the page.
  const last = Math.max(0, Math.floor(most * 10 + 1e-6) / 10);
  return Number.isFinite(mm) ? Math.min(Math.max(0, toTenth(mm)), last) : 0;
}

/** The place whose centre is the point. */
export function centreOn(point: { readonly x: number; readonly y: number }, seal: SizeMm, page: SizeMm): Place {
  return keepOnPage({ xMm: point.x - seal.widthMm / 2, yMm: point.y - seal.heightMm / 2 }, seal, page);
}

/** The place that presses on a text: centre over centre. */
export function placeOnText(box: Box, seal: SizeMm, page: SizeMm): Place {
  return centreOn({ x: box.x + box.width / 2, y: box.y + box.height / 2 }, seal, page);
}

/** At the lower right, a thumb's breadth from the edges. */
export function placeLowerRight(seal: SizeMm, page: SizeMm): Place {
  return keepOnPage({ xMm: page.widthMm - seal.widthMm - 25, yMm: page.heightMm - seal.heightMm - 30 }, seal, page);
}

/** What a key moves: 1 mm, with Shift 0.1 mm; undefined for any other key. */
export function stepOf(key: string, fine: boolean): { readonly dx: number; readonly dy: number } | undefined {
  const mm = fine ? 0.1 : 1;
  switch (key) {
    case "ArrowLeft":
      return { dx: -mm, dy: 0 };
    case "ArrowRight":
      return { dx: mm, dy: 0 };
    case "ArrowUp":
      return { dx: 0, dy: -mm };
    case "ArrowDown":
      return { dx: 0, dy: mm };
    default:
      return undefined;
  }
}

/** How far the seal stands from the nearer edge in each direction, and which edge that is. */
export function measureEdges(
  place: Place,
  seal: SizeMm,
  page: SizeMm,
): {
  readonly across: { readonly side: "left" | "right"; readonly mm: number };
  readonly down: { readonly side: "top" | "bottom"; readonly mm: number };
} {
  const right = page.widthMm - place.xMm - seal.widthMm;
  const bottom = page.heightMm - place.yMm - seal.heightMm;
  return {
    across: place.xMm <= right ? { side: "left", mm: toTenth(place.xMm) } : { side: "right", mm: toTenth(right) },
    down: place.yMm <= bottom ? { side: "top", mm: toTenth(place.yMm) } : { side: "bottom", mm: toTenth(bottom) },
  };
}

/** Whether two boxes share more than a line. */
export function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box a seal takes at a place. */
export function boxOf(place: Place, seal: SizeMm): Box {
  return { x: place.xMm, y: place.yMm, width: seal.widthMm, height: seal.heightMm };
}

/** The lines that a seal lies on, in the order of the page. */
export function listCovered(
  place: Place,
  seal: SizeMm,
  runs: readonly (Box & { readonly text: string })[],
): readonly string[] {
  const box = boxOf(place, seal);
  return runs.filter((run) => overlap(box, run)).map((run) => run.text.trim());
}

/** A number as typed, with a point or a comma; undefined while it is none. */
export function readMm(typed: string): number | undefined {
  const text = typed.trim().replace(",", ".");
  return /^\d{1,4}(\.\d*)?$/.test(text) ? Number(text) : undefined;
}
