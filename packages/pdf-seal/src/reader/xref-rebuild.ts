import { isDigit, isRegular, isWhite } from "./byte-classes.ts";
import { readIndirectObject } from "./indirect-object.ts";
import { cursorAt, readValue } from "./pdf-syntax.ts";
import { findCount, findEntry, findNameText, type PdfDictionary, type PdfObject } from "./pdf-value.ts";
import type { PdfRevision } from "./xref-chain.ts";
import type { StreamDecoder, XrefEntry, XrefSection } from "./xref-section.ts";

type Found = { readonly number: number; readonly generation: number; readonly offset: number };

const OBJECT_LIMIT = 1_000_000;
const DECODED_LIMIT = 64 << 20;
/** ISO 32000-2, 7.5.4: what an entry of a cross-reference table can hold. */
const GENERATION_LIMIT = 65_535;
const OBJ = Buffer.from("obj");
const TRAILER = Buffer.from("trailer");

/**
 * Finds the objects of a file whose cross-reference data cannot be used, by reading it from start to end: the last
 * definition of a number counts, as in all readers that repair. Null where no catalog is found. The result is one
 * revision; it says nothing about how the file was saved and must never be used on a sealed file.
 */
export function rebuildXref(source: Uint8Array, decode: StreamDecoder): PdfRevision | null {
  const found = scanObjects(source);
  const entries = new Map<number, XrefEntry>();
  const trailers: PdfDictionary[] = scanTrailers(source);
  let catalog: PdfObject | null = null;
  const budget = { left: OBJECT_LIMIT };
  for (const [i, { number, generation, offset }] of found.entries()) {
    entries.set(number, { kind: "offset", offset, generation });
    const end = found[i + 1]?.offset ?? source.length;
    const object = readIndirectObject(source, offset, findCount, end);
    const type = findNameText(findEntry(object?.value, "Type"));
    if (object === null || type === null) continue;
    if (type === "Catalog") catalog = object;
    if (object.value.kind !== "stream") continue;
    if (type === "XRef") trailers.push(object.value.dictionary);
    if (type === "ObjStm") addCompressed(entries, object, decode, budget);
  }
  const trailer = chooseTrailer(trailers, entries, catalog);
  if (trailer === null) return null;
  const section: XrefSection = {
    kind: "rebuilt",
    start: source.length,
    end: source.length,
    trailer,
    hybrid: null,
    find: (number) => entries.get(number) ?? null,
    limit: [...entries.keys()].reduce((highest, number) => Math.max(highest, number), 0) + 1,
    numbers: () => [...entries.keys()].sort((a, b) => a - b),
    size: entries.size,
  };
  return { index: 0, sections: [section], trailer, startXref: source.length, end: source.length };
}

function scanObjects(source: Uint8Array): Found[] {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  const found: Found[] = [];
  for (let at = buffer.indexOf(OBJ); at >= 0 && found.length < OBJECT_LIMIT; at = buffer.indexOf(OBJ, at + 3)) {
    const generation = digitsBefore(source, at);
    const number = generation === null ? null : digitsBefore(source, generation.start);
    if (generation === null || number === null || isRegular(source[number.start - 1])) continue;
    if (generation.value > GENERATION_LIMIT) continue;
    found.push({ number: number.value, generation: generation.value, offset: number.start });
  }
  return found;
}

/** A whole number of at most ten digits that ends, but for white space, just before `at`. */
function digitsBefore(source: Uint8Array, at: number): { value: number; start: number } | null {
  let end = at;
  while (end > 0 && at - end < 32 && isWhite(source[end - 1])) end--;
  let start = end;
  while (start > 0 && end - start <= 10 && isDigit(source[start - 1])) start--;
  if (start === end || end - start > 10) return null;
  return { value: Number(Buffer.from(source.subarray(start, end)).toString("latin1")), start };
}

function scanTrailers(source: Uint8Array): PdfDictionary[] {
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.length);
  const trailers: PdfDictionary[] = [];
  for (let at = buffer.indexOf(TRAILER); at >= 0 && trailers.length < 1000; at = buffer.indexOf(TRAILER, at + 7)) {
    const value = readValue(cursorAt(source, at + 7, at + 65_536));
    if (value?.kind === "dictionary") trailers.push(value);
  }
  return trailers;
}

/** `budget` is shared by all streams of the file: small ones can each unfold to a million numbers. */
function addCompressed(
  entries: Map<number, XrefEntry>,
  object: PdfObject,
  decode: StreamDecoder,
  budget: { left: number },
): void {
  if (object.value.kind !== "stream" || budget.left <= 0) return;
  const data = decode(object.value, DECODED_LIMIT);
  const count = findCount(findEntry(object.value, "N"));
  if (data === null || count === null) return;
  const cursor = cursorAt(data, 0);
  for (let index = 0; index < count && budget.left-- > 0; index++) {
    const number = findCount(readValue(cursor));
    const offset = findCount(readValue(cursor));
    if (number === null || offset === null) return;
    entries.set(number, { kind: "compressed", stream: object.number, index });
  }
}

/** The last trailer whose /Root is known; one that says the file is encrypted wins, so that encryption is never missed. */
function chooseTrailer(
  trailers: readonly PdfDictionary[],
  entries: ReadonlyMap<number, XrefEntry>,
  catalog: PdfObject | null,
): PdfDictionary | null {
  const usable = trailers.filter((trailer) => {
    const root = findEntry(trailer, "Root");
    return root?.kind === "reference" && entries.has(root.number);
  });
  const encrypted = trailers.findLast((trailer) => trailer.entries.has("Encrypt"));
  const chosen = encrypted ?? usable.at(-1);
  if (chosen !== undefined) return chosen;
  if (catalog === null) return null;
  const made = readValue(cursorAt(Buffer.from(`<< /Root ${catalog.number} ${catalog.generation} R >>`), 0));
  return made?.kind === "dictionary" ? made : null;
}
