/** Running numbers that follow each other, both ends among them. */
export interface FormRange {
  readonly first: number;
  readonly last: number;
}

/** How the numbers of a series are written: `A00121`. */
export interface FormWriting {
  readonly prefix: string;
  readonly digits: number;
}

/** The highest count of digits: a place on the line of all numbers has room for no more (migration 0013). */
export const mostFormDigits = 11;

export const sizeOf = ({ first, last }: FormRange): number => last - first + 1;
export const countNumbers = (ranges: readonly FormRange[]): number =>
  ranges.reduce((sum, range) => sum + sizeOf(range), 0);

export function writeFormNumber({ prefix, digits }: FormWriting, number: number): string {
  return `${prefix}${String(number).padStart(digits, "0")}`;
}

/** `A00121`, or `A00121–A00140`. */
export function writeFormRange(writing: FormWriting, { first, last }: FormRange): string {
  const begin = writeFormNumber(writing, first);
  return first === last ? begin : `${begin}–${writeFormNumber(writing, last)}`;
}

export const writeFormRanges = (writing: FormWriting, ranges: readonly FormRange[]): string =>
  ranges.map((range) => writeFormRange(writing, range)).join(", ");

/**
 * Ranges as people type them: `A00121-A00140, 150` with or without the prefix, cut by commas, semicolons or white space
 * of either script. Null where a part is no number of the series, or a range ends before it begins.
 */
export function readFormRanges({ prefix, digits }: FormWriting, typed: string): FormRange[] | null {
  const parts = typed
    .normalize("NFKC")
    .replace(/\s*(?:[-–—~至]|\bto\b)\s*/gu, "-")
    .split(/[\s,;、]+/u)
    .filter((part) => part !== "");
  const numberOf = (text: string): number | null => {
    const folded = prefix.normalize("NFKC").toLowerCase();
    const bare = text.toLowerCase().startsWith(folded) ? text.slice(folded.length) : text;
    return /^\d+$/.test(bare) && bare.length <= digits ? Number(bare) : null;
  };
  const ranges: FormRange[] = [];
  for (const part of parts) {
    // A prefix may hold a stroke itself: the whole part is tried as one number first.
    const whole = numberOf(part);
    const cut = whole === null ? cutInTwo(part, numberOf) : { first: whole, last: whole };
    if (cut === null || cut.last < cut.first) return null;
    ranges.push(cut);
  }
  return ranges.length === 0 ? null : mergeRanges(ranges);
}

function cutInTwo(part: string, numberOf: (text: string) => number | null): FormRange | null {
  for (let at = part.indexOf("-"); at > 0; at = part.indexOf("-", at + 1)) {
    const first = numberOf(part.slice(0, at));
    const last = numberOf(part.slice(at + 1));
    if (first !== null && last !== null) return { first, last };
  }
  return null;
}

/** The same numbers in as few ranges as can be, in their order. */
export function mergeRanges(ranges: readonly FormRange[]): FormRange[] {
  const merged: FormRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && range.first <= before.last + 1)
      merged[merged.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
    else merged.push({ first: range.first, last: range.last });
  }
  return merged;
}

/** What lies in both. */
export function intersectRanges(a: readonly FormRange[], b: readonly FormRange[]): FormRange[] {
  const [left, right] = [mergeRanges(a), mergeRanges(b)];
  const both: FormRange[] = [];
  for (let [i, j] = [0, 0]; ; ) {
    const [one, other] = [left[i], right[j]];
    if (!one || !other) return both;
    const first = Math.max(one.first, other.first);
    const last = Math.min(one.last, other.last);
    if (first <= last) both.push({ first, last });
    if (one.last < other.last) i += 1;
    else j += 1;
  }
}

/** What lies in the first and not in the second. */
export function subtractRanges(from: readonly FormRange[], taken: readonly FormRange[]): FormRange[] {
  const out = mergeRanges(taken);
  return mergeRanges(from).flatMap((range) => {
    const left: FormRange[] = [];
    let { first } = range;
    for (const gone of out) {
      if (gone.last < first || gone.first > range.last) continue;
      if (gone.first > first) left.push({ first, last: gone.first - 1 });
      first = gone.last + 1;
    }
    return first <= range.last ? [...left, { first, last: range.last }] : left;
  });
}
