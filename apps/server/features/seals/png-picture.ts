import { constants, inflateSync } from "node:zlib";
import { cleanImpression } from "@chancery/seal-image";
import { convertIndexedToRgb, decode, encode } from "fast-png";

/** Most pixels a side of an uploaded picture. */
export const mostPixels = 4000;
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a picture needs; text, profiles and animation are left behind, as they may be bombs or tell secrets. */
const kept: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

export type PictureCode = "image.not-a-png" | "image.too-large" | "image.damaged" | "image.no-ink";
export type CleanedPicture =
  | { ok: true; png: Uint8Array; widthPx: number; heightPx: number }
  | { ok: false; code: PictureCode };

/**
 * Takes an uploaded PNG (ISO/IEC 15948) apart before anything of it is unpacked: sides and the size that the pixels may
 * unpack to are checked first, since the uploader chooses every byte. Answers the impression alone, transparent, as PNG.
 */
export function cleanPicture(bytes: Uint8Array): CleanedPicture {
  const reduced = reducePng(Buffer.from(bytes));
  if (typeof reduced === "string") return { ok: false, code: reduced };
  let rgba: Uint8Array | null;
  let size: { width: number; height: number };
  try {
    const decoded = decode(reduced, { checkCrc: false });
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

/** The same picture with the needed chunks only, its pixels known to unpack to no more than they should. */
function reducePng(bytes: Buffer): Buffer | PictureCode {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(signature) || bytes.toString("latin1", 12, 16) !== "IHDR")
    return "image.not-a-png";
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width === 0 || height === 0) return "image.damaged";
  if (width > mostPixels || height > mostPixels) return "image.too-large";
  const chunks: Buffer[] = [];
  const pixels: Buffer[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) return "image.damaged";
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (kept.includes(type)) chunks.push(bytes.subarray(at, at + 12 + length));
    if (type === "IDAT") pixels.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
    if (type === "IEND") break;
  }
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[bytes.readUInt8(25)];
  if (channels === undefined || bytes.readUInt8(24) > 16 || pixels.length === 0) return "image.damaged";
  const row = Math.ceil((width * channels * bytes.readUInt8(24)) / 8);
  try {
    // Adam7 (8.2) has at most twice the rows, each with a filter byte and up to a byte of padding.
    inflateSync(Buffer.concat(pixels), {
      maxOutputLength: row * height + 4 * height + 64,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return "image.damaged";
  }
  return Buffer.concat([signature, ...chunks]);
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
