import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Checkpoint,
  decideCheckpoint,
  encodeCheckpointText,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
} from "./checkpoint.ts";
import { hashLeaf } from "./merkle-hash.ts";
import { createTestSigner, inclusionPath, makeLeafHashes, sha256, treeHash, verifyWithNode } from "./test-tree.ts";
import { encodeTlogProof, parseTlogProof, type TlogProof, verifyTlogProof } from "./tlog-proof.ts";

const origin = "log.example/ledger";
const log = createTestSigner(origin, 1);
const renewedLog = createTestSigner(origin, 2);
const witness = createTestSigner("witness.example/w1", 3);
const otherLog = createTestSigner("other.example/ledger", 4);
const ports = { hash: sha256, verify: verifyWithNode };
const leafHashes = makeLeafHashes(9);
const index = 5;
const leafHash = leafHashes[index] ?? assert.fail();
const head: Checkpoint = { origin, size: 9, root: treeHash(leafHashes), extensions: [] };

async function makeProof(): Promise<TlogProof> {
  const checkpoint = await signCheckpoint(head, [log, witness]);
  return { index, hashes: inclusionPath(index, leafHashes), checkpoint };
}

function codeOf(outcome: { ok: true } | { ok: false; code: string }): string {
  return outcome.ok ? "accepted" : outcome.code;
}

test("the checkpoint text is that of C2SP tlog-checkpoint", () => {
  const text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  const parsed = parseCheckpointText(text);
  if (!parsed.ok) assert.fail(parsed.detail);
  assert.equal(parsed.value.origin, "example.com/behind-the-sofa");
  assert.equal(parsed.value.size, 20_852_163);
  assert.equal(Buffer.from(parsed.value.root).toString("hex").slice(0, 8), "0ac5186a");
  assert.equal(encodeCheckpointText(parsed.value), text);
  const extended = parseCheckpointText(`${text}one\ntwo\n`);
  assert.deepEqual(extended.ok && extended.value.extensions, ["one", "two"]);
});

test("other spellings of a checkpoint are refused", () => {
  const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  const texts = [
    "",
    `a\n1\n${root}`,
    `a\n1\n`,
    `\n1\n${root}\n`,
    `a\n01\n${root}\n`,
    `a\n+1\n${root}\n`,
    `a\n-1\n${root}\n`,
    `a\n1.0\n${root}\n`,
    `a\n1e3\n${root}\n`,
    `a\n9007199254740992\n${root}\n`,
    `a\n1 \n${root}\n`,
    `a\n1\n${root.slice(0, -1)}\n`,
    `a\n1\n${root.replace("I=", "J=")}\n`,
    `a\n1\n${root} \n`,
    `a\n1\nCsUYapGG\n`,
    `a\n1\n${root}\n\n`,
    `a\n1\n${root}\n\nb\n`,
  ];
  for (const text of texts) assert.equal(codeOf(parseCheckpointText(text)), "checkpoint.form-invalid", text);
  assert.equal(parseCheckpointText(`a\n9007199254740991\n${root}\n`).ok, true);
  assert.equal(parseCheckpointText(`a\n0\n${root}\n`).ok, true);
});

test("a checkpoint opens with the log's key, during a change of keys with either, and never by others alone", async () => {
  const note = await signCheckpoint(head, [log, renewedLog, witness]);
  for (const keys of [[log.key], [renewedLog.key], [log.key, witness.key], [otherLog.key, log.key]]) {
    const opened = await openCheckpoint(note, keys, verifyWithNode);
    assert.deepEqual(opened.ok && opened.value.checkpoint, head);
  }
  assert.equal(codeOf(await openCheckpoint(note, [witness.key], verifyWithNode)), "checkpoint.not-by-log");
  assert.equal(codeOf(await openCheckpoint(note, [otherLog.key], verifyWithNode)), "note.no-known-signature");
  const byAnother = await signCheckpoint(head, [otherLog]);
  assert.equal(
    codeOf(await openCheckpoint(byAnother, [log.key, otherLog.key], verifyWithNode)),
    "checkpoint.not-by-log",
  );
});

test("C24: a log never signs a smaller size, or another root for a signed size", () => {
  const root = sha256(Buffer.from("another"));
  assert.equal(codeOf(decideCheckpoint(undefined, head)), "accepted");
  assert.equal(codeOf(decideCheckpoint(head, head)), "accepted");
  assert.equal(codeOf(decideCheckpoint(head, { ...head, size: 10, root })), "accepted");
  assert.equal(codeOf(decideCheckpoint(head, { ...head, root })), "checkpoint.root-differs");
  assert.equal(codeOf(decideCheckpoint(head, { ...head, size: 8, root })), "checkpoint.size-smaller");
  assert.equal(codeOf(decideCheckpoint(head, { ...head, origin: "other" })), "checkpoint.origin-differs");
});

test("values that have no checkpoint text are bugs of the caller", () => {
  for (const wrong of [
    { origin: "" },
    { origin: "a\nb" },
    { size: -1 },
    { root: new Uint8Array(31) },
    { extensions: [""] },
  ]) {
    assert.throws(() => encodeCheckpointText({ ...head, ...wrong }), TypeError);
  }
});

