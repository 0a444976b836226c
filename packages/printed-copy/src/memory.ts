/**
 * Memory of planes and marks that nobody needs any more, for the next ones: a page is sixteen megabytes a plane, and touching
 * as much fresh memory for the first time takes a machine longer than most of what is reckoned in it.
 */
const spare: ArrayBuffer[] = [];
let spareBytes = 0;

const step = 1024 * 1024;
/** What is smaller is not worth keeping; what is kept at the most. */
const least = step;
const most = 160 * step;
/** So much larger than what is asked for, spare memory is left for what is larger. */
const roomy = 1.5;

/** Memory of at least so many bytes, all zero. */
export function takeMemory(bytes: number): ArrayBuffer {
  if (bytes < least) return new ArrayBuffer(bytes);
  let best = -1;
  for (const [at, { byteLength }] of spare.entries())
    if (byteLength >= bytes && byteLength <= bytes * roomy && byteLength < (spare[best]?.byteLength ?? Infinity))
      best = at;
  const [found] = best < 0 ? [] : spare.splice(best, 1);
  if (!found) return new ArrayBuffer(Math.ceil(bytes / step) * step);
  spareBytes -= found.byteLength;
  new Uint8Array(found, 0, bytes).fill(0);
  return found;
}

/** Gives back the memory of planes and marks, which must not be looked at any more. */
export function giveBack(...given: readonly ({ readonly data: Float32Array } | Uint8Array)[]): void {
  for (const one of given) {
    const { buffer } = one instanceof Uint8Array ? one : one.data;
    const isKept = buffer instanceof ArrayBuffer && buffer.byteLength >= least && !spare.includes(buffer);
    if (!isKept || spareBytes + buffer.byteLength > most) continue;
    spare.push(buffer);
    spareBytes += buffer.byteLength;
  }
}

/** Marks of so many pixels, none of them set. */
export const createMarks = (count: number): Uint8Array => new Uint8Array(takeMemory(count), 0, count);
