import { unpackWithin } from "../../platform/unpack-archive.ts";
import type { PulledImage } from "./adapter.ts";

/** As a cloud of the Contract Lock kind names its pictures: the kind, and after it anything that is no path. */
const named = /^(SIGNATORY|FACE|EMERGENCY)(?:[/_-][\w-]{1,60})?\.(?:jpe?g|png)$/i;
const kinds = { SIGNATORY: "use", FACE: "face", EMERGENCY: "emergency" } as const;
/** More in one archive is no record of one application. */
const mostImages = 300;
const mostBytesEach = 30 * 1024 * 1024;

/** Bytes that all pictures of one application may have, packed and unpacked. */
export const imagesLimit = 100 * 1024 * 1024;

/**
 * The pictures of an archive that a cloud sent, in the order of their names. Null for what is no such archive: one that unpacks to
 * more than the limit, holds a name that is a path or stands there twice, or anything but pictures by their names. Nothing is
 * written under a name; whether the bytes are a picture is looked at in a thread, as of every other photo.
 */
export function openImages(bytes: Uint8Array, limit = imagesLimit): PulledImage[] | null {
  // An archive with nothing in it is its end alone.
  if (bytes.length === 22) return [];
  const parts = unpackWithin(bytes, limit);
  if (parts === null || parts.length > mostImages || new Set(parts.map(({ name }) => name)).size < parts.length)
    return null;
  const images: PulledImage[] = [];
  for (const { name, content } of parts) {
    const kind = kinds[(named.exec(name)?.[1] ?? "").toUpperCase() as keyof typeof kinds];
    if (kind === undefined || content.length > mostBytesEach) return null;
    images.push({ name, kind, bytes: content });
  }
  return images.toSorted((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
}
