import assert from "node:assert/strict";
import { test } from "node:test";
import { ledgerPorts } from "../../proof/ledger-ports.ts";
import { createProver } from "../../proof/prover.ts";
import { makeEntry, makeMemory, makeTestLog } from "../../proof/test-log.ts";
import { findTarget, type LedgerProof, type Verification } from "./check-file.ts";
import { countFindings, faceOfAnswer, groupDigest, judge, provesFile, toneOf } from "./judgement.ts";
import { makeAnswer } from "./test-answer.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const unneeded: LedgerProof = { state: "unneeded" };

/** The proof of the answer's entry, computed as on the page, from a ledger that recorded `sealedDigest` there. */
async function proveIn(answer: Verification, sealedDigest: string): Promise<LedgerProof> {
  const log = await makeTestLog();
  await log.append(...Array.from({ length: 9 }, (_, at) => makeEntry(at, { sealedDigest }, "ImpressionSettled")));
  const prover = createProver(log.source, makeMemory(), ledgerPorts, () => "2026-11-24T09:00:00.000Z");
  return prover.proveLeaf(findTarget(answer) ?? assert.fail());
}

test("a file that is as it was sealed holds in five findings only once its proof was computed here", async () => {
  const answer = makeAnswer("as-sealed", digest);
  const judged = judge(answer, await proveIn(answer, digest));
  assert.deepEqual([judged.tone, judged.contradicted], ["success", false]);
  assert.deepEqual(judged.ledger, { state: "proved", leaf: 5, size: 9, names: "this-file" });
  assert.deepEqual(countFindings(judged.answers), [{ answer: "yes", count: 5 }]);
  for (const proof of [{ state: "unreachable" }, { state: "open", leaf: 5, reason: "unsupported" }] as const) {
    const open = judge(answer, proof);
    assert.equal(open.answers[3], "attention");
    assert.equal(open.ledger?.state, "open");
  }
});

test("C24: where the ledger tells of another file, a good answer is contradicted and its face turns grey", async () => {
  const answer = makeAnswer("as-sealed", digest);
  const proof = await proveIn(answer, `sha256:${"cd".repeat(32)}`);
  const judged = judge(answer, proof);
  assert.deepEqual([judged.tone, judged.contradicted], ["problem", true]);
  assert.deepEqual(judged.ledger, { state: "fails", fault: "entry" });
  assert.equal(judged.answers[3], "no");
  assert.equal(faceOfAnswer(judged, answer.answer, "in-use"), "ended");
  assert.equal(toneOf({ kind: "answered", answer, proof, sent: false }), "problem");
});

test("C24: a proof of the sealed file is not one of a file that was made from it", async () => {
  const sealed = `sha256:${"cd".repeat(32)}`;
  const changed = makeAnswer("changed", digest);
  const known = { ...(changed.known ?? assert.fail()), sealedDigest: sealed, proofUrl: "/v1/ledger/leaves/5/proof" };
  const answer = { ...changed, known };
  const judged = judge(answer, await proveIn(answer, sealed));
  assert.deepEqual(judged.ledger, { state: "proved", leaf: 5, size: 9, names: "sealed-file" });
  assert.equal(judged.answers[3], "attention");
});

test("every answer has its tone, and only what is sealed here shows a face that lives", () => {
  const tones = {
    "as-sealed": "success",
    "as-sealed-changed-allowed": "success",
    "half-sealed": "warning",
    changed: "problem",
    "original-only": "warning",
    "foreign-intact": "warning",
    "foreign-changed": "problem",
    undecided: "problem",
    "not-sealed": "plain",
    unreadable: "plain",
  } as const;
  for (const [name, tone] of Object.entries(tones)) {
    const answer = makeAnswer(name as Verification["answer"], digest);
    const judged = judge(answer, unneeded);
    assert.equal(judged.tone, tone, name);
    const face = faceOfAnswer(judged, answer.answer, "in-use");
    assert.equal(face, name.startsWith("as-sealed") ? "live" : "ended", name);
  }
  const judged = judge(makeAnswer("as-sealed", digest), unneeded);
  assert.equal(faceOfAnswer(judged, "as-sealed", "frozen"), "pale");
  assert.equal(faceOfAnswer(judged, "as-sealed", "destroyed"), "ended");
});

test("a link to a digest is never called good, whatever is recorded under it: the reader's file is not checked", async () => {
  const answer = makeAnswer("as-sealed", digest);
  const judged = judge(answer, await proveIn(answer, digest), false);
  assert.equal(judged.tone, "plain");
  assert.deepEqual(judged.answers, ["unknown", "yes", "yes", "yes", "yes"]);
  assert.equal(faceOfAnswer(judged, answer.answer, "in-use"), "ended");
  assert.equal(provesFile(judged, answer.answer), false);
  const other = await proveIn(answer, `sha256:${"cd".repeat(32)}`);
  assert.equal(judge(answer, other, false).tone, "problem");
});

test("an undecided file without a plain no is a doubt, with one it is a problem", () => {
  const answer = makeAnswer("undecided", digest);
  const mild = { ...answer, findings: answer.findings.map((one) => ({ ...one, answer: "unknown" as const })) };
  assert.equal(judge(mild, unneeded).tone, "warning");
  assert.equal(judge(answer, unneeded).tone, "problem");
});

test("what ended before a verdict is plain, and an answer about another file is a problem", () => {
  assert.equal(toneOf({ kind: "not-pdf", digest }), "plain");
  assert.equal(toneOf({ kind: "too-large", digest }), "plain");
  assert.equal(toneOf({ kind: "mismatch", digest }), "problem");
  assert.equal(toneOf({ kind: "problem", error: null }), "warning");
});

test("findings are counted, the gravest first", () => {
  assert.deepEqual(countFindings(["no", "yes", "attention", "attention", "yes"]), [
    { answer: "no", count: 1 },
    { answer: "attention", count: 2 },
  ]);
  assert.deepEqual(countFindings(["unknown", "unknown"]), [{ answer: "unknown", count: 2 }]);
});

test("digests are grouped for the eye, whole or as ends", () => {
  assert.equal(groupDigest(`sha256:${"0123456789abcdef".repeat(4)}`), "0123 4567 … 89ab cdef");
  assert.equal(groupDigest("01234567…89abcdef"), "0123 4567 … 89ab cdef");
});
