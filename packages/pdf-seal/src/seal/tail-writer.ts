import type { PdfFile } from "../reader/pdf-file.ts";
import { findCount, findEntry, rawBytes } from "../reader/pdf-value.ts";
import { mapStrings } from "./dictionary-patch.ts";
import { writeBytes } from "./pdf-text.ts";

type Written = { readonly number: number; readonly generation: number; readonly offset: number };

/** Object numbers above this are beyond what readers accept (ISO 32000-1, annex C). */
export const OBJECT_NUMBER_LIMIT = 8_388_607;

/**
 * Writes an incremental update (ISO 32000-2, 7.5.6): only the bytes that follow the base file. Owns the bytes written
 * so far; every offset is recorded as it is written.
 */
export class TailWriter {
  readonly #file: PdfFile;
  readonly #seed: string;
  readonly #parts: Uint8Array[] = [];
  readonly #written: Written[] = [];
  #length = 0;
  #nextNumber: number;

  /** `seed` is what must differ between two updates of the same file. */
  constructor(file: PdfFile, seed: string) {
    this.#file = file;
    this.#seed = seed;
    this.#nextNumber = nextObjectNumber(file);
    const last = file.bytes[file.bytes.length - 1];
    if (last !== 10 && last !== 13) this.write("\n");
  }

  /** The offset in the whole file at which the next byte will stand. */
  get offset(): number {
    return this.#file.bytes.length + this.#length;
  }

  newNumber(): number {
    return this.#nextNumber++;
  }

  write(bytes: Uint8Array | string): void {
    const part = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
    this.#parts.push(part);
    this.#length += part.length;
  }

  /**
   * True where some number was written twice: the document uses one object in two roles, as page and form or catalog,
   * and the second version would lack what the first changed.
   */
  get isContradictory(): boolean {
    return new Set(this.#written.map(({ number }) => number)).size < this.#written.length;
  }

  /** Writes an object; `body` is its value as it is to stand. Returns the offset of the body's first byte. */
  writeObject(number: number, generation: number, ...body: readonly (Uint8Array | string)[]): number {
    this.#written.push({ number, generation, offset: this.offset });
    this.write(`${number} ${generation} obj\n`);
    const start = this.offset;
    for (const part of body) this.write(part);
    this.write("\nendobj\n");
    return start;
  }

  writeStream(number: number, entries: string, data: Uint8Array): void {
    const kept = this.#file.security?.cipherFor(number, 0, this.#seed).encryptStream(data) ?? data;
    this.#writeStreamBytes(number, entries, kept);
  }

  #writeStreamBytes(number: number, entries: string, data: Uint8Array): void {
    this.writeObject(number, 0, `<< ${entries} /Length ${data.length} >>\nstream\n`, data, "\nendstream");
  }

  /** Gives strings of a new object the form in which they must stand: as they are, or encrypted in an encrypted file. */
  stringsOf(number: number, generation = 0): (bytes: Uint8Array) => string {
    const cipher = this.#file.security?.cipherFor(number, generation, this.#seed);
    return (bytes) => writeBytes(cipher === undefined ? bytes : cipher.encryptString(bytes));
  }

  /**
   * Writes an object that was there before with some of its bytes changed. Its strings stand encrypted already, but for
   * those of an object that comes out of an object stream, which only the stream protected (ISO 32000-2, 7.5.7).
   */
  writeChanged(number: number, body: Uint8Array): void {
    const entry = this.#file.findEntry(number)?.entry;
    const generation = entry?.kind === "offset" ? entry.generation : 0;
    const isFromStream = this.#file.security !== null && entry?.kind === "compressed";
    this.writeObject(number, generation, isFromStream ? mapStrings(body, this.stringsOf(number, generation)) : body);
  }

