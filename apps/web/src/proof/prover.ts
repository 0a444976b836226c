import {
  type Checkpoint,
  type CheckpointCode,
  type InclusionStep,
  openCheckpoint,
  parseVerifierKey,
  type VerifierKey,
  type VerifierKeyCode,
} from "@chancery/ledger";
import { checkGrowth, type Growth, type GrowthFault } from "./check-growth.ts";
import { checkProof, type ProofFault } from "./check-proof.ts";
import type { ExpectedEntry } from "./expected-entry.ts";
import type { KnownLedger, LedgerMemory } from "./known-ledger.ts";
import { type LedgerPorts, SignatureUnsupported } from "./ledger-ports.ts";

/** What is asked of the server. Nothing it answers is believed. Null: it has published nothing there. */
export interface LedgerSource {
  readonly readKey: () => Promise<string>;
  readonly readCheckpoint: () => Promise<string | null>;
  readonly readProof: (leaf: number, file: string | undefined) => Promise<string | null>;
  readonly readConsistency: (from: number, to: number) => Promise<readonly string[] | null>;
}

export type LedgerFault = ProofFault | GrowthFault | CheckpointCode | VerifierKeyCode | "ledger.key-changed";

/** A leaf, and what the page says of it. */
export interface ProofTarget {
  readonly leaf: number;
  readonly expected: ExpectedEntry;
}

export type LeafProof =
  | {
      readonly state: "proved";
      readonly leaf: number;
      readonly checkpoint: Checkpoint;
      readonly leafHash: Uint8Array;
      readonly body: Uint8Array;
      readonly steps: readonly InclusionStep[];
      readonly known: KnownLedger;
    }
  | { readonly state: "fails"; readonly leaf: number; readonly code: LedgerFault }
  | { readonly state: "open"; readonly leaf: number; readonly reason: "no-entry" | "not-published" | "unsupported" };

export type NewestCheckpoint =
  | { readonly state: "none"; readonly vkey: string }
  | {
      readonly state: "verified";
      readonly vkey: string;
      readonly note: string;
      readonly checkpoint: Checkpoint;
      readonly growth: Growth;
      readonly known: KnownLedger;
    }
  | { readonly state: "fails"; readonly vkey: string; readonly note: string; readonly code: LedgerFault }
  | { readonly state: "open"; readonly vkey: string; readonly note: string };

/** Proves in this browser what the pages say, and remembers the ledger it has seen. */
export interface Prover {
  readonly proveLeaf: (target: ProofTarget) => Promise<LeafProof>;
  readonly readNewest: () => Promise<NewestCheckpoint>;
  /** Compares a key that the reader has by another way with the one this browser uses, and remembers that they agree. */
  readonly compareKey: (vkey: string) => "same" | "differs" | "unreadable";
  readonly recall: () => KnownLedger | null;
  /** Forgets what did not fit; the ledger itself stays known. */
  readonly dismissConflict: () => void;
  /** Forgets the ledger altogether: the next visit begins anew with whatever key the server shows. */
  readonly forget: () => void;
}

class Disproved extends Error {
  readonly code: LedgerFault;
  constructor(code: LedgerFault) {
    super(code);
    this.code = code;
  }
}

export function createProver(
  source: LedgerSource,
  memory: LedgerMemory,
  ports: LedgerPorts,
  clock: () => string,
): Prover {
  let line: Promise<unknown> = Promise.resolve();

  const note = (code: LedgerFault, key: string, checkpoint: string): Disproved => {
    const known = memory.read();
    if (known) memory.write({ ...known, conflict: { code, key, note: checkpoint, at: clock() } });
    return new Disproved(code);
  };

  const openKey = async (): Promise<{ key: VerifierKey; vkey: string }> => {
    const vkey = (await source.readKey()).trim();
    const known = memory.read();
    if (known && known.key !== vkey) throw note("ledger.key-changed", vkey, "");
    const key = parseVerifierKey(ports.hash, vkey);
    if (!key.ok) throw new Disproved(key.code);
    return { key: key.value, vkey };
  };

  const follow = async (
    next: { checkpoint: Checkpoint; note: string },
    { key, vkey }: { key: VerifierKey; vkey: string },
  ): Promise<{ growth: Growth; known: KnownLedger }> => {
    const known = memory.read();
    const seen = known && (await openCheckpoint(known.note, [key], ports.verify));
    const last = seen?.ok ? seen.value.checkpoint : null;
    const growth = await checkGrowth(ports, last, next.checkpoint, source.readConsistency);
    if (growth.state === "fails") throw note(growth.code, vkey, next.note);
    const at = clock();
    const ahead = growth.state !== "behind" || known === null;
    const kept: KnownLedger = {
      key: vkey,
      keySince: known?.keySince ?? at,
      comparedAt: known?.comparedAt ?? null,
      conflict: known?.conflict ?? null,
      ...(ahead
        ? { note: next.note, size: next.checkpoint.size, seenAt: at }
        : { note: known.note, size: known.size, seenAt: known.seenAt }),
    };
    memory.write(kept);
    return { growth, known: kept };
  };
  /** One after another, so that each is compared with the one before it. */
  const followInLine: typeof follow = (...args) => {
    const turn = line.then(() => follow(...args));
    line = turn.catch(() => undefined);
    return turn;
  };

  return {
    proveLeaf: async ({ leaf, expected }) => {
      try {
        const opened = await openKey();
        const file = expected.facts?.sealedDigest;
        const text = await source.readProof(leaf, typeof file === "string" ? file : undefined);
        if (text === null) return { state: "open", leaf, reason: "not-published" };
        const checked = await checkProof(ports, opened.key, { text, leaf, expected });
        if (checked.state === "no-entry") return { state: "open", leaf, reason: "no-entry" };
        if (checked.state === "fails") return { state: "fails", leaf, code: checked.code };
        const { known } = await followInLine(checked, opened);
        const { checkpoint, leafHash, body, steps } = checked;
        return { state: "proved", leaf, checkpoint, leafHash, body, steps, known };
      } catch (thrown) {
        if (thrown instanceof Disproved) return { state: "fails", leaf, code: thrown.code };
        if (thrown instanceof SignatureUnsupported) return { state: "open", leaf, reason: "unsupported" };
        throw thrown;
      }
    },
    readNewest: async () => {
      const vkey = (await source.readKey()).trim();
      const text = await source.readCheckpoint();
      if (text === null) return { state: "none", vkey };
      try {
        const opened = await openKey();
        const signed = await openCheckpoint(text, [opened.key], ports.verify);
        if (!signed.ok) return { state: "fails", vkey, note: text, code: signed.code };
        const { checkpoint } = signed.value;
        const { growth, known } = await followInLine({ checkpoint, note: text }, opened);
        return { state: "verified", vkey, note: text, checkpoint, growth, known };
      } catch (thrown) {
        if (thrown instanceof Disproved) return { state: "fails", vkey, note: text, code: thrown.code };
        if (thrown instanceof SignatureUnsupported) return { state: "open", vkey, note: text };
        throw thrown;
      }
    },
    compareKey: (text) => {
      const given = parseVerifierKey(ports.hash, text.trim());
      if (!given.ok) return "unreadable";
      const known = memory.read();
      if (known?.key !== text.trim()) return "differs";
      memory.write({ ...known, comparedAt: clock() });
      return "same";
    },
    recall: memory.read,
    dismissConflict: () => {
      const known = memory.read();
      if (known) memory.write({ ...known, conflict: null });
    },
    forget: () => memory.write(null),
  };
}
