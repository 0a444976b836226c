import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName, SealUseRequestState } from "./vocabulary.ts";

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
 * Whether people have to say something of it before the photo counts as what was approved (C17): another paper, or none of ours.
 * Where our code says which page it is, that it differs somewhere is shown with its places and asks nothing yet: light and printers
 * make unlike what is the same. Foreign paper has nothing but its content: whatever is not the same, or cannot be judged, is asked.
 */
export const isDisagreement = (verdict: PhotoVerdict, basis: PhotoBasis): boolean =>
  verdict !== "same" && (basis === "scan" || (verdict !== "differs" && verdict !== "unclear"));

export const photoVerdictNames: Readonly<Record<PhotoVerdict, LocalName>> = {
  same: { en: "same as the approved page", zh: "与批准页一致" },
  differs: { en: "differs from the approved page", zh: "与批准页不一致" },
  "wrong-page": { en: "another page", zh: "不是该页" },
  "other-document": { en: "another document", zh: "不是该文件" },
  "wrong-copy": { en: "another copy", zh: "不是该份" },
  "no-code": { en: "not printed here: no code", zh: "非本系统打印：无页码" },
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
