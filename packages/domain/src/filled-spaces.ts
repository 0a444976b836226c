import type { TextBox } from "./document-text.ts";
import type { UnfinishedPlace } from "./unfinished-places.ts";

/** Where a value stands in a field of the template that a document follows. */
export interface FilledField {
  readonly page: number;
  readonly box: TextBox;
}

/** A space begins or ends within this many millimetres of the value beside it. */
const beside = 3;

/**
 * Places without the wide spaces that a value leaves beside it in a blank of its template: the blank is filled in all the same
 * (C05). A space beside words of the template alone is still one that somebody left open.
 */
export function withoutFilledSpaces(
  places: readonly UnfinishedPlace[],
  filled: readonly FilledField[],
): UnfinishedPlace[] {
  return places.filter(
    ({ kind, page, box }) =>
      kind !== "wide-space" || box === null || !filled.some((one) => one.page === page && isBeside(box, one.box)),
  );
}

function isBeside(space: TextBox, value: TextBox): boolean {
  const overlap = Math.min(space.y + space.height, value.y + value.height) - Math.max(space.y, value.y);
  if (overlap < Math.min(space.height, value.height) / 2) return false;
  const [from, to] = [space.x - beside, space.x + space.width + beside];
  const ends = [value.x, value.x + value.width];
  return ends.some((end) => end >= from && end <= to);
}
