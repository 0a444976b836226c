import type { PhotoVerdict } from "./photo-reading.ts";

/** A sheet as its code names it. */
export interface SheetShown {
  readonly documentId: string;
  /** From 1. */
  readonly page: number;
  readonly copy: number;
}

/** One place on one copy. */
export interface BookedPlace extends SheetShown {
  /** Which of the document's places it is. */
  readonly position: number;
}

/** An impression at its place, as the books have it: impressions of one seal differ in their places alone. */
export interface BookedImpression extends BookedPlace {
  readonly impressionId: string;
  readonly sealId: string;
  /** It lies over the edges of several pages, so that no page says where it belongs. */
  readonly crossPage: boolean;
  /** The copy whose turn it was, in the order in which copies are stamped. */
  readonly turn: number;
  /** The sheet that the code in its photo names; null as long as none was read that is surely a sheet it may stand on. */
  readonly shown: SheetShown | null;
  /** When that photo was given, epoch milliseconds; null without one. */
  readonly photoAt: number | null;
  readonly spoiled: boolean;
  /** People have said what it is, or it was photographed after it had been given back: nothing moves it any more. */
  readonly held: boolean;
}

/** Two impressions whose sheets were taken for each other: the first goes to the sheet its photo shows, the second takes its place. */
export interface PlacesExchanged {
  readonly type: "PlacesExchanged";
  readonly impressionId: string;
  readonly otherId: string;
  readonly from: BookedPlace;
  readonly to: BookedPlace;
  /** The impression whose photo shows it: the first of the two, or one on another page of the same sheets. */
  readonly shownBy: string;
}

const keyOf = ({ documentId, position, copy }: BookedPlace): string => `${documentId} ${position} ${copy}`;
const isOnSheet = (place: SheetShown, sheet: SheetShown): boolean =>
  place.documentId === sheet.documentId && place.page === sheet.page && place.copy === sheet.copy;

/**
 * Books each photo to the sheet whose code it shows (C09, C17). Sheets are stamped in the order in which they lie, which need not be
 * that of copies and pages: whose turn it was is a guess, and the code on the paper is none. Where the sheet that a photo shows is
 * held by an impression of the same seal whose own photo does not show it, the two exchange their places, and what is on the other
 * pages of the same copy goes with them to its new number. Nothing is booked to a sheet that other photos show as often as the seal
 * stands on it, for then one sheet was stamped or photographed twice; nor to a copy that is void, or of which somebody said where it
 * went. A loss is told at once, while photos are still being read: what was photographed before it is booked to the lost copy all the
 * same. An impression over the edges of pages goes to other copies alone.
 *
 * A photo that shows its sheet is never moved again. So the order in which photos are taken and read says nothing of where they end:
 * only, of two that show one sheet, which is booked to it.
 */
