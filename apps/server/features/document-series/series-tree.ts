import { createHash } from "node:crypto";
import { seriesLeaf } from "@chancery/domain";
import { type HashPort, hashLeaf, hashNode } from "@chancery/ledger";

const sha256: HashPort = (data) => new Uint8Array(createHash("sha256").update(data).digest());
const say = (hash: Uint8Array): `sha256:${string}` => `sha256:${Buffer.from(hash).toString("hex")}`;

const leavesOf = (digests: readonly string[]): Uint8Array[] =>
  digests.map((digest, at) => hashLeaf(sha256, Buffer.from(seriesLeaf(at + 1, digest))));

/** The largest power of two below a count: where RFC 6962 parts a tree. */
const partAt = (count: number): number => 2 ** (Math.ceil(Math.log2(count)) - 1);

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const at = partAt(leaves.length);
  return hashNode(sha256, rootOf(leaves.slice(0, at)), rootOf(leaves.slice(at)));
}

/** One digest over the documents of a series in their order: root of a tree as the ledger's (RFC 6962). */
export function digestOfSeries(digests: readonly string[]): `sha256:${string}` {
  return say(rootOf(leavesOf(digests)));
}

/** The hashes that lead from one document to the root, from the leaf upwards. */
export function proveInSeries(digests: readonly string[], nr: number): string[] {
  const path = (leaves: readonly Uint8Array[], index: number): Uint8Array[] => {
    if (leaves.length <= 1) return [];
    const at = partAt(leaves.length);
    return index < at
      ? [...path(leaves.slice(0, at), index), rootOf(leaves.slice(at))]
      : [...path(leaves.slice(at), index - at), rootOf(leaves.slice(0, at))];
  };
  return path(leavesOf(digests), nr - 1).map(say);
}
