import { cursorAt, readValue } from "../reader/pdf-syntax.ts";
import type { PdfArray, PdfDictionary, PdfValue } from "../reader/pdf-value.ts";

/** A replacement inside a value's own bytes. */
type Edit = { readonly start: number; readonly end: number; readonly bytes: Uint8Array };

/**
 * The dictionary's own bytes with some entries set. What is not set stays byte for byte as it was: viewers compare
 * revisions, and a value that is written anew, though equal, is a change to some of them.
 */
export function setEntries(
  dictionary: PdfDictionary,
  entries: Readonly<Record<string, string | Uint8Array>>,
): Uint8Array {
  const { source, start, end } = dictionary;
  if (dictionary.duplicateKeys) return rewriteWithout(dictionary, entries);
  const edits: Edit[] = [];
  let added = "";
  for (const [key, value] of Object.entries(entries)) {
    const entry = dictionary.entries.get(key);
    const bytes = typeof value === "string" ? Buffer.from(value, "latin1") : value;
    if (entry === undefined) added += ` /${key} ${Buffer.from(bytes).toString("latin1")}`;
    else edits.push({ start: entry.value.start, end: entry.value.end, bytes: spaced(source, entry.value, bytes) });
  }
  if (added !== "") edits.push({ start: end - 2, end: end - 2, bytes: Buffer.from(added, "latin1") });
  return applyEdits(source, start, end, edits);
}

/** The array's own bytes with one more item, given as it is to be written. */
export function appendItem(array: PdfArray, item: string): Uint8Array {
  const at = array.end - 1;
  const bytes = Buffer.from(array.items.length === 0 ? item : ` ${item}`, "latin1");
  return applyEdits(array.source, array.start, array.end, [{ start: at, end: at, bytes }]);
}

/** A value may touch its key where it begins with a delimiter; a number that replaces it may not. */
function spaced(source: Uint8Array, value: PdfValue, bytes: Uint8Array): Uint8Array {
  const before = source[value.start - 1] ?? 32;
  const white = before === 32 || before === 10 || before === 13 || before === 9 || before === 0 || before === 12;
  return white ? bytes : Buffer.concat([Buffer.from(" "), bytes]);
}

function applyEdits(source: Uint8Array, start: number, end: number, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = start;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(source.subarray(at, edit.start), edit.bytes);
    at = edit.end;
  }
  parts.push(source.subarray(at, end));
  return Buffer.concat(parts);
}

/** Where a key stands twice, readers disagree on which counts: what we write has each key once, the last value. */
function rewriteWithout(dictionary: PdfDictionary, entries: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const { source } = dictionary;
  const parts: Uint8Array[] = [Buffer.from("<<")];
  for (const [key, { keyStart, keyEnd, value }] of dictionary.entries) {
    if (key in entries) continue;
    parts.push(
      Buffer.from(" "),
      source.subarray(keyStart, keyEnd),
      Buffer.from(" "),
      source.subarray(value.start, value.end),
    );
  }
  for (const [key, value] of Object.entries(entries)) {
    parts.push(Buffer.from(` /${key} `), typeof value === "string" ? Buffer.from(value, "latin1") : value);
  }
  parts.push(Buffer.from(" >>"));
  return Buffer.concat(parts);
}

/** A value's bytes with each of its strings written anew. */
export function mapStrings(bytes: Uint8Array, write: (bytes: Uint8Array) => string): Uint8Array {
  const edits: Edit[] = [];
  const visit = (value: PdfValue): void => {
    if (value.kind === "string") {
      edits.push({ start: value.start, end: value.end, bytes: Buffer.from(write(value.bytes), "latin1") });
    } else if (value.kind === "array") value.items.forEach(visit);
    else if (value.kind === "dictionary") for (const entry of value.entries.values()) visit(entry.value);
  };
  const value = readValue(cursorAt(bytes, 0));
  if (value !== null) visit(value);
  return applyEdits(bytes, 0, bytes.length, edits);
}
