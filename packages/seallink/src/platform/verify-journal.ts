import { authorisationClaims } from "../claims/authorisation.ts";
import type { FindingCode } from "../texts/findings.ts";
import { type CryptoPort, type PublicKey, webCrypto } from "../wire/crypto.ts";
import { openClaims } from "../wire/open-claims.ts";
import { type ChainState, type Finding, type OpenedRecord, startChain } from "./chain.ts";
import { judgeRecord, openRecord } from "./ingest.ts";
import type { AuthorisationFacts } from "./judge-record.ts";

/** What an auditor has beside the journal. Keys come from elsewhere, never from the journal. */
export interface JournalEvidence {
  /** The device's public keys. */
  readonly keys: readonly PublicKey[];
  /** Digest of what the first epoch began from, if known: proves that nothing stood before the first record. */
  readonly from?: string;
  /** Authorisations as they were signed, and the authority's keys: proves that each accepted one was issued. */
  readonly tokens?: readonly string[];
  readonly authorityKeys?: readonly PublicKey[];
}

export interface JournalFinding extends Finding {
  readonly ep: number;
}

export interface JournalReport {
  /** Nothing was found that puts the journal in doubt; refusals and unknown outcomes are findings, and no doubt. */
  readonly sound: boolean;
  readonly findings: readonly JournalFinding[];
  readonly epochs: readonly {
    readonly dev: string;
    readonly ep: number;
    readonly first: number;
    readonly last: number;
    readonly head: string;
    /** Impressions by slot at the first and the last record. */
    readonly impFirst: readonly number[];
    readonly impLast: readonly number[];
    /** Strokes by their outcome. */
    readonly done: number;
    readonly aborted: number;
    readonly unknown: number;
  }[];
}

/** What happened and was handled as it should be: no reason to doubt the journal. */
const ordinary: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "TOKEN_REJECTED",
  "PRESS_REFUSED",
  "OUTCOME_UNKNOWN",
  "PIC_DARK",
]);

/**
 * Verifies a printed journal without platform or network: one signed record a line, in any order; empty lines and lines
 * that begin with # are left out. The same judgement as at the platform, so that both find the same.
 */
export async function verifyJournal(
  journal: string,
  evidence: JournalEvidence,
  crypto: CryptoPort = webCrypto,
): Promise<JournalReport> {
  const findings: JournalFinding[] = [];
  const records = await openLines(journal, evidence, crypto, findings);
  const issued = await openTokens(evidence, crypto);
  const epochs: JournalReport["epochs"][number][] = [];
  for (const epoch of groupByEpoch(records)) {
    const first = epoch[0];
    if (first === undefined) continue;
    epochs.push(verifyEpoch(first, epoch, epochs.length === 0 ? evidence.from : undefined, issued, findings));
  }
  return { sound: findings.every(({ code }) => ordinary.has(code)), findings, epochs };
}

async function openLines(
  journal: string,
  evidence: JournalEvidence,
  crypto: CryptoPort,
  findings: JournalFinding[],
): Promise<OpenedRecord[]> {
  const keys = new Map(evidence.keys.map((key) => [key.kid, key]));
  const records = new Map<string, OpenedRecord>();
  for (const [index, line] of journal.split(/\r?\n/).entries()) {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) continue;
    const opened = await openRecord(text, (_typ, kid) => keys.get(kid), crypto);
    if (opened.ok) records.set(opened.value.hash, opened.value);
    else findings.push({ code: opened.code, ep: 0, seq: 0, detail: `Line ${index + 1}: ${opened.detail}` });
  }
  return [...records.values()];
}

/** Issued authorisations by the digest of their text; undefined where the auditor was given none. */
async function openTokens(
  evidence: JournalEvidence,
  crypto: CryptoPort,
): Promise<ReadonlyMap<string, AuthorisationFacts> | undefined> {
  if (evidence.tokens === undefined) return undefined;
  const keys = new Map((evidence.authorityKeys ?? []).map((key) => [key.kid, key]));
  const issued = new Map<string, AuthorisationFacts>();
  for (const text of evidence.tokens) {
    const opened = await openClaims(text, "seal-auz+jwt", authorisationClaims, (_typ, kid) => keys.get(kid), crypto);
    if (!opened.ok) continue;
    const { use, nbf, exp } = opened.value.claims;
    issued.set(opened.value.hash, { max: use.max, nbf, exp, used: 0 });
  }
  return issued;
}

