import type { AckClaims } from "../claims/platform.ts";
import { type ChainState, findGap, type OpenedRecord } from "../platform/chain.ts";
import { composeAck, ingestRecord, type Verdict } from "../platform/ingest.ts";
import type { AuthorisationFacts } from "../platform/judge-record.ts";
import { type CryptoPort, type PublicKey, webCrypto } from "../wire/crypto.ts";

/** A platform's books in memory: the chain, the journal as it was accepted, and what was told. */
export class SimulatedBooks {
  chain: ChainState;
  journal: OpenedRecord[] = [];
  told: string[] = [];
  issued: Map<string, { max: number; nbf: number; exp: number }> = new Map();
  readonly #keys: Map<string, PublicKey>;
  readonly #crypto: CryptoPort;

  constructor(chain: ChainState, keys: readonly PublicKey[], crypto: CryptoPort = webCrypto) {
    this.chain = chain;
    this.#keys = new Map(keys.map((key) => [key.kid, key]));
    this.#crypto = crypto;
  }

  facts(jti: string): AuthorisationFacts | undefined {
    const issued = this.issued.get(jti);
    if (issued === undefined) return undefined;
    const used = this.journal.filter(
      ({ record }) => record.ty === "stamp.end" && record.jti === jti && record.out !== "aborted",
    ).length;
    return { ...issued, used };
  }

  async take(text: string, now: number, live = true): Promise<Verdict> {
    const verdict = await ingestRecord(this.chain, text, (_typ, kid) => this.#keys.get(kid), this.#crypto, {
      receivedAt: now,
      live,
      hashAt: (seq) => this.journal[seq - 1]?.hash,
      authorisation: (jti) => this.facts(jti),
    });
    this.chain = verdict.chain;
    this.journal.push(...verdict.accepted);
    for (const { record } of verdict.accepted) if (record.ty.startsWith("alarm.")) this.told.push(record.ty);
    this.told.push(...verdict.findings.map(({ code }) => code));
    return verdict;
  }

  async takeAll(texts: readonly string[], now: number, live = true): Promise<void> {
    for (const text of texts) await this.take(text, now, live);
  }

  lookForGap(now: number): void {
    const found = findGap(this.chain, now);
    this.chain = found.chain;
    if (found.finding !== undefined) this.told.push(found.finding.code);
  }

  ack(now: number, options: Parameters<typeof composeAck>[2] = {}): AckClaims {
    return composeAck(this.chain, now, options);
  }

  /** What was told, each once, in the order of the alphabet. */
  get codes(): string[] {
    return [...new Set(this.told)].sort();
  }
}
