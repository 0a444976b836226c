import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordBody } from "../claims/record.ts";
import { gapWait, listNamedAuthorisations, openRecord, type RecordType, startChain } from "../index.ts";
import { Books } from "../test-books.ts";
import { noon, noonSeconds, someHash } from "../test-claims.ts";
import { makeNodeKey, nodeCrypto } from "../test-node-crypto.ts";
import { RecordWriter } from "../test-thief.ts";

const key = makeNodeKey("dev_1-1");
const stroke = { jti: "auz_1", slot: 0, op: "fp:17", sup: [] } as const;
const begin = (n: number): RecordBody => ({ ty: "stamp.begin", n, ...stroke });
const end = (n: number, out: "done" | "aborted" | "unknown" = "done"): RecordBody => ({
  ty: "stamp.end",
  n,
  ...stroke,
  out,
  ms: 1460,
  pic: [],
});
const accepted: RecordBody = {
  ty: "auth.accept",
  jti: "auz_1",
  asn: 1,
  tok: someHash,
  exp: noonSeconds + 7200,
  max: 3,
};

function open(): { books: Books; writer: RecordWriter } {
  const books = new Books(startChain({ dev: "dev_1", ep: 1, from: someHash, imp: [0] }), [key.publicKey]);
  books.issued.set("auz_1", { max: 3, nbf: noonSeconds, exp: noonSeconds + 7200 });
  return { books, writer: new RecordWriter(key.signer, "dev_1", someHash, { now: noon }) };
}

async function writeStamps(writer: RecordWriter, count: number): Promise<string[]> {
  const texts = [await writer.write({ ty: "genesis", why: "enrol" }), await writer.write(accepted)];
  for (let n = 1; n <= count; n += 1) {
    texts.push(await writer.write(begin(n)));
    writer.imp = [n];
    texts.push(await writer.write(end(n)));
  }
  return texts;
}

test("records in order are accepted, doubles are said to be stored", async () => {
  const { books, writer } = open();
  const texts = await writeStamps(writer, 3);
  for (const text of texts) assert.equal((await books.take(text, noon)).verdict, "accept");
  for (const text of texts) assert.equal((await books.take(text, noon)).verdict, "duplicate");
  assert.deepEqual(books.codes, []);
  assert.equal(books.chain.last, texts.length);
  assert.equal(books.ack(noon).upto, texts.length);
  assert.equal(books.ack(noon).head, books.journal.at(-1)?.hash);
});

test("records in any order end in the same journal; the missing one is asked for", async () => {
  const { books, writer } = open();
  const texts = await writeStamps(writer, 3);
  const first = texts[0] ?? "";
  for (const text of texts.slice(1).reverse()) {
    const verdict = await books.take(text, noon);
    assert.deepEqual([verdict.verdict, verdict.want], ["pending", 1]);
  }
  assert.equal(books.ack(noon).want, 1);
  const verdict = await books.take(first, noon);
  assert.equal(verdict.accepted.length, texts.length);
  assert.deepEqual(
    books.journal.map(({ text }) => text),
    texts,
  );
  assert.equal(books.ack(noon).want, undefined);
});

test("GAP is told once after ten minutes, and again only for another gap", async () => {
  const { books, writer } = open();
  const texts = await writeStamps(writer, 1);
  await books.take(texts[2] ?? "", noon);
  books.lookForGap(noon + gapWait - 1);
  assert.deepEqual(books.told, []);
  books.lookForGap(noon + gapWait);
  books.lookForGap(noon + 2 * gapWait);
  assert.deepEqual(books.told, ["GAP"]);
});

test("another record with a number that is stored or waits is a FORK", async () => {
  const { books, writer } = open();
  const twin = new RecordWriter(key.signer, "dev_1", someHash, { now: noon + 5 });
  await books.take(await writer.write({ ty: "genesis", why: "enrol" }), noon);
  assert.equal((await books.take(await twin.write({ ty: "genesis", why: "enrol" }), noon)).code, "FORK");
  assert.equal(books.chain.quarantined, "FORK");
  await writer.write({ ty: "hb" });
  await twin.write({ ty: "hb" });
  await books.take(await writer.write({ ty: "hb" }), noon);
  assert.equal((await books.take(await twin.write({ ty: "hb" }), noon)).code, "FORK");
});

