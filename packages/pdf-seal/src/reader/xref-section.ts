import { isDigit } from "./byte-classes.ts";
import { readIndirectObject } from "./indirect-object.ts";
import { type Cursor, cursorAt, readDigits, readValue, skipSpace, standsAt } from "./pdf-syntax.ts";
import { findCount, findEntry, findNameText, type PdfDictionary, type PdfStream } from "./pdf-value.ts";

/** Where an object lies. Offsets count from byte 0 of the file, junk before the header included. */
export type XrefEntry =
  | { readonly kind: "free"; readonly generation: number }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "compressed"; readonly stream: number; readonly index: number };

/** One cross-reference section with its trailer (ISO 32000-2, 7.5.4, 7.5.5 and 7.5.8). */
export type XrefSection = {
  readonly kind: "table" | "stream" | "rebuilt";
  /** `[start, end)` of the section with its trailer, or of the cross-reference stream's object. */
  readonly start: number;
  readonly end: number;
  readonly trailer: PdfDictionary;
  /** The stream a hybrid file's table names by /XRefStm (7.5.8.4). */
  readonly hybrid: XrefSection | null;
  /** The entry this section (its hybrid stream included) has for an object number. */
  find(number: number): XrefEntry | null;
  /** All object numbers with an entry here, ascending within each subsection. */
  numbers(): Iterable<number>;
  /** One more than the highest object number that has an entry here. */
  readonly limit: number;
  /** How many entries there are. */
  readonly size: number;
};

type Subsection = {
  readonly first: number;
  readonly count: number;
  entryAt(index: number): XrefEntry | null;
};

const DECODED_LIMIT = 64 << 20;
const SEARCHED_LIMIT = 32;
const INDEXED_LIMIT = 4_000_000;

/** Decodes a cross-reference stream's data; filters and parameters must be direct there. */
export type StreamDecoder = (stream: PdfStream, limit: number) => Uint8Array | null;

/**
 * Reads the section at an offset, table or stream; null where none stands there. `bias` is added to every offset
 * the section holds: the length of what stands before the header, where the writer counted from the header.
 */
export function readXrefSection(
  source: Uint8Array,
  offset: number,
  bias: number,
  decode: StreamDecoder,
): XrefSection | null {
  const cursor = cursorAt(source, offset);
  skipSpace(cursor);
  if (standsAt(source, cursor.position, "xref")) return readTable(source, cursor.position, bias, decode);
  if (isDigit(source[cursor.position])) return readStreamSection(source, cursor.position, bias, decode);
  return null;
}

function makeSection(
  fields: Pick<XrefSection, "kind" | "start" | "end" | "trailer" | "hybrid">,
  subsections: readonly Subsection[],
): XrefSection {
  const lookUp = makeLookUp(subsections);
  const limit = subsections.reduce((highest, { first, count }) => Math.max(highest, first + count), 0);
  return {
    ...fields,
    find(number) {
      const entry = lookUp(number);
      return entry === null || entry.kind === "free" ? (fields.hybrid?.find(number) ?? entry) : entry;
    },
    *numbers() {
      for (const { first, count } of subsections) for (let i = 0; i < count; i++) yield first + i;
      if (fields.hybrid !== null) yield* fields.hybrid.numbers();
    },
    limit: Math.max(limit, fields.hybrid?.limit ?? 0),
    size: subsections.reduce((sum, { count }) => sum + count, fields.hybrid?.size ?? 0),
  };
}

/** Few subsections are searched one by one; many, which only hostile or long-lived files have, are indexed once. */
function makeLookUp(subsections: readonly Subsection[]): (number: number) => XrefEntry | null {
  if (subsections.length <= SEARCHED_LIMIT) {
    return (number) => {
      for (const { first, count, entryAt } of subsections) {
        const entry = number >= first && number < first + count ? entryAt(number - first) : null;
        if (entry !== null) return entry;
      }
      return null;
    };
  }
  let index: Map<number, XrefEntry> | null = null;
  return (number) => {
    index ??= indexEntries(subsections);
    return index.get(number) ?? null;
  };
}

function indexEntries(subsections: readonly Subsection[]): Map<number, XrefEntry> {
  const index = new Map<number, XrefEntry>();
  for (const { first, count, entryAt } of subsections) {
    for (let i = 0; i < count && index.size < INDEXED_LIMIT; i++) {
      const entry = entryAt(i);
      if (entry !== null && !index.has(first + i)) index.set(first + i, entry);
    }
  }
  return index;
}

function readTable(source: Uint8Array, start: number, bias: number, decode: StreamDecoder): XrefSection | null {
  const cursor = cursorAt(source, start + 4);
  const subsections: Subsection[] = [];
  for (;;) {
    skipSpace(cursor);
    if (!isDigit(source[cursor.position])) break;
    const subsection = readSubsection(cursor, bias);
    if (subsection === null) return null;
    subsections.push(subsection);
  }
  if (!standsAt(source, cursor.position, "trailer")) return null;
  cursor.position += 7;
  const trailer = readValue(cursor);
  if (trailer?.kind !== "dictionary") return null;
  const hybridAt = findCount(findEntry(trailer, "XRefStm"));
  const hybrid = hybridAt === null ? null : readStreamSection(source, hybridAt + bias, bias, decode);
  return makeSection({ kind: "table", start, end: cursor.position, trailer, hybrid }, subsections);
}

