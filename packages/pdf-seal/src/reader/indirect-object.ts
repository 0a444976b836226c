import { isWhite } from "./byte-classes.ts";
import type { FileSecurity } from "./file-security.ts";
import { cursorAt, readDigits, readValue, skipSpace, standsAt } from "./pdf-syntax.ts";
import { findEntry, type PdfObject, type PdfStream, type PdfValue } from "./pdf-value.ts";

/** Gives the value of an indirect /Length, or null where it cannot be had. */
export type LengthLookup = (value: PdfValue) => number | null;

const ENDSTREAM = Buffer.from("endstream");
const ENDOBJ = Buffer.from("endobj");

/**
 * Reads `N G obj … endobj` at an offset (ISO 32000-2, 7.3.10); null where no object stands there. White space before
 * the number is tolerated, as all readers do. `end` bounds what belongs to the object; with `security` its strings are
 * decrypted.
 */
export function readIndirectObject(
  source: Uint8Array,
  offset: number,
  lengthOf: LengthLookup,
  end: number = source.length,
  security: FileSecurity | null = null,
): PdfObject | null {
  let cursor = cursorAt(source, offset, end);
  skipSpace(cursor);
  const start = cursor.position;
  const number = readDigits(cursor);
  if (number === null || !isWhite(source[cursor.position])) return null;
  skipSpace(cursor);
  const generation = readDigits(cursor);
  if (generation === null) return null;
  skipSpace(cursor);
  if (!standsAt(source, cursor.position, "obj")) return null;
  cursor.position += 3;
  skipSpace(cursor);
  if (standsAt(source, cursor.position, "endobj")) {
    const at = cursor.position;
    const value: PdfValue = { kind: "null", source, start: at, end: at };
    return { number, generation, value, source, start, end: at + 6, container: null };
  }
  if (security !== null) {
    const { decryptString } = security.cipherFor(number, generation);
    cursor = cursorAt(source, cursor.position, end, decryptString);
  }
  let value = readValue(cursor);
  if (value === null) return null;
  skipSpace(cursor);
  if (value.kind === "dictionary" && standsAt(source, cursor.position, "stream")) {
    const owner = { number, generation };
    const stream = readStream(source, owner, value, cursor.position + 6, lengthOf, cursor.end);
    if (stream === null) return null;
    value = stream;
    cursor.position = stream.end;
    skipSpace(cursor);
  }
  const closed = standsAt(source, cursor.position, "endobj");
  return {
    number,
    generation,
    value,
    source,
    start,
    end: closed ? cursor.position + 6 : value.end,
    container: null,
  };
}

/** ISO 32000-2, 7.3.8: data begin after the line end that follows `stream`; /Length counts where it is right. */
function readStream(
  source: Uint8Array,
  owner: { readonly number: number; readonly generation: number },
  dictionary: PdfStream["dictionary"],
  afterKeyword: number,
  lengthOf: LengthLookup,
  end: number,
): PdfStream | null {
  let dataStart = afterKeyword;
  if (source[dataStart] === 13) dataStart++;
  if (source[dataStart] === 10) dataStart++;
  const lengthValue = findEntry(dictionary, "Length");
  const length = lengthValue === null ? null : lengthOf(lengthValue);
  if (length !== null && length >= 0 && dataStart + length <= end) {
    const cursor = cursorAt(source, dataStart + length, end);
    while (cursor.position < end && isWhite(source[cursor.position])) cursor.position++;
    if (standsAt(source, cursor.position, "endstream")) {
      const dataEnd = dataStart + length;
      const after = cursor.position + 9;
      return {
        kind: "stream",
        ...owner,
        dictionary,
        dataStart,
        dataEnd,
        lengthIsRight: true,
        source,
        start: dictionary.start,
        end: after,
      };
    }
  }
  const buffer = Buffer.from(source.buffer, source.byteOffset, end);
  let close = buffer.indexOf(ENDSTREAM, dataStart);
  let after = close + 9;
  if (close < 0) {
    close = buffer.indexOf(ENDOBJ, dataStart);
    after = close;
    if (close < 0) return null;
  }
  let dataEnd = close;
  if (dataEnd > dataStart && source[dataEnd - 1] === 10) dataEnd--;
  if (dataEnd > dataStart && source[dataEnd - 1] === 13) dataEnd--;
  return {
    kind: "stream",
    ...owner,
    dictionary,
    dataStart,
    dataEnd,
    lengthIsRight: false,
    source,
    start: dictionary.start,
    end: after,
  };
}
