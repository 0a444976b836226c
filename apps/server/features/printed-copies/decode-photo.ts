import type { Rgb } from "@chancery/printed-copy";
import sharp from "sharp";

/** Most pixels that are unpacked: a telephone's camera makes fifty million, a bomb far more. */
const mostPixels = 120_000_000;
/** Longer sides are drawn smaller: fourteen pixels to the millimetre of a whole A4 page are enough for its letters. */
const longestSide = 4200;
const formats: readonly string[] = ["jpeg", "png", "webp", "tiff"];

export type DecodedPhoto =
  | { readonly ok: true; readonly photo: Rgb }
  | { readonly ok: false; readonly code: "photo.not-readable" | "photo.too-many-pixels" };

/** Unpacks a picture whose every byte its sender chose, upright as the camera says, without transparency. */
export async function decodePhoto(bytes: Uint8Array): Promise<DecodedPhoto> {
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true });
    if (!formats.includes((await picture.metadata()).format ?? "")) return { ok: false, code: "photo.not-readable" };
    const { data, info } = await picture
      .rotate()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) return { ok: false, code: "photo.not-readable" };
    return { ok: true, photo: { width: info.width, height: info.height, data } };
  } catch (error) {
    const pixels = error instanceof Error && error.message.includes("pixel limit");
    return { ok: false, code: pixels ? "photo.too-many-pixels" : "photo.not-readable" };
  }
}
