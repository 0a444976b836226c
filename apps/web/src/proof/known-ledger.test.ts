import assert from "node:assert/strict";
import { test } from "node:test";
import { type KnownLedger, openLedgerMemory, parseKnownLedger } from "./known-ledger.ts";

const known: KnownLedger = {
  key: "log+00000000+AQ==",
  keySince: "2026-11-24T09:00:00.000Z",
  comparedAt: null,
  note: "log\n5\nroot\n\n— log sig\n",
  size: 5,
  seenAt: "2026-11-24T09:00:00.000Z",
  conflict: { code: "ledger.shrunk", key: "k", note: "n", at: "2026-11-24T09:00:00.000Z" },
};

test("what was remembered is read again as it was, and everything else counts as nothing", () => {
  assert.deepEqual(parseKnownLedger(JSON.stringify(known)), known);
  for (const text of [null, "", "{", "5", "[]", "null", JSON.stringify({ ...known, size: "5" }), '{"key":"k"}'])
    assert.equal(parseKnownLedger(text), null, String(text));
  assert.equal(parseKnownLedger(JSON.stringify({ ...known, note: 3 })), null);
  assert.equal(parseKnownLedger(JSON.stringify({ ...known, conflict: { code: 1 } }))?.conflict, null);
});

test("a browser that keeps nothing remembers until the page ends", () => {
  const memory = openLedgerMemory(() => {
    throw new Error("refused");
  });
  assert.equal(memory.read(), null);
  memory.write(known);
  assert.deepEqual(memory.read(), known);
  memory.write(null);
  assert.equal(memory.read(), null);
});

test("what another tab has written is seen", () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  };
  const [one, other] = [openLedgerMemory(() => storage), openLedgerMemory(() => storage)];
  one.write(known);
  assert.deepEqual(other.read(), known);
  other.write(null);
  assert.equal(one.read(), null);
});
