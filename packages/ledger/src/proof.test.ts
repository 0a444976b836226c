import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import fc from "fast-check";
import { appendLeafHashes, emptyFrontier } from "./frontier.ts";
import { hashNode } from "./merkle-hash.ts";
import { consistencyPath, createTestTiles, inclusionPath, makeLeafHashes, sha256, treeHash } from "./test-tree.ts";
import {
  computeRoot,
  listConsistencyTiles,
  listInclusionTiles,
  listRootTiles,
  proveConsistency,
  proveInclusion,
} from "./tile-proof.ts";
import { listInclusionSteps, verifyConsistency, verifyInclusion } from "./verify-proof.ts";

const largest = 70_000;
const tiles = createTestTiles();
let leafHashes: Uint8Array[] = [];

/** A size with its interesting neighbours: small, and around the borders of tiles of level 0, 1 and 2. */
const anySize = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 250, max: 520 }),
  fc.integer({ min: 65_530, max: 65_540 }),
  fc.integer({ min: 1, max: largest }),
);
const indexAndSize = anySize.chain((size) => fc.tuple(fc.nat({ max: size - 1 }), fc.constant(size)));
const twoSizes = fc.tuple(anySize, anySize).map(([a, b]) => ({ size1: Math.min(a, b), size2: Math.max(a, b) }));

function get<Value>(outcome: { ok: true; value: Value } | { ok: false; detail: string }): Value {
  if (!outcome.ok) assert.fail(outcome.detail);
  return outcome.value;
}

function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

/** Every list that differs from the proof by one changed bit, one hash more or less, or two neighbours swapped. */
function mutations(proof: readonly Uint8Array[], bit: number): Uint8Array[][] {
  const extra = sha256(Uint8Array.of(bit % 256));
  const changed = proof.flatMap((hash, at) => [
    proof.with(at, flip(hash, bit)),
    proof.with(at, hash.subarray(1)),
    proof.toSpliced(at, 1),
    proof.toSpliced(at, 2, ...proof.slice(at, at + 2).toReversed()),
  ]);
  const longer = Array.from({ length: proof.length + 1 }, (_, at) => proof.toSpliced(at, 0, extra));
  const same = (other: Uint8Array[]): boolean =>
    other.length === proof.length && other.every((hash, at) => Buffer.compare(hash, proof[at] ?? extra) === 0);
  return [...changed, ...longer].filter((other) => !same(other));
}

