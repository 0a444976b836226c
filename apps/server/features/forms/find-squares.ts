import { blankSheetLimits } from "@chancery/domain";
import { startsAsPdf } from "../evidence/inspect-picture.ts";
import { decodePhoto } from "../printed-copies/decode-photo.ts";
import { drawPages } from "../printed-copies/draw-page.ts";
import { readCodes } from "../printed-copies/read-codes.ts";

/** Pixels to the millimetre that a page is drawn with: seven for one module of the square at the foot of a sheet. */
const perMm = 10;
/** Sides longer than these, in pixels and millimetres, are no page of paper. */
const [longestDrawn, longestMm] = [4200, 3000];
/** Squares on one page or photo: each sheet has one, and letterheads and forms have their own. */
const mostSquares = 2 * blankSheetLimits.count;

/** What the squares on a scan or photo say, of at most so many pages as a person is given sheets. Runs in a thread. */
export async function findSquares(bytes: Uint8Array): Promise<string[]> {
  try {
    return startsAsPdf(bytes) ? await findInPdf(bytes) : await findInPicture(bytes);
  } catch {
    return [];
  }
}

async function findInPicture(bytes: Uint8Array): Promise<string[]> {
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) return [];
  const { width, height, data } = decoded.photo;
  return findIn(width, height, data);
}

const findInPdf = (bytes: Uint8Array): Promise<string[]> =>
  drawPages(bytes, async (draw, { count, sizeOf }) => {
    const found: string[] = [];
    for (let page = 0; page < Math.min(count, blankSheetLimits.count); page += 1) {
      const { widthMm, heightMm } = sizeOf(page);
      const longest = Math.max(widthMm, heightMm);
      if (!(longest > 0 && longest < longestMm)) continue;
      const drawn = await draw(page, widthMm, heightMm, Math.min(perMm, longestDrawn / longest));
      found.push(...(await findIn(drawn.width, drawn.height, drawn.rgb)));
    }
    return found;
  });

async function findIn(width: number, height: number, rgb: Uint8Array): Promise<string[]> {
  const data = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < data.length; at += 1, from += 3)
    data[at] = Math.round(0.299 * (rgb[from] ?? 0) + 0.587 * (rgb[from + 1] ?? 0) + 0.114 * (rgb[from + 2] ?? 0));
  return (await readCodes({ width, height, data }, mostSquares)).map(({ text }) => text);
}
