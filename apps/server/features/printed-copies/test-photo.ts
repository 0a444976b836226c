import { openForPrinting } from "@chancery/pdf-seal/print";
import { comparedPerMm } from "@chancery/printed-copy";
import sharp from "sharp";
import { drawPages } from "./draw-page.ts";

export interface TestShot {
  readonly page?: number;
  readonly turn?: number;
  readonly quality?: number;
  /** How far the lens is out of focus, in pixels. */
  readonly blur?: number;
  /** Drawn over the page before it is photographed, as SVG in millimetres. */
  readonly over?: string;
}

/** An impression around a point of the page, as SVG in millimetres. */
export const ringAt = (xMm: number, yMm: number, radiusMm = 20): string =>
  `<circle cx="${xMm}" cy="${yMm}" r="${radiusMm}" fill="none" stroke="#d02030" stroke-opacity="0.8" stroke-width="1.2"/>`;
/** Where the requests of the tests have their first seal, in its place. */
export const pressedRing = ringAt(41, 221);

/** A page of a PDF as a telephone would see it on a dark table: turned a little, blurred a little, as JPEG. */
export async function takeTestPhoto(
  bytes: Uint8Array,
  { page = 1, turn = 2, quality = 80, over = "", blur = 0.8 }: TestShot = {},
): Promise<Buffer> {
  const opened = openForPrinting(bytes);
  const size = opened.ok ? opened.document.pages[page - 1] : undefined;
  if (!size) throw new Error("no such page");
  const { width, height, rgb } = await drawPages(bytes, (draw) =>
    draw(page - 1, size.widthMm, size.heightMm, comparedPerMm),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${size.widthMm} ${size.heightMm}">${over}</svg>`;
  const sheet = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(svg) }])
    // A lamp is never quite white.
    .linear([0.82, 0.81, 0.78], [12, 12, 11])
    .raw()
    .toBuffer({ resolveWithObject: true });
  return sharp(sheet.data, { raw: sheet.info })
    .rotate(turn, { background: "#3c3a36" })
    .extend({ top: 60, bottom: 60, left: 60, right: 60, background: "#3c3a36" })
    .blur(blur)
    .jpeg({ quality })
    .toBuffer();
}

/** Pages of PDFs as an office scanner sees them at 200 dots to the inch: laid in a little aslant, a little soft, as JPEG. */
export async function takeTestScan(sheets: readonly { readonly bytes: Uint8Array; readonly over?: string }[]) {
  const [width, height] = [Math.round(210 * 7.874), Math.round(297 * 7.874)];
  return Promise.all(
    sheets.map(async ({ bytes, over = "" }, at) => {
      const drawn = await drawPages(bytes, (draw) => draw(0, 210, 297, comparedPerMm));
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${drawn.width}" height="${drawn.height}" viewBox="0 0 210 297">${over}</svg>`;
      const sheet = await sharp(drawn.rgb, { raw: { width: drawn.width, height: drawn.height, channels: 3 } })
        .composite([{ input: Buffer.from(svg) }])
        .raw()
        .toBuffer({ resolveWithObject: true });
      const turned = await sharp(sheet.data, { raw: sheet.info })
        .rotate(at % 2 === 0 ? 0.3 : -0.4, { background: "#f4f4f2" })
        .raw()
        .toBuffer({ resolveWithObject: true });
      const jpeg = await sharp(turned.data, { raw: turned.info })
        .extract({
          ...{ left: (turned.info.width - drawn.width) >> 1, top: (turned.info.height - drawn.height) >> 1 },
          ...{ width: drawn.width, height: drawn.height },
        })
        .resize(width, height)
        .blur(0.5)
        .jpeg({ quality: 82 })
        .toBuffer();
      return { jpeg, width, height };
    }),
  );
}
