import type { HashPort } from "./merkle-hash.ts";
import { copyHash, foldSubtrees, hashNode, hashSize, isTreeSize, joinHashes, maxTreeSize } from "./merkle-hash.ts";
import type { Outcome } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { tileHeight, tileWidth } from "./tile.ts";

/**
 * All that appending needs to know of a tree: the roots of its complete subtrees, left to right, one for each set bit
 * of `size`, the highest bit first.
 */
export type Frontier = { readonly size: number; readonly hashes: readonly Uint8Array[] };

/**
 * New hashes of one tile: `data` goes to hash position `offset` of the tile, which then is `width` hashes wide.
 * What the tile already holds before `offset` stays as it is.
 */
export type TileSlice = {
  readonly level: number;
  readonly index: number;
  readonly offset: number;
  readonly width: number;
  readonly data: Uint8Array;
};

export type Appended = { readonly frontier: Frontier; readonly slices: readonly TileSlice[] };

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** The root of the tree (RFC 6962, section 2.1), 32 bytes. */
export function getRoot(hash: HashPort, frontier: Frontier): Uint8Array {
  return foldSubtrees(hash, frontier.hashes);
}

/** The frontier's hashes side by side, 32 bytes each, for storage beside `size`. */
export function encodeFrontier(frontier: Frontier): Uint8Array {
  return joinHashes(frontier.hashes);
}

/** The frontier stored by encodeFrontier; refused where the length does not fit the size. */
export function parseFrontier(size: number, data: Uint8Array): Outcome<Frontier, "frontier.invalid"> {
  if (!isTreeSize(size)) return refuse("frontier.invalid", "The tree size is not a whole number below 2^53.");
  const count = size.toString(2).replaceAll("0", "").length;
  if (data.length !== count * hashSize) {
    return refuse("frontier.invalid", `A tree of size ${size} has ${count} frontier hashes of ${hashSize} bytes.`);
  }
  const hashes = Array.from({ length: count }, (_, at) => copyHash(data, at));
  return succeed({ size, hashes });
}

/**
 * Appends leaf hashes in order and lists what they add to the hash tiles of C2SP tlog-tiles, at most one slice for
 * each tile, lower levels first, indexes rising.
 *
 * A frontier suffices because the root of a tile is a complete subtree whose height is a multiple of eight: it comes
 * by when the carry of an append passes that height. No stored tile is read.
 *
 * Throws RangeError where a leaf hash has not 32 bytes or the tree would outgrow 2^53 - 1 leaves.
 */
export function appendLeafHashes(hash: HashPort, frontier: Frontier, leafHashes: readonly Uint8Array[]): Appended {
  if (leafHashes.length > maxTreeSize - frontier.size) throw new RangeError("The tree would grow beyond 2^53 - 1.");
  const stack = [...frontier.hashes];
  const addedByLevel: Uint8Array[][] = [];
  let size = frontier.size;
  for (const leafHash of leafHashes) {
    if (leafHash.length !== hashSize) throw new RangeError(`A leaf hash has ${hashSize} bytes.`);
    let subtree = leafHash;
    let height = 0;
    addTo(addedByLevel, 0, subtree);
    for (let carry = size; carry % 2 === 1; carry = Math.floor(carry / 2)) {
      const left = stack.pop();
      if (left === undefined) throw new RangeError("The frontier has fewer hashes than its size needs.");
      subtree = hashNode(hash, left, subtree);
      height += 1;
      if (height % tileHeight === 0) addTo(addedByLevel, height / tileHeight, subtree);
    }
    stack.push(subtree);
    size += 1;
  }
  const slices = addedByLevel.flatMap((added, level) =>
    sliceByTile(level, Math.floor(frontier.size / tileWidth ** level), added),
  );
  return { frontier: { size, hashes: stack }, slices };
}

function addTo(addedByLevel: Uint8Array[][], level: number, subtree: Uint8Array): void {
  const added = addedByLevel[level];
  if (added === undefined) addedByLevel[level] = [subtree];
  else added.push(subtree);
}

function sliceByTile(level: number, first: number, added: readonly Uint8Array[]): TileSlice[] {
  const slices: TileSlice[] = [];
  for (let taken = 0; taken < added.length; ) {
    const offset = (first + taken) % tileWidth;
    const part = added.slice(taken, taken + tileWidth - offset);
    const index = Math.floor((first + taken) / tileWidth);
    slices.push({ level, index, offset, width: offset + part.length, data: joinHashes(part) });
    taken += part.length;
  }
  return slices;
}
