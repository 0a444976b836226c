import { MOST_PLACEMENTS } from "@chancery/api/limits";
import {
  type Box,
  boxOf,
  centreOn,
  keepOnPage,
  overlap,
  type Place,
  placeLowerRight,
  type SizeMm,
  toTenth,
} from "../requests/placement.ts";

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

/**
 * A further impression beside the ones there are: to the right, to the left, above, below, and then farther, wherever it
 * is first free of the others and on the page.
 */
export function placeBeside(place: Place, seal: SizeMm, page: SizeMm, taken: readonly Place[]): Place {
  const isFree = (at: Place): boolean =>
    keepOnPage(at, seal, page).xMm === at.xMm &&
    keepOnPage(at, seal, page).yMm === at.yMm &&
    !taken.some((one) => overlap(boxOf(one, seal), boxOf(at, seal)));
  const start = keepOnPage(place, seal, page);
  if (isFree(start)) return start;
  for (let ring = 1; ring <= 6; ring++)
    for (const [dx, dy] of BESIDE) {
      const at = {
        xMm: toTenth(start.xMm + dx * ring * (seal.widthMm + BETWEEN_MM)),
        yMm: toTenth(start.yMm + dy * ring * (seal.heightMm + BETWEEN_MM)),
      };
      if (isFree(at)) return at;
    }
  // A page with no free place left: a little aside, so that the new one can be seen and moved.
  return keepOnPage({ xMm: start.xMm - BETWEEN_MM, yMm: start.yMm - BETWEEN_MM }, seal, page);
}

const BETWEEN_MM = 4;
const BESIDE = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

function apart(a: Box, b: Box): number {
  return Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
}
