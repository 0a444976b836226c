import type { LeafProof } from "./prover.ts";

/** What came of proving several leaves. The worst decides what is said: one that fails, then one that stayed open. */
export type Tally =
  | { readonly state: "working"; readonly done: number; readonly of: number }
  | { readonly state: "hold"; readonly of: number; readonly size: number }
  | { readonly state: "fail" | "open"; readonly count: number; readonly of: number };

/** Counts proofs; `undefined` is one that is not computed yet, `null` one whose answer did not come. */
export function tallyProofs(proofs: readonly (LeafProof | null | undefined)[]): Tally {
  const of = proofs.length;
  const done = proofs.filter((proof) => proof !== undefined).length;
  if (done < of) return { state: "working", done, of };
  const failing = proofs.filter((proof) => proof?.state === "fails").length;
  if (failing > 0) return { state: "fail", count: failing, of };
  const sizes = proofs.flatMap((proof) => (proof?.state === "proved" ? [proof.checkpoint.size] : []));
  return sizes.length < of
    ? { state: "open", count: of - sizes.length, of }
    : { state: "hold", of, size: Math.max(0, ...sizes) };
}
