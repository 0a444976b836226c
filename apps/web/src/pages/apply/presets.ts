import { MOST_PLACEMENTS } from "@chancery/api/limits";
import { type Box, centreOn, type Place, placeLowerRight, type SizeMm } from "../requests/placement.ts";

/** Words of a document with their place, as the server finds them. */
export interface FoundWords {
  readonly text: string;
  readonly page: number;
  readonly box: Box;
}
export interface PagePlace extends Place {
  readonly page: number;
}
export type Pages = readonly SizeMm[];

/** Choices offered beside each other; more would have to be read instead of seen. */
const MOST_CHOICES = 4;

/**
 * The words a seal is to stand at, the likeliest first: on the last page that has any, and there at the words nearest to
 * the own name, since the other party's block stands beside. The same place is offered once.
 */
export function listSealWords(words: readonly FoundWords[], own: readonly FoundWords[]): readonly FoundWords[] {
  const last = Math.max(-1, ...words.map((one) => one.page));
  const names = own.filter((one) => one.page === last);
  const far = (one: FoundWords): number => Math.min(...names.map((name) => apart(one.box, name.box)), 1e6);
  const onLast = words.filter((one) => one.page === last).toSorted((a, b) => far(a) - far(b));
  const before = words.filter((one) => one.page !== last).toSorted((a, b) => b.page - a.page);
  const chosen: FoundWords[] = [];
  for (const one of [...onLast, ...before, ...own.filter((name) => name.page >= last).slice(-1)])
    if (!chosen.some((other) => other.page === one.page && apart(other.box, one.box) < 2)) chosen.push(one);
  return chosen.slice(0, MOST_CHOICES);
}

/** The words a seal is set at first, where there are any; else it goes to the lower right of the last page. */
export function findFirstWords(pages: Pages, words: readonly FoundWords[]): FoundWords | undefined {
  return words.find((one) => pages[one.page] !== undefined);
}

/** Lower right on the last page, for a document that has no words to go by. */
export function placeOnLastPage(seal: SizeMm, pages: Pages): PagePlace {
  const page = Math.max(0, pages.length - 1);
  return { page, ...placeLowerRight(seal, pages[page] ?? { widthMm: 210, heightMm: 297 }) };
}

/** In the middle of a page. */
export function placeCentre(seal: SizeMm, page: SizeMm): Place {
  return centreOn({ x: page.widthMm / 2, y: page.heightMm / 2 }, seal, page);
}

/**
 * Lower right on every page that has no such seal there yet; undefined where the document would then ask for more places
 * than a document may have.
 */
export function placeOnEveryPage(
  seal: SizeMm,
  pages: Pages,
  taken: readonly PagePlace[],
): readonly PagePlace[] | undefined {
  const places = pages
    .map((page, index) => ({ page: index, ...placeLowerRight(seal, page) }))
    .filter(({ page, xMm, yMm }) => !taken.some((one) => one.page === page && one.xMm === xMm && one.yMm === yMm));
  return taken.length + places.length > MOST_PLACEMENTS ? undefined : places;
}

/** A further impression beside the ones there are: shifted until it does not lie exactly on one of them. */
export function placeBeside(place: Place, seal: SizeMm, page: SizeMm, taken: readonly Place[]): Place {
  let at = place;
  for (let tries = 0; tries < 20 && taken.some((one) => one.xMm === at.xMm && one.yMm === at.yMm); tries++) {
    const right = at.xMm + seal.widthMm * 2 + 4 <= page.widthMm;
    at = right
      ? { xMm: at.xMm + seal.widthMm + 4, yMm: at.yMm }
      : { xMm: place.xMm % 10, yMm: Math.max(0, at.yMm - seal.heightMm - 4) };
  }
  return at;
}

function apart(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}
