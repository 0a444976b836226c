import type { DocumentText } from "./document-text.ts";
import { shingle } from "./word-shingles.ts";

/** Numbers of a document's words that are kept of it: enough to tell nine tenths from seven. */
const kept = 256;
/** Numbers below which nothing can be told. */
const least = 8;
/** A document holds another one's words where this share of them stands in it: a figure or a page more leaves more than that. */
const same = 0.7;

/**
 * What a document says in short: of the numbers of each four neighbouring words the smallest, so that two documents keep the
 * same of what they share.
 */
export function sketchWords({ pages }: DocumentText): number[] {
  const words = pages.map((page) => page.words.map(({ text }) => text.toLowerCase()));
  return [...shingle([words.flat()])].toSorted((a, b) => a - b).slice(0, kept);
}

/** Whether a document holds nearly all that an earlier one said, or the earlier one nearly all that it says. */
export function saysNearlyAll(earlier: readonly number[], now: readonly number[]): boolean {
  if (Math.min(earlier.length, now.length) < least) return false;
  // Beyond the last that one of them kept nothing is known of it.
  const known = (sketch: readonly number[]): number =>
    sketch.length < kept ? Number.POSITIVE_INFINITY : (sketch.at(-1) ?? 0);
  const upTo = Math.min(known(earlier), known(now));
  const [a, b] = [earlier.filter((one) => one <= upTo), now.filter((one) => one <= upTo)];
  const other = new Set(b);
  const shared = a.filter((one) => other.has(one)).length;
  return shared >= same * Math.max(1, Math.min(a.length, b.length));
}