  /**
   * Ends the update with cross-reference data of the same kind as the newest section, which is what viewers expect;
   * a file whose cross-reference data were rebuilt gets a complete section instead. Returns the whole tail.
   */
  finish(identifier: string | null): Buffer {
    const { file, entries } = { file: this.#file, entries: [...this.#written] };
    const newest = file.revisions[file.lastRevision];
    const compressed: { number: number; stream: number; index: number }[] = [];
    if (file.isRebuilt) this.#addExisting(entries, compressed);
    const asStream = newest?.sections[0]?.kind === "stream" || compressed.length > 0;
    const xrefAt = this.offset;
    const trailer = this.#trailerEntries(identifier, newest?.startXref);
    if (asStream) this.#writeXrefStream(entries, compressed, trailer, xrefAt);
    else this.#writeXrefTable(entries, trailer);
    this.write(`startxref\n${xrefAt - file.bias}\n%%EOF\n`);
    return Buffer.concat(this.#parts, this.#length);
  }

  #addExisting(entries: Written[], compressed: { number: number; stream: number; index: number }[]): void {
    const rewritten = new Set(entries.map(({ number }) => number));
    for (const number of this.#file.revisions[0]?.sections[0]?.numbers() ?? []) {
      if (rewritten.has(number) || number === 0 || number > OBJECT_NUMBER_LIMIT) continue;
      const entry = this.#file.findEntry(number)?.entry;
      if (entry?.kind === "offset") entries.push({ number, generation: entry.generation, offset: entry.offset });
      if (entry?.kind === "compressed") compressed.push({ number, stream: entry.stream, index: entry.index });
    }
  }

  #trailerEntries(identifier: string | null, previous: number | undefined): string {
    const old = this.#file.trailer();
    const kept = ["Root", "Info", "Encrypt"].flatMap((key) => {
      const value = findEntry(old, key);
      const isKept = value?.kind === "reference" || (key === "Encrypt" && value?.kind === "dictionary");
      return value !== null && isKept ? [`/${key} ${Buffer.from(rawBytes(value)).toString("latin1")}`] : [];
    });
    const id = identifier === null ? [] : [`/ID ${identifier}`];
    const chain = this.#file.isRebuilt || previous === undefined ? [] : [`/Prev ${previous - this.#file.bias}`];
    return [...kept, ...id, ...chain].join(" ");
  }

  #writeXrefTable(entries: readonly Written[], trailer: string): void {
    const head = this.#file.isRebuilt ? "xref\n0 1\n0000000000 65535 f \n" : "xref\n";
    let text = head;
    for (const group of consecutive([...entries].sort((a, b) => a.number - b.number))) {
      text += `${group[0]?.number ?? 0} ${group.length}\n`;
      for (const { offset, generation } of group) {
        text += `${pad(offset - this.#file.bias, 10)} ${pad(generation, 5)} n \n`;
      }
    }
    this.write(`${text}trailer\n<< /Size ${this.#nextNumber} ${trailer} >>\n`);
  }

  #writeXrefStream(
    entries: readonly Written[],
    compressed: readonly { number: number; stream: number; index: number }[],
    trailer: string,
    xrefAt: number,
  ): void {
    const number = this.newNumber();
    const bias = this.#file.bias;
    const rows = [
      ...entries.map((entry) => ({
        number: entry.number,
        fields: [1, entry.offset - bias, entry.generation] as const,
      })),
      ...compressed.map((entry) => ({ number: entry.number, fields: [2, entry.stream, entry.index] as const })),
      { number, fields: [1, xrefAt - bias, 0] as const },
    ].sort((a, b) => a.number - b.number);
    const width = Math.max(3, Math.ceil(Math.log2(xrefAt + 1) / 8));
    const data = Buffer.alloc(rows.length * (width + 5));
    let at = 0;
    for (const { fields } of rows) {
      data[at] = fields[0];
      data.writeUIntBE(fields[1], at + 1, width);
      data.writeUInt32BE(fields[2], at + 1 + width);
      at += width + 5;
    }
    const index = consecutive(rows).map((group) => `${group[0]?.number ?? 0} ${group.length}`);
    this.#writeStreamBytes(
      number,
      `/Type /XRef /Size ${this.#nextNumber} /W [1 ${width} 4] /Index [${index.join(" ")}] ${trailer}`,
      data,
    );
  }
}

/** One above every number in use, and never below what any trailer's /Size says. */
function nextObjectNumber(file: PdfFile): number {
  let next = 1;
  for (const { sections } of file.revisions) {
    for (const { limit, trailer } of sections) {
      next = Math.max(next, limit);
      const size = findCount(findEntry(trailer, "Size"));
      if (size !== null && size <= OBJECT_NUMBER_LIMIT) next = Math.max(next, size);
    }
  }
  return next;
}

function consecutive<T extends { readonly number: number }>(sorted: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const item of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && item.number === (group.at(-1)?.number ?? 0) + 1) group.push(item);
    else groups.push([item]);
  }
  return groups;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}
