import {
  type AckClaims,
  type AuthorisationFacts,
  type ChainState,
  composeAck,
  findGap,
  ingestRecord,
  type OpenedRecord,
  type Verdict,
} from "./index.ts";
import { nodeCrypto } from "./test-node-crypto.ts";
import type { PublicKey } from "./wire/crypto.ts";

/** A platform's books in memory: the chain, the journal as it was accepted, and what was told. */
export class Books {
  chain: ChainState;
  journal: OpenedRecord[] = [];
  told: string[] = [];
  issued: Map<string, { max: number; nbf: number; exp: number }> = new Map();
  readonly #keys: Map<string, PublicKey>;

  constructor(chain: ChainState, keys: readonly PublicKey[]) {
    this.chain = chain;
    this.#keys = new Map(keys.map((key) => [key.kid, key]));
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
    const verdict = await ingestRecord(this.chain, text, (_typ, kid) => this.#keys.get(kid), nodeCrypto, {
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

  ack(now: number): AckClaims {
    return composeAck(this.chain, now);
  }

  /** What was told, each once, in the order of the alphabet. */
  get codes(): string[] {
    return [...new Set(this.told)].sort();
  }
}
