import type { HashPort } from "./merkle-hash.ts";
import { copyHash, foldSubtrees, hashEmptyTree, hashNode, hashSize, isTreeSize } from "./merkle-hash.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { type LeafRange, listConsistencyRanges, listInclusionRanges, listSubtrees, listTiles } from "./subtree.ts";
import type { TileAddress } from "./tile.ts";

/**
 * Reads a tile: at least `width` hashes of 32 bytes; more (a partial tile that has grown since) are ignored.
 * Undefined where there is no such tile. Whoever answers need not be trusted: a proof from wrong tiles does not verify.
 */
export type TileReader = (
  level: number,
  index: number,
  width: number,
) => Promise<Uint8Array | undefined> | Uint8Array | undefined;

export type TileCode = "tile.missing" | "tile.length-invalid";
export type InclusionProofCode = TileCode | "inclusion.index-out-of-range";
export type ConsistencyProofCode = TileCode | "consistency.size-invalid";

/** The tiles that proveInclusion will read, each once; for fetching them in one go. Empty where nothing is provable. */
export function listInclusionTiles(index: number, size: number): TileAddress[] {
  return isLeafIndex(index, size) ? listTiles(listInclusionRanges(index, size), size) : [];
}

/** The tiles that proveConsistency will read, each once. Empty where nothing is provable. */
export function listConsistencyTiles(size1: number, size2: number): TileAddress[] {
  return isSizePair(size1, size2) ? listTiles(listConsistencyRanges(size1, size2), size2) : [];
}

/** The tiles at the right edge, at most one a level, from which computeRoot derives the root of a tree of `size`. */
export function listRootTiles(size: number): TileAddress[] {
  return isTreeSize(size) ? listTiles([{ start: 0, end: size }], size) : [];
}

/**
 * The inclusion proof of leaf `index` in the tree of `size` leaves (RFC 9162, section 2.1.3.1): hashes of 32 bytes, the
 * leaf's sibling first. Reads at most two tiles a level, all at the same time.
 */
export async function proveInclusion(
  hash: HashPort,
  readTile: TileReader,
  index: number,
  size: number,
): Promise<Outcome<Uint8Array[], InclusionProofCode>> {
  if (!isLeafIndex(index, size)) {
    return refuse("inclusion.index-out-of-range", `A tree of size ${size} has no leaf ${index}.`);
  }
  return hashRanges(hash, readTile, listInclusionRanges(index, size), size);
}

/**
 * The consistency proof between the trees of `size1` and `size2` leaves (RFC 9162, section 2.1.4.1), empty where the
 * sizes are equal. Nothing is provable from the empty tree. Reads at most three tiles a level, all at the same time.
 */
export async function proveConsistency(
  hash: HashPort,
  readTile: TileReader,
  size1: number,
  size2: number,
): Promise<Outcome<Uint8Array[], ConsistencyProofCode>> {
  if (!isSizePair(size1, size2)) {
    return refuse("consistency.size-invalid", "A consistency proof goes from a size of at least 1 to one not smaller.");
  }
  return hashRanges(hash, readTile, listConsistencyRanges(size1, size2), size2);
}

/** The root of the tree of `size` leaves from the tiles at its right edge; 32 bytes. Throws RangeError for no size. */
export async function computeRoot(
  hash: HashPort,
  readTile: TileReader,
  size: number,
): Promise<Outcome<Uint8Array, TileCode>> {
  if (!isTreeSize(size)) throw new RangeError("A tree size is a whole number below 2^53.");
  const hashes = await hashRanges(hash, readTile, [{ start: 0, end: size }], size);
  return hashes.ok ? succeed(hashes.value[0] ?? hashEmptyTree(hash)) : hashes;
}

async function hashRanges(
  hash: HashPort,
  readTile: TileReader,
  ranges: readonly LeafRange[],
  size: number,
): Promise<Outcome<Uint8Array[], TileCode>> {
  const tiles = new Map<string, Uint8Array>();
  const reads = listTiles(ranges, size).map(async (tile) => ({
    tile,
    data: await readTile(tile.level, tile.index, tile.width),
  }));
  for (const { tile, data } of await Promise.all(reads)) {
    const problem = findTileProblem(tile, data);
    if (problem !== undefined) return problem;
    if (data !== undefined) tiles.set(`${tile.level}/${tile.index}`, data);
  }
  return succeed(
    ranges.map((range) => {
      const subtrees = listSubtrees(range, size).map(({ tile, offset, count }) => {
        const data = tiles.get(`${tile.level}/${tile.index}`) ?? new Uint8Array(0);
        // A single hash is copied, so that no proof aliases a tile.
        if (count === 1) return copyHash(data, offset);
        return hashComplete(hash, data.subarray(offset * hashSize, (offset + count) * hashSize));
      });
      return foldSubtrees(hash, subtrees);
    }),
  );
}

/** Why the bytes cannot serve as this tile; undefined where they can. */
export function findTileProblem(tile: TileAddress, data: Uint8Array | undefined): Refusal<TileCode> | undefined {
  const place = `Tile ${tile.index} of level ${tile.level}`;
  if (data === undefined) return refuse("tile.missing", `${place} is missing.`);
  if (data.length % hashSize !== 0 || data.length < tile.width * hashSize) {
    return refuse("tile.length-invalid", `${place} has not ${tile.width} hashes of ${hashSize} bytes.`);
  }
  return undefined;
}

/** Root over hashes side by side, whose count is a power of two. */
function hashComplete(hash: HashPort, hashes: Uint8Array): Uint8Array {
  if (hashes.length === hashSize) return hashes;
  const half = hashes.length / 2;
  return hashNode(hash, hashComplete(hash, hashes.subarray(0, half)), hashComplete(hash, hashes.subarray(half)));
}

function isLeafIndex(index: number, size: number): boolean {
  return isTreeSize(size) && Number.isSafeInteger(index) && index >= 0 && index < size;
}

function isSizePair(size1: number, size2: number): boolean {
  return isTreeSize(size1) && isTreeSize(size2) && size1 >= 1 && size1 <= size2;
}