function readSubsection(cursor: Cursor, bias: number): Subsection | null {
  const { source } = cursor;
  const first = readDigits(cursor);
  skipSpace(cursor);
  const count = readDigits(cursor);
  if (first === null || count === null || count > source.length / 10) return null;
  skipSpace(cursor);
  const at = cursor.position;
  const shift = (entry: XrefEntry | null): number =>
    first === 1 && entry?.kind === "free" && entry.generation === 65535 ? 1 : 0;
  if (count === 0) return { first, count, entryAt: () => null };
  const fixedEnd = at + count * 20;
  const next = cursorAt(source, fixedEnd);
  if (fixedEnd <= source.length + 1 && fixedEntry(source, at, bias) && fixedEntry(source, fixedEnd - 20, bias)) {
    skipSpace(next);
    if (standsAt(source, next.position, "trailer") || isDigit(source[next.position])) {
      cursor.position = fixedEnd;
      // Some writers number the head of the free list 1 instead of 0; every reader corrects that.
      const from = first - shift(fixedEntry(source, at, bias));
      return { first: from, count, entryAt: (index) => fixedEntry(source, at + index * 20, bias) };
    }
  }
  const entries: XrefEntry[] = [];
  for (let i = 0; i < count; i++) {
    skipSpace(cursor);
    if (standsAt(source, cursor.position, "trailer")) break;
    const entry = looseEntry(cursor, bias);
    if (entry === null) return null;
    entries.push(entry);
  }
  return {
    first: first - shift(entries[0] ?? null),
    count: entries.length,
    entryAt: (index) => entries[index] ?? null,
  };
}

/** An entry in the form the standard demands: ten digits, blank, five digits, blank, n or f. */
function fixedEntry(source: Uint8Array, at: number, bias: number): XrefEntry | null {
  let offset = 0;
  for (let i = 0; i < 10; i++) {
    const byte = source[at + i];
    if (!isDigit(byte)) return null;
    offset = offset * 10 + (byte ?? 48) - 48;
  }
  let generation = 0;
  for (let i = 11; i < 16; i++) {
    const byte = source[at + i];
    if (!isDigit(byte)) return null;
    generation = generation * 10 + (byte ?? 48) - 48;
  }
  if (source[at + 10] !== 0x20 || source[at + 16] !== 0x20) return null;
  return entryOf(source[at + 17], offset, generation, bias);
}

function looseEntry(cursor: Cursor, bias: number): XrefEntry | null {
  const offset = readDigits(cursor);
  skipSpace(cursor);
  const generation = readDigits(cursor);
  skipSpace(cursor);
  if (offset === null || generation === null) return null;
  return entryOf(cursor.source[cursor.position++], offset, generation, bias);
}

function entryOf(letter: number | undefined, offset: number, generation: number, bias: number): XrefEntry | null {
  if (letter === 0x66) return { kind: "free", generation };
  if (letter !== 0x6e) return null;
  // An entry in use at offset 0 is nowhere: the header stands there.
  return offset === 0 ? { kind: "free", generation } : { kind: "offset", offset: offset + bias, generation };
}

function readStreamSection(source: Uint8Array, start: number, bias: number, decode: StreamDecoder): XrefSection | null {
  const object = readIndirectObject(source, start, (value) => findCount(value));
  const stream = object?.value;
  if (object === null || stream?.kind !== "stream") return null;
  if (findNameText(findEntry(stream, "Type")) !== "XRef") return null;
  const data = decode(stream, DECODED_LIMIT);
  const widths = findCounts(findEntry(stream, "W"));
  if (data === null || widths === null || widths.length < 3 || widths.some((width) => width > 8)) return null;
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths;
  const width = typeWidth + secondWidth + thirdWidth;
  if (width === 0) return null;
  const index = findCounts(findEntry(stream, "Index")) ?? [0, findCount(findEntry(stream, "Size")) ?? 0];
  const field = (at: number, length: number): number => {
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (data[at + i] ?? 0);
    return value;
  };
  const subsections: Subsection[] = [];
  let base = 0;
  for (let i = 0; i + 1 < index.length; i += 2) {
    const from = base;
    const first = index[i] ?? 0;
    const count = Math.min(index[i + 1] ?? 0, Math.max(0, Math.floor((data.length - from) / width)));
    base += count * width;
    const entryAt = (n: number): XrefEntry | null => {
      const at = from + n * width;
      const type = typeWidth === 0 ? 1 : field(at, typeWidth);
      const second = field(at + typeWidth, secondWidth);
      const third = field(at + typeWidth + secondWidth, thirdWidth);
      if (type === 0) return { kind: "free", generation: third };
      if (type === 1) return { kind: "offset", offset: second + bias, generation: third };
      return type === 2 ? { kind: "compressed", stream: second, index: third } : null;
    };
    subsections.push({ first, count, entryAt });
  }
  const fields = {
    kind: "stream",
    start: object.start,
    end: object.end,
    trailer: stream.dictionary,
    hybrid: null,
  } as const;
  return makeSection(fields, subsections);
}

function findCounts(value: ReturnType<typeof findEntry>): number[] | null {
  if (value?.kind !== "array") return null;
  const counts: number[] = [];
  for (const item of value.items) {
    const count = findCount(item);
    if (count === null) return null;
    counts.push(count);
  }
  return counts;
}
