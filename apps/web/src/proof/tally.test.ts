import assert from "node:assert/strict";
import { test } from "node:test";
import { ledgerPorts } from "./ledger-ports.ts";
import { createProver, type LeafProof } from "./prover.ts";
import { tallyProofs } from "./tally.ts";
import { makeEntry, makeMemory, makeTestLog } from "./test-log.ts";

const fails: LeafProof = { state: "fails", leaf: 1, code: "entry.differs" };
const open: LeafProof = { state: "open", leaf: 2, reason: "no-entry" };

test("several proofs hold only if every one was computed and holds; one that fails outweighs the rest", async () => {
  const log = await makeTestLog();
  await log.append(makeEntry(0), makeEntry(1));
  const prover = createProver(log.source, makeMemory(), ledgerPorts, () => "2026-11-24T09:00:00.000Z");
  const proved = await prover.proveLeaf({ leaf: 0, expected: {} });
  await log.append(makeEntry(2));
  const later = await prover.proveLeaf({ leaf: 2, expected: {} });
  assert.deepEqual(tallyProofs([proved, undefined]), { state: "working", done: 1, of: 2 });
  assert.deepEqual(tallyProofs([fails, undefined]), { state: "working", done: 1, of: 2 });
  assert.deepEqual(tallyProofs([proved, later]), { state: "hold", of: 2, size: 3 });
  assert.deepEqual(tallyProofs([proved, open, null]), { state: "open", count: 2, of: 3 });
  assert.deepEqual(tallyProofs([proved, open, fails]), { state: "fail", count: 1, of: 3 });
  assert.deepEqual(tallyProofs([]), { state: "hold", of: 0, size: 0 });
});
