import { type JournalRecord, journalRecord, type RecordBody } from "../claims/record.ts";
import { encodeBase64Url } from "../wire/bytes.ts";
import { type CryptoPort, digest } from "../wire/crypto.ts";
import { readClaims } from "../wire/fields.ts";
import { peekJws, signJws } from "../wire/jws.ts";
import { maxTextLength } from "../wire/strict-json.ts";
import { applyRecord, type Memory, startMemory } from "./memory.ts";
import { openText, sealText, TwoPages } from "./pages.ts";
import type { ControllerPorts } from "./ports.ts";
import type { TrustedTime } from "./trusted-time.ts";

/** Acknowledged records that are kept all the same, for a platform that comes back from a backup (clause 0, no. 8). */
export const keptRecords = 1000;
const batchSize = 20;
const alarmLevels = [95, 80] as const;

/**
 * The journal: each record is written first, and what it changes in the memory second. A power cut in between leaves a
 * record whose effect is made good at the next start.
 */
export class Journal {
  memory: Memory;
  begun = false;
  /** Nothing is written any more after a port failed: what the memory holds and what is stored may differ. */
  broken = false;
  readonly #ports: ControllerPorts;
  readonly #crypto: CryptoPort;
  readonly #page: TwoPages;
  readonly #time: () => TrustedTime;
  readonly #capacity: number;

  constructor(ports: ControllerPorts, crypto: CryptoPort, time: () => TrustedTime) {
    this.#ports = ports;
    this.#crypto = crypto;
    this.#time = time;
    this.#page = new TwoPages(ports.storage, "memory");
    this.#capacity = ports.capacity ?? 5000;
    this.memory = startMemory({ dev: "", ep: 1, asn: 0, from: "", imp: [], trust: 0, signedAt: 0 });
  }

