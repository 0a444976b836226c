import {
  type FaceSight,
  isBlankShown,
  judgeForeignPhoto,
  listScanPages,
  type PhotoVerdict,
  type ScanReading,
} from "@chancery/domain";
import type { ImpressionSight, Place } from "@chancery/printed-copy";
import { edgeOf, type PhotoReading, type ReadPhotoAnswer, type ReadPhotoTask, readPhoto } from "./read-photo.ts";

/** The approved scan of foreign paper, and what is said of the photo by who took it. */
export interface ScanOfPaper {
  readonly bytes: Uint8Array;
  readonly pages: readonly { readonly widthMm: number; readonly heightMm: number }[];
  /** From 1. */
  readonly expected: number;
  /** Where ink may be added to a page, from 1. */
  readonly inkPlaces: (page: number) => readonly Place[];
  /** Where the impression is expected on the expected page, and those of others; null where none is looked for. */
  readonly sealPlace: ReadPhotoTask["sealPlace"];
  readonly faces: ReadPhotoTask["faces"];
}
export interface ForeignReading {
  readonly verdict: PhotoVerdict;
  /** The page of the scan that the photo shows; null where it shows none, or none could be told. */
  readonly shows: number | null;
  /** Where it differs from the expected page. */
  readonly places: readonly Place[];
  readonly confidence: number;
  /** Whether an impression is seen in its place on the expected page; null where another page is shown, or none is looked for. */
  readonly impression: ImpressionSight | null;
  /** Whose face it has; null where another page is shown, or none was compared. */
  readonly face: FaceFound | null;
}

/** Whose face an impression has, and of which seal of those it was held against. */
export interface FaceFound {
  readonly sight: FaceSight;
  readonly sealId: string | null;
}
/** That no red ink is there is told of the impression, and of no face. */
export function faceIn({ face }: Pick<PhotoReading, "face">): FaceFound | null {
  if (face === null || face.verdict === "none") return null;
  return { sight: face.verdict, sealId: face.verdict === "unknown" ? null : face.specimen };
}

/** What the thread says of one task; a test stands in for it. */
type Read = (task: ReadPhotoTask) => Promise<ReadPhotoAnswer>;

/**
 * Compares a photo of foreign paper with the page that its custodian holds and, where it is not the same, with the pages beside it.
 * The seal is pressed where the expected page has it, whichever page lies there. Throws where the machine is too busy.
 */
export async function readForeignPhoto(
  photo: Uint8Array,
  scan: ScanOfPaper,
  read: Read = readPhoto,
): Promise<ForeignReading> {
  const { expected } = scan;
  const pages = scan.pages.length;
  const readings: ScanReading[] = [];
  let own: Pick<ForeignReading, "places" | "confidence" | "impression" | "face"> = {
    ...{ places: [], confidence: 0, impression: null, face: null },
  };
  for (const page of listScanPages(expected, pages)) {
    const size = scan.pages[page - 1];
    if (!size) throw new RangeError("the scan has no such page");
    const answer = await read({
      photo,
      paper: { kind: "foreign", scan: scan.bytes, page, ...size },
      inkPlaces: page === expected ? scan.inkPlaces(page) : [...scan.inkPlaces(page), ...scan.inkPlaces(expected)],
      sealPlace: page === expected ? scan.sealPlace : null,
      faces: page === expected ? scan.faces : null,
    });
    if (!answer.ok && (answer.code === "photo.busy" || answer.code === "photo.too-slow")) throw new Error(answer.code);
    if (page === expected && answer.ok)
      own = {
        places: answer.places,
        confidence: answer.confidence,
        impression: answer.impression,
        face: faceIn(answer),
      };
    const measures = answer.ok ? answer.measures : null;
    // No other page of the scan would tell more of a photo in which nothing is seen.
    if (answer.ok && answer.verdict === "blank" && !isBlankShown({ codeRead: false, ...edgeOf(measures) }))
      return { ...own, verdict: "unclear", shows: null, places: [], impression: null, face: null };
    readings.push({
      ...{ page, verdict: answer.ok ? answer.verdict : "unclear" },
      ...{ found: (measures?.share ?? 0) > 0, missing: measures?.missing ?? 1 },
    });
    const judged = judgeForeignPhoto(readings, pages);
    if (judged)
      return { ...own, ...judged, ...(judged.shows === expected ? {} : { places: [], impression: null, face: null }) };
  }
  throw new Error("a scan without pages was approved");
}
