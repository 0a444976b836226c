import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { appendLeafHashes, emptyFrontier, getRoot } from "./frontier.ts";
import { hashEmptyTree } from "./merkle-hash.ts";
import { createTestTiles, makeLeafHashes, sha256, treeHash } from "./test-tree.ts";
import type { TileReader } from "./tile-proof.ts";
import { verifyTiles } from "./verify-tiles.ts";

const size = 66_000;
const tiles = createTestTiles();
let root: Uint8Array = new Uint8Array();

function replacing(place: string, change: (data: Uint8Array) => Uint8Array | undefined): TileReader {
  return async (level, index, width) => {
    const data = await tiles.readTile(level, index, width);
    return data !== undefined && `${level}/${index}` === place ? change(data) : data;
  };
}

const lastByteChanged = (data: Uint8Array): Uint8Array => data.with(data.length - 1, (data.at(-1) ?? 0) ^ 1);

suite("verifyTiles", () => {
  before(() => {
    const appended = appendLeafHashes(sha256, emptyFrontier, makeLeafHashes(size));
    tiles.store(appended.slices);
    root = getRoot(sha256, appended.frontier);
  });

  test("a whole log has no findings, nor has an earlier size of it or the empty log", async () => {
    assert.deepEqual(await verifyTiles(sha256, tiles.readTile, size, root), []);
    const earlier = treeHash(makeLeafHashes(700));
    assert.deepEqual(await verifyTiles(sha256, tiles.readTile, 700, earlier), []);
    assert.deepEqual(await verifyTiles(sha256, () => undefined, 0, hashEmptyTree(sha256)), []);
  });

  test("C24: another root is found", async () => {
    assert.deepEqual(await verifyTiles(sha256, tiles.readTile, size, lastByteChanged(root)), [
      { code: "tree.root-mismatch" },
    ]);
  });

  test("C24: a changed hash in any tile is found", async () => {
    for (const [level, index] of [
      [1, 0],
      [1, 1],
      [2, 0],
    ]) {
      const findings = await verifyTiles(sha256, replacing(`${level}/${index}`, lastByteChanged), size, root);
      assert.deepEqual(findings, [{ code: "tile.hash-mismatch", level, index }]);
    }
    // A changed leaf hash spoils its own path: the tiles above do not fit any more, and the root is another.
    const findings = await verifyTiles(sha256, replacing("0/3", lastByteChanged), size, root);
    assert.deepEqual(findings, [
      { code: "tile.hash-mismatch", level: 1, index: 0 },
      { code: "tile.hash-mismatch", level: 2, index: 0 },
      { code: "tree.root-mismatch" },
    ]);
    const atEdge = await verifyTiles(sha256, replacing("0/257", lastByteChanged), size, root);
    assert.deepEqual(atEdge, [{ code: "tree.root-mismatch" }]);
  });

  test("C24: a missing tile and one of the wrong length are found", async () => {
    const missing = await verifyTiles(
      sha256,
      replacing("1/0", () => undefined),
      size,
      root,
    );
    assert.deepEqual(missing, [{ code: "tile.missing", level: 1, index: 0 }]);
    const short = await verifyTiles(
      sha256,
      replacing("0/2", (data) => data.subarray(32)),
      size,
      root,
    );
    assert.deepEqual(short, [{ code: "tile.length-invalid", level: 0, index: 2 }]);
  });
});
