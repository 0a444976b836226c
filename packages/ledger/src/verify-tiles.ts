import { appendLeafHashes, emptyFrontier, getRoot, type TileSlice } from "./frontier.ts";
import { copyHash, equalBytes, type HashPort, hashSize, isTreeSize } from "./merkle-hash.ts";
import { getTileWidth, tileWidth } from "./tile.ts";
import { findTileProblem, type TileCode, type TileReader } from "./tile-proof.ts";

/** What is wrong with stored tiles, and with which; the root has no tile. */
export type TilesFinding =
  | { readonly code: TileCode | "tile.hash-mismatch"; readonly level: number; readonly index: number }
  | { readonly code: "tree.root-mismatch" };

/** A whole log can be wrong; this many findings are enough to say so. */
const maxFindings = 100;

/**
 * Recomputes a log from its level-0 tiles: every tile above must hold the hashes of the tiles below, and the root must
 * be the one given, which comes from a verified checkpoint. Empty when all is well; at most 100 findings. Where a
 * level-0 tile cannot be read the rest cannot be computed, and that finding is the last.
 */
export async function verifyTiles(
  hash: HashPort,
  readTile: TileReader,
  size: number,
  root: Uint8Array,
): Promise<TilesFinding[]> {
  if (!isTreeSize(size)) throw new RangeError("A tree size is a whole number below 2^53.");
  const findings: TilesFinding[] = [];
  let frontier = emptyFrontier;
  // Tiles of the upper levels grow by one hash for each full tile below; each is compared once, when it is complete.
  const growing = new Map<number, TileSlice[]>();
  for (let index = 0; index * tileWidth < size && findings.length < maxFindings; index += 1) {
    const width = getTileWidth(size, 0, index);
    const data = await readTile(0, index, width);
    const problem = findTileProblem({ level: 0, index, width }, data);
    if (problem !== undefined || data === undefined) {
      findings.push({ code: problem?.code ?? "tile.missing", level: 0, index });
      return findings;
    }
    const leafHashes = Array.from({ length: width }, (_, at) => copyHash(data, at));
    const appended = appendLeafHashes(hash, frontier, leafHashes);
    frontier = appended.frontier;
    for (const slice of appended.slices) {
      if (slice.level === 0) continue;
      const slices = growing.get(slice.level) ?? [];
      slices.push(slice);
      if (slice.width === tileWidth) {
        findings.push(...(await compareTile(readTile, slices)));
        growing.delete(slice.level);
      } else {
        growing.set(slice.level, slices);
      }
    }
  }
  for (const slices of growing.values()) findings.push(...(await compareTile(readTile, slices)));
  if (frontier.size === size && !equalBytes(getRoot(hash, frontier), root))
    findings.push({ code: "tree.root-mismatch" });
  return findings.slice(0, maxFindings);
}

async function compareTile(readTile: TileReader, slices: readonly TileSlice[]): Promise<TilesFinding[]> {
  const last = slices.at(-1);
  if (last === undefined) return [];
  const { level, index, width } = last;
  const data = await readTile(level, index, width);
  const problem = findTileProblem({ level, index, width }, data);
  if (problem !== undefined || data === undefined) return [{ code: problem?.code ?? "tile.missing", level, index }];
  const same = slices.every((slice) => {
    const start = slice.offset * hashSize;
    return equalBytes(slice.data, data.subarray(start, start + slice.data.length));
  });
  return same ? [] : [{ code: "tile.hash-mismatch", level, index }];
}
