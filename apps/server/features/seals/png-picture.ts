import { cleanImpression } from "@chancery/seal-image";
import { boundPng } from "@chancery/seal-image/png";
import { convertIndexedToRgb, decode, encode } from "fast-png";

/** Most pixels a side of an uploaded picture. */
export const mostPixels = 4000;

export type PictureCode = "image.not-a-png" | "image.too-large" | "image.damaged" | "image.no-ink";
export type CleanedPicture =
  | { ok: true; png: Uint8Array; widthPx: number; heightPx: number }
  | { ok: false; code: PictureCode };

/** Answers the impression of an uploaded PNG alone, transparent, as PNG. */
export function cleanPicture(bytes: Uint8Array): CleanedPicture {
  const bound = boundPng(bytes, (width, height) => width > mostPixels || height > mostPixels);
  if (!bound.ok) return { ok: false, code: `image.${bound.problem}` };
  let rgba: Uint8Array | null;
  let size: { width: number; height: number };
  try {
    const decoded = decode(bound.png, { checkCrc: false });
    size = { width: decoded.width, height: decoded.height };
    rgba = toRgba(decoded);
  } catch {
    return { ok: false, code: "image.damaged" };
  }
  if (rgba === null) return { ok: false, code: "image.no-ink" };
  const cleaned = cleanImpression(rgba, size.width, size.height);
  if (!cleaned.ok) return { ok: false, code: cleaned.code === "impression.no-ink" ? "image.no-ink" : "image.damaged" };
  const png = encode({ ...size, data: cleaned.value, channels: 4, depth: 8 });
  return { ok: true, png, widthPx: size.width, heightPx: size.height };
}

/** Four bytes a pixel; null for a grey picture, in which no red ink can stand. */
function toRgba(decoded: ReturnType<typeof decode>): Uint8Array | null {
  const { width, height, palette, depth } = decoded;
  const count = width * height;
  const data = palette ? convertIndexedToRgb(decoded) : decoded.data;
  const channels = data.length / count;
  if (channels !== 3 && channels !== 4) return null;
  const shift = depth === 16 && !palette ? 8 : 0;
  const rgba = new Uint8Array(count * 4);
  for (let pixel = 0; pixel < count; pixel += 1) {
    const from = pixel * channels;
    const to = pixel * 4;
    rgba[to] = (data[from] ?? 0) >> shift;
    rgba[to + 1] = (data[from + 1] ?? 0) >> shift;
    rgba[to + 2] = (data[from + 2] ?? 0) >> shift;
    rgba[to + 3] = channels === 4 ? (data[from + 3] ?? 0) >> shift : 255;
  }
  return rgba;
}
