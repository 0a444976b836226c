import type { JournalRecord } from "../claims/record.ts";
import type { FindingCode } from "../texts/findings.ts";

/** A verified record: what it says, the digest that names it, and its text as it came. */
export interface OpenedRecord {
  readonly record: JournalRecord;
  readonly hash: string;
  readonly text: string;
}

/** A record that came before one that it follows from. */
export interface PendingRecord extends OpenedRecord {
  readonly receivedAt: number;
}

/** Where one journal epoch of one device stands at the platform: plain data, one row. */
export interface ChainState {
  readonly dev: string;
  readonly ep: number;
  /** An epoch that has ended answers doubles and takes nothing new. */
  readonly closed: boolean;
  readonly last: number;
  /** Digest of record `last`; before the first, of what the epoch begins from. */
  readonly head: string;
  readonly imp: readonly number[];
  readonly boot: number;
  /** A stroke that has begun and not ended, and whether the device has started again since. */
  readonly open: { readonly jti: string; readonly n: number; readonly slot: number; readonly cut: boolean } | null;
  readonly quarantined: FindingCode | null;
  readonly pending: readonly PendingRecord[];
  /** The start of the device for which a wrong clock was told, so that it is told once. */
  readonly skewBoot: number;
  /** Whether the gap that is open now was told. */
  readonly gapTold: boolean;
}

/** Something the platform found, about one record or about the chain. */
export interface Finding {
  readonly code: FindingCode;
  readonly seq: number;
  readonly jti?: string;
  /** For the log: one English sentence with the figures. */
  readonly detail: string;
}

/** The chain of an epoch before its first record: what it begins from and the drive's counters then (clause 3.2). */
export function startChain(start: {
  readonly dev: string;
  readonly ep: number;
  /** Digest of the enrolment answer, or of the order that reset the epoch. */
  readonly from: string;
  readonly imp: readonly number[];
}): ChainState {
  return {
    dev: start.dev,
    ep: start.ep,
    closed: false,
    last: 0,
    head: start.from,
    imp: start.imp,
    boot: 0,
    open: null,
    quarantined: null,
    pending: [],
    skewBoot: 0,
    gapTold: false,
  };
}

/** The chain that takes nothing new any more, because the device was replaced or its epoch reset (clause 3.14). */
export function closeChain(chain: ChainState): ChainState {
  return { ...chain, closed: true, pending: [] };
}

/** How long records may wait for an earlier one before it is told, in milliseconds (clause 3.6). */
export const gapWait: number = 10 * 60_000;

/** Tells once that records are missing: those that wait have waited too long. */
export function findGap(
  chain: ChainState,
  now: number,
): { readonly chain: ChainState; readonly finding: Finding | undefined } {
  const oldest = Math.min(...chain.pending.map(({ receivedAt }) => receivedAt));
  if (chain.gapTold || chain.pending.length === 0 || now - oldest < gapWait) return { chain, finding: undefined };
  const seq = chain.last + 1;
  const finding: Finding = { code: "GAP", seq, detail: `Record ${seq} is missing; ${chain.pending.length} wait.` };
  return { chain: { ...chain, gapTold: true }, finding };
}
