import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Ed25519Verify, encodeNote, openNote, parseNote, signNote } from "./note.ts";
import { createTestSigner, sha256, verifyWithNode } from "./test-tree.ts";
import { createVerifierKey, encodeVerifierKey, parseVerifierKey } from "./verifier-key.ts";

const log = createTestSigner("log.example/ledger", 1);
const newLog = createTestSigner("log.example/ledger", 2);
const witness = createTestSigner("witness.example/w1", 3);
const stranger = createTestSigner("stranger.example", 4);
const text = "log.example/ledger\n1\nbody\n";

/** The key and note that the documentation of Go's note package signs with, made by that package. */
const goKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const goNote =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

const verifyWithWebCrypto: Ed25519Verify = async (publicKey, message, signature) => {
  const raw = new Uint8Array(publicKey);
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
};

function codeOf(outcome: { ok: true } | { ok: false; code: string }): string {
  return outcome.ok ? "accepted" : outcome.code;
}

test("a note and key made by Go's note package open, with a port that answers at once and one that answers later", async () => {
  const key = parseVerifierKey(sha256, goKey);
  if (!key.ok) assert.fail(key.detail);
  assert.equal(encodeVerifierKey(key.value), goKey);
  for (const verify of [verifyWithNode, verifyWithWebCrypto]) {
    const opened = await openNote(goNote, [key.value], verify);
    assert.deepEqual(opened, {
      ok: true,
      value: { text: goNote.split("\n\n")[0]?.concat("\n"), verifiedBy: [key.value] },
    });
    const changed = await openNote(goNote.replace("answer", "Answer"), [key.value], verify);
    assert.equal(codeOf(changed), "note.signature-invalid");
  }
});

test("a note survives signing and opening, as text and as bytes", async () => {
  const line = fc.string({ unit: "binary", maxLength: 40 }).map((raw) => raw.replaceAll(/\p{Cc}/gu, ""));
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
      const body = `${lines.join("\n")}\n`;
      const note = await signNote(body, [log, witness]);
      const expected = { ok: true, value: { text: body, verifiedBy: [log.key, witness.key] } };
      assert.deepEqual(await openNote(note, [log.key, witness.key], verifyWithNode), expected);
      assert.deepEqual(await openNote(Buffer.from(note), [log.key, witness.key], verifyWithNode), expected);
    }),
    { numRuns: 50 },
  );
});

test("unknown signatures are ignored, also under a known name or a known ID", async () => {
  const note = await signNote(text, [stranger, newLog, log]);
  const opened = await openNote(note, [log.key], verifyWithNode);
  assert.deepEqual(opened, { ok: true, value: { text, verifiedBy: [log.key] } });
  const parsed = parseNote(note);
  if (!parsed.ok) assert.fail(parsed.detail);
  const sameId = { name: "other.example", keyId: log.key.keyId, signature: new Uint8Array(64) };
  const withSameId = encodeNote({ text, signatures: [sameId, ...parsed.value.signatures] });
  assert.equal((await openNote(withSameId, [log.key], verifyWithNode)).ok, true);
  assert.equal(codeOf(await openNote(note, [witness.key], verifyWithNode)), "note.no-known-signature");
  assert.equal(codeOf(await openNote(note, [], verifyWithNode)), "note.no-known-signature");
});

test("one bad signature of a known key spoils the note, even beside a good one", async () => {
  const signature = await log.sign(Buffer.from(text));
  const good = { name: log.key.name, keyId: log.key.keyId, signature };
  for (const bad of [new Uint8Array(64), signature.subarray(1), Buffer.concat([signature, Buffer.of(0)])]) {
    for (const signatures of [
      [good, { ...good, signature: bad }],
      [{ ...good, signature: bad }, good],
    ]) {
      const opened = await openNote(encodeNote({ text, signatures }), [log.key, witness.key], verifyWithNode);
      assert.equal(codeOf(opened), "note.signature-invalid");
    }
  }
});

test("the port never sees a signature that has not 64 bytes", async () => {
  const seen: number[] = [];
  const recordLength: Ed25519Verify = (_key, _message, signature) => seen.push(signature.length) > 0;
  for (const length of [1, 63, 64, 65, 128]) {
    const signature = new Uint8Array(length);
    const note = encodeNote({ text, signatures: [{ name: log.key.name, keyId: log.key.keyId, signature }] });
    assert.equal((await openNote(note, [log.key], recordLength)).ok, length === 64);
  }
  assert.deepEqual(seen, [64]);
});

test("a repeated good signature counts once", async () => {
  const note = await signNote(text, [log, log]);
  const opened = await openNote(note, [log.key], verifyWithNode);
  assert.deepEqual(opened.ok && opened.value.verifiedBy, [log.key]);
});

test("no change of one character leaves a note that opens with another text or is spelled another way", async () => {
  const note = await signNote(text, [log]);
  const characters = Array.from(note);
  const edit = fc.tuple(
    fc.nat({ max: characters.length - 1 }),
    fc.constantFrom("", "\n", " ", "A", "=", "+", "—", "\r", "0"),
  );
  await fc.assert(
    fc.asyncProperty(edit, fc.constantFrom(0, 1), async ([at, character], removed) => {
      const changed = characters.toSpliced(at, removed, character).join("");
      const opened = await openNote(changed, [log.key], verifyWithNode);
      if (changed === note) assert.equal(opened.ok, true);
      else assert.equal(opened.ok, false, changed);
    }),
    { numRuns: 400 },
  );
});

