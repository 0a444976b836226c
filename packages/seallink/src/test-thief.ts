import type { JournalRecord, RecordBody } from "./claims/record.ts";
import { nodeCrypto } from "./test-node-crypto.ts";
import { digest, type Signer } from "./wire/crypto.ts";
import { signJws } from "./wire/jws.ts";

/** Whoever has a device's key and writes what he likes: records that no controller would write. */
export class RecordWriter {
  seq = 0;
  boot = 1;
  imp: number[] = [0];
  now: number;
  #prev: string;
  #count = 0;
  readonly #signer: Signer;
  readonly #dev: string;
  readonly ep: number;

  constructor(signer: Signer, dev: string, from: string, options: { readonly now: number; readonly ep?: number }) {
    this.#signer = signer;
    this.#dev = dev;
    this.#prev = from;
    this.now = options.now;
    this.ep = options.ep ?? 1;
  }

  /** Continues after a record as if he had written it. */
  continueAfter(record: JournalRecord, hash: string): void {
    this.seq = record.seq;
    this.imp = [...record.imp];
    this.boot = record.boot;
    this.now = record.t;
    this.#prev = hash;
  }

  async write(body: RecordBody, change: Partial<JournalRecord> = {}): Promise<string> {
    this.#count += 1;
    // Assigned and not spread: of every kind of body with every kind of change the compiler would make a type of its own.
    const usual = {
      v: 1,
      dev: this.#dev,
      ep: this.ep,
      seq: this.seq + 1,
      prev: this.#prev,
      boot: this.boot,
      up: this.#count * 1000,
      t: this.now,
      tq: "srv",
      imp: this.imp,
      rnd: `random_${this.#count.toString().padStart(8, "0")}`,
      ack: 0,
    };
    const record: Record<string, unknown> & { seq: number } = Object.assign(usual, body, change);
    const text = await signJws("seal-rec+jwt", record, this.#signer);
    this.seq = record.seq;
    this.#prev = await digest(nodeCrypto, text);
    return text;
  }
}