test("a record that names another one before it is a CHAIN_BREAK, also one that waited", async () => {
  const { books, writer } = open();
  await books.take(await writer.write({ ty: "genesis", why: "enrol" }), noon);
  assert.equal((await books.take(await writer.write({ ty: "hb" }, { prev: someHash }), noon)).code, "CHAIN_BREAK");
  const other = open();
  const first = await other.writer.write({ ty: "genesis", why: "enrol" });
  await other.books.take(await other.writer.write({ ty: "hb" }, { prev: someHash }), noon);
  const verdict = await other.books.take(first, noon);
  assert.deepEqual([verdict.verdict, verdict.accepted.length], ["accept", 1]);
  assert.deepEqual(other.books.codes, ["CHAIN_BREAK"]);
  assert.deepEqual(other.books.chain.pending, []);
});

test("only the first record is a genesis", async () => {
  const { books, writer } = open();
  assert.equal((await books.take(await writer.write({ ty: "hb" }), noon)).code, "CHAIN_BREAK");
});

test("EPOCH_UNKNOWN: another epoch, and anything new in one that has ended; the living one is left in peace", async () => {
  const { books, writer } = open();
  const first = await writer.write({ ty: "genesis", why: "enrol" });
  await books.take(first, noon);
  const strange = new RecordWriter(key.signer, "dev_1", someHash, { now: noon, ep: 2 });
  assert.equal((await books.take(await strange.write({ ty: "genesis", why: "reset" }), noon)).code, "EPOCH_UNKNOWN");
  assert.equal(books.chain.quarantined, null);
  books.chain = { ...books.chain, closed: true };
  assert.equal((await books.take(first, noon)).verdict, "duplicate");
  assert.equal((await books.take(await writer.write({ ty: "hb" }), noon)).code, "EPOCH_UNKNOWN");
});

test("counters: a recorded stroke and nothing else lets them rise", async () => {
  const run = async (...steps: readonly [RecordBody, number][]): Promise<string[]> => {
    const { books, writer } = open();
    await books.takeAll(await writeStamps(writer, 0), noon);
    for (const [body, imp] of steps) {
      writer.imp = [imp];
      await books.take(await writer.write(body), noon);
    }
    return books.codes;
  };
  const boot: RecordBody = { ty: "boot", fw: "1.0", fwh: someHash, open: { jti: "auz_1", n: 1, slot: 0 } };
  assert.deepEqual(await run([begin(1), 0], [end(1), 1]), []);
  assert.deepEqual(await run([begin(1), 0], [end(1), 0]), ["COUNTER_ROLLBACK"]);
  assert.deepEqual(await run([begin(1), 0], [end(1), 2]), ["UNRECORDED_STAMP"]);
  assert.deepEqual(await run([begin(1), 0], [end(1, "aborted"), 0]), []);
  assert.deepEqual(await run([begin(1), 0], [end(1, "aborted"), 1]), ["UNRECORDED_STAMP"]);
  assert.deepEqual(await run([begin(1), 0], [end(1, "unknown"), 1]), ["OUTCOME_UNKNOWN"]);
  assert.deepEqual(await run([begin(1), 0], [end(1, "unknown"), 0]), ["OUTCOME_UNKNOWN"]);
  assert.deepEqual(await run([begin(1), 0], [boot, 1], [end(1, "unknown"), 1]), ["OUTCOME_UNKNOWN"]);
  assert.deepEqual(await run([begin(1), 0], [boot, 1], [end(1, "unknown"), 2]), [
    "OUTCOME_UNKNOWN",
    "UNRECORDED_STAMP",
  ]);
  assert.deepEqual(await run([{ ty: "hb" }, 1]), ["UNRECORDED_STAMP"]);
  assert.deepEqual(await run([{ ty: "hb" }, 1], [{ ty: "hb" }, 1]), ["UNRECORDED_STAMP"]);
  assert.deepEqual(await run([{ ty: "boot", fw: "1.0", fwh: someHash }, 1]), ["UNRECORDED_STAMP"]);
  assert.deepEqual(await run([begin(1), 0], [end(1), 1], [{ ty: "hb" }, 0]), ["COUNTER_ROLLBACK"]);
});

test("strokes come in pairs", async () => {
  const { books, writer } = open();
  await books.takeAll(await writeStamps(writer, 0), noon);
  await books.take(await writer.write(begin(1)), noon);
  await books.take(await writer.write(begin(2)), noon);
  assert.deepEqual(books.told, ["STROKE_PAIR"]);
  writer.imp = [1];
  await books.take(await writer.write(end(2)), noon);
  assert.deepEqual(books.told, ["STROKE_PAIR"]);
  await books.take(await writer.write(end(2, "aborted")), noon);
  assert.deepEqual(books.told, ["STROKE_PAIR", "STROKE_PAIR"]);
});

