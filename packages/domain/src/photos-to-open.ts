import { sampleSize } from "./series.ts";
import { drawPieces } from "./storage-check.ts";

/** Up to so many photos are all looked at on one page; of more, the machine's comparison speaks for those that nobody draws. */
export const mostLookedAtWhole = 20;

export interface PhotoOfImpression {
  readonly impressionId: string;
  readonly digest: string;
  /** Whether it was compared with the approved page, and nothing is demanded of it. */
  readonly same: boolean;
}

/** A photo as the lot knows it: the impression and the picture's bytes. */
const nameOf = ({ impressionId, digest }: PhotoOfImpression): string => `${impressionId} ${digest}`;

/**
 * Photos that whoever confirms a long stamping opens one by one: each that was not found to show the approved page, and of the
 * others a share that is drawn by lot (C09, C17). The seed is made when the stamping is opened and told when it has ended, so that
 * who stamps knows none of them. Empty: the photos are few and all looked at, or the stamping is older than the draw. `digest` is
 * a hash in hexadecimal.
 */
export function listPhotosToOpen(
  seed: string | null,
  photos: readonly PhotoOfImpression[],
  digest: (text: string) => string,
): readonly string[] {
  if (seed === null || photos.length <= mostLookedAtWhole) return [];
  const same = photos.filter((photo) => photo.same);
  const drawn = new Set(drawPieces(seed, same.map(nameOf), sampleSize(same.length), digest));
  return photos.filter((photo) => !photo.same || drawn.has(nameOf(photo))).map(({ impressionId }) => impressionId);
}
