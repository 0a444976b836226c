import type { AckClaims } from "../claims/platform.ts";
import { journalRecord } from "../claims/record.ts";
import { type FindingCode, quarantineCodes } from "../texts/findings.ts";
import type { CryptoPort } from "../wire/crypto.ts";
import type { KeyTable } from "../wire/jws.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type Outcome, refuse, succeed } from "../wire/outcome.ts";
import type { ChainState, Finding, OpenedRecord } from "./chain.ts";
import { type AuthorisationFacts, judgeContent, type Tally } from "./judge-record.ts";

/** What the platform knows beside the chain. Everything is answered at once: the caller has read it beforehand. */
export interface IngestContext {
  /** When the message arrived, milliseconds since 1970. */
  readonly receivedAt: number;
  /** Whether the device was connected when it made the record, so that its clock can be judged. */
  readonly live: boolean;
  /** Digest of the stored record with this number in this epoch. */
  readonly hashAt: (seq: number) => string | undefined;
  /** What was issued for this device under this name, with the strokes stored so far; undefined for what never was. */
  readonly authorisation: (jti: string) => AuthorisationFacts | undefined;
}

/** What to do with a record that came: to store, to say again that it is stored, to keep waiting, or nothing. */
export interface Verdict {
  readonly verdict: "accept" | "duplicate" | "pending" | "refuse";
  /** Why it was refused. */
  readonly code?: FindingCode;
  /** The chain afterwards; to be stored together with `accepted`, before any acknowledgement is sent. */
  readonly chain: ChainState;
  /** Records that are now part of the journal, in order: this one and those that had waited for it. */
  readonly accepted: readonly OpenedRecord[];
  readonly findings: readonly Finding[];
  /** The number to ask the device for. */
  readonly want?: number;
}

/** Records kept waiting in one chain, and how far ahead of the last one: a device cannot fill the platform's memory. */
const maxPending = 500;
const maxAhead = 10_000;

/** Verifies a record with the device's own keys: BAD_SIGNATURE, or BAD_RECORD where its content is unreadable. */
export async function openRecord(
  text: string,
  table: KeyTable,
  crypto: CryptoPort,
): Promise<Outcome<OpenedRecord, "BAD_SIGNATURE" | "BAD_RECORD">> {
  const opened = await openClaims(text, "seal-rec+jwt", journalRecord, table, crypto);
  if (opened.ok) return succeed({ record: opened.value.claims, hash: opened.value.hash, text });
  return refuse(opened.code === "FORMAT" ? "BAD_RECORD" : "BAD_SIGNATURE", opened.detail);
}

/** Verifies and judges one record that came (clause 3.6). Pure: nothing is stored, nothing is sent. */
export async function ingestRecord(
  chain: ChainState,
  text: string,
  table: KeyTable,
  crypto: CryptoPort,
  context: IngestContext,
): Promise<Verdict> {
  const opened = await openRecord(text, table, crypto);
  if (opened.ok) return judgeRecord(chain, opened.value, context);
  return refused(chain, { code: opened.code, seq: chain.last + 1, detail: opened.detail });
}

/** The names of authorisations that judging this record may ask for: to be read before. */
export function listNamedAuthorisations(chain: ChainState, opened: OpenedRecord): readonly string[] {
  const records = [opened.record, ...chain.pending.map(({ record }) => record)];
  return [...new Set(records.flatMap((record) => ("jti" in record && record.jti !== undefined ? [record.jti] : [])))];
}

/** Judges a verified record against its chain, in the order of clause 3.6. Takes records in any order and any number. */
export function judgeRecord(chain: ChainState, opened: OpenedRecord, context: IngestContext): Verdict {
  const { record, hash } = opened;
  const at = { seq: record.seq };
  if (record.dev !== chain.dev) {
    return refused(chain, { ...at, code: "BAD_RECORD", detail: `The record names the device ${record.dev}.` });
  }
  if (record.ep !== chain.ep) {
    return refused(chain, { ...at, code: "EPOCH_UNKNOWN", detail: `Epoch ${record.ep} is not ${chain.ep}.` });
  }
  if (record.seq <= chain.last) {
    if (context.hashAt(record.seq) === hash) return { verdict: "duplicate", chain, accepted: [], findings: [] };
    return refused(chain, { ...at, code: "FORK", detail: `Another record ${record.seq} is stored.` });
  }
  if (chain.closed) {
    return refused(chain, { ...at, code: "EPOCH_UNKNOWN", detail: `Epoch ${record.ep} has ended.` });
  }
  if (record.seq > chain.last + 1) return wait(chain, opened, context);
  if (!follows(chain, opened)) {
    return refused(chain, { ...at, code: "CHAIN_BREAK", detail: `Record ${record.seq} names another one before it.` });
  }
  return accept(chain, opened, context);
}