test("malformed notes are refused with a code", async () => {
  const signature = "x08go/ZJkuBS";
  const cases: [string | Uint8Array, string][] = [
    ["", "note.form-invalid"],
    ["text\n", "note.form-invalid"],
    ["\n\n", "note.signature-line-invalid"],
    [`text\n— a ${signature}\n`, "note.form-invalid"],
    [`\n\n— a ${signature}`, "note.form-invalid"],
    [`text\n\n— a ${signature}`, "note.form-invalid"],
    [`text\r\n\r\n— a ${signature}\r\n`, "note.form-invalid"],
    [`te\u0000xt\n\n— a ${signature}\n`, "note.form-invalid"],
    [`text\n\n— a ${signature}\n\n`, "note.signature-line-invalid"],
    [`text\n\n- a ${signature}\n`, "note.signature-line-invalid"],
    [`text\n\n—  ${signature}\n`, "note.signature-line-invalid"],
    [`text\n\n— a+b ${signature}\n`, "note.signature-line-invalid"],
    [`text\n\n— a\u00a0b ${signature}\n`, "note.signature-line-invalid"],
    [`text\n\n— a ${signature} \n`, "note.signature-line-invalid"],
    ["text\n\n— a x08goA==\n", "note.signature-line-invalid"],
    ["text\n\n— a x08go/ZJkuB=\n", "note.signature-line-invalid"],
    ["text\n\n— a x08go_ZJkuBS\n", "note.signature-line-invalid"],
    [`text\n\n${`— a ${signature}\n`.repeat(101)}`, "note.too-many-signatures"],
    [`${"x".repeat(300_000)}\n\n— a ${signature}\n`, "note.too-large"],
    [new Uint8Array(1_000_000), "note.too-large"],
    ["\ud800\n\n— a x08go/ZJkuBS\n", "note.encoding-invalid"],
    [Buffer.from([0xff, 0x0a, 0x0a]), "note.encoding-invalid"],
  ];
  for (const [note, code] of cases) assert.equal(codeOf(parseNote(note)), code, JSON.stringify(note).slice(0, 60));
  // The line that the cases above change is itself a good one.
  assert.equal(parseNote(`text\n\n— a ${signature}\n`).ok, true);
});

test("any text is refused or encodes back to itself", () => {
  const pieces = fc.constantFrom("\n", "\n\n", "— ", "a", " ", "x08go/ZJkuBS", "x08go/ZJkuBSAA==", "+", "é", "\ufeff");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
      const parsed = parseNote(parts.join(""));
      if (parsed.ok) assert.equal(encodeNote(parsed.value), parts.join(""));
    }),
    { numRuns: 3000 },
  );
});

test("a text that no note can hold is a bug of the caller", async () => {
  for (const wrong of ["", "no newline", "control\u0001\n", "\ud800\n"]) {
    await assert.rejects(() => signNote(wrong, [log]), TypeError);
  }
  await assert.rejects(() => signNote(text, []), TypeError);
});

test("the published key of Go's checksum database reads, its ID fits, and it is written the same", () => {
  const published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
  const key = parseVerifierKey(sha256, published);
  if (!key.ok) assert.fail(key.detail);
  assert.equal(key.value.keyId, 0x033de0ae);
  assert.equal(encodeVerifierKey(key.value), published);
});

test("verifier keys: other spellings, other types and wrong IDs are refused with a code", () => {
  const vkey = encodeVerifierKey(log.key);
  const [name, id, data] = vkey.split("+", 3);
  const raw = Buffer.from(goKey.split("+").slice(2).join("+"), "base64");
  const otherType = Buffer.concat([Buffer.of(4), raw.subarray(1)]).toString("base64");
  const cases: [string, string][] = [
    [vkey, "accepted"],
    ["", "verifier-key.form-invalid"],
    [`${name}+${id}`, "verifier-key.form-invalid"],
    [`+${id}+${data}`, "verifier-key.form-invalid"],
    [`${vkey}\n`, "verifier-key.form-invalid"],
    [goKey.replace("c74f20a3", "C74F20A3"), "verifier-key.form-invalid"],
    [goKey.replace("c74f20a3", "c74f20a4"), "verifier-key.id-mismatch"],
    [goKey.replace("Peter", "peter"), "verifier-key.id-mismatch"],
    [goKey.replace("Peter", "Pe ter"), "verifier-key.name-invalid"],
    [goKey.slice(0, -1), "verifier-key.form-invalid"],
    [`PeterNeumann+c74f20a3+${raw.subarray(0, 30).toString("base64")}`, "verifier-key.length-invalid"],
    [`PeterNeumann+c74f20a3+${otherType}`, "verifier-key.type-unsupported"],
    [`PeterNeumann+c74f20a3+`, "verifier-key.form-invalid"],
  ];
  for (const [spelling, code] of cases) assert.equal(codeOf(parseVerifierKey(sha256, spelling)), code, spelling);
  assert.equal(codeOf(createVerifierKey(sha256, "a b", new Uint8Array(32))), "verifier-key.name-invalid");
  assert.equal(codeOf(createVerifierKey(sha256, "a", new Uint8Array(31))), "verifier-key.length-invalid");
});
