import { isWhite } from "../reader/byte-classes.ts";
import type { PdfFile } from "../reader/pdf-file.ts";
import { cursorAt, skipSpace } from "../reader/pdf-syntax.ts";
import { findCount, findEntry, type PdfDictionary } from "../reader/pdf-value.ts";
import { findStartXref } from "../reader/xref-chain.ts";
import type { Reason } from "./verification.ts";

const TAIL_LIMIT = 65_536;

/** What /ByteRange and /Contents say and whether they fit together. */
export type ByteRangeFinding = {
  readonly range: readonly [number, number, number, number] | null;
  /** The bytes of /Contents, padding included; null where there is none. */
  readonly contents: Uint8Array | null;
  /** The file's revision that ends where the range ends; null where none does. */
  readonly revision: number | null;
  readonly coversWholeFile: boolean;
  /** Empty where the range covers exactly one revision without the value of /Contents. */
  readonly reasons: readonly Reason[];
};

/**
 * ISO 32000-2, 12.8.1: the range is two spans that together are the whole file, as it stood when sealed, but for the
 * value of /Contents with its angle brackets. Whatever else a range leaves out could hold anything. `since` is the first
 * revision the value stands in: a range that ends before that revision does leaves some of it out.
 */
export function checkByteRange(file: PdfFile, signature: PdfDictionary, since: number): ByteRangeFinding {
  const contentsValue = findEntry(signature, "Contents");
  const contents = contentsValue?.kind === "string" ? contentsValue.bytes : null;
  const none = { range: null, contents, revision: null, coversWholeFile: false };
  const rangeValue = findEntry(signature, "ByteRange");
  const refuse = (code: string, detail = ""): ByteRangeFinding => ({ ...none, reasons: [{ code, detail }] });
  if (signature.source !== file.bytes)
    return refuse("byte-range.compressed", "The seal's value is not in the file itself.");
  if (signature.duplicateKeys) return refuse("seal.duplicate-keys");
  const items = file.resolve(rangeValue);
  if (items?.kind !== "array") return refuse("byte-range.missing");
  const numbers = items.items.map((item) => findCount(item));
  const [first, firstLength, second, secondLength] = numbers;
  if (numbers.length !== 4 || first == null || firstLength == null || second == null || secondLength == null) {
    return refuse("byte-range.malformed", `${numbers.length} numbers`);
  }
  const range = [first, firstLength, second, secondLength] as const;
  const reasons: Reason[] = [];
  const end = second + secondLength;
  if (end > file.bytes.length || first + firstLength > second) {
    return { ...none, reasons: [{ code: "byte-range.outside", detail: range.join(" ") }] };
  }
  if (first !== 0) reasons.push({ code: "byte-range.start", detail: `starts at ${first}` });
  if (rangeValue?.kind === "reference") reasons.push({ code: "byte-range.indirect", detail: "" });
  if (contentsValue?.kind !== "string" || !contentsValue.hex) {
    reasons.push({ code: "byte-range.contents", detail: "/Contents is not a hexadecimal string of its own." });
  } else if (contentsValue.start !== first + firstLength || contentsValue.end !== second) {
    reasons.push({ code: "byte-range.gap", detail: "The gap is not exactly the value of /Contents." });
  }
  const ended = findSignedRevision(file, end);
  const revision = ended === null || ended < since ? null : ended;
  if (revision === null) reasons.push({ code: "byte-range.end", detail: "The range does not end with a revision." });
  const tail = file.bytes.subarray(end);
  const coversWholeFile = reasons.length === 0 && tail.length <= 2 && tail.every((byte) => byte === 10 || byte === 13);
  return { range, contents, revision, coversWholeFile, reasons };
}

/**
 * The revision whose end is the range's end. The file as it stood then must lead by its own startxref to the same
 * cross-reference section as the chain of the whole file does, or a later update pretends another past.
 */
function findSignedRevision(file: PdfFile, end: number): number | null {
  const within = (value: number): boolean => value <= end;
  const index = file.revisions.findLastIndex((revision) => revision.sections.every((section) => within(section.end)));
  const revision = file.revisions[index];
  if (revision === undefined) return null;
  // Far from the end there is nothing to look for, and a hostile file could make the way long for each of many seals.
  const startXref = findStartXref(file.bytes.subarray(Math.max(0, end - TAIL_LIMIT), end));
  if (startXref === null) return file.isRebuilt && end >= file.bytes.length - 2 ? index : null;
  if (!file.isRebuilt) {
    const cursor = cursorAt(file.bytes, startXref + file.bias);
    skipSpace(cursor);
    if (cursor.position !== revision.startXref && startXref + file.bias !== revision.startXref) return null;
  }
  // After %%EOF only white space belongs to the revision; anything else was appended before sealing or is a new one.
  const from = Math.min(revision.end, end);
  const to = Math.max(revision.end, end);
  if (file.isRebuilt) return end >= file.bytes.length - 2 ? index : null;
  if (to - from > TAIL_LIMIT) return null;
  for (let at = from; at < to; at++) if (!isWhite(file.bytes[at])) return end > revision.end ? index : null;
  return index;
}
