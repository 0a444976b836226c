import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName, SealType, SealUseRequestState } from "./vocabulary.ts";

/** What a photo of a stamped page says against what was printed; `unclear`: what is seen agrees, and too little is seen. */
export const PHOTO_VERDICTS = [
  "same",
  "differs",
  "wrong-page",
  "other-document",
  "wrong-copy",
  "no-code",
  "forged-code",
  "blank",
  "unclear",
] as const;
export type PhotoVerdict = (typeof PHOTO_VERDICTS)[number];

/** What ties a photo to the page it is compared with: our code on the page, or on foreign paper the scan alone. */
export const PHOTO_BASES = ["code", "scan"] as const;
export type PhotoBasis = (typeof PHOTO_BASES)[number];

/**
 * Whether a photo of the right page shows an impression in its place. `untold`: the place is covered or beyond the picture, or the
 * picture has no colours.
 */
export const IMPRESSION_SIGHTS = ["found", "none", "untold"] as const;
export type ImpressionSight = (typeof IMPRESSION_SIGHTS)[number];

/**
 * Whose face an impression has, held against kept specimens, and how it was pressed: `unknown` is that of no seal that is kept here.
 * `pale`, `partial`, `doubled` and `beside` (with other red ink) are nearest to the seal that was asked for; `untold`: the place of
 * another seal lies over this one's, so that neither face can be told.
 */
export const FACE_SIGHTS = ["ours", "another", "unknown", "pale", "partial", "doubled", "beside", "untold"] as const;
export type FaceSight = (typeof FACE_SIGHTS)[number];

/** Faces that pass in silence: of the others it is another's, or not every letter was seen, or there is more than was asked for. */
const quietFaces: readonly (FaceSight | null)[] = [null, "ours", "pale"];

/** What a photo was found to show. */
export interface PhotoFound {
  readonly verdict: PhotoVerdict;
  readonly basis: PhotoBasis;
  /** Null where no impression was looked for, or the photo does not show the page. */
  readonly impression: ImpressionSight | null;
  /** Whether whatever printed the page drew its letters as they were approved: with fonts of its own another program draws others. */
  readonly lettersSure: boolean;
  /** Null where no face was compared: the seal has no specimen, or no impression is seen. */
  readonly face: FaceSight | null;
}

/** `answer`: who confirms the photos says why it is right, or that it is wrong. `freeze`: besides, the request is frozen at once. */
export const PHOTO_DEMANDS = ["nothing", "answer", "freeze"] as const;
export type PhotoDemand = (typeof PHOTO_DEMANDS)[number];

/** What freezes a request: what measured photos of honest pages are taken for by mistake at most once in fifty (bench `photos`). */
const freezing: Readonly<Record<PhotoBasis, readonly PhotoVerdict[]>> = {
  code: ["differs", "wrong-page", "other-document", "forged-code", "blank"],
  scan: ["wrong-page", "other-document", "blank"],
};

/**
 * What follows from what a photo shows (C17): nothing from the approved page with the impression of its seal; whatever else is found,
 * or cannot be judged, is answered by people before the photos are confirmed, so that nothing passes in silence.
 */
export function demandOf({ verdict, basis, impression, lettersSure, face }: PhotoFound): PhotoDemand {
  if (impression === "none") return "freeze";
  if (freezing[basis].includes(verdict)) return verdict === "differs" && !lettersSure ? "answer" : "freeze";
  return verdict === "same" && impression !== "untold" && quietFaces.includes(face) ? "nothing" : "answer";
}

/** Up to which blur of the sheet's edge a photo would show what is on the sheet, in millimetres (bench `photos`). */
const sharpMm = 0.6;

/**
 * Whether a photo in which nothing is seen on the sheet shows a blank one (C17): its code was read, or its edge is sharp. In one that
 * is blurred more than that, or does not show the edge, whatever is on the sheet may have gone.
 */
export const isBlankShown = (seen: { readonly codeRead: boolean; readonly edgeBlurMm: number | null }): boolean =>
  seen.codeRead || (seen.edgeBlurMm !== null && seen.edgeBlurMm <= sharpMm);

/** Verdicts on a photo in which the page was not made out, and not on what is on the page. */
const unreadable: readonly PhotoVerdict[] = ["no-code", "unclear"];

/**
 * Whether a photo is no good, and another one of the sheet would tell more (C17). A blank page without a code may be the back of the
 * sheet: it stays a finding, and another photo is taken beside it.
 */
export const isUnreadable = (found: {
  readonly verdict: PhotoVerdict;
  readonly impression: ImpressionSight | null;
  readonly codeRead: boolean;
}): boolean =>
  found.impression !== "none" && (unreadable.includes(found.verdict) || (found.verdict === "blank" && !found.codeRead));

/** Kinds of seals that are inked in whatever colour, or not at all: nobody looks for red where they were pressed. */
const otherInks: readonly SealType[] = ["embossing", "date-receipt", "correction", "personal-name"];
/** Whether an impression of such a seal is red, so that its lack is seen in a photo. */
export const isPressedInRed = (type: SealType): boolean => !otherInks.includes(type);

export const photoVerdictNames: Readonly<Record<PhotoVerdict, LocalName>> = {
  same: { en: "same as the approved page", zh: "与批准页一致" },
  differs: { en: "differs from the approved page", zh: "与批准页不一致" },
  "wrong-page": { en: "another page", zh: "不是该页" },
  "other-document": { en: "another document", zh: "不是该文件" },
  "wrong-copy": { en: "another copy", zh: "不是该份" },
  "no-code": { en: "no code could be read", zh: "未能读出页码" },
  "forged-code": { en: "a code that was not made here", zh: "页码系伪造" },
  blank: { en: "a blank page", zh: "空白页" },
  unclear: { en: "too little is seen", zh: "看不清楚" },
};

/** Why copies of this document cannot be printed now: they are printed once it is agreed what is stamped, by who carries or stamps them. */
export function listPrintRefusals(facts: {
  readonly actorId: string;
  readonly byHand: boolean;
  /** Whether others printed the paper: what is printed here anew would not be the paper that they brought. */
  readonly foreign: boolean;
  readonly state: SealUseRequestState;
  /** Applicant, handler, and who may stamp. */
  readonly printers: readonly string[];
  readonly copies: number;
  readonly from: number;
  readonly to: number;
}): Refusal[] {
  if (!facts.byHand) return [refuse("stamping.not-by-hand")];
  if (facts.foreign) return [refuse("print.foreign", {}, "C17")];
  return [
    ...(facts.printers.includes(facts.actorId) ? [] : [refuse("print.not-yours", {}, "C08")]),
    ...(facts.state === "authorised" || facts.state === "opened"
      ? []
      : [refuse("print.not-authorised", { state: facts.state }, "C01")]),
    ...(facts.from >= 1 && facts.from <= facts.to && facts.to <= facts.copies
      ? []
      : [refuse("print.copies", { most: facts.copies }, "C09")]),
  ];
}
