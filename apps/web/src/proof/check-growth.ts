import { type Checkpoint, type ConsistencyCode, verifyConsistency } from "@chancery/ledger";
import type { LedgerPorts } from "./ledger-ports.ts";

export type GrowthFault = "ledger.shrunk" | "ledger.origin-changed" | "ledger.hash-unreadable" | ConsistencyCode;

/** How a signed checkpoint stands to the newest one this browser has seen before. */
export type Growth =
  | { readonly state: "first" }
  | { readonly state: "same" }
  | { readonly state: "grown" | "behind"; readonly from: number; readonly to: number }
  | { readonly state: "fails"; readonly code: GrowthFault };

/**
 * Computes whether the ledger has only grown: the smaller of the two trees must be the beginning of the larger. Both
 * checkpoints are signed, so a `fails` that names a root mismatch is evidence that the log was rewritten.
 * `askConsistency` answers null where the server has no such proof, as after a fall back to an older copy.
 */
export async function checkGrowth(
  ports: LedgerPorts,
  seen: Checkpoint | null,
  now: Checkpoint,
  askConsistency: (from: number, to: number) => Promise<readonly string[] | null>,
): Promise<Growth> {
  if (seen === null) return { state: "first" };
  if (seen.origin !== now.origin) return { state: "fails", code: "ledger.origin-changed" };
  const [small, large] = seen.size <= now.size ? [seen, now] : [now, seen];
  const hashes = small.size === large.size ? [] : await askConsistency(small.size, large.size);
  if (hashes === null) return { state: "fails", code: "ledger.shrunk" };
  const proof = hashes.map(readHex);
  if (!proof.every((hash) => hash !== null)) return { state: "fails", code: "ledger.hash-unreadable" };
  const consistent = verifyConsistency(ports.hash, {
    size1: small.size,
    root1: small.root,
    size2: large.size,
    root2: large.root,
    proof,
  });
  if (!consistent.ok) return { state: "fails", code: consistent.code };
  if (small.size === large.size) return { state: "same" };
  return { state: seen === small ? "grown" : "behind", from: small.size, to: large.size };
}

function readHex(text: string): Uint8Array | null {
  if (!/^[0-9a-f]{64}$/.test(text)) return null;
  return Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}
