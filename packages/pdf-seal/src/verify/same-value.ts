import type { PdfFile } from "../reader/pdf-file.ts";
import { type PdfDictionary, type PdfValue, rawBytes } from "../reader/pdf-value.ts";

/** A value as seen in one revision. */
type Seen = { readonly value: PdfValue | null; readonly revision: number };

const DEPTH_LIMIT = 48;
const STEP_LIMIT = 2_000_000;

/**
 * Compares values by meaning, not by spelling. References with the same number are equal here: what they lead to is
 * judged as a changed object of its own. References with different numbers, or a reference and a direct value, are
 * compared by what they lead to. Null and missing are the same (ISO 32000-2, 7.3.7).
 */
export function sameValue(file: PdfFile, a: Seen, b: Seen): boolean {
  let steps = 0;
  const assumed = new Set<string>();
  const same = (left: PdfValue | null, right: PdfValue | null, depth: number): boolean => {
    if (depth > DEPTH_LIMIT || ++steps > STEP_LIMIT) return false;
    if (left?.kind === "reference" && right?.kind === "reference") {
      if (left.number === right.number && left.generation === right.generation) return true;
      const key = `${left.number} ${right.number}`;
      if (assumed.has(key)) return true;
      assumed.add(key);
    }
    if (left?.kind === "reference" || right?.kind === "reference") {
      return same(file.resolve(left, a.revision), file.resolve(right, b.revision), depth + 1);
    }
    const x = left?.kind === "null" ? null : left;
    const y = right?.kind === "null" ? null : right;
    if (x === null || y === null) return x === y;
    switch (x.kind) {
      case "boolean":
      case "number":
      case "name":
        return y.kind === x.kind && x.value === y.value;
      case "string":
        return y.kind === "string" && equalBytes(x.bytes, y.bytes);
      case "array":
        if (y.kind !== "array" || x.items.length !== y.items.length) return false;
        return x.items.every((item, i) => same(item, y.items[i] ?? null, depth + 1));
      case "dictionary":
        return y.kind === "dictionary" && sameDictionary(x, y, depth, same);
      case "stream":
        if (y.kind !== "stream" || !sameDictionary(x.dictionary, y.dictionary, depth, same)) return false;
        // In an encrypted file the same bytes mean different things in different objects.
        if (file.security !== null && (x.number !== y.number || x.generation !== y.generation)) return false;
        return equalBytes(x.source.subarray(x.dataStart, x.dataEnd), y.source.subarray(y.dataStart, y.dataEnd));
      default:
        return x.kind === y.kind && equalBytes(rawBytes(x), rawBytes(y));
    }
  };
  return same(a.value, b.value, 0);
}

function sameDictionary(
  x: PdfDictionary,
  y: PdfDictionary,
  depth: number,
  same: (left: PdfValue | null, right: PdfValue | null, depth: number) => boolean,
): boolean {
  if (x.duplicateKeys || y.duplicateKeys) return equalBytes(rawBytes(x), rawBytes(y));
  for (const key of keysOfBoth(x, y)) {
    if (!same(x.entries.get(key)?.value ?? null, y.entries.get(key)?.value ?? null, depth + 1)) return false;
  }
  return true;
}

function keysOfBoth(x: PdfDictionary | null, y: PdfDictionary | null): Set<string> {
  return new Set([...(x?.entries.keys() ?? []), ...(y?.entries.keys() ?? [])]);
}

/** The keys whose values differ between two dictionaries; a missing dictionary has no keys. */
export function changedKeys(
  file: PdfFile,
  a: { dictionary: PdfDictionary | null; revision: number },
  b: { dictionary: PdfDictionary | null; revision: number },
): string[] {
  const changed: string[] = [];
  for (const key of keysOfBoth(a.dictionary, b.dictionary)) {
    const left = { value: a.dictionary?.entries.get(key)?.value ?? null, revision: a.revision };
    const right = { value: b.dictionary?.entries.get(key)?.value ?? null, revision: b.revision };
    if (!sameValue(file, left, right)) changed.push(key);
  }
  return changed;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
