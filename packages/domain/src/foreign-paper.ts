import type { PhotoVerdict } from "./photo-reading.ts";
import { type Refusal, refuse } from "./refusal.ts";

/**
 * Foreign paper 外来纸件: printed by others, a counterparty's contract or an authority's form. No page bears a code of ours, so
 * its scan is what is approved, and the content of each photo alone tells whether it is that paper (C17).
 */

/**
 * Why these documents cannot be approved as foreign paper: nobody says who printed it, or they are no scans of it. What is no
 * picture, or has text over its picture, was written by a program, and can be printed here.
 */
export function listForeignPaperRefusals(paper: {
  readonly printedBy: string;
  readonly documents: readonly {
    readonly name: string;
    /** Pages that are no picture, from 0; null where nobody has looked yet. */
    readonly unscanned: readonly number[] | null;
  }[];
}): Refusal[] {
  return [
    ...(paper.printedBy.trim() === "" ? [refuse("foreign.printer-missing", {}, "C17")] : []),
    ...paper.documents.flatMap(({ name, unscanned }) => {
      const [first] = unscanned ?? [];
      return first === undefined ? [] : [refuse("foreign.not-scanned", { document: name, page: first + 1 }, "C17")];
    }),
  ];
}

/** What one page of the scan says of a photo. */
export interface ScanReading {
  /** From 1. */
  readonly page: number;
  readonly verdict: PhotoVerdict;
  /** Whether anything of the page was found in the photo. */
  readonly found: boolean;
  /** Of the page's ink, what the photo lacks, from 0 to 1. */
  readonly missing: number;
}
export interface ForeignPhoto {
  readonly verdict: PhotoVerdict;
  /** The page of the scan that the photo shows; null where it shows none, or none could be told. */
  readonly shows: number | null;
}

/** Pages of the scan that a photo is compared with before nobody looks for another one: each takes seconds. */
export const mostScanPages = 6;
/** Another page that differs or is seen too little, too, is the one in the photo if it explains so much more of the ink. */
const clearlyMore = 0.1;

/** The pages to compare a photo with, the expected one first and then its neighbours: sheets are mixed up with those beside them. */
export function listScanPages(expected: number, pages: number): number[] {
  return Array.from({ length: pages }, (_, at) => at + 1)
    .toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected) || a - b)
    .slice(0, mostScanPages);
}

/**
 * What a photo shows by its comparison with pages of the scan, the expected one first; null while another page has to be compared
 * before it can be said. It is the same only as the expected page. That it is none of the scan's is said once each was compared.
 */
export function judgeForeignPhoto(readings: readonly ScanReading[], pages: number): ForeignPhoto | null {
  const [own, ...others] = readings;
  if (!own) return null;
  if (own.verdict === "same") return { verdict: "same", shows: own.page };
  if (own.verdict === "blank") return { verdict: "blank", shows: null };
  const isOwn = own.verdict !== "wrong-page" && own.found;
  const shown = others.find(({ verdict }) => verdict === "same") ?? findBetter(isOwn ? own : null, others);
  if (shown) return { verdict: "wrong-page", shows: shown.page };
  if (readings.length < Math.min(pages, mostScanPages)) return null;
  if (isOwn || own.verdict === "unclear") return { verdict: own.verdict, shows: isOwn ? own.page : null };
  return { verdict: readings.length < pages ? "wrong-page" : "other-document", shows: null };
}

function findBetter(own: ScanReading | null, others: readonly ScanReading[]): ScanReading | undefined {
  const limit = own ? own.missing - clearlyMore : Number.POSITIVE_INFINITY;
  return others
    .filter(
      ({ verdict, found, missing }) => (verdict === "differs" || verdict === "unclear") && found && missing < limit,
    )
    .toSorted((a, b) => a.missing - b.missing)[0];
}
