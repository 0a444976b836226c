import sharp from "sharp";

/** Most bytes of a file given as evidence: 30 MB. */
export const evidenceLimit = 30 * 1024 * 1024;
/** Most pixels that are unpacked: a phone's camera makes fifty million, a bomb far more. */
export const mostPixels = 120_000_000;
const previewSide = 1280;

export type InspectedFile =
  | {
      readonly ok: true;
      readonly mediaType: string;
      readonly widthPx: number | null;
      readonly heightPx: number | null;
      readonly takenAt: string | null;
      readonly preview: Uint8Array | null;
    }
  | { readonly ok: false; readonly code: "evidence.not-readable" | "evidence.too-many-pixels" };

const mediaTypes: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  tiff: "image/tiff",
};

/**
 * Looks at a file whose every byte its sender chose: a picture (JPEG, PNG, WebP, TIFF) is unpacked within limits and gets
 * an upright preview without its metadata; a PDF is recognised by its head. Anything else is not evidence.
 */
export async function inspectFile(bytes: Uint8Array): Promise<InspectedFile> {
  if (startsAsPdf(bytes))
    return { ok: true, mediaType: "application/pdf", widthPx: null, heightPx: null, takenAt: null, preview: null };
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true });
    const found = await picture.metadata();
    const mediaType = mediaTypes[found.format ?? ""];
    if (!mediaType) return { ok: false, code: "evidence.not-readable" };
    // EXIF orientations 5 to 8 lie on their side.
    const turned = (found.orientation ?? 1) >= 5;
    const preview = await picture
      .clone()
      .rotate()
      .resize({ width: previewSide, height: previewSide, fit: "inside", withoutEnlargement: true })
      // What is transparent is paper: an impression cut out of its ground would else lie on black.
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 78 })
      .toBuffer();
    return {
      ok: true,
      mediaType,
      widthPx: turned ? found.height : found.width,
      heightPx: turned ? found.width : found.height,
      takenAt: readTakenAt(found.exif),
      preview,
    };
  } catch (error) {
    const pixels = error instanceof Error && error.message.includes("pixel limit");
    return { ok: false, code: pixels ? "evidence.too-many-pixels" : "evidence.not-readable" };
  }
}

/** Whether a file's name says that it is a picture. */
export const namedAsPicture = (name: string): boolean => /\.(?:jpe?g|png|webp|tiff?|gif|bmp|heic)$/i.test(name.trim());

/** A PDF's head stands first: further down it could stand in any file, a page or a program too. */
export function startsAsPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64)).toString("latin1");
  return /^(\u00ef\u00bb\u00bf)?[\0\t\n\f\r ]*%PDF-/.test(head);
}

/** The camera's own time (EXIF DateTimeOriginal with its offset, where it has one), as ISO 8601; null where it says none. */
function readTakenAt(exif: Buffer | undefined): string | null {
  const text = exif?.toString("latin1") ?? "";
  const time = /(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text);
  if (!time) return null;
  const offset = /[+-]\d\d:\d\d/.exec(text)?.[0] ?? "Z";
  const at = Date.parse(`${time[1]}-${time[2]}-${time[3]}T${time[4]}${offset}`);
  // A camera whose clock was never set writes the year 0 or 1; nobody photographed a seal before 1990.
  return Number.isNaN(at) || Number(time[1]) < 1990 ? null : new Date(at).toISOString();
}
