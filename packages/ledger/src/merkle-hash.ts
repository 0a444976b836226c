/**
 * SHA-256 of the bytes as 32 new bytes. Node passes node:crypto, a browser passes a script implementation. The data are
 * only lent for the call: a port neither keeps nor changes them.
 */
export type HashPort = (data: Uint8Array) => Uint8Array;

/** Bytes of a SHA-256 hash. */
export const hashSize = 32;

/** The largest number of leaves this package counts exactly. */
export const maxTreeSize: number = Number.MAX_SAFE_INTEGER;

/** Leaf hash SHA-256(0x00 ‖ body) of RFC 6962, section 2.1. */
export function hashLeaf(hash: HashPort, body: Uint8Array): Uint8Array {
  const message = new Uint8Array(1 + body.length);
  message.set(body, 1);
  return hash(message);
}

/** One message for all node hashes: making a new one each time costs a third of the speed (measured). */
const nodeMessage = Uint8Array.of(0x01, ...new Uint8Array(2 * hashSize));

/** Node hash SHA-256(0x01 ‖ left ‖ right) of RFC 6962, section 2.1. Throws RangeError for hashes that are not 32 bytes. */
export function hashNode(hash: HashPort, left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== hashSize || right.length !== hashSize) throw new RangeError(`A hash has ${hashSize} bytes.`);
  nodeMessage.set(left, 1);
  nodeMessage.set(right, 1 + hashSize);
  return hash(nodeMessage);
}

/** Root of the tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1). */
export function hashEmptyTree(hash: HashPort): Uint8Array {
  return hash(new Uint8Array(0));
}

/** Root over the hashes of neighbouring subtrees, left to right, each smaller than the one before it. */
export function foldSubtrees(hash: HashPort, subtrees: readonly Uint8Array[]): Uint8Array {
  let root: Uint8Array | undefined;
  for (const subtree of subtrees.toReversed()) root = root === undefined ? subtree : hashNode(hash, subtree, root);
  return root ?? hashEmptyTree(hash);
}

export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

/** Whether a number is a tree size: a whole number from 0 to 2^53 - 1. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

/** Hashes side by side in one array. */
export function joinHashes(hashes: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(hashes.length * hashSize);
  for (const [at, hash] of hashes.entries()) joined.set(hash, at * hashSize);
  return joined;
}

/** The hash at a position in an array of hashes, copied. (A Buffer's own slice would be a view of it.) */
export function copyHash(hashes: Uint8Array, position: number): Uint8Array {
  return new Uint8Array(hashes.subarray(position * hashSize, (position + 1) * hashSize));
}
