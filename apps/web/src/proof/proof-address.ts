import type { ExpectedEntry } from "./expected-entry.ts";

/** Where a proof is saved from: with the entry in it for who may read it, or names the sealed file it tells of. */
export function addressOfProof(leaf: number, expected: ExpectedEntry = {}): string {
  const file = expected.facts?.sealedDigest;
  return `/v1/ledger/leaves/${leaf}/proof${typeof file === "string" ? `?file=${encodeURIComponent(file)}` : ""}`;
}
