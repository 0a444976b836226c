import { constants, inflateSync } from "node:zlib";

export type PngProblem = "not-a-png" | "too-large" | "damaged";
export type BoundPng =
  | { readonly ok: true; readonly png: Uint8Array; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly problem: PngProblem };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a picture needs; text, profiles and animation are left behind, as they may be bombs or tell secrets. */
const kept: readonly string[] = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];

/**
 * Takes a PNG (ISO/IEC 15948) apart before anything of it is unpacked: sides and the size that the pixels may unpack to
 * are checked, since whoever made the file chose every byte. Answers the same picture with the needed chunks only, which
 * a decoder may be given.
 */
export function boundPng(bytes: Uint8Array, isTooLarge: (width: number, height: number) => boolean): BoundPng {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (source.length < 33 || !source.subarray(0, 8).equals(signature) || source.toString("latin1", 12, 16) !== "IHDR")
    return { ok: false, problem: "not-a-png" };
  const [width, height] = [source.readUInt32BE(16), source.readUInt32BE(20)];
  if (width === 0 || height === 0) return { ok: false, problem: "damaged" };
  if (isTooLarge(width, height)) return { ok: false, problem: "too-large" };
  const chunks: Buffer[] = [];
  const pixels: Buffer[] = [];
  let at = 8;
  while (at + 12 <= source.length) {
    const length = source.readUInt32BE(at);
    if (at + 12 + length > source.length) return { ok: false, problem: "damaged" };
    const type = source.toString("latin1", at + 4, at + 8);
    if (kept.includes(type)) chunks.push(source.subarray(at, at + 12 + length));
    if (type === "IDAT") pixels.push(source.subarray(at + 8, at + 8 + length));
    at += 12 + length;
    if (type === "IEND") break;
  }
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[source.readUInt8(25)];
  if (channels === undefined || source.readUInt8(24) > 16 || pixels.length === 0)
    return { ok: false, problem: "damaged" };
  const row = Math.ceil((width * channels * source.readUInt8(24)) / 8);
  try {
    // Adam7 (8.2) has at most twice the rows, each with a filter byte and up to a byte of padding.
    inflateSync(Buffer.concat(pixels), {
      maxOutputLength: row * height + 4 * height + 64,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return { ok: false, problem: "damaged" };
  }
  return { ok: true, png: Buffer.concat([signature, ...chunks]), width, height };
}
