/** Stretches of two sequences between which nothing is the same: `[from, to)` of the first, then of the second. */
export interface Hunk {
  readonly a: readonly [from: number, to: number];
  readonly b: readonly [from: number, to: number];
}
export interface WordDiff {
  readonly hunks: readonly Hunk[];
  /** How many words stand in both, in the same order. */
  readonly same: number;
}

/** Edits looked for between two anchors; beyond that the whole stretch counts as replaced. */
const mostEdits = 800;

/**
 * What was added and removed, by Myers' greedy algorithm (An O(ND) Difference Algorithm, 1986) between anchors: threes
 * of neighbours that stand once in each, in the same order. Bounded in time and memory for sequences of any kind.
 */
export function diffWords(a: readonly string[], b: readonly string[]): WordDiff {
  const numbers = new Map<string, number>();
  const number = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
  const [left, right] = [Int32Array.from(a, number), Int32Array.from(b, number)];
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...findAnchors(left, right), [left.length, right.length] as const]) {
    // Anchors are threes and may overlap each other; what an earlier one took is not looked at again.
    if (x < i || y < j) continue;
    matchBetween(left, right, [i, x], [j, y], pairs);
    [i, j] = [x, y];
  }
  const hunks: Hunk[] = [];
  let [p, q] = [0, 0];
  for (const [x, y] of [...pairs, [left.length, right.length] as const]) {
    if (x > p || y > q) hunks.push({ a: [p, x], b: [q, y] });
    [p, q] = [x + 1, y + 1];
  }
  return { hunks, same: pairs.length };
}

/** Where threes of neighbours begin that stand once on each side: the longest run of them in the same order. */
function findAnchors(a: Int32Array, b: Int32Array): [number, number][] {
  const onlyIn = (words: Int32Array): Map<string, number> => {
    const places = new Map<string, number>();
    for (let at = 0; at + 2 < words.length; at += 1) {
      const key = `${words[at]} ${words[at + 1]} ${words[at + 2]}`;
      places.set(key, places.has(key) ? -1 : at);
    }
    return places;
  };
  const inB = onlyIn(b);
  const both: [number, number][] = [];
  for (const [key, at] of onlyIn(a)) {
    const other = inB.get(key) ?? -1;
    if (at >= 0 && other >= 0) both.push([at, other]);
  }
  both.sort(([x], [y]) => x - y);
  const kept = longestRising(both.map(([, y]) => y));
  return kept.flatMap((at) => (both[at] ? [both[at]] : []));
}

/** Places of a longest rising run within numbers that are all different. */
export function longestRising(values: readonly number[]): number[] {
  const ends: number[] = [];
  const before = new Int32Array(values.length).fill(-1);
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  }
  const run: number[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(at);
  return run.toReversed();
}

type Range = readonly [from: number, to: number];

function matchBetween(
  a: Int32Array,
  b: Int32Array,
  [aFrom, aTo]: Range,
  [bFrom, bTo]: Range,
  pairs: [number, number][],
) {
  let [x, y, endA, endB] = [aFrom, bFrom, aTo, bTo];
  while (x < endA && y < endB && a[x] === b[y]) pairs.push([x++, y++]);
  const tail: [number, number][] = [];
  while (x < endA && y < endB && a[endA - 1] === b[endB - 1]) tail.push([--endA, --endB]);
  if (x < endA && y < endB)
    pairs.push(...myers(a.subarray(x, endA), b.subarray(y, endB)).map(([p, q]): [number, number] => [p + x, q + y]));
  for (const pair of tail.toReversed()) pairs.push(pair);
}

/** Pairs of equal places in the shortest way from one to the other; none where it is longer than is looked for. */
function myers(a: Int32Array, b: Int32Array): [number, number][] {
  const most = Math.min(mostEdits, a.length + b.length);
  const reach = new Int32Array(2 * most + 3);
  const centre = most + 1;
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(centre - edits - 1, centre + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && (reach[centre + k - 1] ?? 0) < (reach[centre + k + 1] ?? 0));
      let x = down ? (reach[centre + k + 1] ?? 0) : (reach[centre + k - 1] ?? 0) + 1;
      let y = x - k;
      while (x < a.length && y < b.length && a[x] === b[y]) [x, y] = [x + 1, y + 1];
      reach[centre + k] = x;
      if (x >= a.length && y >= b.length) return walkBack(trace, a.length, b.length);
    }
  }
  return [];
}

function walkBack(trace: readonly Int32Array[], lengthA: number, lengthB: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [lengthA, lengthB];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits];
    const at = (k: number): number => reach?.[k + edits + 1] ?? 0;
    const k = x - y;
    const down = k === -edits || (k !== edits && at(k - 1) < at(k + 1));
    const before = down ? k + 1 : k - 1;
    const [fromX, fromY] = edits === 0 ? [0, 0] : [at(before), at(before) - before];
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.toReversed();
}