function groupByEpoch(records: readonly OpenedRecord[]): OpenedRecord[][] {
  const groups = new Map<string, OpenedRecord[]>();
  for (const opened of records) {
    const key = `${opened.record.dev} ${opened.record.ep}`;
    groups.set(key, [...(groups.get(key) ?? []), opened]);
  }
  const bySeq = (a: OpenedRecord, b: OpenedRecord): number => a.record.seq - b.record.seq;
  const byEpoch = (a: OpenedRecord[], b: OpenedRecord[]): number => (a[0]?.record.ep ?? 0) - (b[0]?.record.ep ?? 0);
  return [...groups.values()].map((group) => group.sort(bySeq)).sort(byEpoch);
}

function verifyEpoch(
  first: OpenedRecord,
  epoch: readonly OpenedRecord[],
  from: string | undefined,
  issued: ReadonlyMap<string, AuthorisationFacts> | undefined,
  findings: JournalFinding[],
): JournalReport["epochs"][number] {
  const { dev, ep, seq, prev, imp } = first.record;
  let chain = resumeBefore(startChain({ dev, ep, from: from ?? prev, imp }), first);
  if (from !== undefined) chain = { ...chain, head: from };
  const complete = seq === 1;
  const hashes = new Map<number, string>();
  const known = new Map<string, AuthorisationFacts>();
  const outcomes = { done: 0, aborted: 0, unknown: 0 };
  for (const opened of epoch) {
    const { record } = opened;
    if (record.seq > chain.last + 1) {
      findings.push({ code: "GAP", ep, seq: chain.last + 1, detail: `Records to ${record.seq - 1} are missing.` });
      chain = resumeBefore(chain, opened);
    }
    if (record.ty === "auth.accept") {
      const facts =
        issued === undefined ? { max: record.max, nbf: 0, exp: record.exp, used: 0 } : issued.get(record.tok);
      if (facts !== undefined) known.set(record.jti, facts);
    }
    const verdict = judgeRecord(chain, opened, {
      receivedAt: record.t,
      live: false,
      hashAt: (number) => hashes.get(number),
      authorisation: (jti) => known.get(jti) ?? (complete ? undefined : assumed),
    });
    findings.push(...verdict.findings.map((finding) => ({ ...finding, ep })));
    chain = verdict.chain;
    if (verdict.verdict !== "accept") continue;
    hashes.set(record.seq, opened.hash);
    if (record.ty !== "stamp.end") continue;
    outcomes[record.out] += 1;
    const facts = known.get(record.jti);
    if (facts !== undefined && record.out !== "aborted") known.set(record.jti, { ...facts, used: facts.used + 1 });
  }
  return { dev, ep, first: seq, last: chain.last, head: chain.head, impFirst: imp, impLast: chain.imp, ...outcomes };
}

/** The chain as it must have been before a record whose predecessors are not here: what stood there is not proved. */
function resumeBefore(chain: ChainState, { record }: OpenedRecord): ChainState {
  const stroke = record.ty === "stamp.end" ? record : undefined;
  const imp = record.imp.map((count, slot) => (stroke?.out === "done" && stroke.slot === slot ? count - 1 : count));
  const open = stroke === undefined ? null : { jti: stroke.jti, n: stroke.n, slot: stroke.slot, cut: true };
  return { ...chain, last: record.seq - 1, head: record.prev, imp, open };
}

/** Of an authorisation accepted before a part of a journal begins, nothing can be said. */
const assumed: AuthorisationFacts = { max: Number.MAX_SAFE_INTEGER, nbf: 0, exp: 99_999_999_999, used: 0 };