  /** Reads what was stored, and the records that were written after it. False where there is nothing: a new box. */
  async load(): Promise<boolean> {
    const page = await this.#page.read();
    if (page === undefined) return false;
    this.memory = JSON.parse(page) as Memory;
    this.begun = true;
    for (;;) {
      const text = await this.readRecord(this.memory.seq + 1);
      const record = text === undefined ? undefined : readOwn(text);
      // A text that is left over from before does not follow from what is there.
      if (text === undefined || record === undefined || record.prev !== this.memory.head) break;
      this.memory = applyRecord(this.memory, record, await digest(this.#crypto, text));
    }
    return true;
  }

  async begin(memory: Memory): Promise<void> {
    this.memory = memory;
    this.begun = true;
    await this.save();
  }

  async save(): Promise<void> {
    await this.#page.write(JSON.stringify(this.memory));
  }

  /** Share of the room for undelivered records that is taken, in per cent. */
  fullness(): number {
    return ((this.memory.seq - this.memory.acked) / this.#capacity) * 100;
  }

  async append(body: RecordBody): Promise<void> {
    const { memory } = this;
    const imp = await this.#ports.drive.counters();
    await this.#write(body, imp, { ep: memory.ep, seq: memory.seq + 1, prev: memory.head });
    if (body.ty !== "alarm.counter" && !isExplained(memory, body, imp)) {
      await this.append({ ty: "alarm.counter", det: `${memory.imp.join(" ")} -> ${imp.join(" ")}` });
    }
    if (body.ty !== "alarm.space") await this.#watchSpace();
  }

  /** The first record of a new epoch, which begins from the order that asked for it (clause 3.14). */
  async appendGenesis(ep: number, from: string, why: "enrol" | "reset"): Promise<void> {
    const { ep: oldEpoch, seq, head } = this.memory;
    const was = why === "reset" ? { was: { ep: oldEpoch, seq, h: head } } : {};
    const imp = await this.#ports.drive.counters();
    await this.#write({ ty: "genesis", why, ...was }, imp, { ep, seq: 1, prev: from });
  }

  async #write(
    body: RecordBody,
    imp: readonly number[],
    at: { readonly ep: number; readonly seq: number; readonly prev: string },
  ): Promise<void> {
    const { memory } = this;
    const { t, tq } = this.#time();
    const frame = {
      v: 1 as const,
      dev: memory.dev,
      ...at,
      boot: body.ty === "boot" ? memory.boot + 1 : memory.boot,
      up: Math.floor(this.#ports.clock.uptime()),
      t: Math.floor(t),
      tq,
      imp,
      rnd: encodeBase64Url(this.#ports.random(9)),
      ack: at.seq === 1 ? 0 : memory.acked,
    };
    const record: JournalRecord = { ...frame, ...body };
    const text = await signJws("seal-rec+jwt", record, this.#ports.signer);
    await this.#ports.storage.write(nameOf(at.ep, at.seq), sealText(text));
    this.memory = applyRecord(memory, record, await digest(this.#crypto, text));
    await this.save();
    await this.#send([text]);
  }

  async #watchSpace(): Promise<void> {
    const full = this.fullness();
    const level = alarmLevels.find((each) => full >= each && this.memory.space < each);
    if (level !== undefined) await this.append({ ty: "alarm.space", level });
  }

  async readRecord(seq: number, ep: number = this.memory.ep): Promise<string | undefined> {
    return openText(await this.#ports.storage.read(nameOf(ep, seq)));
  }

  /** Sends everything that is not acknowledged, or everything from a record on that is still kept. */
  async resend(from: number = this.memory.acked + 1): Promise<void> {
    let batch: string[] = [];
    let size = 0;
    for (let seq = Math.max(from, this.memory.oldest); seq <= this.memory.seq; seq += 1) {
      const text = await this.readRecord(seq);
      if (text === undefined) continue;
      if (batch.length === batchSize || size + text.length + 1 > maxTextLength) {
        await this.#send(batch);
        batch = [];
        size = 0;
      }
      batch.push(text);
      size += text.length + 1;
    }
    if (batch.length > 0) await this.#send(batch);
  }

  async #send(texts: readonly string[]): Promise<void> {
    try {
      await this.#ports.transport.send({ kind: "records", texts });
    } catch {
      // Not reaching anybody is no fault of the device; it sends again.
    }
  }

  /** Frees what a signed acknowledgement covers, except for the last thousand. */
  async acknowledge(upto: number): Promise<void> {
    const acked = Math.max(this.memory.acked, upto);
    const oldest = Math.max(this.memory.oldest, acked - keptRecords + 1);
    // Removed first, and said to be removed second: what a power cut leaves is removed with the next acknowledgement.
    for (let seq = this.memory.oldest; seq < oldest; seq += 1) {
      await this.#ports.storage.remove(nameOf(this.memory.ep, seq));
    }
    this.memory = { ...this.memory, acked, oldest };
    if (this.fullness() < 70) this.memory = { ...this.memory, space: 0 };
    await this.save();
  }

  /** All records that are stored, of this epoch and earlier ones, to be printed: one a line. */
  async print(): Promise<string> {
    const lines: string[] = [];
    const epochs = [...this.memory.epochs, { ep: this.memory.ep, seq: this.memory.seq }];
    for (const { ep, seq: last } of epochs) {
      for (let seq = Math.max(1, last - keptRecords - this.#capacity); seq <= last; seq += 1) {
        const text = await this.readRecord(seq, ep);
        if (text !== undefined) lines.push(text);
      }
    }
    return lines.map((line) => `${line}\n`).join("");
  }
}

function nameOf(ep: number, seq: number): string {
  return `journal/${ep}/${seq}`;
}

/** A record that this device wrote itself: its form is checked, its signature was made here. */
function readOwn(text: string): JournalRecord | undefined {
  const peeked = peekJws(text);
  if (!peeked.ok) return undefined;
  const read = readClaims(journalRecord, peeked.value.payload);
  return read.ok ? read.value : undefined;
}

/** Whether the drive counted only what was recorded: the platform asks the same of every record (clause 3.6). */
function isExplained(memory: Memory, body: RecordBody, imp: readonly number[]): boolean {
  return imp.every((count, slot) => {
    const rise = count - (memory.imp[slot] ?? 0);
    if (body.ty === "stamp.end" && body.slot === slot) {
      return rise >= 0 && rise <= Math.max(1, body.sen?.hits ?? 1);
    }
    const cut = body.ty === "boot" && memory.open?.slot === slot && !memory.open.cut;
    return rise === 0 || (cut && rise === 1);
  });
}
