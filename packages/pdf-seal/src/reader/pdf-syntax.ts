import { CLASSES, DELIMITER, isDigit, isRegular, isWhite, WHITE } from "./byte-classes.ts";
import { decodeEscapes, decodeHexDigits, hexDigit } from "./pdf-strings.ts";
import type { PdfArray, PdfDictionary, PdfEntry, PdfReference, PdfString, PdfValue } from "./pdf-value.ts";

/**
 * Reads PDF syntax (ISO 32000-2, 7.2 and 7.3). The bytes come from strangers: nesting is bounded, nothing is read at or
 * after `end`, and what is no syntax gives null, never an exception.
 */
export type Cursor = {
  readonly source: Uint8Array;
  position: number;
  readonly end: number;
  /** Set where the object's strings are encrypted. */
  readonly decrypt: ((bytes: Uint8Array) => Uint8Array) | null;
  /** Members of arrays and dictionaries that may still be read. */
  left: number;
};

const DEPTH_LIMIT = 96;
/** Members that one object may have, all levels together: each takes some hundred times the bytes it has in the file. */
const MEMBER_LIMIT = 500_000;

export function cursorAt(
  source: Uint8Array,
  position: number,
  end: number = source.length,
  decrypt: Cursor["decrypt"] = null,
): Cursor {
  return { source, position, end: Math.min(end, source.length), decrypt, left: MEMBER_LIMIT };
}

/** Moves over white space and comments. */
export function skipSpace(cursor: Cursor): void {
  const { source, end } = cursor;
  let at = cursor.position;
  while (at < end) {
    const byte = source[at] ?? 0;
    if (CLASSES[byte] === WHITE) at++;
    else if (byte === 0x25) while (at < end && source[at] !== 10 && source[at] !== 13) at++;
    else break;
  }
  cursor.position = at;
}

