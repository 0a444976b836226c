import { cleanImpression } from "@chancery/seal-image";
import sharp from "sharp";

/** Most pixels a side that are kept of a specimen; a scan of a whole sheet at 300 dpi fits. */
const mostSide = 4000;
const mostPixels = 120_000_000;

export type CleanedSpecimen =
  | {
      readonly ok: true;
      readonly png: Uint8Array;
      readonly widthPx: number;
      readonly heightPx: number;
      /** The box around the ink. */
      readonly inkLeftPx: number;
      readonly inkTopPx: number;
      readonly inkWidthPx: number;
      readonly inkHeightPx: number;
    }
  | { readonly ok: false };

/** The impression of a photo or scan alone: upright, paper taken away. Its every byte is its sender's choice. */
export async function cleanSpecimen(bytes: Uint8Array): Promise<CleanedSpecimen> {
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" })
      .rotate()
      .resize({ width: mostSide, height: mostSide, fit: "inside", withoutEnlargement: true })
      .toColourspace("srgb")
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = info;
    const cleaned = cleanImpression(new Uint8Array(data), width, height);
    if (!cleaned.ok) return { ok: false };
    const box = findInk(cleaned.value, width, height);
    const png = await sharp(cleaned.value, { raw: { width, height, channels: 4 } })
      .png()
      .toBuffer();
    return { ok: true, png, widthPx: width, heightPx: height, ...box };
  } catch {
    return { ok: false };
  }
}

/** How wide and high the ink is; a row or column of a few stray dots is no ink. */
function findInk(rgba: Uint8Array, width: number, height: number) {
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    if ((rgba[pixel * 4 + 3] ?? 0) < 128) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    columns[x] = (columns[x] ?? 0) + 1;
    rows[y] = (rows[y] ?? 0) + 1;
  }
  const [across, down] = [span(columns), span(rows)];
  return {
    ...{ inkLeftPx: across.first, inkWidthPx: across.length },
    ...{ inkTopPx: down.first, inkHeightPx: down.length },
  };
}

function span(counts: Uint32Array): { first: number; length: number } {
  const most = Math.max(2, Math.floor(counts.length / 400));
  const first = counts.findIndex((count) => count >= most);
  if (first === -1) return { first: 0, length: 0 };
  return { first, length: counts.findLastIndex((count) => count >= most) - first + 1 };
}
