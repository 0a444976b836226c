import { getTileWidth, type TileAddress, tileHeight, tileWidth } from "./tile.ts";

/** Leaves from `start` up to but not including `end`. */
export type LeafRange = { readonly start: number; readonly end: number };

/** The hashes of a tile over which one complete subtree is built: `count` is a power of two below 256. */
export type SubtreeInTile = { readonly tile: TileAddress; readonly offset: number; readonly count: number };

/**
 * The leaf ranges whose hashes are the inclusion proof PATH(index, D[size]) of RFC 6962, section 2.1.1, in the order of
 * the proof: the leaf's sibling first, the root's child last.
 */
export function listInclusionRanges(index: number, size: number): LeafRange[] {
  const fromRoot: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      fromRoot.push({ start: middle, end });
      end = middle;
    } else {
      fromRoot.push({ start, end: middle });
      start = middle;
    }
  }
  return fromRoot.toReversed();
}

/** The leaf ranges whose hashes are the consistency proof PROOF(size1, D[size2]) of RFC 6962, section 2.1.2. */
export function listConsistencyRanges(size1: number, size2: number): LeafRange[] {
  const fromRoot: LeafRange[] = [];
  let start = 0;
  let end = size2;
  while (end !== size1) {
    const middle = start + splitPoint(end - start);
    if (size1 <= middle) {
      fromRoot.push({ start: middle, end });
      end = middle;
    } else {
      fromRoot.push({ start, end: middle });
      start = middle;
    }
  }
  // The verifier knows the old root; only when the old tree ends inside a larger subtree must its last part be shown.
  if (start > 0) fromRoot.push({ start, end });
  return fromRoot.toReversed();
}

/**
 * The complete subtrees that make up a range, left to right, each with the tile that holds it in a tree of `size`
 * leaves. The range starts at a multiple of the largest power of two that fits in it, as every range of a proof does.
 */
export function listSubtrees(range: LeafRange, size: number): SubtreeInTile[] {
  const subtrees: SubtreeInTile[] = [];
  for (let start = range.start; start < range.end; ) {
    const height = largestPower(range.end - start);
    const level = Math.floor(height / tileHeight);
    const count = 2 ** (height % tileHeight);
    const first = start / tileWidth ** level;
    const index = Math.floor(first / tileWidth);
    subtrees.push({
      tile: { level, index, width: getTileWidth(size, level, index) },
      offset: first % tileWidth,
      count,
    });
    start += 2 ** height;
  }
  return subtrees;
}

/** Each tile that the ranges touch, once. */
export function listTiles(ranges: readonly LeafRange[], size: number): TileAddress[] {
  const tiles = new Map<string, TileAddress>();
  for (const range of ranges) {
    for (const { tile } of listSubtrees(range, size)) tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}

/** The exponent of the largest power of two that is not above `count`. */
function largestPower(count: number): number {
  let exponent = 0;
  while (2 ** (exponent + 1) <= count) exponent += 1;
  return exponent;
}

/** The largest power of two below `count`, which is at least 2: RFC 6962's k. */
function splitPoint(count: number): number {
  return 2 ** largestPower(count - 1);
}
