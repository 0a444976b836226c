/**
 * What can be seen of a press: its picture; nothing yet, because it is still on its way; nothing, because the picture that a record
 * names did not come, or is none, or shows nothing; or nothing, because none was taken at all.
 */
export const PICTURE_SIGHTS = ["shown", "on-its-way", "missing", "unfit", "dark", "not-taken"] as const;
export type PictureSight = (typeof PICTURE_SIGHTS)[number];

/** One picture that the record of a press names, and what became of it. */
export interface NamedPicture {
  /** Its bytes are here, as the record named them. */
  readonly arrived: boolean;
  /** It was looked at and can be shown. */
  readonly shown: boolean;
  /** It was looked at and is no picture. */
  readonly unfit: boolean;
  /** It is waited for no longer, or the box said that it lost it. */
  readonly given: boolean;
  /** The camera said itself that nothing can be seen on it. */
  readonly dark: boolean;
}

export function sightOfPicture(picture: NamedPicture): PictureSight {
  if (picture.shown) return picture.dark ? "dark" : "shown";
  if (picture.unfit) return "unfit";
  // What has arrived is looked at in a moment, however long it was on its way.
  return picture.given && !picture.arrived ? "missing" : "on-its-way";
}

const lacking: ReadonlySet<PictureSight> = new Set(["missing", "unfit", "dark", "not-taken"]);

/** How many of these cannot be looked at and will not come: whoever reviews the use is told so before he says what it was. */
export const countLacking = (sights: readonly PictureSight[]): number =>
  sights.filter((sight) => lacking.has(sight)).length;
