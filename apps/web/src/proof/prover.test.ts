import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ExpectedEntry } from "./expected-entry.ts";
import type { LedgerMemory } from "./known-ledger.ts";
import { ledgerPorts, SignatureUnsupported } from "./ledger-ports.ts";
import { createProver, type LedgerSource, type Prover } from "./prover.ts";
import { makeEntry, makeMemory, makeTestLog, type TestLog } from "./test-log.ts";

const now = "2026-11-24T09:00:00.000Z";
const expectedOf = (at: number): ExpectedEntry => ({ eventId: `evt_${at}`, type: "SealUseCommented" });

async function makeLog(size: number): Promise<TestLog> {
  const log = await makeTestLog();
  await log.append(...Array.from({ length: size }, (_, at) => makeEntry(at, { count: at })));
  return log;
}
const proverOf = (source: LedgerSource, memory: LedgerMemory = makeMemory()): Prover =>
  createProver(source, memory, ledgerPorts, () => now);
/** The server of a log, with some of its answers replaced by an attacker's. */
const tampered = (log: TestLog, answers: Partial<LedgerSource>): LedgerSource => ({ ...log.source, ...answers });
const replaced =
  (log: TestLog, leaf: number, change: (text: string) => string): LedgerSource["readProof"] =>
  async () =>
    change(await log.proofOf(leaf));

suite("proving a leaf in the browser", () => {
  test("every leaf of logs of many sizes is proved, and the path ends in the signed root", async () => {
    for (const size of [1, 2, 3, 7, 255, 256, 257, 300]) {
      const log = await makeLog(size);
      const prover = proverOf(log.source);
      for (const leaf of new Set([0, Math.floor(size / 2), size - 1])) {
        const proof = await prover.proveLeaf({ leaf, expected: expectedOf(leaf) });
        assert.equal(proof.state, "proved", `${leaf} of ${size}`);
        if (proof.state !== "proved") continue;
        assert.equal(proof.checkpoint.size, size);
        assert.deepEqual(proof.steps.at(-1)?.node ?? proof.leafHash, proof.checkpoint.root);
        assert.deepEqual(proof.body, log.bodies[leaf]);
      }
    }
  });

  test("C24: no changed letter of a proof is proved", async () => {
    const log = await makeLog(21);
    const text = await log.proofOf(13);
    const key = log.source.readKey;
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at] === "A" ? "B" : "A";
      const changed = text.slice(0, at) + letter + text.slice(at + 1);
      const source = tampered(log, { readKey: key, readProof: async () => changed });
      const proof = await proverOf(source).proveLeaf({ leaf: 13, expected: expectedOf(13) });
      assert.notEqual(proof.state, "proved", `letter ${at}`);
    }
  });

  test("C24: an entry that says something else than the page is not proved, though it is in the ledger", async () => {
    const log = await makeLog(9);
    const prover = proverOf(log.source);
    for (const expected of [
      { eventId: "evt_5" },
      { type: "ImpressionSettled" },
      { at: "2026-11-24T08:00:05.000Z" },
      { facts: { count: 5 } },
      { facts: { count: 4, more: 1 } },
      { facts: { count: "4" } },
      { text: new TextDecoder().decode(log.bodies[5]) },
    ])
      assert.deepEqual(await prover.proveLeaf({ leaf: 4, expected }), {
        state: "fails",
        leaf: 4,
        code: "entry.differs",
      });
    const whole = { facts: { count: 4 }, text: new TextDecoder().decode(log.bodies[4]), eventId: "evt_4" };
    assert.equal((await prover.proveLeaf({ leaf: 4, expected: whole })).state, "proved");
  });

  test("C24: the proof of another leaf, another log or an unsigned checkpoint is not proved", async () => {
    const log = await makeLog(9);
    const other = await makeLog(9);
    const target = { leaf: 4, expected: expectedOf(4) };
    const codeOf = async (source: LedgerSource): Promise<string> => {
      const proof = await proverOf(source).proveLeaf(target);
      return proof.state === "fails" ? proof.code : proof.state;
    };
    assert.equal(await codeOf(tampered(log, { readProof: async () => log.proofOf(5) })), "proof.other-leaf");
    assert.equal(await codeOf(tampered(log, { readProof: async () => other.proofOf(4) })), "note.no-known-signature");
    const moved = replaced(log, 5, (text) => text.replace("index 5", "index 4"));
    assert.equal(await codeOf(tampered(log, { readProof: moved })), "inclusion.root-mismatch");
    const larger = replaced(log, 4, (text) => text.replace("\n9\n", "\n10\n"));
    assert.notEqual(await codeOf(tampered(log, { readProof: larger })), "proved");
  });

  test("without the entry, or before it is published, nothing is said to be proved", async () => {
    const log = await makeLog(9);
    const bare = proverOf(tampered(log, { readProof: async () => log.proofOf(4, { entry: false }) }));
    assert.deepEqual(await bare.proveLeaf({ leaf: 4, expected: {} }), { state: "open", leaf: 4, reason: "no-entry" });
    assert.deepEqual(await proverOf(log.source).proveLeaf({ leaf: 9, expected: {} }), {
      state: "open",
      leaf: 9,
      reason: "not-published",
    });
    const unable = createProver(
      log.source,
      makeMemory(),
      {
        ...ledgerPorts,
        verify: () => {
          throw new SignatureUnsupported();
        },
      },
      () => now,
    );
    assert.deepEqual(await unable.proveLeaf({ leaf: 4, expected: expectedOf(4) }), {
      state: "open",
      leaf: 4,
      reason: "unsupported",
    });
  });

  test("names the sealed file when it asks for the proof of a sealing", async () => {
    const log = await makeTestLog();
    const sealedDigest = `sha256:${"ab".repeat(32)}`;
    await log.append(makeEntry(0, { sealedDigest }, "ImpressionSettled"));
    const asked: (string | undefined)[] = [];
    const source = tampered(log, {
      readProof: async (leaf, file) => {
        asked.push(file);
        return log.source.readProof(leaf, file);
      },
    });
    const expected = { type: "ImpressionSettled", facts: { sealedDigest } };
    assert.equal((await proverOf(source).proveLeaf({ leaf: 0, expected })).state, "proved");
    assert.deepEqual(asked, [sealedDigest]);
  });
});

