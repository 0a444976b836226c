import { createDirectDecoder, decodeStreamWith } from "./decode-stream.ts";
import { type FileSecurity, openSecurity } from "./file-security.ts";
import { readIndirectObject } from "./indirect-object.ts";
import { cursorAt, readValue } from "./pdf-syntax.ts";
import {
  findCount,
  findDictionary,
  findEntry,
  findNameText,
  findNumber,
  type PdfDictionary,
  type PdfObject,
  type PdfStream,
  type PdfValue,
} from "./pdf-value.ts";
import { findHeader, findStartXref, headerVersion, type PdfRevision, readXrefChain } from "./xref-chain.ts";
import { rebuildXref } from "./xref-rebuild.ts";
import type { XrefEntry, XrefSection } from "./xref-section.ts";

export type PdfProblem = { readonly code: "pdf.empty" | "pdf.not-pdf" | "pdf.broken"; readonly message: string };

export type OpenOptions = {
  /** "never": damaged cross-reference data is an error (for sealed files). "always": ignore it. Default: when needed. */
  readonly rebuild?: "never" | "when-needed" | "always";
};

type ObjectStream = {
  readonly data: Uint8Array;
  readonly numbers: readonly number[];
  readonly offsets: readonly number[];
};

const DECODED_LIMIT = 128 << 20;
/** What reading one number with its offset from an object stream's head costs, against one for a byte. */
const PAIR_COST = 200;
const REFERENCE_LIMIT = 32;

/**
 * Opens a PDF without reading more of it than its cross-reference data. Nothing is copied; `bytes` must not change
 * while the file is in use. Expected faults are values.
 */
export function openPdf(
  bytes: Uint8Array,
  options: OpenOptions = {},
): { ok: true; file: PdfFile } | { ok: false; problem: PdfProblem } {
  if (bytes.length === 0) return failure("pdf.empty", "The file is empty.");
  const header = findHeader(bytes);
  if (header === null) return failure("pdf.not-pdf", "The file does not begin as a PDF does.");
  const decode = createDirectDecoder();
  if (options.rebuild !== "always") {
    const startXref = findStartXref(bytes);
    for (const bias of startXref === null ? [] : header === 0 ? [0] : [header, 0]) {
      const revisions = readXrefChain(bytes, startXref ?? 0, bias, decode);
      if (revisions === null) continue;
      const file = new PdfFile(bytes, header, bias, revisions);
      if (file.catalog() !== null && findDictionary(file.resolve(findEntry(file.catalog(), "Pages"))) !== null) {
        return { ok: true, file };
      }
    }
  }
  if (options.rebuild === "never") return failure("pdf.broken", "The cross-reference data cannot be read.");
  const rebuilt = rebuildXref(bytes, decode);
  if (rebuilt === null) return failure("pdf.broken", "No document catalog can be found.");
  const file = new PdfFile(bytes, header, header, [rebuilt]);
  return file.catalog() === null ? failure("pdf.broken", "The document catalog cannot be read.") : { ok: true, file };
}

function failure(code: PdfProblem["code"], message: string): { ok: false; problem: PdfProblem } {
  return { ok: false, problem: { code, message } };
}

/**
 * An open PDF. Owns caches of what was read. Wherever a revision is asked for, the answer is as a reader of the file
 * saved at that revision would see it; without one, as the whole file is.
 */
export class PdfFile {
  readonly bytes: Uint8Array;
  /** Where `%PDF-` stands. */
  readonly header: number;
  /** What must be subtracted from an offset in the file to get the number written in its cross-reference data. */
  readonly bias: number;
  /** The header's version, such as "1.7". */
  readonly version: string;
  /** Oldest first. At least one. */
  readonly revisions: readonly PdfRevision[];
  /** Set where the file is encrypted and opens without a password. */
  readonly security: FileSecurity | null;
  /** True where the file is encrypted and does not open: its strings and streams cannot be read. */
  readonly isLocked: boolean;
  readonly #objects = new Map<number, PdfObject | null>();
  readonly #objectStreams = new Map<string, ObjectStream | null>();
  #work: number;
  #depth = 0;

