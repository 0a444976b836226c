import { queryOptions } from "@tanstack/react-query";
import type { LeafProof, NewestCheckpoint, ProofTarget } from "./prover.ts";

/**
 * The proof of one leaf, computed in this browser; the arithmetic is fetched when the first one is asked for. All badges
 * of a leaf share it. It belongs to the session, because entries are given by permission.
 */
export const leafProofQuery = (target: ProofTarget) =>
  queryOptions({
    queryKey: ["proof", target.leaf, target.expected],
    queryFn: async (): Promise<LeafProof> => (await import("./browser-prover.ts")).prover.proveLeaf(target),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 600_000,
    retry: false,
  });

/** The newest checkpoint, verified in this browser and compared with the newest that it has seen before. */
export const newestCheckpointQuery = queryOptions({
  queryKey: ["ledger", "newest"],
  queryFn: async (): Promise<NewestCheckpoint> => (await import("./browser-prover.ts")).prover.readNewest(),
  retry: false,
});
