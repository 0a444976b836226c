/** A real log for tests: entries, tiles, checkpoints signed by a key of its own, and a server's answers made from them. */
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import {
  appendLeafHashes,
  createVerifierKey,
  emptyFrontier,
  encodeCanonicalJson,
  encodeTlogProof,
  encodeVerifierKey,
  type Frontier,
  getRoot,
  hashLeaf,
  type JsonValue,
  proveConsistency,
  proveInclusion,
  signCheckpoint,
  type VerifierKey,
} from "@chancery/ledger";
import type { KnownLedger, LedgerMemory } from "./known-ledger.ts";
import { ledgerPorts } from "./ledger-ports.ts";
import type { LedgerSource } from "./prover.ts";

export interface TestLog {
  readonly vkey: string;
  readonly key: VerifierKey;
  readonly bodies: readonly Uint8Array[];
  /** Appends entries and signs a checkpoint over them. */
  readonly append: (...entries: readonly JsonValue[]) => Promise<void>;
  readonly source: LedgerSource;
  readonly proofOf: (leaf: number, options?: { readonly entry?: boolean }) => Promise<string>;
  readonly checkpoint: () => string;
  /** Another log with the same key and the same entries, to grow into another history. */
  readonly fork: () => Promise<TestLog>;
  /** An empty log with the same key. */
  readonly restart: () => Promise<TestLog>;
}

interface Keys {
  readonly privateKey: KeyObject;
  readonly key: VerifierKey;
}

function makeKeys(name: string): Keys {
  const pair = generateKeyPairSync("ed25519");
  const raw = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }).subarray(-32));
  const key = createVerifierKey(ledgerPorts.hash, name, raw);
  if (!key.ok) throw new Error(key.detail);
  return { privateKey: pair.privateKey, key: key.value };
}

export async function makeTestLog(name = "chancery.ledger/test", keys: Keys = makeKeys(name)): Promise<TestLog> {
  const { hash } = ledgerPorts;
  const bodies: Uint8Array[] = [];
  const tiles = new Map<string, Uint8Array>();
  let frontier: Frontier = emptyFrontier;
  let checkpoint = "";
  const readTile = (level: number, index: number): Uint8Array | undefined => tiles.get(`${level}/${index}`);
  const vkey = encodeVerifierKey(keys.key);

  const append: TestLog["append"] = async (...entries) => {
    const added = entries.map(encodeEntry);
    bodies.push(...added);
    const appended = appendLeafHashes(
      hash,
      frontier,
      added.map((body) => hashLeaf(hash, body)),
    );
    for (const { level, index, data } of appended.slices) {
      const before = readTile(level, index) ?? new Uint8Array(0);
      tiles.set(`${level}/${index}`, Uint8Array.from([...before, ...data]));
    }
    frontier = appended.frontier;
    const head = { origin: name, size: frontier.size, root: getRoot(hash, frontier), extensions: [] };
    checkpoint = await signCheckpoint(head, [
      { key: keys.key, sign: (message) => sign(null, message, keys.privateKey) },
    ]);
  };

  const proofOf: TestLog["proofOf"] = async (leaf, { entry = true } = {}) => {
    const hashes = await proveInclusion(hash, readTile, leaf, frontier.size);
    if (!hashes.ok) throw new Error(hashes.detail);
    const body = bodies[leaf];
    return encodeTlogProof({
      ...(entry && body ? { extra: body } : {}),
      index: leaf,
      hashes: hashes.value,
      checkpoint,
    });
  };

  return {
    vkey,
    key: keys.key,
    bodies,
    append,
    proofOf,
    checkpoint: () => checkpoint,
    source: {
      readKey: async () => `${vkey}\n`,
      readCheckpoint: async () => (checkpoint === "" ? null : checkpoint),
      readProof: async (leaf) => (leaf < frontier.size ? proofOf(leaf) : null),
      readConsistency: async (from, to) => {
        if (to > frontier.size) return null;
        const proof = await proveConsistency(hash, readTile, from, to);
        return proof.ok ? proof.value.map((one) => Buffer.from(one).toString("hex")) : null;
      },
    },
    restart: () => makeTestLog(name, keys),
    fork: async () => {
      const other = await makeTestLog(name, keys);
      await other.append(...bodies.map((body) => JSON.parse(new TextDecoder().decode(body)) as JsonValue));
      return other;
    },
  };
}

export function encodeEntry(fields: JsonValue): Uint8Array {
  const encoded = encodeCanonicalJson(fields);
  if (!encoded.ok) throw new TypeError(encoded.detail);
  return encoded.value;
}

/** A body as the server writes it. */
export function makeEntry(at: number, facts: Record<string, JsonValue> = {}, type = "SealUseCommented"): JsonValue {
  return { v: 1, id: `evt_${at}`, type, at: `2026-11-24T08:00:0${at % 10}.000Z`, actor: null, facts };
}

/** A browser's memory that begins empty. */
export function makeMemory(): LedgerMemory {
  let kept: KnownLedger | null = null;
  return {
    read: () => kept,
    write: (known) => {
      kept = known;
    },
  };
}