  constructor(bytes: Uint8Array, header: number, bias: number, revisions: readonly PdfRevision[]) {
    this.bytes = bytes;
    this.header = header;
    this.bias = bias;
    this.version = headerVersion(bytes, header);
    this.revisions = revisions;
    // Overlapping objects make the same bytes be read many times; honest files stay far below this.
    this.#work = 64 * bytes.length + (256 << 20);
    this.security = null;
    const isEncrypted = revisions.some(({ sections }) => {
      return sections.some(({ trailer }) => (findEntry(trailer, "Encrypt")?.kind ?? "null") !== "null");
    });
    if (isEncrypted) this.security = this.#openSecurity();
    this.isLocked = isEncrypted && this.security === null;
  }

  /** The encryption dictionary itself is not encrypted, and all revisions of a file must speak of the same one. */
  #openSecurity(): FileSecurity | null {
    const trailer = this.trailer();
    const entry = findEntry(trailer, "Encrypt");
    const encryption = this.resolve(entry);
    const isSame = this.revisions.every((revision) => {
      const other = findEntry(revision.trailer, "Encrypt");
      return other?.kind === entry?.kind && (other?.kind !== "reference" || other.number === findReference(entry));
    });
    if (encryption?.kind !== "dictionary" || !isSame) return null;
    const id = this.get(trailer, "ID");
    const first = id?.kind === "array" ? this.resolve(id.items[0]) : null;
    const identifier = first?.kind === "string" ? first.bytes : new Uint8Array();
    const security = openSecurity(encryption, identifier, (value) => this.resolve(value));
    for (const [offset, object] of this.#objects) {
      if (object?.number !== findReference(entry)) this.#objects.delete(offset);
    }
    this.#objectStreams.clear();
    return security;
  }

  /** True where the cross-reference data were found by reading the whole file, because the file's own were unusable. */
  get isRebuilt(): boolean {
    return this.revisions[0]?.sections[0]?.kind === "rebuilt";
  }

  /** True when so much was read again and again that the file must be hostile; answers are then incomplete. */
  get isExhausted(): boolean {
    return this.#work <= 0;
  }

  get lastRevision(): number {
    return this.revisions.length - 1;
  }

  trailer(revision: number = this.lastRevision): PdfDictionary | null {
    return this.revisions[revision]?.trailer ?? null;
  }

  /** The document catalog (ISO 32000-2, 7.7.2). */
  catalog(revision: number = this.lastRevision): PdfDictionary | null {
    const root = this.resolve(findEntry(this.trailer(revision), "Root"), revision);
    return root?.kind === "dictionary" ? root : null;
  }

  /** The cross-reference entry for a number and the section that has it. */
  findEntry(
    number: number,
    revision: number = this.lastRevision,
  ): { entry: XrefEntry; section: XrefSection; revision: number } | null {
    for (let index = revision; index >= 0; index--) {
      for (const section of this.revisions[index]?.sections ?? []) {
        // Thousands of revisions times thousands of objects must end too.
        this.#work -= 16;
        const entry = this.#work > 0 ? section.find(number) : null;
        if (entry !== null) return { entry, section, revision: index };
      }
    }
    return null;
  }

  /** The object with a number; null where it is free, missing, or what stands there is not that object. */
  findObject(number: number, revision: number = this.lastRevision): PdfObject | null {
    const entry = this.findEntry(number, revision)?.entry;
    if (entry === undefined || entry.kind === "free") return null;
    const object =
      entry.kind === "offset"
        ? this.readObjectAt(entry.offset, revision)
        : this.#readCompressed(number, entry, revision);
    if (object === null || object.number !== number) return null;
    return entry.kind === "offset" && object.generation !== entry.generation ? null : object;
  }

  /** The object that stands at an offset of the file, whatever its number. */
  readObjectAt(offset: number, revision: number = this.lastRevision): PdfObject | null {
    const known = this.#objects.get(offset);
    if (known !== undefined) return known;
    if (this.#work <= 0) return null;
    let lengthIsIndirect = false;
    const lengthOf = (value: PdfValue): number | null => {
      if (value.kind !== "reference") return findCount(value);
      lengthIsIndirect = true;
      if (this.#depth > 4) return null;
      this.#depth++;
      const length = findCount(this.resolve(value, revision));
      this.#depth--;
      return length;
    };
    const object = readIndirectObject(this.bytes, offset, lengthOf, this.bytes.length, this.security);
    this.#work -= object === null ? Math.min(this.bytes.length, 65_536) : object.end - object.start;
    // An indirect /Length may differ between revisions, and the object's extent with it.
    if (!lengthIsIndirect) this.#objects.set(offset, object);
    return object;
  }

  /** Follows references to a value that is none; null for the null object, what is missing, and loops. */
  resolve(value: PdfValue | null | undefined, revision: number = this.lastRevision): PdfValue | null {
    let current = value ?? null;
    for (let hops = 0; current?.kind === "reference"; hops++) {
      if (hops >= REFERENCE_LIMIT) return null;
      const object: PdfObject | null = this.findObject(current.number, revision);
      current = object !== null && (object.generation === current.generation || this.isRebuilt) ? object.value : null;
    }
    return current === null || current.kind === "null" || current.kind === "word" ? null : current;
  }

  /** The resolved entry of a dictionary. */
  get(value: PdfValue | null | undefined, key: string, revision: number = this.lastRevision): PdfValue | null {
    return this.resolve(findEntry(value, key), revision);
  }

  /** The resolved entry as a number. */
  getNumber(value: PdfValue | null | undefined, key: string, revision: number = this.lastRevision): number | null {
    return findNumber(this.get(value, key, revision));
  }

  /** A stream's data with its filters undone; null for unknown filters, damage, or more than `limit` bytes. */
  decodeStream(
    stream: PdfStream,
    revision: number = this.lastRevision,
    limit: number = DECODED_LIMIT,
  ): Uint8Array | null {
    if (this.#work <= 0) return null;
    const data = decodeStreamWith(stream, limit, (value) => this.resolve(value, revision), this.security);
    this.#work -= data?.length ?? limit / 64;
    return data;
  }

  #readCompressed(number: number, entry: { stream: number; index: number }, revision: number): PdfObject | null {
    const container = this.#findObjectStream(entry.stream, revision);
    if (container === null) return null;
    // The index is a hint (7.5.8.3); the number decides.
    const index = container.numbers[entry.index] === number ? entry.index : container.numbers.indexOf(number);
    const offset = container.offsets[index];
    if (offset === undefined || this.#work <= 0) return null;
    const value = readValue(cursorAt(container.data, offset));
    this.#work -= value === null ? 4096 : value.end - value.start;
    if (value === null || value.kind === "reference") return null;
    const { source, start, end } = value;
    return { number, generation: 0, value, source, start, end, container: { number: entry.stream, index } };
  }

  /** ISO 32000-2, 7.5.7. */
  #findObjectStream(number: number, revision: number): ObjectStream | null {
    const found = this.findEntry(number, revision);
    if (found?.entry.kind !== "offset") return null;
    const key = `${found.entry.offset}/${revision}`;
    const known = this.#objectStreams.get(key);
    if (known !== undefined) return known;
    this.#objectStreams.set(key, null);
    const stream = this.findObject(number, revision)?.value;
    if (stream?.kind !== "stream" || findNameText(findEntry(stream, "Type")) !== "ObjStm") return null;
    const data = this.decodeStream(stream, revision);
    const count = findCount(this.get(stream, "N", revision));
    const first = findCount(this.get(stream, "First", revision));
    if (data === null || count === null || first === null) return null;
    const numbers: number[] = [];
    const offsets: number[] = [];
    const cursor = cursorAt(data, 0, first);
    for (let i = 0; i < count && this.#work > 0; i++) {
      this.#work -= PAIR_COST;
      const objectNumber = findCount(readValue(cursor));
      const offset = findCount(readValue(cursor));
      if (objectNumber === null || offset === null) break;
      numbers.push(objectNumber);
      offsets.push(first + offset);
    }
    const container = { data, numbers, offsets };
    this.#objectStreams.set(key, container);
    return container;
  }
}

function findReference(value: PdfValue | null): number | null {
  return value?.kind === "reference" ? value.number : null;
}
