import assert from "node:assert/strict";
import { test } from "node:test";
import { faultKindOf } from "./fault-kind.ts";
import type { LedgerFault } from "./prover.ts";

test("every code of the arithmetic has the kind that people are told", () => {
  const kinds: readonly (readonly [LedgerFault, string])[] = [
    ["entry.differs", "entry"],
    ["proof.other-leaf", "path"],
    ["tlog-proof.form-invalid", "path"],
    ["inclusion.root-mismatch", "path"],
    ["note.no-known-signature", "signature"],
    ["checkpoint.not-by-log", "signature"],
    ["verifier-key.form-invalid", "signature"],
    ["ledger.key-changed", "key"],
    ["ledger.shrunk", "shrunk"],
    ["ledger.origin-changed", "rewritten"],
    ["ledger.hash-unreadable", "rewritten"],
    ["consistency.root-mismatch", "rewritten"],
  ];
  for (const [code, kind] of kinds) assert.equal(faultKindOf(code), kind, code);
});
