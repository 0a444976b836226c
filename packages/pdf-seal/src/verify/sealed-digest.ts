import { createHash, type Hash } from "node:crypto";
import { computeDigest, type DigestName } from "@chancery/pki";

/** Gives digests of byte ranges; prefixes that several seals share are hashed once. */
export type RangeDigester = (name: DigestName, range: readonly [number, number, number, number]) => Uint8Array | null;

/** More than this many times the file is not hashed: many seals over large disjoint ranges are an attack on time. */
const REPEAT_LIMIT = 64;

export function createRangeDigester(bytes: Uint8Array): RangeDigester {
  const prefixes = new Map<string, { at: number; hash: Hash }>();
  let left = REPEAT_LIMIT * bytes.length + (64 << 20);
  return (name, [first, firstLength, second, secondLength]) => {
    if (name === "shake256" || first !== 0) {
      left -= firstLength + secondLength;
      if (left < 0) return null;
      return computeDigest(
        name,
        bytes.subarray(first, first + firstLength),
        bytes.subarray(second, second + secondLength),
      );
    }
    try {
      const known = prefixes.get(name);
      const from = known !== undefined && known.at <= firstLength ? known : { at: 0, hash: createHash(name) };
      left -= firstLength - from.at + secondLength;
      if (left < 0) return null;
      const prefix = from.hash.copy().update(bytes.subarray(from.at, firstLength));
      prefixes.set(name, { at: firstLength, hash: prefix });
      return prefix
        .copy()
        .update(bytes.subarray(second, second + secondLength))
        .digest();
    } catch {
      return null;
    }
  };
}
