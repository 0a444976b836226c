import type { HashPort } from "./merkle-hash.ts";
import { equalBytes, hashNode, hashSize, isTreeSize } from "./merkle-hash.ts";
import type { Outcome, Verdict } from "./outcome.ts";
import { accepted, refuse, succeed } from "./outcome.ts";

export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
};

export type ConsistencyClaim = {
  readonly size1: number;
  readonly size2: number;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
};

export type InclusionCode =
  | "inclusion.index-out-of-range"
  | "inclusion.hash-length-invalid"
  | "inclusion.proof-length-invalid"
  | "inclusion.root-mismatch";

export type ConsistencyCode =
  | "consistency.size-invalid"
  | "consistency.hash-length-invalid"
  | "consistency.proof-length-invalid"
  | "consistency.root-mismatch";

/** One step of the way from a leaf to the root: the hash that the proof brings, its side, and the node above both. */
export type InclusionStep = {
  readonly sibling: Uint8Array;
  readonly side: "left" | "right";
  readonly node: Uint8Array;
};

/**
 * The way that an inclusion proof takes from the leaf upwards (RFC 9162, section 2.1.3.2), to be shown or followed; empty
 * in a tree of one leaf. It proves nothing before its last node has been compared with the root of a verified
 * checkpoint, which is what verifyInclusion does.
 */
export function listInclusionSteps(
  hash: HashPort,
  claim: Omit<InclusionClaim, "root">,
): Outcome<InclusionStep[], InclusionCode> {
  const { index, size, leafHash, proof } = claim;
  if (!isTreeSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) {
    return refuse("inclusion.index-out-of-range", "The index lies outside the tree.");
  }
  // Hashes of other lengths would let an attacker move the border between left and right child.
  if (![leafHash, ...proof].every((item) => item.length === hashSize)) {
    return refuse("inclusion.hash-length-invalid", `Every hash has ${hashSize} bytes.`);
  }
  const steps: InclusionStep[] = [];
  let node = index;
  let last = size - 1;
  let computed = leafHash;
  for (const sibling of proof) {
    if (last === 0) return refuse("inclusion.proof-length-invalid", "The proof has more hashes than the tree levels.");
    if (node % 2 === 1 || node === last) {
      computed = hashNode(hash, sibling, computed);
      steps.push({ sibling, side: "left", node: computed });
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      computed = hashNode(hash, computed, sibling);
      steps.push({ sibling, side: "right", node: computed });
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) return refuse("inclusion.proof-length-invalid", "The proof ends below the root.");
  return succeed(steps);
}

/**
 * Whether the leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162, section 2.1.3.2).
 * Everything but `root` and `size` may come from an attacker; those two come from a verified checkpoint.
 */
export function verifyInclusion(hash: HashPort, claim: InclusionClaim): Verdict<InclusionCode> {
  const { leafHash, root } = claim;
  if (root.length !== hashSize) {
    return refuse("inclusion.hash-length-invalid", `Every hash has ${hashSize} bytes.`);
  }
  const steps = listInclusionSteps(hash, claim);
  if (!steps.ok) return steps;
  return equalBytes(steps.value.at(-1)?.node ?? leafHash, root)
    ? accepted
    : refuse(
        "inclusion.root-mismatch",
        "The proof leads to another root: this entry is not in the tree at this place.",
      );
}

/**
 * Whether the tree with `root2` extends the tree with `root1` without changing it (RFC 9162, section 2.1.4.2).
 * Equal sizes need equal roots and an empty proof. From the empty tree nothing can be proved, so `size1` 0 is refused.
 */
export function verifyConsistency(hash: HashPort, claim: ConsistencyClaim): Verdict<ConsistencyCode> {
  const { size1, size2, root1, root2, proof } = claim;
  if (!isTreeSize(size1) || !isTreeSize(size2) || size1 < 1 || size1 > size2) {
    return refuse("consistency.size-invalid", "Consistency is proved from a size of at least 1 to one not smaller.");
  }
  if (!proof.every((item) => item.length === hashSize)) {
    return refuse("consistency.hash-length-invalid", `Every hash has ${hashSize} bytes.`);
  }
  if (size1 === size2) {
    if (proof.length > 0) return refuse("consistency.proof-length-invalid", "Equal sizes need no proof.");
    return equalBytes(root1, root2) ? accepted : refuse("consistency.root-mismatch", "One size has two roots.");
  }
  if (root1.length !== hashSize || root2.length !== hashSize) {
    return refuse("consistency.hash-length-invalid", `Every hash has ${hashSize} bytes.`);
  }
  let node = size1 - 1;
  let last = size2 - 1;
  while (node % 2 === 1) {
    node = half(node);
    last = half(last);
  }
  // Only a size that is a power of two shifts down to nothing; its root then is itself the first step of the path.
  const [first, ...rest] = node === 0 ? [root1, ...proof] : proof;
  if (first === undefined || proof.length === 0) {
    return refuse("consistency.proof-length-invalid", "Different sizes need a proof.");
  }
  let old = first;
  let grown = first;
  for (const sibling of rest) {
    if (last === 0)
      return refuse("consistency.proof-length-invalid", "The proof has more hashes than the tree levels.");
    if (node % 2 === 1 || node === last) {
      old = hashNode(hash, sibling, old);
      grown = hashNode(hash, sibling, grown);
      while (node % 2 === 0 && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      grown = hashNode(hash, grown, sibling);
    }
    node = half(node);
    last = half(last);
  }
  if (last !== 0) return refuse("consistency.proof-length-invalid", "The proof ends below the root.");
  return equalBytes(old, root1) && equalBytes(grown, root2)
    ? accepted
    : refuse(
        "consistency.root-mismatch",
        "The proof leads to other roots: the larger tree does not extend the smaller.",
      );
}

function half(value: number): number {
  return Math.floor(value / 2);
}
