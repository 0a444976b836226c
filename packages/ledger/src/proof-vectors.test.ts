import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { sha256 } from "./test-tree.ts";
import { verifyConsistency, verifyInclusion } from "./verify-proof.ts";

const samples = process.env.SAMPLES_DIR ?? path.join(import.meta.dirname, "../../../../shared/samples");
const folder = path.join(samples, "vectors/merkle-proofs");
const skip = existsSync(folder) ? false : "the sample vectors are not present (SAMPLES_DIR)";

type Vector = { readonly [field: string]: unknown };

function readVectors(name: string): Vector[] {
  return globSync(`${name}/**/*.json`, { cwd: folder }).map((file) => ({
    file,
    ...JSON.parse(readFileSync(path.join(folder, file), "utf8")),
  }));
}

function bytes(value: unknown): Uint8Array {
  return typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : new Uint8Array(0);
}

function proofOf(vector: Vector): Uint8Array[] {
  return Array.isArray(vector.proof) ? vector.proof.map(bytes) : [];
}

/** Runs all vectors and answers the files whose verdict differs, so that one failure does not hide another. */
function listWrong(vectors: readonly Vector[], accepts: (vector: Vector) => boolean): unknown[] {
  return vectors.filter((vector) => accepts(vector) === vector.wantErr).map(({ file }) => file);
}

/** Whether [start, end) is a subtree, which begins at a multiple of the least power of two that is not below its size. */
function isSubtree(start: number, end: number): boolean {
  return end > start && start % 2 ** Math.ceil(Math.log2(end - start)) === 0;
}

test("inclusion vectors: every verdict is the stated one", { skip }, () => {
  const vectors = readVectors("inclusion");
  assert.equal(vectors.length, 45);
  const wrong = listWrong(vectors, (vector) => {
    const { leafIdx: index, treeSize: size } = vector;
    const [leafHash, root, proof] = [bytes(vector.leafHash), bytes(vector.root), proofOf(vector)];
    return verifyInclusion(sha256, { index: Number(index), size: Number(size), leafHash, root, proof }).ok;
  });
  assert.deepEqual(wrong, []);
});

test("consistency vectors: every verdict is the stated one", { skip }, () => {
  const vectors = readVectors("consistency");
  assert.equal(vectors.length, 54);
  const wrong = listWrong(vectors, (vector) => {
    const [size1, size2] = [Number(vector.size1), Number(vector.size2)];
    const [root1, root2, proof] = [bytes(vector.root1), bytes(vector.root2), proofOf(vector)];
    return verifyConsistency(sha256, { size1, size2, root1, root2, proof }).ok;
  });
  assert.deepEqual(wrong, []);
});

test("subtree inclusion vectors: inclusion in the subtree as in a tree of its own", { skip }, () => {
  const vectors = readVectors("subtreeinclusion").filter((vector) =>
    isSubtree(Number(vector.start), Number(vector.end)),
  );
  assert.equal(vectors.length, 96);
  const wrong = listWrong(vectors, (vector) => {
    const [index, size] = [Number(vector.leafIdx) - Number(vector.start), Number(vector.end) - Number(vector.start)];
    const [leafHash, root, proof] = [bytes(vector.leafHash), bytes(vector.root), proofOf(vector)];
    return verifyInclusion(sha256, { index, size, leafHash, root, proof }).ok;
  });
  assert.deepEqual(wrong, []);
});

test("subtree consistency vectors that begin at the first leaf: ordinary consistency proofs", { skip }, () => {
  const vectors = readVectors("subtreeconsistency").filter((vector) => vector.start === 0);
  assert.equal(vectors.length, 46);
  const wrong = listWrong(vectors, (vector) => {
    const [size1, size2] = [Number(vector.end), Number(vector.size)];
    const [root1, root2, proof] = [bytes(vector.root1), bytes(vector.root2), proofOf(vector)];
    return verifyConsistency(sha256, { size1, size2, root1, root2, proof }).ok;
  });
  assert.deepEqual(wrong, []);
});