/** True when `text` (ASCII) stands at the position; does not move. */
export function standsAt(source: Uint8Array, position: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (source[position + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Moves over an unsigned whole number of at most 15 digits and returns it, or returns null and stays. */
export function readDigits(cursor: Cursor): number | null {
  const { source, end } = cursor;
  let at = cursor.position;
  let value = 0;
  while (at < end && isDigit(source[at])) {
    value = value * 10 + ((source[at] ?? 48) - 48);
    at++;
  }
  const digits = at - cursor.position;
  if (digits === 0 || digits > 15) return null;
  cursor.position = at;
  return value;
}

/** Reads the next value; null where there is none, or where it is not PDF syntax. */
export function readValue(cursor: Cursor, depth = 0): PdfValue | null {
  skipSpace(cursor);
  const { source, position: start, end } = cursor;
  if (start >= end || depth > DEPTH_LIMIT) return null;
  const byte = source[start] ?? 0;
  switch (byte) {
    case 0x2f:
      return { kind: "name", value: readNameText(cursor), source, start, end: cursor.position };
    case 0x28:
      return readLiteralString(cursor);
    case 0x5b:
      return readArray(cursor, depth);
    case 0x3c:
      return source[start + 1] === 0x3c ? readDictionary(cursor, depth) : readHexString(cursor);
    default:
      if (CLASSES[byte] === DELIMITER) return null;
      return readNumberOrWord(cursor);
  }
}

function readNameText(cursor: Cursor): string {
  const { source, end } = cursor;
  const start = cursor.position + 1;
  let at = start;
  let escaped = false;
  while (at < end && CLASSES[source[at] ?? 0] === 0) {
    if (source[at] === 0x23) escaped = true;
    at++;
  }
  cursor.position = at;
  let text = "";
  for (let i = start; i < at; i++) {
    const byte = source[i] ?? 0;
    const high = escaped && byte === 0x23 && i + 2 < at ? hexDigit(source[i + 1]) : -1;
    const low = high >= 0 ? hexDigit(source[i + 2]) : -1;
    if (low >= 0) {
      text += String.fromCharCode(high * 16 + low);
      i += 2;
    } else text += String.fromCharCode(byte);
  }
  return text;
}

function readLiteralString(cursor: Cursor): PdfString | null {
  const { source, position: start, end } = cursor;
  let depth = 1;
  let at = start + 1;
  let escapes = 0;
  for (; at < end; at++) {
    const byte = source[at];
    if (byte === 0x5c) {
      escapes++;
      at++;
    } else if (byte === 0x28) depth++;
    else if (byte === 0x29 && --depth === 0) break;
    else if (byte === 13) escapes++;
  }
  if (at >= end) return null;
  cursor.position = at + 1;
  const inner = source.subarray(start + 1, at);
  return makeString(cursor, escapes === 0 ? inner : decodeEscapes(inner), false, start);
}

/** A string ends where the cursor stands. One that is encrypted is decrypted when it is first looked at. */
function makeString(cursor: Cursor, bytes: Uint8Array, hex: boolean, start: number): PdfString {
  const { source, position: end, decrypt } = cursor;
  if (decrypt === null) return { kind: "string", bytes, hex, source, start, end };
  let plain: Uint8Array | null = null;
  return {
    kind: "string",
    get bytes() {
      plain ??= decrypt(bytes);
      return plain;
    },
    hex,
    source,
    start,
    end,
  };
}

function readHexString(cursor: Cursor): PdfString | null {
  const { source, position: start, end } = cursor;
  let close = start + 1;
  while (close < end && source[close] !== 0x3e) close++;
  const bytes = close < end ? decodeHexDigits(source, start + 1, close) : null;
  if (bytes === null) return null;
  cursor.position = close + 1;
  return makeString(cursor, bytes, true, start);
}

function readArray(cursor: Cursor, depth: number): PdfArray | null {
  const { source, position: start, end } = cursor;
  const items: PdfValue[] = [];
  cursor.position++;
  for (;;) {
    skipSpace(cursor);
    if (cursor.position >= end) return null;
    if (source[cursor.position] === 0x5d) break;
    const item = --cursor.left < 0 ? null : readValue(cursor, depth + 1);
    if (item === null) return null;
    items.push(item);
  }
  cursor.position++;
  return { kind: "array", items, source, start, end: cursor.position };
}

function readDictionary(cursor: Cursor, depth: number): PdfDictionary | null {
  const { source, position: start, end } = cursor;
  const entries = new Map<string, PdfEntry>();
  let duplicateKeys = false;
  cursor.position += 2;
  for (;;) {
    skipSpace(cursor);
    const keyStart = cursor.position;
    if (keyStart >= end) return null;
    if (source[keyStart] === 0x3e) {
      if (source[keyStart + 1] !== 0x3e || keyStart + 1 >= end) return null;
      break;
    }
    if (source[keyStart] !== 0x2f) return null;
    const key = readNameText(cursor);
    const keyEnd = cursor.position;
    skipSpace(cursor);
    if (source[cursor.position] === 0x3e && source[cursor.position + 1] === 0x3e) {
      // A key without a value just before the end: read as null.
      entries.set(key, { keyStart, keyEnd, value: { kind: "null", source, start: keyEnd, end: keyEnd } });
      continue;
    }
    const value = --cursor.left < 0 ? null : readValue(cursor, depth + 1);
    if (value === null) return null;
    if (entries.has(key)) duplicateKeys = true;
    entries.set(key, { keyStart, keyEnd, value });
  }
  cursor.position += 2;
  if (cursor.decrypt !== null) restoreSealValue(entries);
  return { kind: "dictionary", entries, duplicateKeys, source, start, end: cursor.position };
}

/** The value of a signature is the one string of an encrypted file that is not (ISO 32000-2, 7.6.2). */
function restoreSealValue(entries: Map<string, PdfEntry>): void {
  const contents = entries.get("Contents");
  if (contents?.value.kind !== "string" || !entries.has("ByteRange")) return;
  const { source, start, end } = contents.value;
  const value = readValue(cursorAt(source, start, end));
  if (value !== null) entries.set("Contents", { ...contents, value });
}

function readNumberOrWord(cursor: Cursor): PdfValue {
  const { source, position: start, end } = cursor;
  let at = start;
  let whole = true;
  while (at < end) {
    const byte = source[at] ?? 0;
    if (CLASSES[byte] !== 0) break;
    if (byte < 48 || byte > 57) whole = false;
    at++;
  }
  cursor.position = at;
  if (whole && at - start <= 15) {
    let value = 0;
    for (let i = start; i < at; i++) value = value * 10 + (source[i] ?? 48) - 48;
    return readReferenceAfter(cursor, start, value) ?? { kind: "number", value, source, start, end: at };
  }
  if (at - start <= 64) {
    const text = String.fromCharCode(...source.subarray(start, at));
    if (text === "true" || text === "false") {
      return { kind: "boolean", value: text === "true", source, start, end: at };
    }
    if (text === "null") return { kind: "null", source, start, end: at };
    const value = /^[+-]*\d*\.?\d*$/.test(text) ? Number.parseFloat(text.replace(/^[+-]*(?=[+-])/, "")) : Number.NaN;
    if (!Number.isNaN(value)) return { kind: "number", value, source, start, end: at };
  }
  return { kind: "word", source, start, end: at };
}

/** After a whole number: ` generation R` makes it a reference. Leaves the cursor where it was when it is none. */
function readReferenceAfter(cursor: Cursor, start: number, number: number): PdfReference | null {
  const { source, end } = cursor;
  let at = cursor.position;
  if (!isWhite(source[at])) return null;
  while (at < end && isWhite(source[at])) at++;
  let generation = 0;
  const first = at;
  while (at < end && isDigit(source[at]) && at - first < 6) generation = generation * 10 + (source[at++] ?? 48) - 48;
  if (at === first || !isWhite(source[at])) return null;
  while (at < end && isWhite(source[at])) at++;
  if (at >= end || source[at] !== 0x52 || (at + 1 < end && isRegular(source[at + 1]))) return null;
  cursor.position = at + 1;
  return { kind: "reference", number, generation, source, start, end: at + 1 };
}
