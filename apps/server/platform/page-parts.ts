import type { PageText } from "@chancery/domain";
import type { PictureData } from "./pdf-objects.ts";

/** Every so many pages of a file, or those that are drawn whatever pictures they have. */
export type AskedPages =
  | { readonly mostPages: number; readonly first: number; readonly step: number }
  | { readonly drawn: readonly number[] };
export interface PageRead {
  readonly page: PageText;
  /** The pictures of a page that was not drawn for their sake. */
  readonly pictures: PictureData | null;
}
export type PagesRead =
  | { readonly ok: true; readonly pages: readonly PageRead[] }
  | { readonly ok: false; readonly code: "text.unreadable" | "text.too-many-pages" };

/** Dots of pictures that are drawn of one document at the most: a paper of fifty scanned pages is read in a second. */
const mostPictureDots = 60_000_000;

/** Of pages full of pictures those are drawn that may show nothing: their pictures need the least data. */
export function chooseToDraw(pages: readonly PageRead[]): number[] {
  let room = mostPictureDots;
  return pages
    .flatMap(({ page, pictures }) => (pictures ? [{ index: page.index, ...pictures }] : []))
    .toSorted((a, b) => a.bytes - b.bytes || a.index - b.index)
    .filter(({ dots }) => {
      const fits = room > 0;
      room -= dots;
      return fits;
    })
    .map(({ index }) => index);
}

/** Pages in their order; what was read of one last counts. */
export function joinPages(read: readonly PageRead[]): PageText[] {
  const pages: PageText[] = [];
  for (const { page } of read) pages[page.index] = page;
  return pages;
}

/** Threads among which the pages of one document are parted, and pages from which on that is worth it. */
export const mostParts = 2;
const leastParted = 8;
/** In how many parts that many pages are read or drawn at once. */
export const countParts = (pages: number): number => (pages < leastParted ? 1 : mostParts);