test("a proof file has the form of C2SP tlog-proof and reads back", async () => {
  const proof = await makeProof();
  const lines = encodeTlogProof({ ...proof, extra: Buffer.from("leaf 5") }).split("\n");
  assert.deepEqual(lines.slice(0, 3), ["c2sp.org/tlog-proof@v1", "extra bGVhZiA1", "index 5"]);
  assert.equal(lines.indexOf(""), 3 + proof.hashes.length);
  assert.equal(lines.slice(4 + proof.hashes.length).join("\n"), proof.checkpoint);
  await fc.assert(
    fc.asyncProperty(fc.option(fc.uint8Array({ minLength: 1, maxLength: 200 }), { nil: undefined }), async (extra) => {
      const written = extra === undefined ? proof : { ...proof, extra };
      const text = encodeTlogProof(written);
      assert.deepEqual(parseTlogProof(text), { ok: true, value: written });
      assert.deepEqual(parseTlogProof(Buffer.from(text)), { ok: true, value: written });
    }),
  );
});

test("C24: a proof verifies offline with the log's key, and with no other key, entry or place", async () => {
  const proof = await makeProof();
  const verified = await verifyTlogProof(ports, proof, leafHash, [log.key]);
  assert.deepEqual(verified, { ok: true, value: { checkpoint: head, verifiedBy: [log.key] } });
  const stranger = await verifyTlogProof(ports, proof, leafHash, [otherLog.key]);
  assert.equal(codeOf(stranger), "note.no-known-signature");
  const otherEntry = await verifyTlogProof(ports, proof, hashLeaf(sha256, Buffer.from("leaf 6")), [log.key]);
  assert.equal(codeOf(otherEntry), "inclusion.root-mismatch");
  for (let at = 0; at < 12; at += 1) {
    const moved = await verifyTlogProof(ports, { ...proof, index: at }, leafHash, [log.key]);
    assert.equal(moved.ok, at === index);
  }
  const empty = await signCheckpoint({ ...head, size: 0 }, [log]);
  const inEmpty = await verifyTlogProof(ports, { index: 0, hashes: [], checkpoint: empty }, leafHash, [log.key]);
  assert.equal(codeOf(inEmpty), "inclusion.index-out-of-range");
});

test("C24: no change of one character in a proof file leaves one that verifies, but for what is not authenticated", async () => {
  const text = encodeTlogProof(await makeProof());
  const characters = Array.from(text);
  const edit = fc.tuple(
    fc.nat({ max: characters.length - 1 }),
    fc.constantFrom("", "\n", " ", "A", "=", "0", "1", "\r", "é"),
  );
  // Signatures of keys the verifier does not know are ignored, so the whole file is checked with both keys known.
  const keys = [log.key, witness.key];
  await fc.assert(
    fc.asyncProperty(edit, fc.constantFrom(0, 1), async ([at, character], removed) => {
      const changed = characters.toSpliced(at, removed, character).join("");
      const parsed = parseTlogProof(changed);
      if (!parsed.ok) return;
      assert.equal(encodeTlogProof(parsed.value), changed);
      const verified = await verifyTlogProof(ports, parsed.value, leafHash, keys);
      const unchanged = verified.ok && verified.value.verifiedBy.length === keys.length;
      assert.equal(unchanged, changed === text);
    }),
    { numRuns: 500 },
  );
});

test("other spellings of a proof file are refused", async () => {
  const text = encodeTlogProof(await makeProof());
  const [firstHash] = text.split("\n").slice(2);
  const edits: [string, string][] = [
    ["c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v2"],
    ["c2sp.org/tlog-proof@v1\n", "\ufeffc2sp.org/tlog-proof@v1\n"],
    ["index 5", "index 05"],
    ["index 5", "index  5"],
    ["index 5", "Index 5"],
    ["index 5", "index -5"],
    ["index 5", "index 9007199254740992"],
    ["index 5\n", ""],
    ["index 5", "extra \nindex 5"],
    ["index 5", "extra AB==\nindex 5"],
    ["index 5", "extra AA\nindex 5"],
    ["index 5", "extra AA==\nextra AA==\nindex 5"],
    ["index 5", "index 5\nindex 5"],
    [`${firstHash}\n`, `${firstHash}\n`.repeat(64)],
    [`${firstHash}\n`, "AA==\n"],
    [`${firstHash}\n`, ` ${firstHash}\n`],
    ["\n", "\r\n"],
    ["\n\n", "\n"],
  ];
  for (const [from, to] of edits) {
    const changed = from === "\n" || from === "\n\n" ? text.replaceAll(from, to) : text.replace(from, to);
    assert.notEqual(changed, text);
    assert.equal(codeOf(parseTlogProof(changed)), "tlog-proof.form-invalid", JSON.stringify(to));
  }
  assert.equal(codeOf(parseTlogProof(Buffer.from([0xff]))), "tlog-proof.form-invalid");
  assert.equal(codeOf(parseTlogProof("x".repeat(600_000))), "tlog-proof.too-large");
  assert.equal(codeOf(parseTlogProof(new Uint8Array(2_000_000))), "tlog-proof.too-large");
});
