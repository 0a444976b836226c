import { isWhite } from "./byte-classes.ts";
import { cursorAt, readDigits, skipSpace, standsAt } from "./pdf-syntax.ts";
import { findCount, findEntry, type PdfDictionary } from "./pdf-value.ts";
import { readXrefSection, type StreamDecoder, type XrefSection } from "./xref-section.ts";

/**
 * What one save wrote. The first revision of a linearised file has two sections (ISO 32000-2, annex F); an incremental
 * update has one. Revisions are numbered from 0, the oldest.
 */
export type PdfRevision = {
  readonly index: number;
  /** Newest first, in the order in which they are searched. */
  readonly sections: readonly XrefSection[];
  /** The trailer that counts for this revision. */
  readonly trailer: PdfDictionary;
  /** Where this revision's searching starts (the value of its startxref, counted from byte 0). */
  readonly startXref: number;
  /** After the line end that follows this revision's `%%EOF`, or after its last section where that is missing. */
  readonly end: number;
};

const SECTION_LIMIT = 20_000;
/**
 * Entries that all sections of any file may have together; larger files may have one for each byte. Without it a stream
 * of some kilobytes unfolds to millions of entries, each of which costs time.
 */
const ENTRY_LIMIT = 2_000_000;
const STARTXREF = Buffer.from("startxref");
const EOF_MARK = Buffer.from("%%EOF");

/** The value of the file's last startxref (7.5.5), not yet shifted by any bias; null where there is none. */
export function findStartXref(source: Uint8Array): number | null {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  const at = buffer.lastIndexOf(STARTXREF);
  if (at < 0) return null;
  const cursor = cursorAt(source, at + STARTXREF.length);
  skipSpace(cursor);
  return readDigits(cursor);
}

/**
 * Follows /Prev from the newest section (7.5.6). Null where a section cannot be read, points to itself, or there are
 * too many sections or entries: the caller then decides whether to rebuild.
 */
export function readXrefChain(
  source: Uint8Array,
  startXref: number,
  bias: number,
  decode: StreamDecoder,
): PdfRevision[] | null {
  const sections: XrefSection[] = [];
  const seen = new Set<number>();
  let left = Math.max(ENTRY_LIMIT, source.length);
  for (let offset: number | null = startXref + bias; offset !== null; ) {
    if (offset >= source.length || seen.has(offset) || sections.length >= SECTION_LIMIT) return null;
    seen.add(offset);
    const section = readXrefSection(source, offset, bias, decode);
    if (section === null) return null;
    left -= section.size;
    if (left < 0) return null;
    sections.push(section);
    const previous = findEntry(section.trailer, "Prev");
    const count = findCount(previous);
    if (previous !== null && previous.kind !== "null" && count === null) return null;
    // A first section that says /Prev 0 means none: nothing but the header stands at 0.
    offset = count === null || count === 0 ? null : count + bias;
  }
  return groupRevisions(source, sections);
}

function groupRevisions(source: Uint8Array, newestFirst: readonly XrefSection[]): PdfRevision[] {
  const groups: XrefSection[][] = [];
  let highest = -1;
  for (const section of [...newestFirst].reverse()) {
    const last = groups.at(-1);
    // A section that stands before the one it points back to was written with it: linearisation.
    if (last !== undefined && section.start < highest) last.unshift(section);
    else groups.push([section]);
    highest = Math.max(highest, section.start);
  }
  return groups.flatMap((sections, index) => {
    const [newest] = sections;
    if (newest === undefined) return [];
    const end = findRevisionEnd(source, Math.max(...sections.map((section) => section.end)));
    return [{ index, sections, trailer: newest.trailer, startXref: newest.start, end }];
  });
}

/** After `startxref`, its number and `%%EOF`, with one line end. */
function findRevisionEnd(source: Uint8Array, from: number): number {
  const buffer = Buffer.from(source.buffer, source.byteOffset, Math.min(source.length, from + 4096));
  const mark = buffer.indexOf(EOF_MARK, from);
  if (mark < 0) return from;
  let end = mark + EOF_MARK.length;
  if (source[end] === 13) end++;
  if (source[end] === 10) end++;
  return end;
}

/** The offset of `%PDF-` in the first KiB (annex I, note 13 of the older standard), or null. */
export function findHeader(source: Uint8Array): number | null {
  const limit = Math.min(source.length, 1024);
  for (let at = 0; at < limit; at++) if (source[at] === 0x25 && standsAt(source, at, "%PDF-")) return at;
  return null;
}

/** The version in the header, such as "1.7"; empty where it is not given as digits. */
export function headerVersion(source: Uint8Array, header: number): string {
  let end = header + 5;
  while (end < header + 12 && end < source.length && !isWhite(source[end])) end++;
  const text = Buffer.from(source.subarray(header + 5, end)).toString("latin1");
  return /^\d+\.\d+$/.test(text) ? text : "";
}
