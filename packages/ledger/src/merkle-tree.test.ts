import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import fc from "fast-check";
import { appendLeafHashes, emptyFrontier, encodeFrontier, getRoot, parseFrontier } from "./frontier.ts";
import { hashEmptyTree, hashLeaf, hashNode } from "./merkle-hash.ts";
import { createTestTiles, makeLeafHashes, sha256, treeHash } from "./test-tree.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** The eight leaves and roots that Certificate Transparency's reference implementation publishes. */
const referenceLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const referenceRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("leaf and node hashes carry the prefixes of RFC 6962", () => {
  assert.equal(hex(hashEmptyTree(sha256)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(hex(hashLeaf(sha256, new Uint8Array())), hex(sha256(Uint8Array.of(0))));
  const left = sha256(Buffer.from("left"));
  const right = sha256(Buffer.from("right"));
  assert.deepEqual(hashNode(sha256, left, right), sha256(Buffer.concat([Buffer.of(1), left, right])));
  assert.throws(() => hashNode(sha256, left, right.subarray(1)), RangeError);
});

test("growing roots are those of the reference implementation, with either hash port", () => {
  for (const port of [sha256, nobleSha256]) {
    let frontier = emptyFrontier;
    const roots = referenceLeaves.map((leaf) => {
      frontier = appendLeafHashes(port, frontier, [hashLeaf(port, Buffer.from(leaf, "hex"))]).frontier;
      return hex(getRoot(port, frontier));
    });
    assert.deepEqual(roots, referenceRoots);
  }
});

test("the empty tree's root is the hash of nothing", () => {
  assert.deepEqual(getRoot(sha256, emptyFrontier), hashEmptyTree(sha256));
});

test("appending in batches of any sizes equals appending one by one, root and tiles", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 300 }), { maxLength: 5 }), (batches) => {
      const leafHashes = makeLeafHashes(batches.reduce((sum, count) => sum + count, 0));
      const single = createTestTiles();
      let one = emptyFrontier;
      for (const leafHash of leafHashes) {
        const appended = appendLeafHashes(sha256, one, [leafHash]);
        one = appended.frontier;
        single.store(appended.slices);
      }
      const batched = createTestTiles();
      let many = emptyFrontier;
      for (const count of batches) {
        const appended = appendLeafHashes(sha256, many, leafHashes.slice(many.size, many.size + count));
        const places = appended.slices.map(({ level, index }) => `${level}/${index}`);
        assert.equal(new Set(places).size, places.length);
        many = appended.frontier;
        batched.store(appended.slices);
      }
      assert.deepEqual(many, one);
      assert.deepEqual(batched.tiles, single.tiles);
      assert.deepEqual(getRoot(sha256, many), treeHash(leafHashes));
    }),
    { numRuns: 25 },
  );
});

test("appending leaves the frontier it was given as it was", () => {
  const before = appendLeafHashes(sha256, emptyFrontier, makeLeafHashes(7)).frontier;
  const copy = structuredClone(before);
  appendLeafHashes(sha256, before, makeLeafHashes(9));
  assert.deepEqual(before, copy);
});

test("a tree of 70,000 leaves has the tiles that C2SP tlog-tiles names for it", () => {
  const tiles = createTestTiles();
  const appended = appendLeafHashes(sha256, emptyFrontier, makeLeafHashes(70_000));
  tiles.store(appended.slices);
  const widths = (level: number): number[] =>
    [...tiles.tiles].filter(([place]) => place.startsWith(`${level}/`)).map(([, data]) => data.length / 32);
  assert.equal(widths(0).filter((width) => width === 256).length, 273);
  assert.deepEqual(
    widths(0).filter((width) => width !== 256),
    [112],
  );
  assert.deepEqual(widths(1), [256, 17]);
  assert.deepEqual(widths(2), [1]);
  assert.equal(tiles.tiles.size, 277);
});

test("a frontier survives its stored form, and another length is refused", () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 }), (size) => {
      const { frontier } = appendLeafHashes(sha256, emptyFrontier, makeLeafHashes(size));
      const stored = encodeFrontier(frontier);
      assert.deepEqual(parseFrontier(size, stored), { ok: true, value: frontier });
      const longer = parseFrontier(size, Buffer.concat([stored, Buffer.alloc(32)]));
      assert.equal(longer.ok, false);
    }),
    { numRuns: 30 },
  );
  for (const size of [-1, 0.5, 2 ** 53]) assert.equal(parseFrontier(size, new Uint8Array(32)).ok, false);
});

test("a leaf hash of another length and a tree beyond 2^53 - 1 are bugs of the caller", () => {
  assert.throws(() => appendLeafHashes(sha256, emptyFrontier, [new Uint8Array(31)]), RangeError);
  const full = { size: Number.MAX_SAFE_INTEGER, hashes: [] };
  assert.throws(() => appendLeafHashes(sha256, full, makeLeafHashes(1)), RangeError);
});