function follows(chain: ChainState, { record }: OpenedRecord): boolean {
  return record.prev === chain.head && (record.ty === "genesis") === (record.seq === 1);
}

function refused(chain: ChainState, finding: Finding & { readonly code: FindingCode }): Verdict {
  const next = quarantineCodes.has(finding.code) ? quarantine(chain, finding.code) : chain;
  return { verdict: "refuse", code: finding.code, chain: next, accepted: [], findings: [finding] };
}

function quarantine(chain: ChainState, code: FindingCode): ChainState {
  return chain.quarantined === null ? { ...chain, quarantined: code } : chain;
}

function wait(chain: ChainState, opened: OpenedRecord, context: IngestContext): Verdict {
  const want = chain.last + 1;
  const { seq } = opened.record;
  const waiting = chain.pending.find(({ record }) => record.seq === seq);
  if (waiting !== undefined && waiting.hash !== opened.hash) {
    return refused(chain, { code: "FORK", seq, detail: `Another record ${seq} is waiting.` });
  }
  // What finds no room is not lost: the device sends it again until it is acknowledged.
  const room = chain.pending.length < maxPending && seq <= chain.last + maxAhead;
  const pending =
    waiting === undefined && room ? [...chain.pending, { ...opened, receivedAt: context.receivedAt }] : chain.pending;
  return { verdict: "pending", chain: { ...chain, pending }, accepted: [], findings: [], want };
}

function accept(chain: ChainState, opened: OpenedRecord, context: IngestContext): Verdict {
  const accepted: OpenedRecord[] = [];
  const findings: Finding[] = [];
  const tally: Tally = new Map();
  let state = chain;
  let next: OpenedRecord | undefined = opened;
  while (next !== undefined) {
    const current: OpenedRecord = next;
    // A record that waited was made before it could be judged: its clock says nothing about now.
    const live = context.live && current === opened;
    const judged = judgeContent(state, current.record, { ...context, live }, tally);
    findings.push(...judged.findings);
    accepted.push(current);
    state = { ...judged.chain, last: current.record.seq, head: current.hash, gapTold: false };
    for (const { code } of judged.findings) if (quarantineCodes.has(code)) state = quarantine(state, code);
    const seq = state.last + 1;
    const waiting = state.pending.find(({ record }) => record.seq === seq);
    state = { ...state, pending: state.pending.filter(({ record }) => record.seq > seq) };
    next = waiting;
    if (waiting !== undefined && !follows(state, waiting)) {
      findings.push({ code: "CHAIN_BREAK", seq, detail: `Record ${seq} names another one before it.` });
      state = quarantine(state, "CHAIN_BREAK");
      next = undefined;
    }
  }
  const want = state.pending.length > 0 ? { want: state.last + 1 } : {};
  return { verdict: "accept", chain: state, accepted, findings, ...want };
}

/**
 * The acknowledgement to sign and send once the chain is stored: everything up to its last record is safe. `again` asks
 * the device to send from the next record on, as after a restore from a backup.
 */
export function composeAck(
  chain: ChainState,
  now: number,
  options: { readonly pictures?: readonly string[]; readonly again?: boolean } = {},
): AckClaims {
  const { pictures, again } = options;
  return {
    v: 1,
    aud: chain.dev,
    ep: chain.ep,
    upto: chain.last,
    head: chain.head,
    t: now,
    ...(again === true || chain.pending.length > 0 ? { want: chain.last + 1 } : {}),
    ...(pictures !== undefined && pictures.length > 0 ? { pic: pictures } : {}),
  };
}