export function bookByCode(
  impressions: readonly BookedImpression[],
  /** Copies that are closed, and since when: for photos that were given later; null for each photo. */
  closedCopies: ReadonlyMap<number, number | null>,
): PlacesExchanged[] {
  const places = new Map(
    impressions.map(({ impressionId, documentId, page, position, copy }): [string, BookedPlace] => [
      impressionId,
      { documentId, page, position, copy },
    ]),
  );
  const placeOf = (one: BookedImpression): BookedPlace => places.get(one.impressionId) ?? one;
  const holders = new Map(impressions.map((one) => [keyOf(one), one]));
  const positionsOf = listPositions(impressions);
  const isProven = (one: BookedImpression): boolean => one.shown !== null && isOnSheet(placeOf(one), one.shown);
  const isClosed = (copy: number, photoAt: number | null): boolean => {
    const since = closedCopies.get(copy);
    return since !== undefined && (since === null || photoAt === null || photoAt >= since);
  };
  const mayMove = (one: BookedImpression, photoAt: number | null): boolean =>
    !one.held && !isProven(one) && !isClosed(placeOf(one).copy, photoAt);
  // A spoiled sheet voids the copy that it is said to be, until its own photo shows another one.
  const mayGiveWay = (one: BookedImpression, photoAt: number | null): boolean =>
    mayMove(one, photoAt) && !(one.spoiled && one.shown === null);
  const exchanges: PlacesExchanged[] = [];
  const exchange = (one: BookedImpression, other: BookedImpression, shownBy: string): void => {
    const [from, to] = [placeOf(one), placeOf(other)];
    places.set(one.impressionId, to).set(other.impressionId, from);
    holders.set(keyOf(to), one).set(keyOf(from), other);
    exchanges.push({
      ...{ type: "PlacesExchanged", impressionId: one.impressionId, otherId: other.impressionId },
      ...{ from, to, shownBy },
    });
  };
  /** Who gives way to an impression that goes to a sheet: at the place of the same kind first, then at another of its seal. */
  const findGiver = (one: BookedImpression, sheet: SheetShown): BookedImpression | undefined => {
    const from = placeOf(one);
    const same = { ...from, copy: sheet.copy };
    const positions = one.crossPage ? [] : positionsOf(one.sealId, sheet);
    const places = [
      ...(isOnSheet(same, sheet) ? [same] : []),
      ...positions.map((position) => ({ ...sheet, position })),
    ];
    return places
      .flatMap((place) => holders.get(keyOf(place)) ?? [])
      .find((holder) => holder !== one && mayGiveWay(holder, one.photoAt));
  };
  // Each exchange shows one impression in its place for good, so that this ends.
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const one of impressions) {
      if (one.shown === null || !mayMove(one, one.photoAt)) continue;
      const from = placeOf(one);
      const other = findGiver(one, one.shown);
      if (!other) continue;
      exchange(one, other, one.impressionId);
      goesOn = true;
      const { copy } = one.shown;
      if (copy === from.copy) continue;
      for (const beside of impressions) {
        const at = placeOf(beside);
        const isBeside = at.documentId === one.shown.documentId && beside.turn === one.turn && at.copy === from.copy;
        if (!isBeside || beside.shown !== null || !mayMove(beside, one.photoAt)) continue;
        const giver = holders.get(keyOf({ ...at, copy }));
        if (giver && mayGiveWay(giver, one.photoAt)) exchange(beside, giver, one.impressionId);
      }
    }
  }
  return exchanges;
}

/** The places of a seal on a page, by its position; those over the edges of pages are none of them. */
function listPositions(impressions: readonly BookedImpression[]) {
  const positions = new Map<string, Set<number>>();
  const key = (sealId: string, { documentId, page }: Omit<SheetShown, "copy">): string =>
    `${sealId} ${documentId} ${page}`;
  for (const one of impressions) {
    if (one.crossPage) continue;
    const known = positions.get(key(one.sealId, one)) ?? new Set();
    positions.set(key(one.sealId, one), known.add(one.position));
  }
  return (sealId: string, sheet: SheetShown): number[] =>
    [...(positions.get(key(sealId, sheet)) ?? [])].toSorted((a, b) => a - b);
}

/** What a photo says of the place it is booked to: what is found on a sheet holds for its impression only where its code names that sheet. */
export function verdictOnPlace(found: {
  /** What is found on the sheet, whichever it is. */
  readonly verdict: PhotoVerdict;
  /** The sheet that the code names; null where no code of a sheet was read on which the impression may stand. */
  readonly named: SheetShown | null;
  readonly place: SheetShown;
}): PhotoVerdict {
  const { verdict, named, place } = found;
  if (verdict === "forged-code" || verdict === "wrong-page" || named === null) return verdict;
  if (named.documentId !== place.documentId || named.page !== place.page) return "wrong-page";
  if (named.copy !== place.copy) return "wrong-copy";
  // It was read before sheets were told apart from copies: what else it showed was not kept.
  return verdict === "wrong-copy" ? "unclear" : verdict;
}

/** The sheet that a photo shows for certain: by the one genuine code of a page in it on which its seal belongs, whatever else it shows. */
export const sheetShown = (found: {
  readonly verdict: PhotoVerdict;
  readonly named: SheetShown | null;
  /** Whether the codes of other copies lie in the picture as well. */
  readonly among: boolean;
}): SheetShown | null =>
  found.verdict === "forged-code" || found.verdict === "wrong-page" || found.among ? null : found.named;
