import sharp from "sharp";
import { mostPixels } from "./inspect-picture.ts";

/**
 * The picture and nothing else, at its full size and upright: drawn anew, for a file has many places that no reader of
 * pictures looks at (a second picture behind the first, segments of makers' own), and a place of taking may stand in each.
 */
export async function stripPicture(bytes: Uint8Array): Promise<Uint8Array> {
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true });
  const { format } = await picture.metadata();
  const upright = picture.rotate();
  if (format === "jpeg") return upright.jpeg({ quality: 92 }).toBuffer();
  return format === "webp" ? upright.webp({ quality: 92 }).toBuffer() : upright.toBuffer();
}
