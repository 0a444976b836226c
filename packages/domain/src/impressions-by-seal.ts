import type { ImpressionState, SealType } from "./vocabulary.ts";

/** A place of a seal on a document as it was approved, or an impression that was begun there. */
export interface PlacedImpression {
  readonly sealId: string;
  readonly documentId: string;
  /** Of paper: which copy of the document, from 1 on. */
  readonly copy?: number;
}
/** How many impressions of one seal one document was approved for, and what became of them. */
export interface SealOnDocument extends PlacedImpression {
  readonly authorised: number;
  readonly used: number;
  readonly wanted: number;
}

/**
 * Impressions by seal and copy. The sum alone would let one seal be used in another's place, or one copy twice and the other
 * not at all: of each seal on each document no more is made than was approved of it (C07, C09).
 */
export function countBySeal(
  authorised: readonly PlacedImpression[],
  used: readonly PlacedImpression[],
  wanted: readonly PlacedImpression[],
): SealOnDocument[] {
  const keyOf = ({ sealId, documentId, copy = 1 }: PlacedImpression): string => `${sealId} ${documentId} ${copy}`;
  const tally = (places: readonly PlacedImpression[]): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const place of places) counts.set(keyOf(place), (counts.get(keyOf(place)) ?? 0) + 1);
    return counts;
  };
  const [a, u, w] = [tally(authorised), tally(used), tally(wanted)];
  const each = new Map([...authorised, ...used, ...wanted].map((place) => [keyOf(place), place]));
  return [...each].map(([key, { sealId, documentId, copy }]) => ({
    ...{ sealId, documentId, ...(copy === undefined ? {} : { copy }) },
    ...{ authorised: a.get(key) ?? 0, used: u.get(key) ?? 0, wanted: w.get(key) ?? 0 },
  }));
}

/** Where more of a seal is wanted on a document than is left of what was approved; the first of them, or null. */
export const findOverused = (counts: readonly SealOnDocument[]): SealOnDocument | null =>
  counts.find(({ authorised, used, wanted }) => wanted > 0 && used + wanted > authorised) ?? null;

/** What a request asks of one seal, as people read it: how many impressions, on how many copies, and what became of them. */
export interface SealTally {
  readonly sealId: string;
  /** A cross-page seal is counted apart: over however many pages it goes, it is one impression. */
  readonly crossPage: boolean;
  readonly authorised: number;
  readonly settled: number;
  readonly released: number;
  /** Copies that get as many impressions each, the most first. */
  readonly copies: readonly { readonly each: number; readonly count: number }[];
}

export function tallySeals(
  places: readonly PlacedImpression[],
  impressions: readonly (PlacedImpression & { readonly state: ImpressionState })[],
  typeOf: (sealId: string) => SealType | undefined,
): SealTally[] {
  const counts = countBySeal(places, [], []);
  const sealIds = [...new Set(places.map(({ sealId }) => sealId))];
  const tallies = sealIds.map((sealId): SealTally => {
    const mine = counts.filter((one) => one.sealId === sealId);
    const begun = impressions.filter((one) => one.sealId === sealId);
    const byEach = Map.groupBy(mine, ({ authorised }) => authorised);
    return {
      ...{ sealId, crossPage: typeOf(sealId) === "cross-page" },
      authorised: mine.reduce((sum, one) => sum + one.authorised, 0),
      settled: begun.filter(({ state }) => state === "settled").length,
      released: begun.filter(({ state }) => state === "released").length,
      copies: [...byEach].map(([each, some]) => ({ each, count: some.length })).toSorted((a, b) => b.each - a.each),
    };
  });
  return [...tallies.filter(({ crossPage }) => !crossPage), ...tallies.filter(({ crossPage }) => crossPage)];
}