suite("what the browser remembers of the ledger", () => {
  test("a ledger that grows is followed from visit to visit; leaves proved at once are followed one by one", async () => {
    const log = await makeLog(5);
    const memory = makeMemory();
    const first = await proverOf(log.source, memory).readNewest();
    assert.ok(first.state === "verified" && first.growth.state === "first");
    assert.equal(memory.read()?.size, 5);
    const again = await proverOf(log.source, memory).readNewest();
    assert.ok(again.state === "verified" && again.growth.state === "same");
    await log.append(...Array.from({ length: 300 }, (_, at) => makeEntry(at + 5)));
    const prover = proverOf(log.source, memory);
    const proofs = await Promise.all(
      [0, 4, 200, 304].map((leaf) => prover.proveLeaf({ leaf, expected: { eventId: `evt_${leaf}` } })),
    );
    assert.deepEqual(
      proofs.map((proof) => proof.state),
      ["proved", "proved", "proved", "proved"],
    );
    const grown = await prover.readNewest();
    assert.ok(grown.state === "verified" && grown.growth.state === "same");
    assert.equal(memory.read()?.size, 305);
    assert.equal(memory.read()?.conflict, null);
  });

  test("C24: a history that was rewritten is found, and the first one stays remembered", async () => {
    const log = await makeLog(6);
    const memory = makeMemory();
    await proverOf(log.source, memory).readNewest();
    const rewritten = await makeTestLogLike(log);
    const newest = await proverOf(rewritten.source, memory).readNewest();
    assert.ok(newest.state === "fails");
    assert.equal(newest.code, "consistency.root-mismatch");
    assert.equal(memory.read()?.size, 6);
    assert.equal(memory.read()?.conflict?.note, rewritten.checkpoint());
    const proof = await proverOf(rewritten.source, memory).proveLeaf({ leaf: 7, expected: { eventId: "evt_7" } });
    assert.deepEqual(proof, { state: "fails", leaf: 7, code: "consistency.root-mismatch" });
  });

  test("C24: two roots for one size are found", async () => {
    const log = await makeLog(3);
    const other = await log.fork();
    const memory = makeMemory();
    await log.append(makeEntry(3));
    await other.append(makeEntry(4));
    await proverOf(log.source, memory).readNewest();
    const newest = await proverOf(other.source, memory).readNewest();
    assert.ok(newest.state === "fails");
    assert.equal(newest.code, "consistency.root-mismatch");
  });

  test("C24: a ledger that shows less than before is found, unless it can show that the rest is its continuation", async () => {
    const log = await makeLog(5);
    const old = await log.fork();
    const memory = makeMemory();
    await log.append(makeEntry(5), makeEntry(6));
    await proverOf(log.source, memory).readNewest();
    const back = await proverOf(old.source, memory).readNewest();
    assert.deepEqual([back.state, back.state === "fails" && back.code], ["fails", "ledger.shrunk"]);
    assert.equal(memory.read()?.size, 7);
    // A proof fetched just before the log grew: older, but of the same history.
    const late = tampered(log, { readCheckpoint: async () => old.checkpoint() });
    const newest = await proverOf(late, memory).readNewest();
    assert.ok(newest.state === "verified" && newest.growth.state === "behind");
    assert.equal(memory.read()?.size, 7);
  });

  test("C24: a consistency proof that was changed does not hold", async () => {
    const log = await makeLog(5);
    const memory = makeMemory();
    await proverOf(log.source, memory).readNewest();
    await log.append(makeEntry(5), makeEntry(6), makeEntry(7));
    const good = (await log.source.readConsistency(5, 8)) ?? [];
    for (const answer of [
      null,
      [],
      good.slice(1),
      [...good, good[0] ?? ""],
      good.toReversed(),
      ["zz", ...good.slice(1)],
    ]) {
      const newest = await proverOf(tampered(log, { readConsistency: async () => answer }), memory).readNewest();
      assert.equal(newest.state, "fails", JSON.stringify(answer));
    }
    assert.equal((await proverOf(log.source, memory).readNewest()).state, "verified");
  });

  test("C24: another key is found, and used only after the reader has said to forget the first", async () => {
    const log = await makeLog(3);
    const other = await makeLog(3);
    const memory = makeMemory();
    await proverOf(log.source, memory).readNewest();
    const prover = proverOf(other.source, memory);
    const newest = await prover.readNewest();
    assert.deepEqual([newest.state, newest.state === "fails" && newest.code], ["fails", "ledger.key-changed"]);
    assert.equal(memory.read()?.conflict?.key, other.vkey);
    const proof = await prover.proveLeaf({ leaf: 0, expected: {} });
    assert.deepEqual(proof, { state: "fails", leaf: 0, code: "ledger.key-changed" });
    prover.forget();
    assert.equal((await prover.readNewest()).state, "verified");
    assert.equal(memory.read()?.key, other.vkey);
  });

  test("a key that the reader holds is compared, and only an equal one is remembered as compared", async () => {
    const log = await makeLog(3);
    const memory = makeMemory();
    const prover = proverOf(log.source, memory);
    assert.equal(prover.compareKey(log.vkey), "differs", "nothing is known yet");
    await prover.readNewest();
    assert.equal(prover.compareKey("not a key"), "unreadable");
    assert.equal(prover.compareKey((await makeLog(1)).vkey), "differs");
    assert.equal(memory.read()?.comparedAt, null);
    assert.equal(prover.compareKey(` ${log.vkey}\n`), "same");
    assert.equal(memory.read()?.comparedAt, now);
    const again = await prover.readNewest();
    assert.ok(again.state === "verified");
    assert.equal(again.known.comparedAt, now);
  });

  test("a log that has published nothing is no fault", async () => {
    const log = await makeTestLog();
    const prover = proverOf(log.source);
    assert.deepEqual(await prover.readNewest(), { state: "none", vkey: log.vkey });
    assert.equal(prover.recall(), null);
  });
});

/** The same key, as many entries and two more, but the third entry says something else. */
async function makeTestLogLike(log: TestLog): Promise<TestLog> {
  const fork = await log.fork();
  const bodies = fork.bodies.map((body) => JSON.parse(new TextDecoder().decode(body)));
  const other = await fork.restart();
  await other.append(...bodies.with(2, makeEntry(2, { count: 99 })), makeEntry(6), makeEntry(7));
  return other;
}
