import {
  type Checkpoint,
  hashLeaf,
  type InclusionStep,
  listInclusionSteps,
  parseTlogProof,
  type TlogProofCode,
  type VerifierKey,
  verifyTlogProof,
} from "@chancery/ledger";
import { type ExpectedEntry, saysSo } from "./expected-entry.ts";
import type { LedgerPorts } from "./ledger-ports.ts";

export type ProofFault = TlogProofCode | "proof.other-leaf" | "entry.differs";

/** What came out of computing a proof. Without the entry nothing can be computed: a place alone says nothing. */
export type CheckedProof =
  | {
      readonly state: "included";
      readonly checkpoint: Checkpoint;
      readonly note: string;
      readonly leafHash: Uint8Array;
      readonly body: Uint8Array;
      readonly steps: readonly InclusionStep[];
    }
  | { readonly state: "no-entry" }
  | { readonly state: "fails"; readonly code: ProofFault };

/**
 * Computes whether the entry the page speaks of is in the ledger: the checkpoint's signature under a key that did not
 * come with the proof, the entry's own hash, the path from it to the signed root, and that the entry says what the page
 * says. Everything in `text` may come from an attacker.
 */
export async function checkProof(
  ports: LedgerPorts,
  key: VerifierKey,
  asked: { readonly text: string; readonly leaf: number; readonly expected: ExpectedEntry },
): Promise<CheckedProof> {
  const proof = parseTlogProof(asked.text);
  if (!proof.ok) return { state: "fails", code: proof.code };
  const { index, extra: body, hashes, checkpoint: note } = proof.value;
  if (index !== asked.leaf) return { state: "fails", code: "proof.other-leaf" };
  if (body === undefined) return { state: "no-entry" };
  const leafHash = hashLeaf(ports.hash, body);
  const opened = await verifyTlogProof(ports, proof.value, leafHash, [key]);
  if (!opened.ok) return { state: "fails", code: opened.code };
  if (!saysSo(body, asked.expected)) return { state: "fails", code: "entry.differs" };
  const { checkpoint } = opened.value;
  const steps = listInclusionSteps(ports.hash, { index, size: checkpoint.size, leafHash, proof: hashes });
  return steps.ok
    ? { state: "included", checkpoint, note, leafHash, body, steps: steps.value }
    : { state: "fails", code: steps.code };
}
