import type { PhotoVerdict } from "./photo-reading.ts";

/** One place on one copy, as the books have it: what stands at the same place of two copies differs in its copy alone. */
export interface BookedImpression {
  readonly impressionId: string;
  readonly documentId: string;
  readonly position: number;
  /** The copy whose turn it was, in the order in which copies are stamped. */
  readonly turn: number;
  readonly copy: number;
  /** The copy that the code in its photo names; null as long as none was read that is surely the code of this sheet. */
  readonly shown: number | null;
  readonly spoiled: boolean;
  /** People have said what it is, or it was photographed after it had been given back: nothing moves it any more. */
  readonly held: boolean;
}

/** Two impressions whose sheets were taken for each other: the first goes to the copy its photo shows, the second takes its place. */
export interface CopiesExchanged {
  readonly type: "CopiesExchanged";
  readonly impressionId: string;
  readonly otherId: string;
  readonly from: number;
  readonly to: number;
  /** The impression whose photo shows it: the first of the two, or one on another page of the same sheets. */
  readonly shownBy: string;
}

/**
 * Books each photo to the copy whose code it shows (C09, C17). Copies are stamped in the order in which their sheets lie, which need
 * not be that of their numbers: whose turn it was is a guess, and the code on the paper is none. Where the copy that a photo shows is
 * held by an impression whose own photo does not show it, the two exchange their copies, and what is on the other pages of the same
 * sheets goes with them. Nothing is booked to a copy that another photo shows as well, for then one sheet was stamped or photographed
 * twice; nor to one that is void, or of which somebody said where it went.
 *
 * A photo that shows its copy is never moved again. So the order in which photos are taken and read says nothing of where they end:
 * only, of two that show one sheet, which is booked to it.
 */
export function bookByCode(
  impressions: readonly BookedImpression[],
  closedCopies: ReadonlySet<number>,
): CopiesExchanged[] {
  const copies = new Map(impressions.map(({ impressionId, copy }) => [impressionId, copy]));
  const copyOf = ({ impressionId, copy }: BookedImpression): number => copies.get(impressionId) ?? copy;
  const placeKey = ({ documentId, position }: BookedImpression, copy: number): string =>
    `${documentId} ${position} ${copy}`;
  const holders = new Map(impressions.map((one) => [placeKey(one, one.copy), one]));
  const isProven = (one: BookedImpression): boolean => one.shown === copyOf(one);
  const mayMove = (one: BookedImpression): boolean => !one.held && !isProven(one) && !closedCopies.has(copyOf(one));
  // A spoiled sheet voids the copy that it is said to be, until its own photo shows another one.
  const mayGiveWay = (one: BookedImpression): boolean => mayMove(one) && !(one.spoiled && one.shown === null);
  const exchanges: CopiesExchanged[] = [];
  const exchange = (one: BookedImpression, other: BookedImpression, shownBy: string): void => {
    const [from, to] = [copyOf(one), copyOf(other)];
    copies.set(one.impressionId, to).set(other.impressionId, from);
    holders.set(placeKey(one, to), one).set(placeKey(one, from), other);
    exchanges.push({
      ...{ type: "CopiesExchanged", impressionId: one.impressionId, otherId: other.impressionId },
      ...{ from, to, shownBy },
    });
  };
  // Each exchange shows one impression in its place for good, so that this ends.
  for (let goesOn = true; goesOn; ) {
    goesOn = false;
    for (const one of impressions) {
      if (one.shown === null || !mayMove(one)) continue;
      const [from, to] = [copyOf(one), one.shown];
      const other = holders.get(placeKey(one, to));
      if (!other || !mayGiveWay(other)) continue;
      exchange(one, other, one.impressionId);
      goesOn = true;
      for (const beside of impressions) {
        const isBeside = beside.documentId === one.documentId && beside.turn === one.turn && copyOf(beside) === from;
        if (!isBeside || beside.shown !== null || !mayMove(beside)) continue;
        const giver = holders.get(placeKey(beside, to));
        if (giver && mayGiveWay(giver)) exchange(beside, giver, one.impressionId);
      }
    }
  }
  return exchanges;
}

/** What a photo says of the copy it is booked to: what is found on a sheet holds for its impression only where its code names that copy. */
export function verdictOnCopy(found: {
  /** What is found on the sheet, whichever copy it is. */
  readonly verdict: PhotoVerdict;
  /** The copy that the code of this request's page names; null where no such code was read. */
  readonly named: number | null;
  readonly copy: number;
}): PhotoVerdict {
  const { verdict, named, copy } = found;
  if (verdict === "forged-code" || verdict === "wrong-page" || named === null) return verdict;
  if (named !== copy) return "wrong-copy";
  // It was read before sheets were told apart from copies: what else it showed was not kept.
  return verdict === "wrong-copy" ? "unclear" : verdict;
}

/** The copy that a photo shows for certain: by the one genuine code of this page in it, whatever else it shows. */
export const copyShown = (found: {
  readonly verdict: PhotoVerdict;
  readonly named: number | null;
  /** Whether the codes of other copies lie in the picture as well. */
  readonly among: boolean;
}): number | null =>
  found.verdict === "forged-code" || found.verdict === "wrong-page" || found.among ? null : found.named;
