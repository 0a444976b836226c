import { isBlankShown, type PhotoVerdict as VerdictOnPhoto } from "@chancery/domain";
import type { FaceComparison, ImpressionSight, Measures, PageCode, Place } from "@chancery/printed-copy";
import { createThreadPool } from "../../platform/run-in-thread.ts";
import type { PrintCopyTask } from "./write-print-copy.ts";

/** A face as it was kept: how much ink each pixel has, 0 to 255, at eight pixels to the millimetre. */
export interface KeptFace {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

export interface ReadPhotoTask {
  /** JPEG, PNG, WebP or TIFF: whatever somebody sent. */
  readonly photo: Uint8Array;
  readonly paper: OwnPaper | ForeignPaper;
  /** Where ink may be added to the page: seals and signatures, in millimetres of the page as it is shown. */
  readonly inkPlaces: readonly Place[];
  /** Where the impression is expected that the photo is of, and those of other seals of the page; null where none is looked for. */
  readonly sealPlace: {
    readonly own: Place;
    readonly others: readonly Place[];
    /** Whether all of them are pressed in red: whatever is black there was written or printed. */
    readonly onlyRed: boolean;
  } | null;
  /** The seal that the request names, and others that may have been pressed instead; null where no face is looked for. */
  readonly faces: { readonly expected: string; readonly kept: readonly KeptFace[] } | null;
}
/** A page that was printed here: the copy is read from its code, and what was printed is made anew to compare with. */
export interface OwnPaper {
  readonly kind: "own";
  readonly printed: Omit<PrintCopyTask, "copies" | "pages">;
  /** The page that is expected, counted from 1; null for whichever the code names. */
  readonly page: number | null;
}
/** A page that others printed, as it was scanned before approval. */
export interface ForeignPaper {
  readonly kind: "foreign";
  readonly scan: Uint8Array;
  /** Counts from 1. */
  readonly page: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

export type PhotoVerdict = "same" | "differs" | "wrong-page" | "no-code" | "blank" | "unclear";
export interface PhotoReading {
  readonly ok: true;
  /** `unclear`: take another photo; what is seen agrees, but too little is seen, or too blurred. */
  readonly verdict: PhotoVerdict;
  /** What the code says, if there is one that this platform made. */
  readonly code: PageCode | null;
  /** Whether codes of other copies of the page lie in the picture as well: which of the sheets is meant nobody can tell. */
  readonly isAmongOthers: boolean;
  /** A code of ours that this platform did not make: somebody imitates it. */
  readonly isCodeForged: boolean;
  /** Where the page differs, the worst first, in millimetres of the page as it is shown. */
  readonly places: readonly Place[];
  /** What has something on it and cannot be seen. */
  readonly unseen: readonly Place[];
  readonly confidence: number;
  readonly face: FaceComparison | null;
  /** Whether red ink is seen where the impression is expected; null where none is looked for, or this is not the page. */
  readonly impression: ImpressionSight | null;
  /** Whether whatever prints the page draws its letters as they are drawn here: what differs is then no other program's hand. */
  readonly lettersSure: boolean;
  readonly measures: Measures | null;
}
export type ReadPhotoAnswer =
  | PhotoReading
  | {
      readonly ok: false;
      readonly code:
        | "photo.not-readable"
        | "photo.too-many-pixels"
        | "photo.too-slow"
        | "photo.busy"
        | "photo.page-not-drawn";
    };

/** What a photo of our own paper shows of the sheet: which copy it is its code tells, and where it is booked follows from that. */
export const verdictOf = ({ isCodeForged, verdict, code, measures }: PhotoReading): VerdictOnPhoto => {
  if (isCodeForged) return "forged-code";
  const isShown = verdict !== "blank" || isBlankShown({ codeRead: code !== null, ...edgeOf(measures) });
  return isShown ? verdict : "no-code";
};
export const edgeOf = (measures: Measures | null) => ({ edgeBlurMm: measures?.edgeBlurMm ?? null });

const read = createThreadPool<ReadPhotoTask, ReadPhotoAnswer>(new URL("./read-photo-worker.ts", import.meta.url), {
  ...{ timeMs: 120_000, memoryMb: 768, mostAtOnce: 1, mostWaiting: 20 },
});

/** Compares a photo with what was approved, in a thread of its own with limits of time and memory. */
export async function readPhoto(task: ReadPhotoTask): Promise<ReadPhotoAnswer> {
  const outcome = await read(task);
  if (outcome.ok) return outcome.answer;
  return { ok: false, code: outcome.why === "failed" ? "photo.not-readable" : `photo.${outcome.why}` };
}
