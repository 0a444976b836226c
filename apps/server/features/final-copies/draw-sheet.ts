import sharp, { type Sharp } from "sharp";
import { startsAsPdf } from "../evidence/inspect-picture.ts";
import { decodePhoto } from "../printed-copies/decode-photo.ts";
import { drawPages } from "../printed-copies/draw-page.ts";
import type { OpenScanAnswer, OpenScanTask } from "./open-scan.ts";

/** Pixels to the millimetre that a page of a scan is drawn with: 254 dpi, as fine as offices scan. */
const perMm = 10;
/** Longest side of what is drawn and of what is shown to people, in pixels; and of a page that is taken for one, in mm. */
const [longestDrawn, longestShown, longestMm] = [4200, 1400, 3000];
const notReadable = { ok: false, code: "not-readable" } as const;

/** One sheet of a file whose every byte its sender chose: as it is compared, and small, to be looked at. Runs in a thread. */
export async function drawSheet({ bytes, page, most }: OpenScanTask): Promise<OpenScanAnswer> {
  try {
    return startsAsPdf(bytes) ? await drawPdf(bytes, page, most) : await drawPicture(bytes, page);
  } catch {
    return notReadable;
  }
}

async function drawPicture(bytes: Uint8Array, page: number | null): Promise<OpenScanAnswer> {
  // A picture is unpacked by who compares it, too; here it is looked at before it counts as a sheet.
  const decoded = await decodePhoto(bytes);
  if (!decoded.ok) return notReadable;
  if (page === null) return { ok: true, sheets: 1, sheet: null };
  const { width, height, data } = decoded.photo;
  const shown = await show(sharp(data, { raw: { width, height, channels: 3 } }));
  return { ok: true, sheets: 1, sheet: { photo: bytes, shown } };
}

const drawPdf = (bytes: Uint8Array, page: number | null, most: number): Promise<OpenScanAnswer> =>
  drawPages(bytes, async (draw, { count, sizeOf }): Promise<OpenScanAnswer> => {
    if (count < 1) return notReadable;
    if (count > most) return { ok: false, code: "too-many-sheets" };
    if (page === null) return { ok: true, sheets: count, sheet: null };
    const { widthMm, heightMm } = sizeOf(page - 1);
    const longest = Math.max(widthMm, heightMm);
    if (!(longest > 0 && longest < longestMm)) return notReadable;
    const drawn = await draw(page - 1, widthMm, heightMm, Math.min(perMm, longestDrawn / longest));
    const picture = sharp(drawn.rgb, { raw: { width: drawn.width, height: drawn.height, channels: 3 } });
    const photo = await picture.clone().png({ compressionLevel: 1 }).toBuffer();
    return { ok: true, sheets: count, sheet: { photo, shown: await show(picture) } };
  });

const show = (picture: Sharp): Promise<Buffer> =>
  picture
    .resize({ width: longestShown, height: longestShown, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 78 })
    .toBuffer();