test("over the count, after the end, without authorisation, with one that was never issued", async () => {
  const { books, writer } = open();
  await books.takeAll(await writeStamps(writer, 3), noon);
  await books.take(await writer.write(begin(4)), noon);
  writer.imp = [4];
  await books.take(await writer.write(end(4)), noon);
  assert.deepEqual(books.codes, ["OVER_COUNT"]);
  const late = open();
  late.writer.now = noon + 7200_001;
  await late.books.takeAll(await writeStamps(late.writer, 1), late.writer.now);
  assert.deepEqual(late.books.codes, ["AFTER_EXPIRY"]);
  const strange = open();
  strange.books.issued.clear();
  await strange.books.takeAll(await writeStamps(strange.writer, 1), noon);
  assert.deepEqual(strange.books.codes, ["STAMP_WITHOUT_AUTHORISATION", "UNKNOWN_TOKEN"]);
});

test("several strokes that waited are counted together against the authorisation", async () => {
  const { books, writer } = open();
  books.issued.set("auz_1", { max: 2, nbf: noonSeconds, exp: noonSeconds + 7200 });
  const texts = await writeStamps(writer, 3);
  await books.takeAll(texts.toReversed(), noon);
  assert.deepEqual(books.told, ["OVER_COUNT"]);
});

test("CLOCK_SKEW is told once for each start, and never of records that come late", async () => {
  const { books, writer } = open();
  writer.now = noon - 200_000;
  await books.takeAll(await writeStamps(writer, 0), noon, false);
  assert.deepEqual(books.told, []);
  await books.take(await writer.write({ ty: "hb" }), noon);
  await books.take(await writer.write({ ty: "hb" }), noon);
  assert.deepEqual(books.told, ["CLOCK_SKEW"]);
  writer.boot = 2;
  await books.take(await writer.write({ ty: "hb" }), noon);
  assert.deepEqual(books.told, ["CLOCK_SKEW", "CLOCK_SKEW"]);
});

test("a changed, foreign or unreadable record is refused with its own code and changes nothing", async () => {
  const { books, writer } = open();
  const text = await writer.write({ ty: "genesis", why: "enrol" });
  const before = books.chain;
  const changed = `${text.slice(0, 200)}${text[200] === "A" ? "B" : "A"}${text.slice(201)}`;
  assert.match((await books.take(changed, noon)).code ?? "", /^BAD_/);
  const stranger = new RecordWriter(makeNodeKey("dev_1-1").signer, "dev_1", someHash, { now: noon });
  assert.equal((await books.take(await stranger.write({ ty: "genesis", why: "enrol" }), noon)).code, "BAD_SIGNATURE");
  const odd = new RecordWriter(key.signer, "dev_1", someHash, { now: noon });
  assert.equal(
    (await books.take(await odd.write({ ty: "hb" as RecordType & "hb" }, { up: -1 }), noon)).code,
    "BAD_RECORD",
  );
  const other = new RecordWriter(key.signer, "dev_2", someHash, { now: noon });
  assert.equal((await books.take(await other.write({ ty: "genesis", why: "enrol" }), noon)).code, "BAD_RECORD");
  assert.equal(books.chain, before);
});

test("attack 33: a flood of records from far ahead fills no memory", async () => {
  const { books, writer } = open();
  await writer.write({ ty: "genesis", why: "enrol" });
  for (let turn = 0; turn < 600; turn += 1) await books.take(await writer.write({ ty: "hb" }), noon);
  assert.equal(books.chain.pending.length, 500);
  await books.take(await writer.write({ ty: "hb" }, { seq: 500_000 }), noon);
  assert.equal(books.chain.pending.length, 500);
});

test("the names of authorisations to read beforehand are those of the record and of what waits", async () => {
  const { books, writer } = open();
  const texts = await writeStamps(writer, 1);
  await books.takeAll(texts.slice(1), noon);
  const opened = await openRecord(texts[0] ?? "", () => key.publicKey, nodeCrypto);
  assert.ok(opened.ok);
  assert.deepEqual(listNamedAuthorisations(books.chain, opened.value), ["auz_1"]);
});