suite("proofs", () => {
  before(() => {
    leafHashes = makeLeafHashes(largest);
    tiles.store(appendLeafHashes(sha256, emptyFrontier, leafHashes).slices);
  });

  test("inclusion: the proof from tiles is RFC 6962's PATH, verifies, and no mutation of it does", async () => {
    await fc.assert(
      fc.asyncProperty(indexAndSize, fc.nat({ max: 255 }), async ([index, size], bit) => {
        const proof = get(await proveInclusion(sha256, tiles.readTile, index, size));
        const root = get(await computeRoot(sha256, tiles.readTile, size));
        const leafHash = leafHashes[index] ?? assert.fail();
        if (size <= 600) assert.deepEqual(proof, inclusionPath(index, leafHashes.slice(0, size)));
        const claim = { index, size, leafHash, proof, root };
        assert.deepEqual(verifyInclusion(sha256, claim), { ok: true });
        for (const mutated of mutations(proof, bit)) {
          assert.equal(verifyInclusion(sha256, { ...claim, proof: mutated }).ok, false);
        }
        assert.equal(verifyInclusion(sha256, { ...claim, leafHash: flip(leafHash, bit) }).ok, false);
        assert.equal(verifyInclusion(sha256, { ...claim, root: flip(root, bit) }).ok, false);
        for (const other of [index - 1, index + 1, size - 1 - index, index ^ 1, index + 0.5, size, -1, Number.NaN]) {
          if (other !== index) assert.equal(verifyInclusion(sha256, { ...claim, index: other }).ok, false);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("inclusion: all proofs of all trees up to 70 leaves", async () => {
    for (let size = 1; size <= 70; size += 1) {
      const root = treeHash(leafHashes.slice(0, size));
      for (let index = 0; index < size; index += 1) {
        const proof = get(await proveInclusion(sha256, tiles.readTile, index, size));
        const leafHash = leafHashes[index] ?? assert.fail();
        assert.deepEqual(verifyInclusion(sha256, { index, size, leafHash, proof, root }), { ok: true });
      }
    }
  });

  test("inclusion: the steps climb from the leaf to the root, each node over the one before and its sibling", async () => {
    await fc.assert(
      fc.asyncProperty(indexAndSize, async ([index, size]) => {
        const proof = get(await proveInclusion(sha256, tiles.readTile, index, size));
        const leafHash = leafHashes[index] ?? assert.fail();
        const steps = get(listInclusionSteps(sha256, { index, size, leafHash, proof }));
        assert.deepEqual(
          steps.map((step) => step.sibling),
          proof,
        );
        let below = leafHash;
        for (const { sibling, side, node } of steps) {
          const pair = side === "left" ? ([sibling, below] as const) : ([below, sibling] as const);
          assert.deepEqual(node, hashNode(sha256, ...pair));
          below = node;
        }
        assert.deepEqual(below, get(await computeRoot(sha256, tiles.readTile, size)));
      }),
      { numRuns: 100 },
    );
  });

  test("consistency: the proof from tiles is RFC 6962's PROOF, verifies, and no mutation of it does", async () => {
    await fc.assert(
      fc.asyncProperty(twoSizes, fc.nat({ max: 255 }), async ({ size1, size2 }, bit) => {
        const proof = get(await proveConsistency(sha256, tiles.readTile, size1, size2));
        const root1 = get(await computeRoot(sha256, tiles.readTile, size1));
        const root2 = get(await computeRoot(sha256, tiles.readTile, size2));
        if (size2 <= 600) assert.deepEqual(proof, consistencyPath(size1, leafHashes.slice(0, size2)));
        const claim = { size1, size2, root1, root2, proof };
        assert.deepEqual(verifyConsistency(sha256, claim), { ok: true });
        for (const mutated of mutations(proof, bit)) {
          assert.equal(verifyConsistency(sha256, { ...claim, proof: mutated }).ok, false);
        }
        assert.equal(verifyConsistency(sha256, { ...claim, root1: flip(root1, bit) }).ok, false);
        assert.equal(verifyConsistency(sha256, { ...claim, root2: flip(root2, bit) }).ok, false);
        for (const other of [size1 - 1, size1 + 1, 0, size2 + 1, size1 + 0.5, Number.NaN]) {
          assert.equal(verifyConsistency(sha256, { ...claim, size1: other }).ok, false);
        }
      }),
      { numRuns: 120 },
    );
  });

  test("consistency: all proofs between all trees up to 40 leaves", async () => {
    const roots = Array.from({ length: 41 }, (_, size) => treeHash(leafHashes.slice(0, size)));
    for (let size2 = 1; size2 <= 40; size2 += 1) {
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        const proof = get(await proveConsistency(sha256, tiles.readTile, size1, size2));
        const root1 = roots[size1] ?? assert.fail();
        const root2 = roots[size2] ?? assert.fail();
        assert.deepEqual(verifyConsistency(sha256, { size1, size2, root1, root2, proof }), { ok: true });
      }
    }
  });

  test("consistency: a rewritten leaf shows in every larger tree", async () => {
    const forgedTiles = createTestTiles();
    const forged = leafHashes.slice(0, 600).with(300, sha256(Buffer.from("another")));
    forgedTiles.store(appendLeafHashes(sha256, emptyFrontier, forged).slices);
    for (const size1 of [301, 302, 400, 512, 599]) {
      const root1 = treeHash(leafHashes.slice(0, size1));
      const root2 = treeHash(forged);
      const proof = get(await proveConsistency(sha256, forgedTiles.readTile, size1, 600));
      const verdict = verifyConsistency(sha256, { size1, size2: 600, root1, root2, proof });
      assert.deepEqual(verdict.ok || verdict.code, "consistency.root-mismatch");
    }
  });

  test("reads stay within two tiles a level for inclusion, one for the root, three for consistency, none twice", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 53n - 1n }), fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }), (s, i) => {
        const size = Number(s);
        const index = Number(i % s);
        const levels = Math.ceil(size.toString(2).length / 8);
        assert.ok(listInclusionTiles(index, size).length <= 2 * levels);
        assert.ok(listRootTiles(size).length <= levels);
        assert.ok(listConsistencyTiles(index + 1, size).length <= 3 * levels);
        for (const tile of listInclusionTiles(index, size)) assert.ok(tile.width >= 1 && tile.width <= 256);
      }),
    );
    assert.ok(listInclusionTiles(1_234_567, 10_000_000).length <= 5);
  });

  test("the listed tiles are the ones read", async () => {
    const before = tiles.countReads();
    get(await proveInclusion(sha256, tiles.readTile, 12_345, 69_999));
    assert.equal(tiles.countReads() - before, listInclusionTiles(12_345, 69_999).length);
  });

  test("a missing or short tile and an index or size outside the tree are refused with a code", async () => {
    const none = await proveInclusion(sha256, () => undefined, 0, 2);
    assert.equal(none.ok || none.code, "tile.missing");
    const short = await proveInclusion(sha256, async () => new Uint8Array(32), 0, 2);
    assert.equal(short.ok || short.code, "tile.length-invalid");
    const ragged = await proveConsistency(sha256, () => new Uint8Array(65), 1, 2);
    assert.equal(ragged.ok || ragged.code, "tile.length-invalid");
    for (const index of [-1, 5, 0.5, Number.NaN]) {
      const outside = await proveInclusion(sha256, tiles.readTile, index, 5);
      assert.equal(outside.ok || outside.code, "inclusion.index-out-of-range");
    }
    for (const size1 of [0, 6, -1, 1.5, Number.NaN]) {
      const wrong = await proveConsistency(sha256, tiles.readTile, size1, 5);
      assert.equal(wrong.ok || wrong.code, "consistency.size-invalid");
    }
  });
});
