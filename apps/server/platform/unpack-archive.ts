import { inflateRawSync } from "node:zlib";
import { beginArchive } from "./archive.ts";

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
/** An office file has a dozen parts, and one for each sheet or picture. */
const mostEntries = 500;

export interface ArchivePart {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * The parts of a zip archive, each unpacked within what is left of the limit: what the archive says of itself is its
 * sender's word. Null for what is no archive or would be larger.
 */
export function unpackWithin(bytes: Uint8Array, limit: number): ArchivePart[] | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(file);
  if (end === null) return null;
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  if (count === 0 || count > mostEntries) return null;
  const parts: ArchivePart[] = [];
  let total = 0;
  try {
    for (let entry = 0; entry < count; entry += 1) {
      if (file.readUInt32LE(at) !== entryMark) return null;
      const method = file.readUInt16LE(at + 10);
      const packed = file.readUInt32LE(at + 20);
      const local = file.readUInt32LE(at + 42);
      if (file.readUInt32LE(local) !== localMark) return null;
      const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
      const part = file.subarray(begin, begin + packed);
      if (part.length !== packed || (method !== 0 && method !== 8)) return null;
      const left = limit - total;
      if (left <= 0) return null;
      const content = method === 0 ? part : inflateRawSync(part, { maxOutputLength: left });
      total += content.length;
      parts.push({ name: file.toString("utf8", at + 46, at + 46 + file.readUInt16LE(at + 28)), content });
      at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    }
  } catch {
    // A pointer past the end, a broken stream, or more than is left.
    return null;
  }
  return total > limit ? null : parts;
}

/** The archive's end stands last, with at most a comment after it. */
function findEnd(file: Buffer): number | null {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1)
    if (file.readUInt32LE(at) === endMark) return at;
  return null;
}

/** An archive of these parts, nothing of it packed: what reads it gets what was looked at, byte for byte. */
export function packPlain(parts: readonly ArchivePart[]): Uint8Array {
  const archive = beginArchive();
  const bodies = parts.flatMap(({ name, content }) => [archive.head(name, content), content]);
  return new Uint8Array(Buffer.concat([...bodies, archive.end()]));
}
