import { equalBytes, type HashPort, hashLeaf, hashSize } from "./merkle-hash.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import { accepted, refuse, succeed } from "./outcome.ts";
import { tileWidth } from "./tile.ts";

/** Most bytes that one entry can have in a bundle, whose length prefix is a uint16. Checked before a body is appended. */
export const maxEntrySize = 0xffff;

export type EntryBundleCode = "entry-bundle.form-invalid" | "entry-bundle.entry-mismatch";

const prefixSize = 2;

/** Entries with their big-endian uint16 lengths (C2SP tlog-tiles, 'Log entries'). Throws RangeError where one is too long. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > tileWidth || entries.some((entry) => entry.length > maxEntrySize)) {
    throw new RangeError(`A bundle has at most ${tileWidth} entries of at most ${maxEntrySize} bytes.`);
  }
  const bundle = new Uint8Array(entries.reduce((sum, entry) => sum + prefixSize + entry.length, 0));
  const view = new DataView(bundle.buffer);
  let at = 0;
  for (const entry of entries) {
    view.setUint16(at, entry.length);
    bundle.set(entry, at + prefixSize);
    at += prefixSize + entry.length;
  }
  return bundle;
}

/** The entries of a bundle that is `width` entries wide; fewer, more or bytes left over are refused. */
export function parseEntryBundle(bundle: Uint8Array, width: number): Outcome<Uint8Array[], EntryBundleCode> {
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length && entries.length < width) {
    const start = at + prefixSize;
    const end = start <= bundle.length ? start + view.getUint16(at) : Number.POSITIVE_INFINITY;
    if (end > bundle.length) return refuse("entry-bundle.form-invalid", "The bundle ends inside an entry.");
    entries.push(new Uint8Array(bundle.subarray(start, end)));
    at = end;
  }
  if (entries.length !== width || at !== bundle.length) {
    return refuse("entry-bundle.form-invalid", `The bundle has not exactly ${width} entries.`);
  }
  return succeed(entries);
}

/** Whether each entry hashes to its place in the level-0 tile, whose first `entries.length` hashes are compared. */
export function verifyEntries(
  hash: HashPort,
  entries: readonly Uint8Array[],
  tile: Uint8Array,
): Verdict<EntryBundleCode> {
  for (const [at, entry] of entries.entries()) {
    if (!equalBytes(hashLeaf(hash, entry), tile.subarray(at * hashSize, (at + 1) * hashSize))) {
      return refuse("entry-bundle.entry-mismatch", `Entry ${at} of the bundle is not the one in the tree.`);
    }
  }
  return accepted;
}
