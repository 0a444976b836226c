import sharp from "sharp";
import { mostPixels } from "./inspect-picture.ts";

/**
 * The picture without what the camera wrote beside it (EXIF with place and device, XMP, IPTC), at its full size and
 * upright; null where there is nothing to leave out, so that a scan is given as it came in.
 */
export async function stripPicture(bytes: Uint8Array): Promise<Uint8Array | null> {
  const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true });
  const { exif, xmp, iptc, comments, format } = await picture.metadata();
  if (!exif && !xmp && !iptc && !comments?.length) return null;
  const upright = picture.rotate();
  if (format === "jpeg") return upright.jpeg({ quality: 92 }).toBuffer();
  return format === "webp" ? upright.webp({ quality: 92 }).toBuffer() : upright.toBuffer();
}
