import assert from "node:assert/strict";
import { test } from "node:test";
import { composeAck, signAck } from "./index.ts";
import { Books } from "./test-books.ts";
import { Box } from "./test-box.ts";
import { noon } from "./test-claims.ts";
import { must, Platform, platformKeys } from "./test-platform.ts";

const runs = 10_000;

/** Numbers from 0 to 1 that repeat with their seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Counts what was tried, so that a run in which nothing happens cannot pass for one in which nothing went wrong. */
const tried = { doubled: 0, reordered: 0, dropped: 0, ackLost: 0, deviceCut: 0, serverKilled: 0, records: 0 };

/** One device and one platform between which everything may go wrong that a network and a power line can do. */
class Run {
  readonly box: Box;
  readonly books: Books;
  readonly random: () => number;
  platform: Platform;
  jti: string;
  #taken = 0;
  #wire: string[] = [];

  constructor(base: Platform, jti: string, seed: number) {
    this.random = seeded(seed);
    this.jti = jti;
    this.box = new Box(base.box.key);
    this.box.flash = new Map(base.box.flash);
    this.box.tags = [...base.box.tags];
    this.box.tearing = this.random() < 0.5;
    this.books = new Books(base.books.chain, [base.box.key.publicKey]);
    this.books.journal = [...base.books.journal];
    this.books.issued = base.books.issued;
    this.platform = new Platform(this.box);
    this.platform.books = this.books;
  }

  async go(): Promise<void> {
    await this.restart();
    const steps = 3 + Math.floor(this.random() * 4);
    for (let step = 0; step < steps; step += 1) await this.#step();
    await this.heal();
  }

  async #step(): Promise<void> {
    const choice = this.random();
    if (choice < 0.3) return this.#press();
    if (choice < 0.8) return this.#deliverOne();
    if (choice < 0.9) return this.#acknowledge(this.random() < 0.4);
    return this.restart();
  }

  async #press(): Promise<void> {
    if (this.random() < 0.35) this.box.cutAfter = Math.floor(this.random() * 14);
    try {
      if (this.platform.controller.view().session === undefined) await this.platform.controller.choose(this.jti);
      await this.platform.press();
      this.box.cutAfter = Number.POSITIVE_INFINITY;
    } catch {
      tried.deviceCut += 1;
      await this.restart();
    }
  }

  /** The device starts; its power may go again while it does. */
  async restart(): Promise<void> {
    for (;;) {
      this.box.up += 10;
      this.box.cutAfter = this.random() < 0.2 ? Math.floor(this.random() * 6) : Number.POSITIVE_INFINITY;
      try {
        this.platform.controller = await this.box.start();
        this.box.cutAfter = Number.POSITIVE_INFINITY;
        return;
      } catch {
        tried.deviceCut += 1;
      }
    }
  }

  #collect(): void {
    const sent = this.box.records;
    this.#wire.push(...sent.slice(this.#taken));
    this.#taken = sent.length;
  }

  async #deliverOne(): Promise<void> {
    this.#collect();
    if (this.#wire.length === 0) return;
    const at = this.random() < 0.4 ? Math.floor(this.random() * this.#wire.length) : 0;
    if (at > 0) tried.reordered += 1;
    const [text] = this.#wire.splice(at, 1);
    if (text === undefined) return;
    if (this.random() < 0.1) {
      tried.dropped += 1;
      return;
    }
    if (this.random() < 0.15) {
      tried.doubled += 1;
      this.#wire.push(text);
    }
    await this.#take(text);
  }

  /** The platform takes a record in one transaction; it may be killed before the commit, or after it. */
  async #take(text: string): Promise<void> {
    const { chain, journal } = this.books;
    const told = [...this.books.told];
    const kept = [...journal];
    await this.books.take(text, noon, false);
    if (this.random() < 0.1) {
      tried.serverKilled += 1;
      this.books.chain = chain;
      this.books.journal = kept;
      this.books.told = told;
      if (this.random() < 0.5) this.#wire.push(text);
    }
  }

  async #acknowledge(lost: boolean): Promise<void> {
    if (lost) {
      tried.ackLost += 1;
      return;
    }
    const ack = composeAck(this.books.chain, noon);
    must(await this.platform.controller.receive(must(await signAck(ack, platformKeys.ack.signer))));
  }

  /** The line holds at last: everything that is not acknowledged comes, until nothing waits. */
  async heal(): Promise<void> {
    for (let turn = 0; turn < 3 && this.platform.controller.view().waiting > 0; turn += 1) {
      await this.platform.controller.connected();
      this.#collect();
      while (this.#wire.length > 0) await this.books.take(this.#wire.shift() ?? "", noon, false);
      await this.#acknowledge(false);
    }
  }

  check(): void {
    const { seq, waiting } = this.platform.controller.view();
    assert.equal(waiting, 0);
    assert.equal(this.books.chain.last, seq);
    const stored = this.books.journal.map((_, at) => this.box.flash.get(`journal/1/${at + 1}`)?.slice(8));
    assert.deepEqual(
      this.books.journal.map(({ text }) => text),
      stored,
    );
    assert.equal(this.books.chain.pending.length, 0);
    assert.equal(this.books.chain.quarantined, null);
    const ordinary = new Set(["OUTCOME_UNKNOWN", "PRESS_REFUSED"]);
    assert.deepEqual(
      this.books.codes.filter((code) => !ordinary.has(code)),
      [],
    );
    const ends = this.books.journal.flatMap(({ record }) => (record.ty === "stamp.end" ? [record.out] : []));
    const begins = this.books.journal.filter(({ record }) => record.ty === "stamp.begin").length;
    assert.equal(begins, ends.length);
    const done = ends.filter((out) => out === "done").length;
    const used = ends.filter((out) => out !== "aborted").length;
    assert.ok(done <= this.box.strokes && this.box.strokes <= used && used <= 3);
    assert.equal(this.books.facts(this.jti)?.used, used);
    tried.records += seq;
  }
}

const [first, last] = [Number(process.env.SEALLINK_SEED ?? 0), Number(process.env.SEALLINK_SEED ?? runs - 1)];

async function goThroughAll(): Promise<void> {
  const base = await Platform.ready();
  const { claims, text } = await base.token({ use: { max: 3, mode: "batch" } });
  must(await base.controller.receive(text));
  await base.deliver();
  must(await base.acknowledge());
  for (let seed = first; seed <= last; seed += 1) {
    const run = new Run(base, claims.jti, seed);
    try {
      await run.go();
      run.check();
    } catch (error) {
      throw new Error(`With SEALLINK_SEED=${seed}`, { cause: error });
    }
  }
}

// Outside of the test, which watches each promise and makes a million of them slow.
const failure: unknown = await goThroughAll().catch((error: unknown) => error);

test("10,000 interleavings of double, reorder, drop, lost acks and killed sides end in the device's own journal", (context) => {
  context.diagnostic(JSON.stringify(tried));
  assert.equal(failure, undefined);
  if (first === last) return;
  for (const [what, count] of Object.entries(tried)) assert.ok(count > runs / 10, `${what}: ${count}`);
});
