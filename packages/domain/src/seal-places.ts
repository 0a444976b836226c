import { type Refusal, refuse } from "./refusal.ts";

/** Where a seal is to stand, in millimetres from the top left of the page as it is shown. */
export interface PlaceForEntry {
  readonly page: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly seal: { readonly widthMm: number; readonly heightMm: number };
  readonly paper: { readonly widthMm: number; readonly heightMm: number };
}
/** Sizes of pages come from points: half a tenth of a millimetre over the edge is rounding. */
const rounding = 0.05;

/** A seal stands on its page with its whole face: what lies over the edge would be signed for and not be seen. */
export function decidePlaces(document: string, places: readonly PlaceForEntry[]): Refusal[] {
  return places
    .filter(
      ({ xMm, yMm, seal, paper }) =>
        !(
          xMm >= -rounding &&
          yMm >= -rounding &&
          xMm + seal.widthMm <= paper.widthMm + rounding &&
          yMm + seal.heightMm <= paper.heightMm + rounding
        ),
    )
    .map((place) => refuse("entry.off-page", { document, page: place.page + 1 }));
}
