import type { DocumentPage } from "./document-text.ts";

/** Share of a page under pictures from which on it is a scan of paper: a photo laid across an upright sheet covers half of it. */
export const scannedShare = 0.5;
/** A page with fewer characters than that over a picture of it says most in the picture. */
const leastWritten = 200;
/** On a page without text, pictures of this share, or drawings as of letters that were made lines, say what it says. */
const least = { covered: 0.1, drawn: 0.03, shown: 0.002 };

/** A picture of paper, with no text of the file over it but the unseen one that a scanner puts there. */
export const isScan = ({ imageCoverage, written = 0, imaged = true }: DocumentPage): boolean =>
  imageCoverage >= scannedShare && written === 0 && imaged;

/**
 * Pages, from 0, that say what they say in pictures, so that no program read it. The text that a scanner puts behind a
 * picture is whatever the file says, and proves nothing of what the picture shows.
 */
export const listPicturedPages = (pages: readonly DocumentPage[]): number[] =>
  pages.filter(isPictured).map(({ index }) => index);

function isPictured(page: DocumentPage): boolean {
  const { imageCoverage, pictureInk = imageCoverage, ink = 0, imaged = true } = page;
  const characters = page.lines.reduce((sum, { text }) => sum + text.replace(/\s/gu, "").length, 0);
  const written = page.written ?? characters;
  const hasDrawnWords = page.otherwise?.some(({ kind }) => kind === "drawn") === true;
  const isDrawn = written === 0 && characters === 0 && (ink >= least.drawn || hasDrawnWords);
  const covered = written === 0 ? least.covered : scannedShare;
  const says = imaged && imageCoverage >= covered && pictureInk >= least.shown;
  return isDrawn || (written < leastWritten && says);
}

/** Pages as people name them: 1-3, 5. */
export function sayPages(pages: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const page of pages) {
    const last = ranges.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else ranges.push([page, page]);
  }
  const said = ranges.map(([from, to]) => (from === to ? `${from + 1}` : `${from + 1}-${to + 1}`));
  return said.length > mostRanges ? `${said.slice(0, mostRanges).join(", ")} …` : said.join(", ");
}
const mostRanges = 20;
