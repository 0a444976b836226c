import type { LedgerFault } from "./prover.ts";

/** Kinds of faults that people are told apart; each has its sentences in the texts of `ledger`. */
export type FaultKind = "entry" | "path" | "signature" | "key" | "shrunk" | "rewritten";

/** What a code of the arithmetic means for a reader. */
export function faultKindOf(code: LedgerFault): FaultKind {
  if (code === "entry.differs") return "entry";
  if (code === "ledger.key-changed") return "key";
  if (code === "ledger.shrunk") return "shrunk";
  const [subject] = code.split(".");
  if (subject === "consistency" || subject === "ledger") return "rewritten";
  return subject === "note" || subject === "checkpoint" || subject === "verifier-key" ? "signature" : "path";
}
